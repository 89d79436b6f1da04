# %% wrong: np.cov as it is
# message: N − 1
def frechet_distance(A, B):
    P, Q = (np.atleast_2d(np.cov(v.T)) for v in (A, B))
    roots = np.sqrt(np.linalg.eigvals(P @ Q).real.clip(0)).sum()
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return gap + np.trace(P) + np.trace(Q) - 2 * roots


# %% wrong: variances only
# message: no covariances
def frechet_distance(A, B):
    P, Q = (np.atleast_2d(np.cov(v.T, bias=True)) for v in (A, B))
    roots = np.sqrt(np.diag(P) * np.diag(Q)).sum()
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return gap + np.trace(P) + np.trace(Q) - 2 * roots


# %% wrong: root of the entries
# message: entry by entry
def frechet_distance(A, B):
    P, Q = (np.atleast_2d(np.cov(v.T, bias=True)) for v in (A, B))
    roots = np.trace(np.sqrt(P @ Q))
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return gap + np.trace(P) + np.trace(Q) - 2 * roots


# %% wrong: no root
# message: has no root
def frechet_distance(A, B):
    P, Q = (np.atleast_2d(np.cov(v.T, bias=True)) for v in (A, B))
    roots = np.trace(P @ Q)
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return gap + np.trace(P) + np.trace(Q) - 2 * roots


# %% wrong: norm of the means
# message: not squared
def frechet_distance(A, B):
    P, Q = (np.atleast_2d(np.cov(v.T, bias=True)) for v in (A, B))
    roots = np.sqrt(np.linalg.eigvals(P @ Q).real.clip(0)).sum()
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return np.sqrt(gap) + np.trace(P) + np.trace(Q) - 2 * roots


# %% wrong: no means
# message: means are left out
def frechet_distance(A, B):
    P, Q = (np.atleast_2d(np.cov(v.T, bias=True)) for v in (A, B))
    roots = np.sqrt(np.linalg.eigvals(P @ Q).real.clip(0)).sum()
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return np.trace(P) + np.trace(Q) - 2 * roots


# %% wrong: means only
# message: only the means
def frechet_distance(A, B):
    P, Q = (np.atleast_2d(np.cov(v.T, bias=True)) for v in (A, B))
    roots = np.sqrt(np.linalg.eigvals(P @ Q).real.clip(0)).sum()
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return gap


# %% wrong: no factor 2
# message: factor 2 is left out
def frechet_distance(A, B):
    P, Q = (np.atleast_2d(np.cov(v.T, bias=True)) for v in (A, B))
    roots = np.sqrt(np.linalg.eigvals(P @ Q).real.clip(0)).sum()
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return gap + np.trace(P) + np.trace(Q) - roots


# %% wrong: plus the root
# message: added instead
def frechet_distance(A, B):
    P, Q = (np.atleast_2d(np.cov(v.T, bias=True)) for v in (A, B))
    roots = np.sqrt(np.linalg.eigvals(P @ Q).real.clip(0)).sum()
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return gap + np.trace(P) + np.trace(Q) + 2 * roots


# %% wrong: squared differences of the covariances
# message: covariances are compared entry by entry
def frechet_distance(A, B):
    P, Q = (np.atleast_2d(np.cov(v.T, bias=True)) for v in (A, B))
    roots = np.sqrt(np.linalg.eigvals(P @ Q).real.clip(0)).sum()
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return gap + np.sum((P - Q) ** 2)


# %% wrong: the distance, not its square
# message: instead of its square
def frechet_distance(A, B):
    P, Q = (np.atleast_2d(np.cov(v.T, bias=True)) for v in (A, B))
    roots = np.sqrt(np.linalg.eigvals(P @ Q).real.clip(0)).sum()
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return np.sqrt(max(0, gap + np.trace(P) + np.trace(Q) - 2 * roots))


# %% wrong: second moments
# message: means are not subtracted
def frechet_distance(A, B):
    P, Q = (v.T @ v / len(v) for v in (A, B))
    roots = np.sqrt(np.linalg.eigvals(P @ Q).real.clip(0)).sum()
    gap = np.sum((A.mean(axis=0) - B.mean(axis=0)) ** 2)
    return gap + np.trace(P) + np.trace(Q) - 2 * roots


# %% right: the root through a symmetric matrix
def frechet_distance(A, B):
    def moments(v):
        centered = v - v.mean(axis=0)
        return v.mean(axis=0), centered.T @ centered / len(v)

    (m, P), (n, Q) = moments(A), moments(B)
    values, vectors = np.linalg.eigh(P)
    half = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    roots = np.sqrt(np.linalg.eigvalsh(half @ Q @ half).clip(0))
    return (m - n) @ (m - n) + np.trace(P + Q) - 2 * roots.sum()


# %% right: singular values of the centered data, torch
def frechet_distance(A, B):
    A, B = torch.tensor(A.copy()), torch.tensor(B.copy())
    a, b = (A - A.mean(0)) / len(A) ** 0.5, (B - B.mean(0)) / len(B) ** 0.5
    nuclear = torch.linalg.svdvals(a @ b.T).sum()
    means = torch.dist(A.mean(0), B.mean(0)) ** 2
    return means + a.square().sum() + b.square().sum() - 2 * nuclear
