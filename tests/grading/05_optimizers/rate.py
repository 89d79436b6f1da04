# %% wrong: one over the largest eigenvalue
# message: 1 is divided
def learning_rates(H):
    w = np.linalg.eigvalsh(H)
    return 1 / w.max(), 2 / (w.min() + w.max())


# %% wrong: the smallest eigenvalue decides
# message: smallest eigenvalue
def learning_rates(H):
    w = np.linalg.eigvalsh(H)
    return 2 / w.min(), 2 / (w.min() + w.max())


# %% wrong: the trace decides
# message: sum of all eigenvalues
def learning_rates(H):
    w = np.linalg.eigvalsh(H)
    return 2 / np.trace(H), 2 / (w.min() + w.max())


# %% wrong: the steepest direction decides about the best rate
# message: 1 over the largest
def learning_rates(H):
    w = np.linalg.eigvalsh(H)
    return 2 / w.max(), 1 / w.max()


# %% wrong: the mean curvature
# message: mean of all eigenvalues
def learning_rates(H):
    w = np.linalg.eigvalsh(H)
    return 2 / w.max(), 1 / w.mean()


# %% wrong: the diagonal
# message: diagonal
def learning_rates(H):
    d = np.diag(H)
    return 2 / d.max(), 2 / (d.max() + d.min())


# %% right: norms of the matrix and of its inverse
def learning_rates(H):
    largest = np.linalg.norm(H, 2)
    smallest = 1 / np.linalg.norm(np.linalg.inv(H), 2)
    return 2 / largest, 2 / (largest + smallest)


# %% right: torch's eigenvalues
def learning_rates(H):
    w = torch.linalg.eigvalsh(torch.tensor(H))
    return torch.stack([2 / w[-1], 2 / (w[0] + w[-1])])
