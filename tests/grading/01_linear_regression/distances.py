# %% wrong: the root is forgotten
# message: root of the squared distance is missing
def distances(A, B, norm):
    if norm not in (1, 2):
        raise ValueError
    return (np.abs(A[:, None] - B) ** norm).sum(axis=-1)


# %% wrong: the table is transposed
# message: transposed
def distances(A, B, norm):
    if norm not in (1, 2):
        raise ValueError
    return np.linalg.norm(B[:, None] - A, ord=norm, axis=-1)


# %% wrong: signed differences cancel
# message: differences cancel
def distances(A, B, norm):
    if norm == 1:
        return (A[:, None] - B).sum(axis=-1)
    if norm == 2:
        return np.sqrt(((A[:, None] - B) ** 2).sum(axis=-1))
    raise ValueError


# %% wrong: the norms are swapped
# message: swapped
def distances(A, B, norm):
    if norm not in (1, 2):
        raise ValueError
    return np.linalg.norm(A[:, None] - B, ord=3 - norm, axis=-1)


# %% wrong: a root for both norms
# message: root is also taken
def distances(A, B, norm):
    if norm not in (1, 2):
        raise ValueError
    total = (np.abs(A[:, None] - B) ** norm).sum(axis=-1)
    return np.sqrt(total)


# %% wrong: any norm is accepted
# message: should raise ValueError
def distances(A, B, norm):
    return np.linalg.norm(A[:, None] - B, ord=norm, axis=-1)


# %% right: torch's table of distances
def distances(A, B, norm):
    import torch

    if norm not in (1, 2):
        raise ValueError(norm)
    return torch.cdist(torch.from_numpy(A), torch.from_numpy(B), p=float(norm))


# %% right: a loop over the queries
def distances(A, B, norm):
    if norm not in (1, 2):
        raise ValueError(norm)
    rows = [np.linalg.norm(B - a, ord=norm, axis=1) for a in A]
    return np.stack(rows)
