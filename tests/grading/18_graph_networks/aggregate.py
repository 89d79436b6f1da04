# %% wrong: the other direction
# message: j hears from i: the pairs are read the wrong way round
def aggregate(X, pairs, kind):
    out = np.zeros(np.shape(X))
    for i in range(len(X)):
        heard = np.asarray(X)[[j for j, k in pairs if k == i]]  # (neighbors, D)
        if len(heard) > 0:
            out[i] = getattr(np, kind)(heard, axis=0)
    return out


# %% wrong: it hears itself
# message: each node hears itself as well
def aggregate(X, pairs, kind):
    out = np.zeros(np.shape(X))
    for i in range(len(X)):
        heard = np.asarray(X)[[i] + [j for k, j in pairs if k == i]]  # (neighbors, D)
        if len(heard) > 0:
            out[i] = getattr(np, kind)(heard, axis=0)
    return out


# %% wrong: maximum with zero
# message: the maximum starts from zero, so that negative messages are lost
def aggregate(X, pairs, kind):
    out = np.zeros(np.shape(X))
    for i in range(len(X)):
        heard = np.asarray(X)[[j for k, j in pairs if k == i]]  # (neighbors, D)
        if len(heard) > 0:
            out[i] = getattr(np, kind)(heard, axis=0)
            if kind == "max":
                out[i] = np.maximum(out[i], 0)
    return out


# %% wrong: mean over all nodes
# message: the mean divides by the number of all nodes
def aggregate(X, pairs, kind):
    out = np.zeros(np.shape(X))
    for i in range(len(X)):
        heard = np.asarray(X)[[j for k, j in pairs if k == i]]  # (neighbors, D)
        if len(heard) > 0:
            out[i] = (
                heard.sum(axis=0) / len(X)
                if kind == "mean"
                else getattr(np, kind)(heard, axis=0)
            )
    return out


# %% wrong: one number for all features
# message: the features are collected together, not each for itself
def aggregate(X, pairs, kind):
    out = np.zeros(np.shape(X))
    for i in range(len(X)):
        heard = np.asarray(X)[[j for k, j in pairs if k == i]]  # (neighbors, D)
        if len(heard) > 0:
            out[i] = getattr(np, kind)(heard)
    return out


# %% wrong: the last message wins
# message: of several messages to a node only the last one counts
def aggregate(X, pairs, kind):
    out = np.zeros(np.shape(X))
    out[pairs[:, 0]] = X[pairs[:, 1]]
    return out


# %% right: with torch
def aggregate(X, pairs, kind):
    X, pairs = torch.as_tensor(X), torch.as_tensor(pairs)
    i, j = pairs.T
    index = i[:, None].expand(-1, X.shape[1])
    how = {"sum": "sum", "mean": "mean", "max": "amax"}[kind]
    return torch.zeros_like(X).scatter_reduce(0, index, X[j], how, include_self=False)


# %% right: with matrices
def aggregate(X, pairs, kind):
    N = len(X)
    A = np.zeros((N, N))
    A[pairs[:, 0], pairs[:, 1]] = 1
    if kind == "max":
        lowest = np.where(A[:, :, None] > 0, X[None], -np.inf).max(axis=1)
        return np.where(A.any(axis=1)[:, None], lowest, 0.0)
    total = A @ X
    return total / np.maximum(A.sum(axis=1), 1)[:, None] if kind == "mean" else total
