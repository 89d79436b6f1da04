# %% wrong: as the colleague had it
# message: nothing is repaired
def skip_gradient(jacobians, lam, gradient):
    eye = np.eye(len(gradient))
    for J in jacobians:
        gradient = (J + lam) @ gradient
    return gradient


# %% wrong: added to each entry
# message: every entry
def skip_gradient(jacobians, lam, gradient):
    eye = np.eye(len(gradient))
    for J in jacobians[::-1]:
        gradient = (J + lam).T @ gradient
    return gradient


# %% wrong: forward order
# message: first block comes first
def skip_gradient(jacobians, lam, gradient):
    eye = np.eye(len(gradient))
    for J in jacobians:
        gradient = (J + lam * eye).T @ gradient
    return gradient


# %% wrong: not transposed
# message: not transposed
def skip_gradient(jacobians, lam, gradient):
    eye = np.eye(len(gradient))
    for J in jacobians[::-1]:
        gradient = (J + lam * eye) @ gradient
    return gradient


# %% wrong: only the diagonal is repaired
# message: both not repaired
def skip_gradient(jacobians, lam, gradient):
    eye = np.eye(len(gradient))
    for J in jacobians:
        gradient = (J + lam * eye) @ gradient
    return gradient


# %% wrong: only the order is repaired
# message: the order is repaired
def skip_gradient(jacobians, lam, gradient):
    eye = np.eye(len(gradient))
    for J in jacobians[::-1]:
        gradient = (J + lam) @ gradient
    return gradient


# %% wrong: only the transposition is repaired
# message: the transposition is repaired
def skip_gradient(jacobians, lam, gradient):
    eye = np.eye(len(gradient))
    for J in jacobians:
        gradient = (J + lam).T @ gradient
    return gradient


# %% wrong: no skips
# message: skips are left out
def skip_gradient(jacobians, lam, gradient):
    eye = np.eye(len(gradient))
    for J in jacobians[::-1]:
        gradient = (J).T @ gradient
    return gradient


# %% wrong: skips with factor 1
# message: 1 instead of
def skip_gradient(jacobians, lam, gradient):
    eye = np.eye(len(gradient))
    for J in jacobians[::-1]:
        gradient = (J + eye).T @ gradient
    return gradient


# %% wrong: no branches
# message: branches are left out
def skip_gradient(jacobians, lam, gradient):
    eye = np.eye(len(gradient))
    for J in jacobians[::-1]:
        gradient = (lam * eye).T @ gradient
    return gradient


# %% right: one product of all Jacobians
def skip_gradient(jacobians, lam, gradient):
    total = np.eye(len(gradient))
    for J in jacobians:
        total = (lam * np.eye(len(gradient)) + J) @ total
    return gradient @ total


# %% right: autograd of the chain
def skip_gradient(jacobians, lam, gradient):
    start = torch.zeros(len(gradient), dtype=torch.float64, requires_grad=True)
    h = start
    for J in torch.tensor(jacobians):
        h = lam * h + J @ h
    return torch.autograd.grad(h, start, torch.tensor(gradient))[0]
