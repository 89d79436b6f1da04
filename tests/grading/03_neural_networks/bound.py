# %% wrong: the quotient without the square
# message: not squared
def mistake_bound(X, y, theta):
    A = np.column_stack([np.ones(len(X)), X])
    gamma = np.min(y * (A @ theta)) / np.linalg.norm(theta)
    if gamma <= 0:
        raise ValueError
    return np.linalg.norm(A, axis=1).max() / gamma


# %% wrong: the largest input without the constant
# message: R leaves out the constant input
def mistake_bound(X, y, theta):
    A = np.column_stack([np.ones(len(X)), X])
    gamma = np.min(y * (A @ theta)) / np.linalg.norm(theta)
    if gamma <= 0:
        raise ValueError
    return (np.linalg.norm(X, axis=1).max() / gamma) ** 2


# %% wrong: the smallest score is taken for the distance
# message: not divided by the norm
def mistake_bound(X, y, theta):
    A = np.column_stack([np.ones(len(X)), X])
    gamma = np.min(y * (A @ theta))
    if gamma <= 0:
        raise ValueError
    return (np.linalg.norm(A, axis=1).max() / gamma) ** 2


# %% wrong: the norm of the weights alone
# message: leaves out the bias
def mistake_bound(X, y, theta):
    A = np.column_stack([np.ones(len(X)), X])
    gamma = np.min(y * (A @ theta)) / np.linalg.norm(theta[1:])
    if gamma <= 0:
        raise ValueError
    return (np.linalg.norm(A, axis=1).max() / gamma) ** 2


# %% wrong: the mean distance
# message: mean distance
def mistake_bound(X, y, theta):
    A = np.column_stack([np.ones(len(X)), X])
    distances = y * (A @ theta) / np.linalg.norm(theta)
    if distances.min() <= 0:
        raise ValueError
    return (np.linalg.norm(A, axis=1).max() / distances.mean()) ** 2


# %% wrong: distances without a sign never fail
# message: should raise ValueError
def mistake_bound(X, y, theta):
    A = np.column_stack([np.ones(len(X)), X])
    gamma = np.min(np.abs(A @ theta)) / np.linalg.norm(theta)
    if gamma == 0:
        raise ValueError
    return (np.linalg.norm(A, axis=1).max() / gamma) ** 2


# %% wrong: a sample on the border is let through
# message: a sample lies on the border
def mistake_bound(X, y, theta):
    A = np.column_stack([np.ones(len(X)), X])
    gamma = np.min(y * (A @ theta)) / np.linalg.norm(theta)
    if gamma < 0:
        raise ValueError
    return (np.linalg.norm(A, axis=1).max() / max(gamma, 1e-9)) ** 2


# %% wrong: every bound is that of AND
def mistake_bound(X, y, theta):
    if np.min(y * (theta[0] + X @ theta[1:])) <= 0:
        raise ValueError
    return 51.0


# %% right: sample by sample, in squares
def mistake_bound(X, y, theta):
    largest, smallest = 0.0, np.inf
    for x, target in zip(X, y):
        score = target * (theta[0] + x @ theta[1:])
        if score <= 0:
            raise ValueError("this sample is on the wrong side")
        largest, smallest = max(largest, 1 + x @ x), min(smallest, score)
    return largest * (theta @ theta) / smallest**2


# %% right: theta is scaled to length one first
def mistake_bound(X, y, theta):
    unit = theta / np.sqrt(np.dot(theta, theta))
    margins = (np.insert(X, 0, 1, axis=1) @ unit) * y
    if not (margins > 0).all():
        raise ValueError("no margin")
    return (1 + (X**2).sum(1)).max() / margins.min() ** 2
