# %% wrong: no loops
# message: the loops are forgotten
def normalize(A):
    loops = A + 0.0
    root = np.sqrt(loops.sum(axis=1))
    return loops / root[:, None] / root[None, :]


# %% wrong: degrees without loops
# message: the degrees are counted before the loops are added
def normalize(A):
    loops = A + np.eye(len(A))
    root = np.sqrt(A.sum(axis=1))
    return loops / root[:, None] / root[None, :]


# %% wrong: rows only
# message: each row is divided by its degree: this is the mean
def normalize(A):
    loops = A + np.eye(len(A))
    root = np.sqrt(loops.sum(axis=1))
    return loops / root[:, None] ** 2


# %% wrong: no root
# message: both sides are divided by the degree without the root
def normalize(A):
    loops = A + np.eye(len(A))
    root = loops.sum(axis=1)
    return loops / root[:, None] / root[None, :]


# %% wrong: multiplied
# message: the roots of the degrees multiply instead of dividing
def normalize(A):
    loops = A + np.eye(len(A))
    root = np.sqrt(loops.sum(axis=1))
    return loops * root[:, None] * root[None, :]


# %% wrong: loops at the end
# message: the loops are added after the division
def normalize(A):
    loops = A + np.eye(len(A))
    root = np.sqrt(loops.sum(axis=1))
    return A / root[:, None] / root[None, :] + np.eye(len(A))


# %% wrong: columns only
# message: each column is divided by its degree
def normalize(A):
    loops = A + np.eye(len(A))
    root = np.sqrt(loops.sum(axis=1))
    return loops / root[None, :] ** 2


# %% right: torch
def normalize(A):
    A = torch.as_tensor(A, dtype=torch.float64)
    A = A + torch.diag(torch.ones(len(A), dtype=A.dtype))
    s = A.sum(1).rsqrt()
    return torch.einsum("i,ij,j->ij", s, A, s)


# %% right: entry by entry
def normalize(A):
    N = len(A)
    degree = [1 + sum(A[i]) for i in range(N)]
    out = np.empty((N, N))
    for i in range(N):
        for j in range(N):
            out[i, j] = (A[i, j] + (i == j)) / (degree[i] * degree[j]) ** 0.5
    return out
