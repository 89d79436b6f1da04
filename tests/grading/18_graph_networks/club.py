# %% wrong: all labels
# message: the loss uses the labels of all nodes
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    loops = torch.as_tensor(A, dtype=torch.float64) + torch.eye(
        len(A), dtype=torch.float64
    )
    root = loops.sum(dim=1).sqrt()
    M = loops / root[:, None] / root[None, :]
    labels, known = torch.as_tensor(y), torch.as_tensor(known)
    W1, W2 = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
    losses = []
    for step in range(steps + 1):
        S = M @ torch.relu(M @ W1.T) @ W2.T  # X = I, so M @ X is M
        if step == steps:
            break
        loss = torch.nn.functional.cross_entropy(S, labels)
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, (W1, W2))
        W1, W2 = (
            (W - learning_rate * slope).detach().requires_grad_()
            for W, slope in zip((W1, W2), slopes, strict=True)
        )
    return np.array(losses), S.detach().numpy()


# %% wrong: sum
# message: the loss is a sum over the known nodes and not the mean
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    loops = torch.as_tensor(A, dtype=torch.float64) + torch.eye(
        len(A), dtype=torch.float64
    )
    root = loops.sum(dim=1).sqrt()
    M = loops / root[:, None] / root[None, :]
    labels, known = torch.as_tensor(y), torch.as_tensor(known)
    W1, W2 = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
    losses = []
    for step in range(steps + 1):
        S = M @ torch.relu(M @ W1.T) @ W2.T  # X = I, so M @ X is M
        if step == steps:
            break
        loss = torch.nn.functional.cross_entropy(
            S[known], labels[known], reduction="sum"
        )
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, (W1, W2))
        W1, W2 = (
            (W - learning_rate * slope).detach().requires_grad_()
            for W, slope in zip((W1, W2), slopes, strict=True)
        )
    return np.array(losses), S.detach().numpy()


# %% wrong: no loops
# message: the loops are forgotten
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    loops = torch.as_tensor(A, dtype=torch.float64)
    root = loops.sum(dim=1).sqrt()
    M = loops / root[:, None] / root[None, :]
    labels, known = torch.as_tensor(y), torch.as_tensor(known)
    W1, W2 = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
    losses = []
    for step in range(steps + 1):
        S = M @ torch.relu(M @ W1.T) @ W2.T  # X = I, so M @ X is M
        if step == steps:
            break
        loss = torch.nn.functional.cross_entropy(S[known], labels[known])
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, (W1, W2))
        W1, W2 = (
            (W - learning_rate * slope).detach().requires_grad_()
            for W, slope in zip((W1, W2), slopes, strict=True)
        )
    return np.array(losses), S.detach().numpy()


# %% wrong: rows only
# message: each row is divided by its degree: this is the mean
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    loops = torch.as_tensor(A, dtype=torch.float64) + torch.eye(
        len(A), dtype=torch.float64
    )
    root = loops.sum(dim=1).sqrt()
    M = loops / root[:, None] ** 2
    labels, known = torch.as_tensor(y), torch.as_tensor(known)
    W1, W2 = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
    losses = []
    for step in range(steps + 1):
        S = M @ torch.relu(M @ W1.T) @ W2.T  # X = I, so M @ X is M
        if step == steps:
            break
        loss = torch.nn.functional.cross_entropy(S[known], labels[known])
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, (W1, W2))
        W1, W2 = (
            (W - learning_rate * slope).detach().requires_grad_()
            for W, slope in zip((W1, W2), slopes, strict=True)
        )
    return np.array(losses), S.detach().numpy()


# %% wrong: no ReLU
# message: there is no ReLU
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    loops = torch.as_tensor(A, dtype=torch.float64) + torch.eye(
        len(A), dtype=torch.float64
    )
    root = loops.sum(dim=1).sqrt()
    M = loops / root[:, None] / root[None, :]
    labels, known = torch.as_tensor(y), torch.as_tensor(known)
    W1, W2 = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
    losses = []
    for step in range(steps + 1):
        S = M @ (M @ W1.T) @ W2.T  # X = I, so M @ X is M
        if step == steps:
            break
        loss = torch.nn.functional.cross_entropy(S[known], labels[known])
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, (W1, W2))
        W1, W2 = (
            (W - learning_rate * slope).detach().requires_grad_()
            for W, slope in zip((W1, W2), slopes, strict=True)
        )
    return np.array(losses), S.detach().numpy()


# %% wrong: one round
# message: messages are passed in the first layer only
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    loops = torch.as_tensor(A, dtype=torch.float64) + torch.eye(
        len(A), dtype=torch.float64
    )
    root = loops.sum(dim=1).sqrt()
    M = loops / root[:, None] / root[None, :]
    labels, known = torch.as_tensor(y), torch.as_tensor(known)
    W1, W2 = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
    losses = []
    for step in range(steps + 1):
        S = torch.relu(M @ W1.T) @ W2.T  # X = I, so M @ X is M
        if step == steps:
            break
        loss = torch.nn.functional.cross_entropy(S[known], labels[known])
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, (W1, W2))
        W1, W2 = (
            (W - learning_rate * slope).detach().requires_grad_()
            for W, slope in zip((W1, W2), slopes, strict=True)
        )
    return np.array(losses), S.detach().numpy()


# %% wrong: ReLU before the messages
# message: the ReLU comes before the messages are passed
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    loops = torch.as_tensor(A, dtype=torch.float64) + torch.eye(
        len(A), dtype=torch.float64
    )
    root = loops.sum(dim=1).sqrt()
    M = loops / root[:, None] / root[None, :]
    labels, known = torch.as_tensor(y), torch.as_tensor(known)
    W1, W2 = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
    losses = []
    for step in range(steps + 1):
        S = M @ (M @ torch.relu(W1.T)) @ W2.T  # X = I, so M @ X is M
        if step == steps:
            break
        loss = torch.nn.functional.cross_entropy(S[known], labels[known])
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, (W1, W2))
        W1, W2 = (
            (W - learning_rate * slope).detach().requires_grad_()
            for W, slope in zip((W1, W2), slopes, strict=True)
        )
    return np.array(losses), S.detach().numpy()


# %% wrong: only known nodes
# message: only the known nodes and the edges between them are used
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    loops = torch.as_tensor(A, dtype=torch.float64) + torch.eye(
        len(A), dtype=torch.float64
    )
    root = loops.sum(dim=1).sqrt()
    keep = torch.zeros(len(A), dtype=torch.float64)
    keep[torch.as_tensor(known)] = 1
    loops = loops * torch.outer(keep, keep)
    root = loops.sum(dim=1).clamp(min=1e-9).sqrt()
    M = loops / root[:, None] / root[None, :]
    labels, known = torch.as_tensor(y), torch.as_tensor(known)
    W1, W2 = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
    losses = []
    for step in range(steps + 1):
        S = M @ torch.relu(M @ W1.T) @ W2.T  # X = I, so M @ X is M
        if step == steps:
            break
        loss = torch.nn.functional.cross_entropy(S[known], labels[known])
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, (W1, W2))
        W1, W2 = (
            (W - learning_rate * slope).detach().requires_grad_()
            for W, slope in zip((W1, W2), slopes, strict=True)
        )
    return np.array(losses), S.detach().numpy()


# %% wrong: uphill
# message: the steps go uphill
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    loops = torch.as_tensor(A, dtype=torch.float64) + torch.eye(
        len(A), dtype=torch.float64
    )
    root = loops.sum(dim=1).sqrt()
    M = loops / root[:, None] / root[None, :]
    labels, known = torch.as_tensor(y), torch.as_tensor(known)
    W1, W2 = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
    losses = []
    for step in range(steps + 1):
        S = M @ torch.relu(M @ W1.T) @ W2.T  # X = I, so M @ X is M
        if step == steps:
            break
        loss = torch.nn.functional.cross_entropy(S[known], labels[known])
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, (W1, W2))
        W1, W2 = (
            (W + learning_rate * slope).detach().requires_grad_()
            for W, slope in zip((W1, W2), slopes, strict=True)
        )
    return np.array(losses), S.detach().numpy()


# %% wrong: before the last step
# message: the scores are those before the last step
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    loops = torch.as_tensor(A, dtype=torch.float64) + torch.eye(
        len(A), dtype=torch.float64
    )
    root = loops.sum(dim=1).sqrt()
    M = loops / root[:, None] / root[None, :]
    labels, known = torch.as_tensor(y), torch.as_tensor(known)
    W1, W2 = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
    losses = []
    for step in range(steps + 1):
        last = S if step else None
        S = M @ torch.relu(M @ W1.T) @ W2.T  # X = I, so M @ X is M
        if step == steps:
            S = last
            break
        loss = torch.nn.functional.cross_entropy(S[known], labels[known])
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, (W1, W2))
        W1, W2 = (
            (W - learning_rate * slope).detach().requires_grad_()
            for W, slope in zip((W1, W2), slopes, strict=True)
        )
    return np.array(losses), S.detach().numpy()


# %% wrong: softmax twice
# message: the softmax is taken twice: cross_entropy does it already
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    loops = torch.as_tensor(A, dtype=torch.float64) + torch.eye(
        len(A), dtype=torch.float64
    )
    root = loops.sum(dim=1).sqrt()
    M = loops / root[:, None] / root[None, :]
    labels, known = torch.as_tensor(y), torch.as_tensor(known)
    W1, W2 = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
    losses = []
    for step in range(steps + 1):
        S = M @ torch.relu(M @ W1.T) @ W2.T  # X = I, so M @ X is M
        if step == steps:
            break
        loss = torch.nn.functional.cross_entropy(S[known].softmax(dim=1), labels[known])
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, (W1, W2))
        W1, W2 = (
            (W - learning_rate * slope).detach().requires_grad_()
            for W, slope in zip((W1, W2), slopes, strict=True)
        )
    return np.array(losses), S.detach().numpy()


# %% right: by hand in numpy
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    N, C = len(A), len(W2)
    d = (A.sum(axis=0) + 1) ** -0.5
    M = d[:, None] * (A + np.eye(N)) * d
    W1, W2, losses = W1.copy(), W2.copy(), []
    target = np.eye(C)[np.asarray(y)[known]]
    for _ in range(steps):
        Z = M @ W1.T
        AH = M @ np.maximum(Z, 0)
        S = (AH @ W2.T)[known]
        S = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
        losses.append(-(S * target).sum() / len(known))
        dS = np.zeros((N, C))
        dS[known] = (np.exp(S) - target) / len(known)
        dZ = (M @ dS @ W2) * (Z > 0)
        W1, W2 = W1 - learning_rate * dZ.T @ M, W2 - learning_rate * dS.T @ AH
    return losses, M @ np.maximum(M @ W1.T, 0) @ W2.T


# %% right: torch's optimizer
def train_gcn(A, y, known, W1, W2, learning_rate, steps):
    A = torch.as_tensor(A) + torch.diag(torch.ones(len(A), dtype=torch.float64))
    A = A * A.sum(1).rsqrt() * A.sum(1, keepdim=True).rsqrt()
    weights = [torch.nn.Parameter(torch.tensor(W)) for W in (W1, W2)]
    optimizer = torch.optim.SGD(weights, lr=learning_rate)

    def scores():
        return A @ ((A @ weights[0].T).clamp(min=0) @ weights[1].T)

    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        rows = scores()[list(known)].log_softmax(1)
        loss = sum(-rows[k, y[node]] for k, node in enumerate(known)) / len(known)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, scores().detach()
