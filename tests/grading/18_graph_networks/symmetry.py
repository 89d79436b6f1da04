# %% wrong: rows of A only
# message: only the rows of A are permuted and not its columns
def symmetry_errors(f, X, A, order):
    before, after = f(X, A), f(X[order], A[order])
    return np.abs(after - before[order]).max(), np.abs(after - before).max()


# %% wrong: A stays
# message: A is not permuted at all
def symmetry_errors(f, X, A, order):
    before, after = f(X, A), f(X[order], A)
    return np.abs(after - before[order]).max(), np.abs(after - before).max()


# %% wrong: the other way
# message: the result is permuted with the inverse permutation
def symmetry_errors(f, X, A, order):
    before, after = f(X, A), f(X[order], A[order][:, order])
    return np.abs(after - before[np.argsort(order)]).max(), np.abs(after - before).max()


# %% wrong: in the other order
# message: the two numbers are given in the other order
def symmetry_errors(f, X, A, order):
    before, after = f(X, A), f(X[order], A[order][:, order])
    return np.abs(after - before).max(), np.abs(after - before[order]).max()


# %% wrong: signed
# message: the largest signed difference is taken, without the absolute value
def symmetry_errors(f, X, A, order):
    before, after = f(X, A), f(X[order], A[order][:, order])
    return (after - before[order]).max(), (after - before).max()


# %% wrong: mean
# message: the mean of the differences is taken instead of the largest
def symmetry_errors(f, X, A, order):
    before, after = f(X, A), f(X[order], A[order][:, order])
    return np.abs(after - before[order]).mean(), np.abs(after - before).mean()


# %% right: with a matrix P
def symmetry_errors(f, X, A, order):
    P = np.eye(len(order))[order]
    gap = lambda a, b: float(np.max(np.abs(a - b)))
    new = f(P @ X, P @ A @ P.T)
    return [gap(new, P @ f(X, A)), gap(new, f(X, A))]


# %% right: back to the old names
def symmetry_errors(f, X, A, order):
    back = np.argsort(order)
    new, old = f(X.take(order, 0), A[np.ix_(order, order)]), f(X, A)
    first = np.linalg.norm((new[back] - old).ravel(), np.inf)
    return np.array([first, np.linalg.norm((new - old).ravel(), np.inf)])
