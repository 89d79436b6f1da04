# %% wrong: the labels are not shuffled
# message: labels are not
def train(W, b, X, y, orders, batch_size, rate, keep, max_norm):
    layer = layer_from(W, b)
    optimizer = torch.optim.SGD(layer.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=keep)
    for order in orders:
        inputs, targets = torch.tensor(X[order]), torch.tensor(y)
        for i in range(0, len(X), batch_size):
            rows = slice(i, i + batch_size)
            loss = nn.functional.cross_entropy(layer(inputs[rows]), targets[rows])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
            optimizer.step()
        schedule.step()
    return layer.weight, layer.bias


# %% wrong: the last batch is left out
# message: last, smaller batch
def train(W, b, X, y, orders, batch_size, rate, keep, max_norm):
    layer = layer_from(W, b)
    optimizer = torch.optim.SGD(layer.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=keep)
    for order in orders:
        for i in range(len(X) // batch_size):
            rows = order[i * batch_size : (i + 1) * batch_size]
            scores = layer(torch.tensor(X[rows]))
            loss = nn.functional.cross_entropy(scores, torch.tensor(y[rows]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
            optimizer.step()
        schedule.step()
    return layer.weight, layer.bias


# %% wrong: softmax before the loss
# message: applies it itself
def train(W, b, X, y, orders, batch_size, rate, keep, max_norm):
    layer = layer_from(W, b)
    optimizer = torch.optim.SGD(layer.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=keep)
    for order in orders:
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            scores = layer(torch.tensor(X[rows])).softmax(dim=1)
            loss = nn.functional.cross_entropy(scores, torch.tensor(y[rows]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
            optimizer.step()
        schedule.step()
    return layer.weight, layer.bias


# %% wrong: gradients are never set to zero
# message: never set to zero
def train(W, b, X, y, orders, batch_size, rate, keep, max_norm):
    layer = layer_from(W, b)
    optimizer = torch.optim.SGD(layer.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=keep)
    for order in orders:
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            scores = layer(torch.tensor(X[rows]))
            nn.functional.cross_entropy(scores, torch.tensor(y[rows])).backward()
            nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
            optimizer.step()
        schedule.step()
    return layer.weight, layer.bias


# %% wrong: clipped after the step
# message: not clipped before
def train(W, b, X, y, orders, batch_size, rate, keep, max_norm):
    layer = layer_from(W, b)
    optimizer = torch.optim.SGD(layer.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=keep)
    for order in orders:
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            scores = layer(torch.tensor(X[rows]))
            loss = nn.functional.cross_entropy(scores, torch.tensor(y[rows]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
        schedule.step()
    return layer.weight, layer.bias


# %% wrong: the schedule steps after every batch
# message: decays after every batch
def train(W, b, X, y, orders, batch_size, rate, keep, max_norm):
    layer = layer_from(W, b)
    optimizer = torch.optim.SGD(layer.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=keep)
    for order in orders:
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            scores = layer(torch.tensor(X[rows]))
            loss = nn.functional.cross_entropy(scores, torch.tensor(y[rows]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
            optimizer.step()
            schedule.step()
    return layer.weight, layer.bias


# %% wrong: the colleague's loop, unchanged
def train(W, b, X, y, orders, batch_size, rate, keep, max_norm):
    layer = layer_from(W, b)
    optimizer = torch.optim.SGD(layer.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=keep)
    for order in orders:
        inputs, targets = torch.tensor(X[order]), torch.tensor(y)
        for i in range(len(X) // batch_size):
            rows = slice(i * batch_size, (i + 1) * batch_size)
            scores = torch.softmax(layer(inputs[rows]), dim=1)
            loss = nn.functional.cross_entropy(scores, targets[rows])
            loss.backward()
            optimizer.step()
            nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
        schedule.step()
    return layer.weight.detach().numpy(), layer.bias.detach().numpy()


# %% right: numpy and a gradient by hand
def train(W, b, X, y, orders, batch_size, rate, keep, max_norm):
    for epoch, order in enumerate(orders):
        for rows in np.split(order, range(batch_size, len(order), batch_size)):
            S = X[rows] @ W.T + b
            P = np.exp(S - S.max(axis=1, keepdims=True))
            P /= P.sum(axis=1, keepdims=True)
            P[np.arange(len(rows)), y[rows]] -= 1
            dW, db = P.T @ X[rows] / len(rows), P.mean(axis=0)
            norm = np.sqrt((dW**2).sum() + (db**2).sum())
            size = rate * keep**epoch * min(1.0, max_norm / norm)
            W, b = W - size * dW, b - size * db
    return W, b


# %% right: a data loader and autograd.grad
def train(W, b, X, y, orders, batch_size, rate, keep, max_norm):
    weights = [torch.tensor(v, requires_grad=True) for v in (W, b)]
    for order in orders:
        pairs = list(zip(torch.tensor(X)[order], torch.tensor(y)[order], strict=True))
        for inputs, targets in torch.utils.data.DataLoader(pairs, batch_size):
            scores = nn.functional.linear(inputs, *weights)
            log_p = scores.log_softmax(dim=1)
            loss = nn.functional.nll_loss(log_p, targets)
            grads = torch.autograd.grad(loss, weights)
            norm = torch.cat([g.flatten() for g in grads]).norm()
            with torch.no_grad():
                for v, g in zip(weights, grads, strict=True):
                    v -= rate * g * min(1.0, max_norm / norm.item())
        rate = rate * keep
    return tuple(weights)
