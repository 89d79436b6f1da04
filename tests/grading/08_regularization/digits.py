# %% wrong: no scale
# message: are not scaled
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor(1.0 * (uniform >= p))
        loss = cross(net(X, now, mask), y) + penalty / 2 * (
            now[0].square().sum() + now[2].square().sum()
        )
        slopes = torch.autograd.grad(loss, now)
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
        losses.append(cross(net(X_new, now, 1.0), y_new).item())
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = now
    return [v.detach() for v in best], losses


# %% wrong: p is the share that stays
# message: probability of keeping
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor((uniform < p) / p)
        loss = cross(net(X, now, mask), y) + penalty / 2 * (
            now[0].square().sum() + now[2].square().sum()
        )
        slopes = torch.autograd.grad(loss, now)
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
        losses.append(cross(net(X_new, now, 1.0), y_new).item())
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = now
    return [v.detach() for v in best], losses


# %% wrong: no dropout
# message: nothing is dropped
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor(1.0)
        loss = cross(net(X, now, mask), y) + penalty / 2 * (
            now[0].square().sum() + now[2].square().sum()
        )
        slopes = torch.autograd.grad(loss, now)
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
        losses.append(cross(net(X_new, now, 1.0), y_new).item())
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = now
    return [v.detach() for v in best], losses


# %% wrong: no penalty
# message: no penalty
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor((uniform >= p) / (1 - p))
        loss = cross(net(X, now, mask), y) + 0.0
        slopes = torch.autograd.grad(loss, now)
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
        losses.append(cross(net(X_new, now, 1.0), y_new).item())
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = now
    return [v.detach() for v in best], losses


# %% wrong: biases too
# message: biases are penalized
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor((uniform >= p) / (1 - p))
        loss = cross(net(X, now, mask), y) + penalty / 2 * sum(
            v.square().sum() for v in now
        )
        slopes = torch.autograd.grad(loss, now)
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
        losses.append(cross(net(X_new, now, 1.0), y_new).item())
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = now
    return [v.detach() for v in best], losses


# %% wrong: no half
# message: no factor ½
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor((uniform >= p) / (1 - p))
        loss = cross(net(X, now, mask), y) + penalty * (
            now[0].square().sum() + now[2].square().sum()
        )
        slopes = torch.autograd.grad(loss, now)
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
        losses.append(cross(net(X_new, now, 1.0), y_new).item())
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = now
    return [v.detach() for v in best], losses


# %% wrong: the training loss is watched
# message: on the training set
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor((uniform >= p) / (1 - p))
        loss = cross(net(X, now, mask), y) + penalty / 2 * (
            now[0].square().sum() + now[2].square().sum()
        )
        slopes = torch.autograd.grad(loss, now)
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
        losses.append(cross(net(X, now, 1.0), y).item())
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = now
    return [v.detach() for v in best], losses


# %% wrong: the penalty is watched too
# message: part of the validation loss
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor((uniform >= p) / (1 - p))
        loss = cross(net(X, now, mask), y) + penalty / 2 * (
            now[0].square().sum() + now[2].square().sum()
        )
        slopes = torch.autograd.grad(loss, now)
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
        losses.append(
            (
                cross(net(X_new, now, 1.0), y_new)
                + penalty / 2 * (now[0].square().sum() + now[2].square().sum())
            ).item()
        )
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = now
    return [v.detach() for v in best], losses


# %% wrong: measured before the step
# message: measured before each step
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        losses.append(cross(net(X_new, now, 1.0), y_new).item())
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = now
        mask = torch.as_tensor((uniform >= p) / (1 - p))
        loss = cross(net(X, now, mask), y) + penalty / 2 * (
            now[0].square().sum() + now[2].square().sum()
        )
        slopes = torch.autograd.grad(loss, now)
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
    return [v.detach() for v in best], losses


# %% wrong: the last parameters
# message: parameters of the last epoch
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor((uniform >= p) / (1 - p))
        loss = cross(net(X, now, mask), y) + penalty / 2 * (
            now[0].square().sum() + now[2].square().sum()
        )
        slopes = torch.autograd.grad(loss, now)
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
        losses.append(cross(net(X_new, now, 1.0), y_new).item())
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = now
    return [v.detach() for v in now], losses


# %% wrong: the highest loss is taken for the best
# message: highest loss
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor((uniform >= p) / (1 - p))
        loss = cross(net(X, now, mask), y) + penalty / 2 * (
            now[0].square().sum() + now[2].square().sum()
        )
        slopes = torch.autograd.grad(loss, now)
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
        losses.append(cross(net(X_new, now, 1.0), y_new).item())
        if losses[-1] > max(losses[:-1], default=0):
            best = now
    return [v.detach() for v in best], losses


# %% wrong: the parameters before the step are kept
# message: before the best epoch
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.tensor(v, requires_grad=True) for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor((uniform >= p) / (1 - p))
        loss = cross(net(X, now, mask), y) + penalty / 2 * (
            now[0].square().sum() + now[2].square().sum()
        )
        slopes = torch.autograd.grad(loss, now)
        before = now
        now = [
            (v - learning_rate * s).detach().requires_grad_()
            for v, s in zip(now, slopes)
        ]
        losses.append(cross(net(X_new, now, 1.0), y_new).item())
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = before
    return [v.detach() for v in best], losses


# %% wrong: the arguments are trained
# message: in place
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy

    def net(X, now, mask):
        return (mask * torch.relu(X @ now[0].T + now[1])) @ now[2].T + now[3]

    now = [torch.from_numpy(v).requires_grad_() for v in parameters]
    best, losses = now, []
    for uniform in uniforms:
        mask = torch.as_tensor((uniform >= p) / (1 - p))
        loss = cross(net(X, now, mask), y) + penalty / 2 * (
            now[0].square().sum() + now[2].square().sum()
        )
        slopes = torch.autograd.grad(loss, now)
        with torch.no_grad():
            for v, s in zip(now, slopes):
                v -= learning_rate * s
        losses.append(cross(net(X_new, now, 1.0), y_new).item())
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = [v.detach().clone() for v in now]
    return [v.detach() for v in best], losses


# %% right: all by hand in numpy
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y = train
    W1, b1, W2, b2 = parameters
    losses, best = [], None

    def log_softmax(S):
        S = S - S.max(axis=1, keepdims=True)
        return S - np.log(np.exp(S).sum(axis=1, keepdims=True))

    for uniform in uniforms:
        mask = (uniform >= p) / (1 - p)
        Z = X @ W1.T + b1
        H = np.maximum(Z, 0) * mask
        dS = (np.exp(log_softmax(H @ W2.T + b2)) - np.eye(len(b2))[y]) / len(X)
        dZ = dS @ W2 * mask * (Z > 0)
        W1 = W1 - learning_rate * (dZ.T @ X + penalty * W1)
        W2 = W2 - learning_rate * (dS.T @ H + penalty * W2)
        b1 = b1 - learning_rate * dZ.sum(axis=0)
        b2 = b2 - learning_rate * dS.sum(axis=0)
        H = np.maximum(validation[0] @ W1.T + b1, 0)
        log_p = log_softmax(H @ W2.T + b2)
        losses.append(-log_p[np.arange(len(H)), validation[1]].mean())
        if np.argmin(losses) == len(losses) - 1:
            best = [W1, b1, W2, b2]
    return best, losses


# %% right: decay first, then the step; every state is kept
def train_regularized(
    train, validation, parameters, uniforms, p, penalty, learning_rate
):
    X, y, X_new, y_new = (torch.as_tensor(v) for v in (*train, *validation))
    cross = torch.nn.functional.cross_entropy
    states, losses = [[torch.tensor(v, requires_grad=True) for v in parameters]], []
    for uniform in uniforms:
        W1, b1, W2, b2 = now = states[-1]
        H = torch.relu(torch.addmm(b1, X, W1.T)) / (1 - p)
        H = H.masked_fill(torch.as_tensor(uniform < p), 0)
        slopes = torch.autograd.grad(cross(torch.addmm(b2, H, W2.T), y), now)
        new = []
        for v, s in zip(now, slopes):
            shrink = 1 - learning_rate * penalty * (v.dim() == 2)
            new.append((shrink * v - learning_rate * s).detach().requires_grad_())
        W1, b1, W2, b2 = new
        scores = torch.relu(X_new @ W1.T + b1) @ W2.T + b2
        losses.append(cross(scores, y_new).item())
        states.append(new)
    best = states[1 + int(np.argmin(losses))]
    return tuple(v.detach().numpy() for v in best), torch.tensor(losses)
