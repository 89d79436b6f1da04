# %% wrong: theta is not scaled at all
# message: loss of theta itself
def limit_of_loss(A, y, theta):
    z = A @ theta
    return np.mean(np.logaddexp(0, z) - y * z)


# %% wrong: a large factor for infinity
# message: instead of taking the limit
def limit_of_loss(A, y, theta):
    z = 1e6 * (A @ theta)
    return np.mean(np.logaddexp(0, z) - y * z)


# %% wrong: the border costs nothing
# message: border is taken to cost nothing
def limit_of_loss(A, y, theta):
    margins = (2 * y - 1) * (A @ theta)
    return np.where(margins < 0, np.inf, 0.0).mean()


# %% wrong: the border is on the wrong side
# message: border is taken for a wrong one
def limit_of_loss(A, y, theta):
    margins = (2 * y - 1) * (A @ theta)
    return 0.0 if np.all(margins > 0) else np.inf


# %% wrong: mistakes are counted
# message: taken to cost 1
def limit_of_loss(A, y, theta):
    m = (2 * y - 1) * (A @ theta)
    return np.mean(np.where(m > 0, 0.0, np.where(m == 0, np.log(2), 1.0)))


# %% wrong: labels 0 and 1 in a formula for signs
# message: labels 0 and 1 instead of a sign
def limit_of_loss(A, y, theta):
    m = y * (A @ theta)
    return np.mean(np.where(m > 0, 0.0, np.where(m == 0, np.log(2), np.inf)))


# %% wrong: the signs of the classes are exchanged
# message: swapped
def limit_of_loss(A, y, theta):
    m = (1 - 2 * y) * (A @ theta)
    return np.mean(np.where(m > 0, 0.0, np.where(m == 0, np.log(2), np.inf)))


# %% wrong: a sum instead of a mean
# message: summed instead of averaged
def limit_of_loss(A, y, theta):
    m = (2 * y - 1) * (A @ theta)
    return np.sum(np.where(m > 0, 0.0, np.where(m == 0, np.log(2), np.inf)))


# %% wrong: only whether something is wrong
def limit_of_loss(A, y, theta):
    m = (2 * y - 1) * (A @ theta)
    if np.any(m < 0):
        return np.inf
    return np.log(2) * 2 / 5 if np.any(m == 0) else 0.0


# %% right: counting the two cases
def limit_of_loss(A, y, theta):
    z = A @ theta
    if np.any((z > 0) & (y == 0)) or np.any((z < 0) & (y == 1)):
        return float("inf")
    return np.log(2) * np.mean(z == 0)


# %% right: the formula itself, with infinite scores
def limit_of_loss(A, y, theta):
    margins = np.where(y == 1, 1.0, -1.0) * np.sign(A @ theta)
    total = 0.0
    for sign in margins:
        total += np.logaddexp(0, {1.0: -np.inf, 0.0: 0.0, -1.0: np.inf}[float(sign)])
    return total / len(y)
