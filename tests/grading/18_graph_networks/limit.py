# %% wrong: degrees without loops
# message: the degrees are counted without the loops
def smoothing_limit(A, X, kind):
    degrees = A.sum(axis=1)  # with the loop
    if kind == "mean":
        return np.tile(degrees @ X / degrees.sum(), (len(X), 1))
    u = np.sqrt(degrees / degrees.sum())
    return np.outer(u, u) @ X


# %% wrong: plain mean
# message: all nodes count the same
def smoothing_limit(A, X, kind):
    degrees = np.ones(len(A))  # with the loop
    if kind == "mean":
        return np.tile(degrees @ X / degrees.sum(), (len(X), 1))
    u = np.sqrt(degrees / degrees.sum())
    return np.outer(u, u) @ X


# %% wrong: no root
# message: u holds degrees without the root
def smoothing_limit(A, X, kind):
    degrees = A.sum(axis=1) + 1  # with the loop
    if kind == "mean":
        return np.tile(degrees @ X / degrees.sum(), (len(X), 1))
    u = degrees / degrees.sum()
    return np.outer(u, u) @ X


# %% wrong: u not scaled
# message: u does not have the length 1
def smoothing_limit(A, X, kind):
    degrees = A.sum(axis=1) + 1  # with the loop
    if kind == "mean":
        return np.tile(degrees @ X / degrees.sum(), (len(X), 1))
    u = np.sqrt(degrees)
    return np.outer(u, u) @ X


# %% wrong: kinds exchanged
# message: the two kinds are exchanged
def smoothing_limit(A, X, kind):
    degrees = A.sum(axis=1) + 1  # with the loop
    if kind != "mean":
        return np.tile(degrees @ X / degrees.sum(), (len(X), 1))
    u = np.sqrt(degrees / degrees.sum())
    return np.outer(u, u) @ X


# %% wrong: one over the degree
# message: nodes with few neighbors count most
def smoothing_limit(A, X, kind):
    degrees = 1 / (A.sum(axis=1) + 1)
    if kind == "mean":
        return np.tile(degrees @ X / degrees.sum(), (len(X), 1))
    u = np.sqrt(degrees / degrees.sum())
    return np.outer(u, u) @ X


# %% wrong: one round
# message: only one round is computed
def smoothing_limit(A, X, kind):
    degrees = A.sum(axis=1) + 1  # with the loop
    L = A + np.eye(len(A))
    if kind == "mean":
        return L @ X / degrees[:, None]
    return L / np.sqrt(np.outer(degrees, degrees)) @ X
    if kind == "mean":
        return np.tile(degrees @ X / degrees.sum(), (len(X), 1))
    u = np.sqrt(degrees / degrees.sum())
    return np.outer(u, u) @ X


# %% right: a high power
def smoothing_limit(A, X, kind):
    L = torch.as_tensor(A) + torch.eye(len(A), dtype=torch.float64)
    d = L.sum(1)
    M = L / d[:, None] if kind == "mean" else L / (d[:, None] * d).sqrt()
    return torch.linalg.matrix_power(M, 4096) @ torch.as_tensor(X)


# %% right: the leading eigenvector
def smoothing_limit(A, X, kind):
    L = A + np.eye(len(A))
    s = L.sum(axis=1) ** 0.5
    u = np.linalg.eigh(L / s / s[:, None])[1][:, [-1]]
    if kind == "symmetric":
        return u @ (u.T @ X)
    return (u / s[:, None]) @ (u.T @ (s[:, None] * X))
