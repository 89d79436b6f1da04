# %% wrong: the loss is summed
# message: summed instead of averaged
def train_network(X, y, parameters, learning_rate, steps):
    p = [torch.tensor(v, requires_grad=True) for v in parameters]
    losses = []
    for _ in range(steps):
        h = torch.relu(torch.tensor(X) @ p[0].T + p[1])
        scores = h @ p[2].T + p[3]
        loss = torch.nn.functional.cross_entropy(
            scores, torch.tensor(y), reduction="sum"
        )
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, p)
        p = [
            (v - learning_rate * g).detach().requires_grad_() for v, g in zip(p, grads)
        ]
    return p, losses


# %% wrong: only the last layer learns
# message: only the last layer
def train_network(X, y, parameters, learning_rate, steps):
    W1, b1, W2, b2 = (v.copy() for v in parameters)
    losses, one_hot = [], np.eye(len(b2))[y]
    for _ in range(steps):
        H = np.maximum(0, X @ W1.T + b1)
        S = H @ W2.T + b2
        P = np.exp(S - S.max(1, keepdims=True))
        P /= P.sum(1, keepdims=True)
        losses.append(-np.mean(np.log((P * one_hot).sum(1))))
        dS = (P - one_hot) / len(X)
        W2, b2 = W2 - learning_rate * dS.T @ H, b2 - learning_rate * dS.sum(0)
    return [W1, b1, W2, b2], np.array(losses)


# %% wrong: the biases do not learn
# message: biases
def train_network(X, y, parameters, learning_rate, steps):
    W1, b1, W2, b2 = (v.copy() for v in parameters)
    losses, one_hot = [], np.eye(len(b2))[y]
    for _ in range(steps):
        H = np.maximum(0, X @ W1.T + b1)
        S = H @ W2.T + b2
        P = np.exp(S - S.max(1, keepdims=True))
        P /= P.sum(1, keepdims=True)
        losses.append(-np.mean(np.log((P * one_hot).sum(1))))
        dS = (P - one_hot) / len(X)
        dZ = dS @ W2 * (H > 0)
        W2, W1 = W2 - learning_rate * dS.T @ H, W1 - learning_rate * dZ.T @ X
    return [W1, b1, W2, b2], np.array(losses)


# %% wrong: the first layer's gradient uses the new second layer
def train_network(X, y, parameters, learning_rate, steps):
    W1, b1, W2, b2 = (v.copy() for v in parameters)
    losses, one_hot = [], np.eye(len(b2))[y]
    for _ in range(steps):
        H = np.maximum(0, X @ W1.T + b1)
        S = H @ W2.T + b2
        S = S - S.max(1, keepdims=True)
        log_p = S - np.log(np.exp(S).sum(1, keepdims=True))
        losses.append(-np.mean((log_p * one_hot).sum(1)))
        dS = (np.exp(log_p) - one_hot) / len(X)
        W2 = W2 - learning_rate * dS.T @ H
        b2 = b2 - learning_rate * dS.sum(0)
        dZ = dS @ W2 * (H > 0)
        W1, b1 = W1 - learning_rate * dZ.T @ X, b1 - learning_rate * dZ.sum(0)
    return [W1, b1, W2, b2], np.array(losses)


# %% wrong: the loss after each step
# message: recorded after each step
def train_network(X, y, parameters, learning_rate, steps):
    p = [torch.tensor(v, requires_grad=True) for v in parameters]

    def loss_now():
        h = torch.relu(torch.tensor(X) @ p[0].T + p[1])
        return torch.nn.functional.cross_entropy(h @ p[2].T + p[3], torch.tensor(y))

    losses = []
    for _ in range(steps):
        grads = torch.autograd.grad(loss_now(), p)
        with torch.no_grad():
            for v, g in zip(p, grads):
                v -= learning_rate * g
        losses.append(loss_now().item())
    return p, losses


# %% wrong: the exponential overflows
# message: overflows
def train_network(X, y, parameters, learning_rate, steps):
    W1, b1, W2, b2 = (v.copy() for v in parameters)
    losses, one_hot = [], np.eye(len(b2))[y]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            H = np.maximum(0, X @ W1.T + b1)
            P = np.exp(H @ W2.T + b2)
            P /= P.sum(1, keepdims=True)
            losses.append(-np.mean(np.log((P * one_hot).sum(1))))
            dS = (P - one_hot) / len(X)
            dZ = dS @ W2 * (H > 0)
            W2, b2 = W2 - learning_rate * dS.T @ H, b2 - learning_rate * dS.sum(0)
            W1, b1 = W1 - learning_rate * dZ.T @ X, b1 - learning_rate * dZ.sum(0)
    return [W1, b1, W2, b2], np.array(losses)


# %% right: torch's modules and optimizer
def train_network(X, y, parameters, learning_rate, steps):
    W1, b1, W2, b2 = (torch.tensor(v) for v in parameters)
    model = torch.nn.Sequential(
        torch.nn.Linear(W1.shape[1], W1.shape[0]),
        torch.nn.ReLU(),
        torch.nn.Linear(W2.shape[1], W2.shape[0]),
    ).double()
    model.load_state_dict({"0.weight": W1, "0.bias": b1, "2.weight": W2, "2.bias": b2})
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(
            model(torch.tensor(X)), torch.tensor(y)
        )
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return list(model.parameters()), losses


# %% right: one-hot targets and scipy's logsumexp
def train_network(X, y, parameters, learning_rate, steps):
    from scipy.special import log_softmax

    W1, b1, W2, b2 = parameters
    targets, losses = np.eye(len(b2))[y], np.zeros(steps)
    for t in range(steps):
        Z = X @ W1.T + b1
        H = Z.clip(min=0)
        log_p = log_softmax(H @ W2.T + b2, axis=1)
        losses[t] = -(targets * log_p).sum() / len(X)
        dS = (np.exp(log_p) - targets) / len(X)
        dZ = np.where(Z > 0, dS @ W2, 0.0)
        W1 = W1 - learning_rate * (dZ.T @ X)
        b1 = b1 - learning_rate * dZ.sum(axis=0)
        W2 = W2 - learning_rate * (dS.T @ H)
        b2 = b2 - learning_rate * dS.sum(axis=0)
    return (W1, b1, W2, b2), losses
