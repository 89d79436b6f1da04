# %% wrong: learn first, label then
# message: the model learns before the first labelling
def alternate(X, W, b, assign, rounds, steps, learning_rate):
    W, b = torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)
    X = torch.tensor(X)
    all_labels, losses = [], []
    labels = (X @ W.T + b).argmax(dim=1)
    for _ in range(rounds):
        for _ in range(steps):
            loss = torch.nn.functional.cross_entropy(X @ W.T + b, labels)
            dW, db = torch.autograd.grad(loss, [W, b])
            W = (W - learning_rate * dW).detach().requires_grad_()
            b = (b - learning_rate * db).detach().requires_grad_()
        labels = torch.tensor(
            assign(torch.log_softmax(X @ W.T + b, dim=1).detach().numpy())
        )
        all_labels.append(labels.numpy())
        losses.append(torch.nn.functional.cross_entropy(X @ W.T + b, labels).item())
    return np.array(all_labels), np.array(losses)


# %% wrong: labels are made once
# message: the labels of the first round are kept for all rounds
def alternate(X, W, b, assign, rounds, steps, learning_rate):
    W, b = torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)
    X = torch.tensor(X)
    labels = torch.tensor(
        assign(torch.log_softmax(X @ W.T + b, dim=1).detach().numpy())
    )
    all_labels, losses = [], []
    for _ in range(rounds):
        for _ in range(steps):
            loss = torch.nn.functional.cross_entropy(X @ W.T + b, labels)
            dW, db = torch.autograd.grad(loss, [W, b])
            W = (W - learning_rate * dW).detach().requires_grad_()
            b = (b - learning_rate * db).detach().requires_grad_()
        all_labels.append(labels.numpy())
        losses.append(torch.nn.functional.cross_entropy(X @ W.T + b, labels).item())
    return np.array(all_labels), np.array(losses)


# %% wrong: new labels in every step
# message: the labels are made anew in every step
def alternate(X, W, b, assign, rounds, steps, learning_rate):
    W, b = torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)
    X = torch.tensor(X)
    all_labels, losses = [], []
    for _ in range(rounds):
        for _ in range(steps):
            labels = torch.tensor(
                assign(torch.log_softmax(X @ W.T + b, dim=1).detach().numpy())
            )
            loss = torch.nn.functional.cross_entropy(X @ W.T + b, labels)
            dW, db = torch.autograd.grad(loss, [W, b])
            W = (W - learning_rate * dW).detach().requires_grad_()
            b = (b - learning_rate * db).detach().requires_grad_()
        all_labels.append(labels.numpy())
        losses.append(torch.nn.functional.cross_entropy(X @ W.T + b, labels).item())
    return np.array(all_labels), np.array(losses)


# %% wrong: the loss before learning
# message: the loss is measured before the steps of the round
def alternate(X, W, b, assign, rounds, steps, learning_rate):
    W, b = torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)
    X = torch.tensor(X)
    all_labels, losses = [], []
    for _ in range(rounds):
        labels = torch.tensor(
            assign(torch.log_softmax(X @ W.T + b, dim=1).detach().numpy())
        )
        losses.append(torch.nn.functional.cross_entropy(X @ W.T + b, labels).item())
        for _ in range(steps):
            loss = torch.nn.functional.cross_entropy(X @ W.T + b, labels)
            dW, db = torch.autograd.grad(loss, [W, b])
            W = (W - learning_rate * dW).detach().requires_grad_()
            b = (b - learning_rate * db).detach().requires_grad_()
        all_labels.append(labels.numpy())
    return np.array(all_labels), np.array(losses)


# %% wrong: the loss of the last gradient
# message: the loss is the one of the last gradient
def alternate(X, W, b, assign, rounds, steps, learning_rate):
    W, b = torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)
    X = torch.tensor(X)
    all_labels, losses = [], []
    for _ in range(rounds):
        labels = torch.tensor(
            assign(torch.log_softmax(X @ W.T + b, dim=1).detach().numpy())
        )
        for _ in range(steps):
            loss = torch.nn.functional.cross_entropy(X @ W.T + b, labels)
            dW, db = torch.autograd.grad(loss, [W, b])
            W = (W - learning_rate * dW).detach().requires_grad_()
            b = (b - learning_rate * db).detach().requires_grad_()
        all_labels.append(labels.numpy())
        losses.append(loss.item())
    return np.array(all_labels), np.array(losses)


# %% wrong: the sum of the losses is minimized
# message: the steps follow the summed loss
def alternate(X, W, b, assign, rounds, steps, learning_rate):
    W, b = torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)
    X = torch.tensor(X)
    all_labels, losses = [], []
    for _ in range(rounds):
        labels = torch.tensor(
            assign(torch.log_softmax(X @ W.T + b, dim=1).detach().numpy())
        )
        for _ in range(steps):
            loss = torch.nn.functional.cross_entropy(
                X @ W.T + b, labels, reduction="sum"
            )
            dW, db = torch.autograd.grad(loss, [W, b])
            W = (W - learning_rate * dW).detach().requires_grad_()
            b = (b - learning_rate * db).detach().requires_grad_()
        all_labels.append(labels.numpy())
        losses.append(torch.nn.functional.cross_entropy(X @ W.T + b, labels).item())
    return np.array(all_labels), np.array(losses)


# %% wrong: the biases do not learn
# message: the biases are not trained
def alternate(X, W, b, assign, rounds, steps, learning_rate):
    W, b = torch.tensor(W, requires_grad=True), torch.tensor(b)
    X = torch.tensor(X)
    all_labels, losses = [], []
    for _ in range(rounds):
        labels = torch.tensor(
            assign(torch.log_softmax(X @ W.T + b, dim=1).detach().numpy())
        )
        for _ in range(steps):
            loss = torch.nn.functional.cross_entropy(X @ W.T + b, labels)
            (dW,) = torch.autograd.grad(loss, [W])
            W = (W - learning_rate * dW).detach().requires_grad_()
        all_labels.append(labels.numpy())
        losses.append(torch.nn.functional.cross_entropy(X @ W.T + b, labels).item())
    return np.array(all_labels), np.array(losses)


# %% wrong: probabilities are handed over
# message: log-posteriors
def alternate(X, W, b, assign, rounds, steps, learning_rate):
    W, b = torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)
    X = torch.tensor(X)
    all_labels, losses = [], []
    for _ in range(rounds):
        labels = torch.tensor(
            assign(torch.softmax(X @ W.T + b, dim=1).detach().numpy())
        )
        for _ in range(steps):
            loss = torch.nn.functional.cross_entropy(X @ W.T + b, labels)
            dW, db = torch.autograd.grad(loss, [W, b])
            W = (W - learning_rate * dW).detach().requires_grad_()
            b = (b - learning_rate * db).detach().requires_grad_()
        all_labels.append(labels.numpy())
        losses.append(torch.nn.functional.cross_entropy(X @ W.T + b, labels).item())
    return np.array(all_labels), np.array(losses)


# %% right: numpy and the gradient by hand
def alternate(X, W, b, assign, rounds, steps, learning_rate):
    W, b = W.copy(), b.copy()
    N, K = len(X), len(b)

    def log_p():
        z = X @ W.T + b
        z = z - z.max(axis=1, keepdims=True)
        return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

    found, losses = [], []
    for _ in range(rounds):
        labels = np.asarray(assign(log_p()))
        for _ in range(steps):
            slope = (np.exp(log_p()) - np.eye(K)[labels]) / N
            W -= learning_rate * slope.T @ X
            b -= learning_rate * slope.sum(axis=0)
        found.append(labels)
        losses.append(-log_p()[np.arange(N), labels].mean())
    return np.stack(found), losses


# %% right: a torch layer with an optimizer
def alternate(X, W, b, assign, rounds, steps, learning_rate):
    layer = torch.nn.Linear(W.shape[1], W.shape[0]).double()
    layer.load_state_dict({"weight": torch.tensor(W), "bias": torch.tensor(b)})
    optimizer = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    inputs, found, losses = torch.tensor(X), [], []
    for _ in range(rounds):
        with torch.no_grad():
            labels = torch.tensor(
                np.array(assign(torch.log_softmax(layer(inputs), 1).numpy()))
            )
        for _ in range(steps):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(layer(inputs), labels).backward()
            optimizer.step()
        with torch.no_grad():
            losses.append(torch.nn.functional.cross_entropy(layer(inputs), labels))
        found.append(labels)
    return torch.stack(found), torch.stack(losses)
