# %% wrong: clean pictures
# message: the clean pictures are learned: the attack has no effect
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.as_tensor(y)
    now = [torch.tensor(p) for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    for _ in range(steps):
        (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
        attacked = (X + epsilon * slope.sign()).clamp(0, 1).detach()
        now = [p.detach().requires_grad_() for p in now]
        loss = measure(scores(X, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, s in zip(now, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: attacked once
# message: the pictures are attacked once, before the training
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.as_tensor(y)
    now = [torch.tensor(p) for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
    attacked = (X + epsilon * slope.sign()).clamp(0, 1).detach()
    for _ in range(steps):
        now = [p.detach().requires_grad_() for p in now]
        loss = measure(scores(attacked, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, s in zip(now, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: the attack piles up
# message: the attacked pictures of the last step are attacked again
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.as_tensor(y)
    now = [torch.tensor(p) for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    for _ in range(steps):
        (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
        attacked = (X + epsilon * slope.sign()).clamp(0, 1).detach()
        X = attacked.clone().requires_grad_()
        now = [p.detach().requires_grad_() for p in now]
        loss = measure(scores(attacked, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, s in zip(now, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: the attack helps
# message: the attack goes downhill and helps the network
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.as_tensor(y)
    now = [torch.tensor(p) for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    for _ in range(steps):
        (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
        attacked = (X - epsilon * slope.sign()).clamp(0, 1).detach()
        now = [p.detach().requires_grad_() for p in now]
        loss = measure(scores(attacked, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, s in zip(now, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: half and half
# message: clean and attacked pictures are learned together
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.as_tensor(y)
    now = [torch.tensor(p) for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    for _ in range(steps):
        (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
        attacked = (X + epsilon * slope.sign()).clamp(0, 1).detach()
        now = [p.detach().requires_grad_() for p in now]
        loss = (measure(scores(attacked, now), y) + measure(scores(X, now), y)) / 2
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, s in zip(now, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: not clipped
# message: the attacked pictures leave [0, 1]: nothing is clipped
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.as_tensor(y)
    now = [torch.tensor(p) for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    for _ in range(steps):
        (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
        attacked = (X + epsilon * slope.sign()).detach()
        now = [p.detach().requires_grad_() for p in now]
        loss = measure(scores(attacked, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, s in zip(now, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: without the sign
# message: the attack uses the gradient and not its sign
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.as_tensor(y)
    now = [torch.tensor(p) for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    for _ in range(steps):
        (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
        attacked = (X + epsilon * slope).clamp(0, 1).detach()
        now = [p.detach().requires_grad_() for p in now]
        loss = measure(scores(attacked, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, s in zip(now, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: the loss of the clean pictures
# message: the recorded loss is that of the clean pictures
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.as_tensor(y)
    now = [torch.tensor(p) for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    for _ in range(steps):
        clean = measure(scores(X, now), y).item()
        (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
        attacked = (X + epsilon * slope.sign()).clamp(0, 1).detach()
        now = [p.detach().requires_grad_() for p in now]
        loss = measure(scores(attacked, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, s in zip(now, slopes, strict=True)]
        losses.append(clean)
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: the sum of the losses
# message: the loss is a sum and not the mean
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.as_tensor(y)
    now = [torch.tensor(p) for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    for _ in range(steps):
        (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
        attacked = (X + epsilon * slope.sign()).clamp(0, 1).detach()
        now = [p.detach().requires_grad_() for p in now]
        loss = measure(scores(attacked, now), y, reduction="sum")
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, s in zip(now, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: the weights go uphill
# message: the weights go uphill as well
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.as_tensor(y)
    now = [torch.tensor(p) for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    for _ in range(steps):
        (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
        attacked = (X + epsilon * slope.sign()).clamp(0, 1).detach()
        now = [p.detach().requires_grad_() for p in now]
        loss = measure(scores(attacked, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p + rate * s for p, s in zip(now, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: parameters before the last step
# message: the parameters before the last step are returned
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.as_tensor(y)
    now = [torch.tensor(p) for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    for _ in range(steps):
        (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
        attacked = (X + epsilon * slope.sign()).clamp(0, 1).detach()
        now = [p.detach().requires_grad_() for p in now]
        loss = measure(scores(attacked, now), y)
        slopes = torch.autograd.grad(loss, now)
        old = now
        now = [p - rate * s for p, s in zip(now, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in old], np.array(losses)


# %% wrong: in place
# message: in place
def train_robust(X, y, parameters, epsilon, rate, steps):
    X, y = torch.tensor(X, requires_grad=True), torch.tensor(y)
    now = [torch.from_numpy(p).requires_grad_() for p in parameters]
    measure = torch.nn.functional.cross_entropy
    losses = []
    for _ in range(steps):
        (slope,) = torch.autograd.grad(measure(scores(X, now), y), X)
        attacked = (X + epsilon * slope.sign()).clamp(0, 1).detach()
        loss = measure(scores(attacked, now), y)
        slopes = torch.autograd.grad(loss, now)
        with torch.no_grad():
            for p, s in zip(now, slopes):
                p -= rate * s
        losses.append(loss.item())
    return [p.detach().numpy().copy() for p in now], np.array(losses)


# %% right: an optimizer
def train_robust(X, y, parameters, epsilon, rate, steps):
    weights = [torch.nn.Parameter(torch.tensor(p)) for p in parameters]
    optimizer, losses = torch.optim.SGD(weights, lr=rate), []
    y = torch.tensor(y)
    for _ in range(steps):
        leaf = torch.tensor(X, requires_grad=True)
        torch.nn.functional.cross_entropy(scores(leaf, weights), y).backward()
        attacked = torch.clip(leaf.detach() + epsilon * leaf.grad.sign(), 0, 1)
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(scores(attacked, weights), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return [p.detach() for p in weights], losses


# %% right: numpy, gradients by hand
def train_robust(X, y, parameters, epsilon, rate, steps):
    W1, b1, W2, b2 = (np.array(p) for p in parameters)
    clean, onehot = X.reshape(len(X), -1), np.eye(len(b2))[np.asarray(y)]

    def slopes(A):
        z = A @ W1.T + b1
        S = np.maximum(0, z) @ W2.T + b2
        p = np.exp(S - S.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        dS = (p - onehot) / len(A)
        return z, dS, (dS @ W2) * (z > 0), -np.log((p * onehot).sum(axis=1)).mean()

    losses = []
    for _ in range(steps):
        A = np.clip(clean + epsilon * np.sign(slopes(clean)[2] @ W1), 0, 1)
        z, dS, dz, loss = slopes(A)
        losses.append(loss)
        W2, b2 = W2 - rate * dS.T @ np.maximum(0, z), b2 - rate * dS.sum(axis=0)
        W1, b1 = W1 - rate * dz.T @ A, b1 - rate * dz.sum(axis=0)
    return [W1, b1, W2, b2], losses
