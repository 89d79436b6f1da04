# %% wrong: no gradient from later
# message: nothing comes back
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros(len(W_h))
    later = np.zeros_like(h_0)
    for t in reversed(range(X.shape[1])):
        da = d_states[:, t] * (1 - states[:, t] ** 2)
        before = states[:, t - 1] if t > 0 else h_0
        dW_x += da.T @ X[:, t]
        dW_h += da.T @ before
        db += da.sum(axis=0)
        later = da @ W_h
    return dW_x, dW_h, db, later


# %% wrong: the last readout only
# message: only the last state
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros(len(W_h))
    later = d_states[:, -1]
    for t in reversed(range(X.shape[1])):
        da = later * (1 - states[:, t] ** 2)
        before = states[:, t - 1] if t > 0 else h_0
        dW_x += da.T @ X[:, t]
        dW_h += da.T @ before
        db += da.sum(axis=0)
        later = da @ W_h
    return dW_x, dW_h, db, later


# %% wrong: tanh twice
# message: once more
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros(len(W_h))
    later = np.zeros_like(h_0)
    for t in reversed(range(X.shape[1])):
        da = (d_states[:, t] + later) * (1 - np.tanh(states[:, t]) ** 2)
        before = states[:, t - 1] if t > 0 else h_0
        dW_x += da.T @ X[:, t]
        dW_h += da.T @ before
        db += da.sum(axis=0)
        later = da @ W_h
    return dW_x, dW_h, db, later


# %% wrong: no slope
# message: slope of the tanh is left out
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros(len(W_h))
    later = np.zeros_like(h_0)
    for t in reversed(range(X.shape[1])):
        da = d_states[:, t] + later
        before = states[:, t - 1] if t > 0 else h_0
        dW_x += da.T @ X[:, t]
        dW_h += da.T @ before
        db += da.sum(axis=0)
        later = da @ W_h
    return dW_x, dW_h, db, later


# %% wrong: the wrong transpose
# message: once too often
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros(len(W_h))
    later = np.zeros_like(h_0)
    for t in reversed(range(X.shape[1])):
        da = (d_states[:, t] + later) * (1 - states[:, t] ** 2)
        before = states[:, t - 1] if t > 0 else h_0
        dW_x += da.T @ X[:, t]
        dW_h += da.T @ before
        db += da.sum(axis=0)
        later = da @ W_h.T
    return dW_x, dW_h, db, later


# %% wrong: no W_h on the way
# message: without W_h
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros(len(W_h))
    later = np.zeros_like(h_0)
    for t in reversed(range(X.shape[1])):
        da = (d_states[:, t] + later) * (1 - states[:, t] ** 2)
        before = states[:, t - 1] if t > 0 else h_0
        dW_x += da.T @ X[:, t]
        dW_h += da.T @ before
        db += da.sum(axis=0)
        later = da
    return dW_x, dW_h, db, later


# %% wrong: the new state in dW_h
# message: after the step
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros(len(W_h))
    later = np.zeros_like(h_0)
    for t in reversed(range(X.shape[1])):
        da = (d_states[:, t] + later) * (1 - states[:, t] ** 2)
        before = states[:, t]
        dW_x += da.T @ X[:, t]
        dW_h += da.T @ before
        db += da.sum(axis=0)
        later = da @ W_h
    return dW_x, dW_h, db, later


# %% wrong: the first state is forgotten
# message: taken to be zero
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros(len(W_h))
    later = np.zeros_like(h_0)
    for t in reversed(range(X.shape[1])):
        da = (d_states[:, t] + later) * (1 - states[:, t] ** 2)
        before = states[:, t - 1] if t > 0 else 0 * h_0
        dW_x += da.T @ X[:, t]
        dW_h += da.T @ before
        db += da.sum(axis=0)
        later = da @ W_h
    return dW_x, dW_h, db, later


# %% wrong: overwritten
# message: overwritten
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros(len(W_h))
    later = np.zeros_like(h_0)
    for t in reversed(range(X.shape[1])):
        da = (d_states[:, t] + later) * (1 - states[:, t] ** 2)
        before = states[:, t - 1] if t > 0 else h_0
        dW_x = da.T @ X[:, t]
        dW_h = da.T @ before
        db = da.sum(axis=0)
        later = da @ W_h
    return dW_x, dW_h, db, later


# %% wrong: means
# message: divided by the number
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros(len(W_h))
    later = np.zeros_like(h_0)
    for t in reversed(range(X.shape[1])):
        da = (d_states[:, t] + later) * (1 - states[:, t] ** 2)
        before = states[:, t - 1] if t > 0 else h_0
        dW_x += da.T @ X[:, t] / len(X)
        dW_h += da.T @ before / len(X)
        db += da.mean(axis=0)
        later = da @ W_h
    return dW_x, dW_h, db, later


# %% wrong: dh_0 without W_h
# message: lacks its product
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros(len(W_h))
    later = np.zeros_like(h_0)
    for t in reversed(range(X.shape[1])):
        da = (d_states[:, t] + later) * (1 - states[:, t] ** 2)
        before = states[:, t - 1] if t > 0 else h_0
        dW_x += da.T @ X[:, t]
        dW_h += da.T @ before
        db += da.sum(axis=0)
        later = da @ W_h
    return dW_x, dW_h, db, da


# %% right: torch's autograd through a loop
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    X, h_0, W_x, W_h = (torch.tensor(v) for v in (X, h_0, W_x, W_h))
    before = np.concatenate([h_0.numpy()[:, None], states[:, :-1]], axis=1)
    b = np.arctanh(states) - (X @ W_x.T).numpy() - before @ W_h.numpy().T
    b = torch.tensor(b, requires_grad=True)
    leaves = [W_x.requires_grad_(), W_h.requires_grad_(), b, h_0.requires_grad_()]
    h, loss = h_0, 0.0
    for t in range(X.shape[1]):
        h = torch.tanh(X[:, t] @ W_x.T + h @ W_h.T + b[:, t])
        loss = loss + (h * torch.tensor(d_states[:, t])).sum()
    a, c, d, e = torch.autograd.grad(loss, leaves)
    return a, c, d.sum((0, 1)), e


# %% right: first all of da, then three einsums
def backward_through_time(d_states, X, h_0, states, W_x, W_h):
    N, T, H = states.shape
    da = np.zeros((N, T + 1, H))
    for t in range(T - 1, -1, -1):
        da[:, t] = (d_states[:, t] + da[:, t + 1] @ W_h) * (1 - states[:, t] ** 2)
    da = da[:, :T]
    before = np.concatenate([h_0[:, None, :], states], axis=1)[:, :T]
    return [
        np.einsum("nth,ntd->hd", da, X),
        np.einsum("nth,ntk->hk", da, before),
        np.einsum("nth->h", da),
        da[:, 0] @ W_h,
    ]
