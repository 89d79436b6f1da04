# %% wrong: one rate for all
# message: the body learns at the rate of the head
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    y = torch.as_tensor(y)
    W1, b1 = (torch.tensor(p) for p in body)
    now = [W1, b1, torch.zeros(classes, len(W1), dtype=W1.dtype)]
    now.append(torch.zeros(classes, dtype=W1.dtype))
    rates = [head_rate, head_rate, head_rate, head_rate]
    losses = []
    for _ in range(steps):
        now = [p.detach().requires_grad_() for p in now]
        loss = torch.nn.functional.cross_entropy(scores(X, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, rate, s in zip(now, rates, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: rates exchanged
# message: the two rates are exchanged
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    y = torch.as_tensor(y)
    W1, b1 = (torch.tensor(p) for p in body)
    now = [W1, b1, torch.zeros(classes, len(W1), dtype=W1.dtype)]
    now.append(torch.zeros(classes, dtype=W1.dtype))
    rates = [head_rate, head_rate, body_rate, body_rate]
    losses = []
    for _ in range(steps):
        now = [p.detach().requires_grad_() for p in now]
        loss = torch.nn.functional.cross_entropy(scores(X, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, rate, s in zip(now, rates, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: always frozen
# message: the body is always frozen
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    y = torch.as_tensor(y)
    W1, b1 = (torch.tensor(p) for p in body)
    now = [W1, b1, torch.zeros(classes, len(W1), dtype=W1.dtype)]
    now.append(torch.zeros(classes, dtype=W1.dtype))
    rates = [0, 0, head_rate, head_rate]
    losses = []
    for _ in range(steps):
        now = [p.detach().requires_grad_() for p in now]
        loss = torch.nn.functional.cross_entropy(scores(X, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, rate, s in zip(now, rates, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: only the weights of the body
# message: the bias of the body is left frozen
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    y = torch.as_tensor(y)
    W1, b1 = (torch.tensor(p) for p in body)
    now = [W1, b1, torch.zeros(classes, len(W1), dtype=W1.dtype)]
    now.append(torch.zeros(classes, dtype=W1.dtype))
    rates = [body_rate, 0, head_rate, head_rate]
    losses = []
    for _ in range(steps):
        now = [p.detach().requires_grad_() for p in now]
        loss = torch.nn.functional.cross_entropy(scores(X, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, rate, s in zip(now, rates, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: the head starts at one
# message: the head does not start at zero but at one
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    y = torch.as_tensor(y)
    W1, b1 = (torch.tensor(p) for p in body)
    now = [W1, b1, torch.ones(classes, len(W1), dtype=W1.dtype)]
    now.append(torch.zeros(classes, dtype=W1.dtype))
    rates = [body_rate, body_rate, head_rate, head_rate]
    losses = []
    for _ in range(steps):
        now = [p.detach().requires_grad_() for p in now]
        loss = torch.nn.functional.cross_entropy(scores(X, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, rate, s in zip(now, rates, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: the body sees the new head
# message: the body steps with the gradient of the new head
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    y = torch.as_tensor(y)
    body = [torch.tensor(p, requires_grad=True) for p in body]
    head = [
        torch.zeros(classes, len(body[0]), dtype=torch.float64),
        torch.zeros(classes, dtype=torch.float64),
    ]
    head = [p.requires_grad_() for p in head]
    losses = []
    for _ in range(steps):
        loss = torch.nn.functional.cross_entropy(scores(X, [*body, *head]), y)
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, head)
        head = [
            (p - head_rate * s).detach().requires_grad_() for p, s in zip(head, slopes)
        ]
        loss = torch.nn.functional.cross_entropy(scores(X, [*body, *head]), y)
        slopes = torch.autograd.grad(loss, body)
        body = [
            (p - body_rate * s).detach().requires_grad_() for p, s in zip(body, slopes)
        ]
    return [p.detach().numpy() for p in [*body, *head]], np.array(losses)


# %% wrong: the sum of the losses
# message: the loss is a sum and not the mean
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    y = torch.as_tensor(y)
    W1, b1 = (torch.tensor(p) for p in body)
    now = [W1, b1, torch.zeros(classes, len(W1), dtype=W1.dtype)]
    now.append(torch.zeros(classes, dtype=W1.dtype))
    rates = [body_rate, body_rate, head_rate, head_rate]
    losses = []
    for _ in range(steps):
        now = [p.detach().requires_grad_() for p in now]
        loss = torch.nn.functional.cross_entropy(scores(X, now), y, reduction="sum")
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, rate, s in zip(now, rates, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: measured after the step
# message: the loss is measured after each step
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    y = torch.as_tensor(y)
    W1, b1 = (torch.tensor(p) for p in body)
    now = [W1, b1, torch.zeros(classes, len(W1), dtype=W1.dtype)]
    now.append(torch.zeros(classes, dtype=W1.dtype))
    rates = [body_rate, body_rate, head_rate, head_rate]
    losses = []
    for _ in range(steps):
        now = [p.detach().requires_grad_() for p in now]
        loss = torch.nn.functional.cross_entropy(scores(X, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, rate, s in zip(now, rates, slopes, strict=True)]
        losses.append(torch.nn.functional.cross_entropy(scores(X, now), y).item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: uphill
# message: the steps go uphill
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    y = torch.as_tensor(y)
    W1, b1 = (torch.tensor(p) for p in body)
    now = [W1, b1, torch.zeros(classes, len(W1), dtype=W1.dtype)]
    now.append(torch.zeros(classes, dtype=W1.dtype))
    rates = [body_rate, body_rate, head_rate, head_rate]
    losses = []
    for _ in range(steps):
        now = [p.detach().requires_grad_() for p in now]
        loss = torch.nn.functional.cross_entropy(scores(X, now), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p + rate * s for p, rate, s in zip(now, rates, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: softmax twice
# message: the softmax is taken twice: cross_entropy does it already
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    y = torch.as_tensor(y)
    W1, b1 = (torch.tensor(p) for p in body)
    now = [W1, b1, torch.zeros(classes, len(W1), dtype=W1.dtype)]
    now.append(torch.zeros(classes, dtype=W1.dtype))
    rates = [body_rate, body_rate, head_rate, head_rate]
    losses = []
    for _ in range(steps):
        now = [p.detach().requires_grad_() for p in now]
        loss = torch.nn.functional.cross_entropy(scores(X, now).softmax(dim=1), y)
        slopes = torch.autograd.grad(loss, now)
        now = [p - rate * s for p, rate, s in zip(now, rates, slopes, strict=True)]
        losses.append(loss.item())
    return [p.detach().numpy() for p in now], np.array(losses)


# %% wrong: in place
# message: in place
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    W1, b1 = (torch.from_numpy(p).requires_grad_() for p in body)
    W2 = torch.zeros(classes, len(W1), dtype=torch.float64, requires_grad=True)
    b2 = torch.zeros(classes, dtype=torch.float64, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = torch.nn.functional.cross_entropy(
            scores(X, [W1, b1, W2, b2]), torch.tensor(y)
        )
        slopes = torch.autograd.grad(loss, [W1, b1, W2, b2])
        with torch.no_grad():
            for p, rate, s in zip(
                [W1, b1, W2, b2], [body_rate] * 2 + [head_rate] * 2, slopes
            ):
                p -= rate * s
        losses.append(loss.item())
    return [p.detach().numpy().copy() for p in (W1, b1, W2, b2)], np.array(losses)


# %% right: an optimizer with two groups
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    lower = [torch.nn.Parameter(torch.tensor(p)) for p in body]
    upper = [torch.nn.Parameter(torch.zeros(classes, len(body[0])).double())]
    upper.append(torch.nn.Parameter(torch.zeros(classes).double()))
    groups = [{"params": lower, "lr": body_rate}, {"params": upper, "lr": head_rate}]
    optimizer, losses = torch.optim.SGD(groups), []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(
            scores(X, lower + upper), torch.tensor(y)
        )
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return [p.detach() for p in lower + upper], losses


# %% right: numpy, gradients by hand
def fine_tune(X, y, body, classes, head_rate, body_rate, steps):
    X = X.reshape(len(X), -1)
    W1, b1 = (np.array(p) for p in body)
    W2, b2 = np.zeros((classes, len(W1))), np.zeros(classes)
    losses, rows = [], np.arange(len(X))
    for _ in range(steps):
        z = X @ W1.T + b1
        h = np.maximum(0, z)
        S = h @ W2.T + b2
        p = np.exp(S - S.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        losses.append(-np.log(p[rows, y]).mean())
        p[rows, y] -= 1
        p = p / len(X)
        dz = (p @ W2) * (z > 0)
        W2, b2 = W2 - head_rate * p.T @ h, b2 - head_rate * p.sum(axis=0)
        W1, b1 = W1 - body_rate * dz.T @ X, b1 - body_rate * dz.sum(axis=0)
    return (W1, b1, W2, b2), losses
