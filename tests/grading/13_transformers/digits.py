# %% wrong: no normalization
# message: nothing is normalized
def train_reader(X, y, X_new, parameters, learning_rate, epochs):

    def forward(X, p):
        def norm(H):
            return H

        H = X @ p["E"].T + p["P"]  # (N, 8, D)
        H_hat = norm(H)
        Q, K, V = (H_hat @ p[name].T for name in "QKV")
        weights = (Q @ K.transpose(1, 2) / math.sqrt(Q.shape[2])).softmax(dim=2)
        H = H + weights @ V @ p["O"].T
        H = H + torch.relu(norm(H) @ p["W1"].T) @ p["W2"].T
        return H.mean(dim=1) @ p["C"].T

    now = {name: torch.tensor(value) for name, value in parameters.items()}
    X, y, X_new = torch.as_tensor(X), torch.as_tensor(y), torch.as_tensor(X_new)
    losses = []
    for _ in range(epochs):
        now = {name: value.detach().requires_grad_() for name, value in now.items()}
        loss = torch.nn.functional.cross_entropy(forward(X, now), y)
        slopes = torch.autograd.grad(loss, list(now.values()))
        losses.append(loss.item())
        now = {
            name: value - learning_rate * slope
            for (name, value), slope in zip(now.items(), slopes, strict=True)
        }
    with torch.no_grad():
        return np.array(losses), forward(X_new, now).numpy()


# %% wrong: post-norm
# message: post-norm
def train_reader(X, y, X_new, parameters, learning_rate, epochs):

    def forward(X, p):
        def norm(H):
            return torch.nn.functional.layer_norm(H, H.shape[-1:])

        H = X @ p["E"].T + p["P"]  # (N, 8, D)
        H_hat = H
        Q, K, V = (H_hat @ p[name].T for name in "QKV")
        weights = (Q @ K.transpose(1, 2) / math.sqrt(Q.shape[2])).softmax(dim=2)
        H = norm(H + weights @ V @ p["O"].T)
        H = norm(H + torch.relu(H @ p["W1"].T) @ p["W2"].T)
        return H.mean(dim=1) @ p["C"].T

    now = {name: torch.tensor(value) for name, value in parameters.items()}
    X, y, X_new = torch.as_tensor(X), torch.as_tensor(y), torch.as_tensor(X_new)
    losses = []
    for _ in range(epochs):
        now = {name: value.detach().requires_grad_() for name, value in now.items()}
        loss = torch.nn.functional.cross_entropy(forward(X, now), y)
        slopes = torch.autograd.grad(loss, list(now.values()))
        losses.append(loss.item())
        now = {
            name: value - learning_rate * slope
            for (name, value), slope in zip(now.items(), slopes, strict=True)
        }
    with torch.no_grad():
        return np.array(losses), forward(X_new, now).numpy()


# %% wrong: normalized tokens added
# message: normalized tokens are added
def train_reader(X, y, X_new, parameters, learning_rate, epochs):

    def forward(X, p):
        def norm(H):
            return torch.nn.functional.layer_norm(H, H.shape[-1:])

        H = X @ p["E"].T + p["P"]  # (N, 8, D)
        H_hat = H = norm(H)
        Q, K, V = (H_hat @ p[name].T for name in "QKV")
        weights = (Q @ K.transpose(1, 2) / math.sqrt(Q.shape[2])).softmax(dim=2)
        H = H + weights @ V @ p["O"].T
        H = norm(H)
        H = H + torch.relu(H @ p["W1"].T) @ p["W2"].T
        return H.mean(dim=1) @ p["C"].T

    now = {name: torch.tensor(value) for name, value in parameters.items()}
    X, y, X_new = torch.as_tensor(X), torch.as_tensor(y), torch.as_tensor(X_new)
    losses = []
    for _ in range(epochs):
        now = {name: value.detach().requires_grad_() for name, value in now.items()}
        loss = torch.nn.functional.cross_entropy(forward(X, now), y)
        slopes = torch.autograd.grad(loss, list(now.values()))
        losses.append(loss.item())
        now = {
            name: value - learning_rate * slope
            for (name, value), slope in zip(now.items(), slopes, strict=True)
        }
    with torch.no_grad():
        return np.array(losses), forward(X_new, now).numpy()


# %% wrong: no positions
# message: positions are left out
def train_reader(X, y, X_new, parameters, learning_rate, epochs):

    def forward(X, p):
        def norm(H):
            return torch.nn.functional.layer_norm(H, H.shape[-1:])

        H = X @ p["E"].T + 0 * p["P"]  # (N, 8, D)
        H_hat = norm(H)
        Q, K, V = (H_hat @ p[name].T for name in "QKV")
        weights = (Q @ K.transpose(1, 2) / math.sqrt(Q.shape[2])).softmax(dim=2)
        H = H + weights @ V @ p["O"].T
        H = H + torch.relu(norm(H) @ p["W1"].T) @ p["W2"].T
        return H.mean(dim=1) @ p["C"].T

    now = {name: torch.tensor(value) for name, value in parameters.items()}
    X, y, X_new = torch.as_tensor(X), torch.as_tensor(y), torch.as_tensor(X_new)
    losses = []
    for _ in range(epochs):
        now = {name: value.detach().requires_grad_() for name, value in now.items()}
        loss = torch.nn.functional.cross_entropy(forward(X, now), y)
        slopes = torch.autograd.grad(loss, list(now.values()))
        losses.append(loss.item())
        now = {
            name: value - learning_rate * slope
            for (name, value), slope in zip(now.items(), slopes, strict=True)
        }
    with torch.no_grad():
        return np.array(losses), forward(X_new, now).numpy()


# %% wrong: no scale
# message: not divided by √D
def train_reader(X, y, X_new, parameters, learning_rate, epochs):

    def forward(X, p):
        def norm(H):
            return torch.nn.functional.layer_norm(H, H.shape[-1:])

        H = X @ p["E"].T + p["P"]  # (N, 8, D)
        H_hat = norm(H)
        Q, K, V = (H_hat @ p[name].T for name in "QKV")
        weights = (Q @ K.transpose(1, 2)).softmax(dim=2)
        H = H + weights @ V @ p["O"].T
        H = H + torch.relu(norm(H) @ p["W1"].T) @ p["W2"].T
        return H.mean(dim=1) @ p["C"].T

    now = {name: torch.tensor(value) for name, value in parameters.items()}
    X, y, X_new = torch.as_tensor(X), torch.as_tensor(y), torch.as_tensor(X_new)
    losses = []
    for _ in range(epochs):
        now = {name: value.detach().requires_grad_() for name, value in now.items()}
        loss = torch.nn.functional.cross_entropy(forward(X, now), y)
        slopes = torch.autograd.grad(loss, list(now.values()))
        losses.append(loss.item())
        now = {
            name: value - learning_rate * slope
            for (name, value), slope in zip(now.items(), slopes, strict=True)
        }
    with torch.no_grad():
        return np.array(losses), forward(X_new, now).numpy()


# %% wrong: causal
# message: attention is causal
def train_reader(X, y, X_new, parameters, learning_rate, epochs):

    def forward(X, p):
        def norm(H):
            return torch.nn.functional.layer_norm(H, H.shape[-1:])

        H = X @ p["E"].T + p["P"]  # (N, 8, D)
        H_hat = norm(H)
        Q, K, V = (H_hat @ p[name].T for name in "QKV")
        hide = ~torch.ones(8, 8, dtype=torch.bool).tril()
        weights = Q @ K.transpose(1, 2) / math.sqrt(Q.shape[2])
        weights = weights.masked_fill(hide, -torch.inf).softmax(dim=2)
        H = H + weights @ V @ p["O"].T
        H = H + torch.relu(norm(H) @ p["W1"].T) @ p["W2"].T
        return H.mean(dim=1) @ p["C"].T

    now = {name: torch.tensor(value) for name, value in parameters.items()}
    X, y, X_new = torch.as_tensor(X), torch.as_tensor(y), torch.as_tensor(X_new)
    losses = []
    for _ in range(epochs):
        now = {name: value.detach().requires_grad_() for name, value in now.items()}
        loss = torch.nn.functional.cross_entropy(forward(X, now), y)
        slopes = torch.autograd.grad(loss, list(now.values()))
        losses.append(loss.item())
        now = {
            name: value - learning_rate * slope
            for (name, value), slope in zip(now.items(), slopes, strict=True)
        }
    with torch.no_grad():
        return np.array(losses), forward(X_new, now).numpy()


# %% wrong: no residual at attention
# message: no residual
def train_reader(X, y, X_new, parameters, learning_rate, epochs):

    def forward(X, p):
        def norm(H):
            return torch.nn.functional.layer_norm(H, H.shape[-1:])

        H = X @ p["E"].T + p["P"]  # (N, 8, D)
        H_hat = norm(H)
        Q, K, V = (H_hat @ p[name].T for name in "QKV")
        weights = (Q @ K.transpose(1, 2) / math.sqrt(Q.shape[2])).softmax(dim=2)
        H = weights @ V @ p["O"].T
        H = H + torch.relu(norm(H) @ p["W1"].T) @ p["W2"].T
        return H.mean(dim=1) @ p["C"].T

    now = {name: torch.tensor(value) for name, value in parameters.items()}
    X, y, X_new = torch.as_tensor(X), torch.as_tensor(y), torch.as_tensor(X_new)
    losses = []
    for _ in range(epochs):
        now = {name: value.detach().requires_grad_() for name, value in now.items()}
        loss = torch.nn.functional.cross_entropy(forward(X, now), y)
        slopes = torch.autograd.grad(loss, list(now.values()))
        losses.append(loss.item())
        now = {
            name: value - learning_rate * slope
            for (name, value), slope in zip(now.items(), slopes, strict=True)
        }
    with torch.no_grad():
        return np.array(losses), forward(X_new, now).numpy()


# %% wrong: summed
# message: summed, not averaged
def train_reader(X, y, X_new, parameters, learning_rate, epochs):

    def forward(X, p):
        def norm(H):
            return torch.nn.functional.layer_norm(H, H.shape[-1:])

        H = X @ p["E"].T + p["P"]  # (N, 8, D)
        H_hat = norm(H)
        Q, K, V = (H_hat @ p[name].T for name in "QKV")
        weights = (Q @ K.transpose(1, 2) / math.sqrt(Q.shape[2])).softmax(dim=2)
        H = H + weights @ V @ p["O"].T
        H = H + torch.relu(norm(H) @ p["W1"].T) @ p["W2"].T
        return H.sum(dim=1) @ p["C"].T

    now = {name: torch.tensor(value) for name, value in parameters.items()}
    X, y, X_new = torch.as_tensor(X), torch.as_tensor(y), torch.as_tensor(X_new)
    losses = []
    for _ in range(epochs):
        now = {name: value.detach().requires_grad_() for name, value in now.items()}
        loss = torch.nn.functional.cross_entropy(forward(X, now), y)
        slopes = torch.autograd.grad(loss, list(now.values()))
        losses.append(loss.item())
        now = {
            name: value - learning_rate * slope
            for (name, value), slope in zip(now.items(), slopes, strict=True)
        }
    with torch.no_grad():
        return np.array(losses), forward(X_new, now).numpy()


# %% wrong: first token
# message: first token alone
def train_reader(X, y, X_new, parameters, learning_rate, epochs):

    def forward(X, p):
        def norm(H):
            return torch.nn.functional.layer_norm(H, H.shape[-1:])

        H = X @ p["E"].T + p["P"]  # (N, 8, D)
        H_hat = norm(H)
        Q, K, V = (H_hat @ p[name].T for name in "QKV")
        weights = (Q @ K.transpose(1, 2) / math.sqrt(Q.shape[2])).softmax(dim=2)
        H = H + weights @ V @ p["O"].T
        H = H + torch.relu(norm(H) @ p["W1"].T) @ p["W2"].T
        return H[:, 0] @ p["C"].T

    now = {name: torch.tensor(value) for name, value in parameters.items()}
    X, y, X_new = torch.as_tensor(X), torch.as_tensor(y), torch.as_tensor(X_new)
    losses = []
    for _ in range(epochs):
        now = {name: value.detach().requires_grad_() for name, value in now.items()}
        loss = torch.nn.functional.cross_entropy(forward(X, now), y)
        slopes = torch.autograd.grad(loss, list(now.values()))
        losses.append(loss.item())
        now = {
            name: value - learning_rate * slope
            for (name, value), slope in zip(now.items(), slopes, strict=True)
        }
    with torch.no_grad():
        return np.array(losses), forward(X_new, now).numpy()


# %% wrong: last token
# message: last token alone
def train_reader(X, y, X_new, parameters, learning_rate, epochs):

    def forward(X, p):
        def norm(H):
            return torch.nn.functional.layer_norm(H, H.shape[-1:])

        H = X @ p["E"].T + p["P"]  # (N, 8, D)
        H_hat = norm(H)
        Q, K, V = (H_hat @ p[name].T for name in "QKV")
        weights = (Q @ K.transpose(1, 2) / math.sqrt(Q.shape[2])).softmax(dim=2)
        H = H + weights @ V @ p["O"].T
        H = H + torch.relu(norm(H) @ p["W1"].T) @ p["W2"].T
        return H[:, -1] @ p["C"].T

    now = {name: torch.tensor(value) for name, value in parameters.items()}
    X, y, X_new = torch.as_tensor(X), torch.as_tensor(y), torch.as_tensor(X_new)
    losses = []
    for _ in range(epochs):
        now = {name: value.detach().requires_grad_() for name, value in now.items()}
        loss = torch.nn.functional.cross_entropy(forward(X, now), y)
        slopes = torch.autograd.grad(loss, list(now.values()))
        losses.append(loss.item())
        now = {
            name: value - learning_rate * slope
            for (name, value), slope in zip(now.items(), slopes, strict=True)
        }
    with torch.no_grad():
        return np.array(losses), forward(X_new, now).numpy()


# %% wrong: losses after the step
# message: after each step
def train_reader(X, y, X_new, parameters, learning_rate, epochs):

    def forward(X, p):
        def norm(H):
            return torch.nn.functional.layer_norm(H, H.shape[-1:])

        H = X @ p["E"].T + p["P"]  # (N, 8, D)
        H_hat = norm(H)
        Q, K, V = (H_hat @ p[name].T for name in "QKV")
        weights = (Q @ K.transpose(1, 2) / math.sqrt(Q.shape[2])).softmax(dim=2)
        H = H + weights @ V @ p["O"].T
        H = H + torch.relu(norm(H) @ p["W1"].T) @ p["W2"].T
        return H.mean(dim=1) @ p["C"].T

    now = {name: torch.tensor(value) for name, value in parameters.items()}
    X, y, X_new = torch.as_tensor(X), torch.as_tensor(y), torch.as_tensor(X_new)
    losses = []
    for _ in range(epochs):
        now = {name: value.detach().requires_grad_() for name, value in now.items()}
        loss = torch.nn.functional.cross_entropy(forward(X, now), y)
        slopes = torch.autograd.grad(loss, list(now.values()))
        now = {
            name: value - learning_rate * slope
            for (name, value), slope in zip(now.items(), slopes, strict=True)
        }
        after = torch.nn.functional.cross_entropy(forward(X, now), y)
        losses.append(after.item())
    with torch.no_grad():
        return np.array(losses), forward(X_new, now).numpy()


# %% right: modules of torch and SGD
def train_reader(X, y, X_new, parameters, learning_rate, epochs):
    F = torch.nn.functional
    p = {n: torch.nn.Parameter(torch.tensor(v)) for n, v in parameters.items()}
    D = len(p["E"])
    optimizer = torch.optim.SGD(list(p.values()), lr=learning_rate)

    def scores(images):
        H = F.linear(torch.tensor(images), p["E"]) + p["P"]
        G = F.layer_norm(H, (D,))
        H = H + F.linear(
            F.scaled_dot_product_attention(*(F.linear(G, p[n]) for n in "QKV")), p["O"]
        )
        H = H + F.linear(F.relu(F.linear(F.layer_norm(H, (D,)), p["W1"])), p["W2"])
        return F.linear(H, p["C"]).mean(1)

    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = F.cross_entropy(scores(X), torch.tensor(y))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, scores(X_new).detach()


# %% right: einsum and normalization by hand
def train_reader(X, y, X_new, parameters, learning_rate, epochs):
    p = {n: torch.tensor(v).requires_grad_() for n, v in parameters.items()}

    def norm(H):
        centered = H - H.mean(-1, keepdim=True)
        return centered / (centered.square().mean(-1, keepdim=True) + 1e-5).sqrt()

    def run(images):
        H = torch.einsum("ntp,dp->ntd", torch.tensor(images), p["E"]) + p["P"][None]
        G = norm(H)
        q, k, v = (torch.einsum("nti,oi->nto", G, p[n]) for n in "QKV")
        A = torch.exp(torch.einsum("ntd,nsd->nts", q, k) / q.shape[-1] ** 0.5)
        A = A / A.sum(-1, keepdim=True)
        H = H + torch.einsum("nts,nsd->ntd", A, v) @ p["O"].T
        H = H + (norm(H) @ p["W1"].T).clamp(min=0) @ p["W2"].T
        return (H.sum(1) / 8) @ p["C"].T

    losses = np.zeros(epochs)
    for epoch in range(epochs):
        logs = run(X).log_softmax(1)
        loss = -logs[torch.arange(len(y)), torch.tensor(y)].mean()
        loss.backward()
        losses[epoch] = loss.item()
        with torch.no_grad():
            for value in p.values():
                value -= learning_rate * value.grad
                value.grad = None
    return losses, run(X_new).detach().numpy()
