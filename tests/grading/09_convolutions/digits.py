# %% wrong: a true convolution
# message: kernels are flipped
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.tensor(p, requires_grad=True) for p in parameters]
    losses = []

    def measure(now):
        W1, b1, W2, b2 = now
        maps = torch.relu(torch.nn.functional.conv2d(X, W1.flip(2, 3), b1, padding=1))
        pooled = torch.nn.functional.max_pool2d(maps, 2).flatten(1)
        return torch.nn.functional.cross_entropy(pooled @ W2.T + b2, y)

    for _ in range(steps):
        loss = measure(now)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [
            (p - learning_rate * s).detach().requires_grad_()
            for p, s in zip(now, slopes)
        ]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: no ReLU
# message: there is no ReLU
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.tensor(p, requires_grad=True) for p in parameters]
    losses = []

    def measure(now):
        W1, b1, W2, b2 = now
        maps = torch.nn.functional.conv2d(X, W1, b1, padding=1)
        pooled = torch.nn.functional.max_pool2d(maps, 2).flatten(1)
        return torch.nn.functional.cross_entropy(pooled @ W2.T + b2, y)

    for _ in range(steps):
        loss = measure(now)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [
            (p - learning_rate * s).detach().requires_grad_()
            for p, s in zip(now, slopes)
        ]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: average pooling
# message: average pooling
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.tensor(p, requires_grad=True) for p in parameters]
    losses = []

    def measure(now):
        W1, b1, W2, b2 = now
        maps = torch.relu(torch.nn.functional.conv2d(X, W1, b1, padding=1))
        pooled = torch.nn.functional.avg_pool2d(maps, 2).flatten(1)
        return torch.nn.functional.cross_entropy(pooled @ W2.T + b2, y)

    for _ in range(steps):
        loss = measure(now)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [
            (p - learning_rate * s).detach().requires_grad_()
            for p, s in zip(now, slopes)
        ]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: channels last in the dense layer
# message: flattened in the order
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.tensor(p, requires_grad=True) for p in parameters]
    losses = []

    def measure(now):
        W1, b1, W2, b2 = now
        maps = torch.relu(torch.nn.functional.conv2d(X, W1, b1, padding=1))
        pooled = torch.nn.functional.max_pool2d(maps, 2).permute(0, 2, 3, 1).flatten(1)
        return torch.nn.functional.cross_entropy(pooled @ W2.T + b2, y)

    for _ in range(steps):
        loss = measure(now)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [
            (p - learning_rate * s).detach().requires_grad_()
            for p, s in zip(now, slopes)
        ]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: the sum of the losses
# message: sum and not the mean
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.tensor(p, requires_grad=True) for p in parameters]
    losses = []

    def measure(now):
        W1, b1, W2, b2 = now
        maps = torch.relu(torch.nn.functional.conv2d(X, W1, b1, padding=1))
        pooled = torch.nn.functional.max_pool2d(maps, 2).flatten(1)
        return torch.nn.functional.cross_entropy(pooled @ W2.T + b2, y, reduction="sum")

    for _ in range(steps):
        loss = measure(now)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [
            (p - learning_rate * s).detach().requires_grad_()
            for p, s in zip(now, slopes)
        ]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: no biases in the convolution
# message: biases of the convolution
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.tensor(p, requires_grad=True) for p in parameters]
    losses = []

    def measure(now):
        W1, b1, W2, b2 = now
        maps = torch.relu(torch.nn.functional.conv2d(X, W1, 0 * b1, padding=1))
        pooled = torch.nn.functional.max_pool2d(maps, 2).flatten(1)
        return torch.nn.functional.cross_entropy(pooled @ W2.T + b2, y)

    for _ in range(steps):
        loss = measure(now)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [
            (p - learning_rate * s).detach().requires_grad_()
            for p, s in zip(now, slopes)
        ]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: measured after the step
# message: after each step
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.tensor(p, requires_grad=True) for p in parameters]
    losses = []

    def measure(now):
        W1, b1, W2, b2 = now
        maps = torch.relu(torch.nn.functional.conv2d(X, W1, b1, padding=1))
        pooled = torch.nn.functional.max_pool2d(maps, 2).flatten(1)
        return torch.nn.functional.cross_entropy(pooled @ W2.T + b2, y)

    for _ in range(steps):
        loss = measure(now)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [
            (p - learning_rate * s).detach().requires_grad_()
            for p, s in zip(now, slopes)
        ]
        losses.append(measure(now).item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: uphill
# message: uphill
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.tensor(p, requires_grad=True) for p in parameters]
    losses = []

    def measure(now):
        W1, b1, W2, b2 = now
        maps = torch.relu(torch.nn.functional.conv2d(X, W1, b1, padding=1))
        pooled = torch.nn.functional.max_pool2d(maps, 2).flatten(1)
        return torch.nn.functional.cross_entropy(pooled @ W2.T + b2, y)

    for _ in range(steps):
        loss = measure(now)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [
            (p + learning_rate * s).detach().requires_grad_()
            for p, s in zip(now, slopes)
        ]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: the border is repeated
# message: border is repeated
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.tensor(p, requires_grad=True) for p in parameters]
    losses = []

    def measure(now):
        W1, b1, W2, b2 = now
        maps = torch.relu(
            torch.nn.functional.conv2d(
                torch.nn.functional.pad(X, (1, 1, 1, 1), mode="replicate"), W1, b1
            )
        )
        pooled = torch.nn.functional.max_pool2d(maps, 2).flatten(1)
        return torch.nn.functional.cross_entropy(pooled @ W2.T + b2, y)

    for _ in range(steps):
        loss = measure(now)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [
            (p - learning_rate * s).detach().requires_grad_()
            for p, s in zip(now, slopes)
        ]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: softmax before the cross-entropy
# message: softmax is taken twice
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.tensor(p, requires_grad=True) for p in parameters]
    losses = []

    def measure(now):
        W1, b1, W2, b2 = now
        maps = torch.relu(torch.nn.functional.conv2d(X, W1, b1, padding=1))
        pooled = torch.nn.functional.max_pool2d(maps, 2).flatten(1)
        return torch.nn.functional.cross_entropy((pooled @ W2.T + b2).softmax(1), y)

    for _ in range(steps):
        loss = measure(now)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [
            (p - learning_rate * s).detach().requires_grad_()
            for p, s in zip(now, slopes)
        ]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: the parameters before the last step
# message: before the last step
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.tensor(p, requires_grad=True) for p in parameters]
    losses = []

    def measure(now):
        W1, b1, W2, b2 = now
        maps = torch.relu(torch.nn.functional.conv2d(X, W1, b1, padding=1))
        pooled = torch.nn.functional.max_pool2d(maps, 2).flatten(1)
        return torch.nn.functional.cross_entropy(pooled @ W2.T + b2, y)

    for _ in range(steps):
        loss = measure(now)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [
            (p - learning_rate * s).detach().requires_grad_()
            for p, s in zip(now, slopes)
        ]
        losses.append(loss.item())
    return [p.detach().numpy() for p in old], np.array(losses)


# %% wrong: in place
# message: in place
def train_cnn(X, y, parameters, learning_rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    now = [torch.from_numpy(p).requires_grad_() for p in parameters]
    losses = []
    for _ in range(steps):
        W1, b1, W2, b2 = now
        maps = torch.relu(torch.nn.functional.conv2d(X, W1, b1, padding=1))
        pooled = torch.nn.functional.max_pool2d(maps, 2).flatten(1)
        loss = torch.nn.functional.cross_entropy(pooled @ W2.T + b2, y)
        slopes = torch.autograd.grad(loss, now)
        with torch.no_grad():
            for p, slope in zip(now, slopes):
                p -= learning_rate * slope
        losses.append(loss.item())
    return [p.detach().numpy().copy() for p in now], np.array(losses)


# %% right: layers and an optimizer
def train_cnn(X, y, parameters, learning_rate, steps):
    W1, _, W2, _ = parameters
    conv, last = (
        torch.nn.Conv2d(1, len(W1), 3, padding=1),
        torch.nn.Linear(*W2.shape[::-1]),
    )
    net = torch.nn.Sequential(
        conv, torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten(), last
    )
    net = net.double()
    net.load_state_dict(
        dict(zip(net.state_dict(), [torch.tensor(p) for p in parameters]))
    )
    optimizer, losses = torch.optim.SGD(net.parameters(), lr=learning_rate), []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(torch.tensor(X)), torch.tensor(y))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return [p.detach() for p in net.parameters()], losses


# %% right: numpy, by windows
def train_cnn(X, y, parameters, learning_rate, steps):
    W1, b1, W2, b2 = (p.copy() for p in parameters)
    N, _, H, W = X.shape
    wide = np.pad(X, ((0, 0), (0, 0), (1, 1), (1, 1)))[:, 0]
    windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(1, 2))
    losses = []
    for _ in range(steps):
        Z = np.einsum("nijmo,kmo->nkij", windows, W1[:, 0]) + b1[:, None, None]
        A = np.maximum(0, Z).reshape(N, len(W1), H // 2, 2, W // 2, 2)
        A = A.transpose(0, 1, 2, 4, 3, 5).reshape(N, len(W1), H // 2, W // 2, 4)
        flat = A.max(axis=4).reshape(N, -1)
        S = flat @ W2.T + b2
        P = np.exp(S - S.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        losses.append(-np.log(P[np.arange(N), y]).mean())
        dS = P.copy()
        dS[np.arange(N), y] -= 1
        dS /= N
        dA = np.eye(4)[A.argmax(axis=4)] * (dS @ W2).reshape(A.shape[:4])[..., None]
        dA = dA.reshape(N, len(W1), H // 2, W // 2, 2, 2).transpose(0, 1, 2, 4, 3, 5)
        dZ = dA.reshape(Z.shape) * (Z > 0)
        W2, b2 = W2 - learning_rate * dS.T @ flat, b2 - learning_rate * dS.sum(axis=0)
        dW1 = np.einsum("nkij,nijmo->kmo", dZ, windows)[:, None]
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * dZ.sum(axis=(0, 2, 3))
    return [W1, b1, W2, b2], losses
