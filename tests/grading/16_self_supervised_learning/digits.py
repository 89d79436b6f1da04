# %% wrong: embeddings are returned
# message: the embeddings are returned, not the features
def contrastive_features(images, views, parameters, temperature, learning_rate):
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    entropy, losses = torch.nn.functional.cross_entropy, []

    def features(x):
        return torch.relu(x @ now[0].T + now[1])

    def embed(x):
        return torch.nn.functional.normalize(features(x) @ now[2].T, dim=1)

    for a, b in torch.tensor(views):
        scores = embed(a) @ embed(b).T / temperature
        own = torch.arange(len(a))
        loss = (entropy(scores, own) + entropy(scores.T, own)) / 2
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, now)
        now = [
            (p - learning_rate * g).detach().requires_grad_()
            for p, g in zip(now, slopes)
        ]
    return losses, embed(torch.tensor(images)).detach()


# %% wrong: the same view twice
# message: the first view is compared with itself
def contrastive_features(images, views, parameters, temperature, learning_rate):
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    entropy, losses = torch.nn.functional.cross_entropy, []

    def features(x):
        return torch.relu(x @ now[0].T + now[1])

    def embed(x):
        return torch.nn.functional.normalize(features(x) @ now[2].T, dim=1)

    for a, b in torch.tensor(views):
        scores = embed(a) @ embed(a).T / temperature
        own = torch.arange(len(a))
        loss = (entropy(scores, own) + entropy(scores.T, own)) / 2
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, now)
        now = [
            (p - learning_rate * g).detach().requires_grad_()
            for p, g in zip(now, slopes)
        ]
    return losses, features(torch.tensor(images)).detach()


# %% wrong: one direction
# message: only one direction of the loss is taken
def contrastive_features(images, views, parameters, temperature, learning_rate):
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    entropy, losses = torch.nn.functional.cross_entropy, []

    def features(x):
        return torch.relu(x @ now[0].T + now[1])

    def embed(x):
        return torch.nn.functional.normalize(features(x) @ now[2].T, dim=1)

    for a, b in torch.tensor(views):
        scores = embed(a) @ embed(b).T / temperature
        own = torch.arange(len(a))
        loss = entropy(scores, own)
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, now)
        now = [
            (p - learning_rate * g).detach().requires_grad_()
            for p, g in zip(now, slopes)
        ]
    return losses, features(torch.tensor(images)).detach()


# %% wrong: directions are added
# message: both directions are added, not averaged
def contrastive_features(images, views, parameters, temperature, learning_rate):
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    entropy, losses = torch.nn.functional.cross_entropy, []

    def features(x):
        return torch.relu(x @ now[0].T + now[1])

    def embed(x):
        return torch.nn.functional.normalize(features(x) @ now[2].T, dim=1)

    for a, b in torch.tensor(views):
        scores = embed(a) @ embed(b).T / temperature
        own = torch.arange(len(a))
        loss = entropy(scores, own) + entropy(scores.T, own)
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, now)
        now = [
            (p - learning_rate * g).detach().requires_grad_()
            for p, g in zip(now, slopes)
        ]
    return losses, features(torch.tensor(images)).detach()


# %% wrong: embeddings of any length
# message: the embeddings are not brought to length 1
def contrastive_features(images, views, parameters, temperature, learning_rate):
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    entropy, losses = torch.nn.functional.cross_entropy, []

    def features(x):
        return torch.relu(x @ now[0].T + now[1])

    def embed(x):
        return features(x) @ now[2].T

    for a, b in torch.tensor(views):
        scores = embed(a) @ embed(b).T / temperature
        own = torch.arange(len(a))
        loss = (entropy(scores, own) + entropy(scores.T, own)) / 2
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, now)
        now = [
            (p - learning_rate * g).detach().requires_grad_()
            for p, g in zip(now, slopes)
        ]
    return losses, features(torch.tensor(images)).detach()


# %% wrong: only the head is trained
# message: only the head is trained
def contrastive_features(images, views, parameters, temperature, learning_rate):
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    entropy, losses = torch.nn.functional.cross_entropy, []

    def features(x):
        return torch.relu(x @ now[0].T + now[1])

    def embed(x):
        return torch.nn.functional.normalize(features(x) @ now[2].T, dim=1)

    for a, b in torch.tensor(views):
        scores = embed(a) @ embed(b).T / temperature
        own = torch.arange(len(a))
        loss = (entropy(scores, own) + entropy(scores.T, own)) / 2
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, now)
        slopes = [0 * slopes[0], 0 * slopes[1], slopes[2]]
        now = [
            (p - learning_rate * g).detach().requires_grad_()
            for p, g in zip(now, slopes)
        ]
    return losses, features(torch.tensor(images)).detach()


# %% wrong: the head stays
# message: the head is not trained
def contrastive_features(images, views, parameters, temperature, learning_rate):
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    entropy, losses = torch.nn.functional.cross_entropy, []

    def features(x):
        return torch.relu(x @ now[0].T + now[1])

    def embed(x):
        return torch.nn.functional.normalize(features(x) @ now[2].T, dim=1)

    for a, b in torch.tensor(views):
        scores = embed(a) @ embed(b).T / temperature
        own = torch.arange(len(a))
        loss = (entropy(scores, own) + entropy(scores.T, own)) / 2
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, now)
        slopes = [*slopes[:2], 0 * slopes[2]]
        now = [
            (p - learning_rate * g).detach().requires_grad_()
            for p, g in zip(now, slopes)
        ]
    return losses, features(torch.tensor(images)).detach()


# %% wrong: uphill
# message: the steps go uphill
def contrastive_features(images, views, parameters, temperature, learning_rate):
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    entropy, losses = torch.nn.functional.cross_entropy, []

    def features(x):
        return torch.relu(x @ now[0].T + now[1])

    def embed(x):
        return torch.nn.functional.normalize(features(x) @ now[2].T, dim=1)

    for a, b in torch.tensor(views):
        scores = embed(a) @ embed(b).T / temperature
        own = torch.arange(len(a))
        loss = (entropy(scores, own) + entropy(scores.T, own)) / 2
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, now)
        now = [
            (p + learning_rate * g).detach().requires_grad_()
            for p, g in zip(now, slopes)
        ]
    return losses, features(torch.tensor(images)).detach()


# %% wrong: features before training
# message: the features are those of the first parameters
def contrastive_features(images, views, parameters, temperature, learning_rate):
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    entropy, losses = torch.nn.functional.cross_entropy, []

    def features(x):
        return torch.relu(x @ now[0].T + now[1])

    def embed(x):
        return torch.nn.functional.normalize(features(x) @ now[2].T, dim=1)

    for a, b in torch.tensor(views):
        scores = embed(a) @ embed(b).T / temperature
        own = torch.arange(len(a))
        loss = (entropy(scores, own) + entropy(scores.T, own)) / 2
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, now)
        now = [
            (p - learning_rate * g).detach().requires_grad_()
            for p, g in zip(now, slopes)
        ]
    now = [torch.tensor(part) for part in parameters]
    return losses, features(torch.tensor(images))


# %% wrong: no ReLU in the features
# message: the features are taken before the ReLU
def contrastive_features(images, views, parameters, temperature, learning_rate):
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    entropy, losses = torch.nn.functional.cross_entropy, []

    def features(x):
        return torch.relu(x @ now[0].T + now[1])

    def embed(x):
        return torch.nn.functional.normalize(features(x) @ now[2].T, dim=1)

    for a, b in torch.tensor(views):
        scores = embed(a) @ embed(b).T / temperature
        own = torch.arange(len(a))
        loss = (entropy(scores, own) + entropy(scores.T, own)) / 2
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, now)
        now = [
            (p - learning_rate * g).detach().requires_grad_()
            for p, g in zip(now, slopes)
        ]
    return losses, (torch.tensor(images) @ now[0].T + now[1]).detach()


# %% right: layers and an optimizer
def contrastive_features(images, views, parameters, temperature, learning_rate):
    W1, b1, W2 = (torch.nn.Parameter(torch.tensor(part)) for part in parameters)
    optimizer = torch.optim.SGD([W1, b1, W2], lr=learning_rate)
    losses = []
    for pair in views:
        h = torch.relu(torch.tensor(pair) @ W1.T + b1) @ W2.T  # (2, N, d)
        a, b = h / h.norm(dim=2, keepdim=True)
        s = a @ b.T / temperature
        loss = (
            torch.logsumexp(s, 0) + torch.logsumexp(s, 1)
        ).mean() / 2 - s.diagonal().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    with torch.no_grad():
        return losses, torch.relu(torch.tensor(images) @ W1.T + b1).numpy()


# %% right: gradients by hand in numpy
def contrastive_features(images, views, parameters, temperature, learning_rate):
    W1, b1, W2 = (part.copy() for part in parameters)
    losses = []
    for pair in views:
        f = np.maximum(pair @ W1.T + b1, 0)  # (2, N, H)
        h = f @ W2.T  # (2, N, d)
        length = np.linalg.norm(h, axis=2, keepdims=True)
        z = h / length
        s = z[0] @ z[1].T / temperature
        row, column = np.logaddexp.reduce(s, axis=1), np.logaddexp.reduce(s, axis=0)
        losses.append((row + column).mean() / 2 - np.trace(s) / len(s))
        G = np.exp(s - row[:, None]) + np.exp(s - column) - 2 * np.eye(len(s))
        G = G / (2 * len(s) * temperature)
        dz = np.stack([G @ z[1], G.T @ z[0]])
        dh = (dz - (dz * z).sum(axis=2, keepdims=True) * z) / length
        df = (dh @ W2) * (f > 0)
        W2 = W2 - learning_rate * np.einsum("vnd,vnh->dh", dh, f)
        W1 = W1 - learning_rate * np.einsum("vnh,vnx->hx", df, pair)
        b1 = b1 - learning_rate * df.sum(axis=(0, 1))
    return np.array(losses), np.maximum(images @ W1.T + b1, 0)
