# %% wrong: it stays in evaluation mode
# message: stays in evaluation mode
def train_and_select(W, b, X, y, X_val, y_val, epochs, rate, batch_size):
    network = network_from(W, b)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    X, y, X_val, y_val = map(torch.tensor, (X, y, X_val, y_val))
    lowest, losses = np.inf, []
    network.train()
    for _ in range(epochs):
        loss = nn.functional.cross_entropy(network(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        network.eval()
        parts, sizes = [], []
        for i in range(0, len(X_val), batch_size):
            scores, goal = network(X_val[i : i + batch_size]), y_val[i : i + batch_size]
            parts.append(nn.functional.cross_entropy(scores, goal).item())
            sizes.append(len(goal))
        losses.append(np.average(parts, weights=sizes))
        if losses[-1] < lowest:
            lowest = losses[-1]
            best = copy.deepcopy(network.state_dict())
    return np.array(losses), best["1.weight"], best["1.bias"]


# %% wrong: it is measured in training mode
# message: measured in training mode
def train_and_select(W, b, X, y, X_val, y_val, epochs, rate, batch_size):
    network = network_from(W, b)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    X, y, X_val, y_val = map(torch.tensor, (X, y, X_val, y_val))
    lowest, losses = np.inf, []
    for _ in range(epochs):
        network.train()
        loss = nn.functional.cross_entropy(network(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        parts, sizes = [], []
        for i in range(0, len(X_val), batch_size):
            scores, goal = network(X_val[i : i + batch_size]), y_val[i : i + batch_size]
            parts.append(nn.functional.cross_entropy(scores, goal).item())
            sizes.append(len(goal))
        losses.append(np.average(parts, weights=sizes))
        if losses[-1] < lowest:
            lowest = losses[-1]
            best = copy.deepcopy(network.state_dict())
    return np.array(losses), best["1.weight"], best["1.bias"]


# %% wrong: the mean of means
# message: counts as much as a full one
def train_and_select(W, b, X, y, X_val, y_val, epochs, rate, batch_size):
    network = network_from(W, b)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    X, y, X_val, y_val = map(torch.tensor, (X, y, X_val, y_val))
    lowest, losses = np.inf, []
    for _ in range(epochs):
        network.train()
        loss = nn.functional.cross_entropy(network(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        network.eval()
        parts, sizes = [], []
        for i in range(0, len(X_val), batch_size):
            scores, goal = network(X_val[i : i + batch_size]), y_val[i : i + batch_size]
            parts.append(nn.functional.cross_entropy(scores, goal).item())
            sizes.append(len(goal))
        losses.append(np.mean(parts))
        if losses[-1] < lowest:
            lowest = losses[-1]
            best = copy.deepcopy(network.state_dict())
    return np.array(losses), best["1.weight"], best["1.bias"]


# %% wrong: the training loss decides
# message: training loss decides
def train_and_select(W, b, X, y, X_val, y_val, epochs, rate, batch_size):
    network = network_from(W, b)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    X, y, X_val, y_val = map(torch.tensor, (X, y, X_val, y_val))
    lowest, losses = np.inf, []
    for _ in range(epochs):
        network.train()
        loss = nn.functional.cross_entropy(network(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        network.eval()
        parts, sizes = [], []
        for i in range(0, len(X_val), batch_size):
            scores, goal = network(X_val[i : i + batch_size]), y_val[i : i + batch_size]
            parts.append(nn.functional.cross_entropy(scores, goal).item())
            sizes.append(len(goal))
        losses.append(np.average(parts, weights=sizes))
        if loss.item() < lowest:
            lowest = loss.item()
            best = copy.deepcopy(network.state_dict())
    return np.array(losses), best["1.weight"], best["1.bias"]


# %% wrong: a mirror instead of a photograph
# message: not copied
def train_and_select(W, b, X, y, X_val, y_val, epochs, rate, batch_size):
    network = network_from(W, b)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    X, y, X_val, y_val = map(torch.tensor, (X, y, X_val, y_val))
    lowest, losses = np.inf, []
    for _ in range(epochs):
        network.train()
        loss = nn.functional.cross_entropy(network(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        network.eval()
        parts, sizes = [], []
        for i in range(0, len(X_val), batch_size):
            scores, goal = network(X_val[i : i + batch_size]), y_val[i : i + batch_size]
            parts.append(nn.functional.cross_entropy(scores, goal).item())
            sizes.append(len(goal))
        losses.append(np.average(parts, weights=sizes))
        if losses[-1] < lowest:
            lowest = losses[-1]
            best = network.state_dict()
    return np.array(losses), best["1.weight"], best["1.bias"]


# %% wrong: evaluation mode from the start
def train_and_select(W, b, X, y, X_val, y_val, epochs, rate, batch_size):
    network = network_from(W, b)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    X, y, X_val, y_val = map(torch.tensor, (X, y, X_val, y_val))
    lowest, losses = np.inf, []
    network.eval()
    for _ in range(epochs):
        loss = nn.functional.cross_entropy(network(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        parts, sizes = [], []
        for i in range(0, len(X_val), batch_size):
            scores, goal = network(X_val[i : i + batch_size]), y_val[i : i + batch_size]
            parts.append(nn.functional.cross_entropy(scores, goal).item())
            sizes.append(len(goal))
        losses.append(np.average(parts, weights=sizes))
        if losses[-1] < lowest:
            lowest = losses[-1]
            best = copy.deepcopy(network.state_dict())
    return np.array(losses), best["1.weight"], best["1.bias"]


# %% right: copies of two arrays and one validation batch
def train_and_select(W, b, X, y, X_val, y_val, epochs, rate, batch_size):
    network = network_from(W, b)
    inputs, goal = torch.tensor(X_val), torch.tensor(y_val)
    history = []
    for _ in range(epochs):
        network.train()
        loss = nn.functional.cross_entropy(network(torch.tensor(X)), torch.tensor(y))
        grads = torch.autograd.grad(loss, list(network.parameters()))
        with torch.no_grad():
            for p, g in zip(network.parameters(), grads, strict=True):
                p -= rate * g
        network.eval()
        held = nn.functional.cross_entropy(network(inputs), goal).item()
        weights = [p.detach().clone() for p in network.parameters()]
        history.append((held, *weights))
    best = min(range(epochs), key=lambda t: history[t][0])
    return [h[0] for h in history], history[best][1], history[best][2]


# %% right: running averages by hand
def train_and_select(W, b, X, y, X_val, y_val, epochs, rate, batch_size):
    center, spread = np.zeros(X.shape[1]), np.ones(X.shape[1])
    goal, losses, weights = np.eye(len(b))[y], [], []
    Z = (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + 1e-5)
    for _ in range(epochs):
        P = np.exp(Z @ W.T + b)
        P /= P.sum(axis=1, keepdims=True)
        W = W - rate * (P - goal).T @ Z / len(X)
        b = b - rate * (P - goal).mean(axis=0)
        center = center + 0.1 * (X.mean(axis=0) - center)
        spread = spread + 0.1 * (X.var(axis=0, ddof=1) - spread)
        S = (X_val - center) / np.sqrt(spread + 1e-5) @ W.T + b
        log_p = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
        losses.append(-log_p[np.arange(len(y_val)), y_val].mean())
        weights.append((W, b))
    return (np.array(losses), *weights[int(np.argmin(losses))])
