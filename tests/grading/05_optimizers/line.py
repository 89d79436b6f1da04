# %% wrong: any decrease will do
# message: any decrease
def backtrack(f, x, g, alpha, shrink, c):
    while f(x - alpha * g) > f(x):
        alpha *= shrink
        if alpha < 1e-12:
            raise ValueError
    return alpha


# %% wrong: the norm is not squared
# message: not squared
def backtrack(f, x, g, alpha, shrink, c):
    while f(x - alpha * g) > f(x) - c * alpha * np.linalg.norm(g):
        alpha *= shrink
        if alpha < 1e-12:
            raise ValueError
    return alpha


# %% wrong: the promise ignores the step
def backtrack(f, x, g, alpha, shrink, c):
    while f(x - alpha * g) > f(x) - c * g @ g:
        alpha *= shrink
        if alpha < 1e-12:
            raise ValueError
    return alpha


# %% wrong: the whole promise must be kept
def backtrack(f, x, g, alpha, shrink, c):
    while f(x - alpha * g) > f(x) - alpha * g @ g:
        alpha *= shrink
        if alpha < 1e-12:
            raise ValueError
    return alpha


# %% wrong: one shrinking too many
# message: once more than needed
def backtrack(f, x, g, alpha, shrink, c):
    while f(x - alpha * g) > f(x) - c * alpha * (g @ g):
        alpha *= shrink
        if alpha < 1e-12:
            raise ValueError
    return alpha * shrink


# %% wrong: nothing is tested
# message: without a test
def backtrack(f, x, g, alpha, shrink, c):
    return alpha


# %% wrong: no end for a wrong gradient
# message: should raise ValueError
def backtrack(f, x, g, alpha, shrink, c):
    while f(x - alpha * g) > f(x) - c * alpha * (g @ g) and alpha > 1e-12:
        alpha *= shrink
    return alpha


# %% right: all candidates at once
def backtrack(f, x, g, alpha, shrink, c):
    candidates = alpha * shrink ** np.arange(300.0)
    for a in candidates[candidates >= 1e-12]:
        if f(x) - f(x - a * g) >= c * a * np.dot(g, g):
            return a
    raise ValueError("not a direction of descent")


# %% right: recursion
def backtrack(f, x, g, alpha, shrink, c):
    if alpha < 1e-12:
        raise ValueError("too small")
    if f(x - alpha * g) <= f(x) - c * alpha * sum(v * v for v in g):
        return alpha
    return backtrack(f, x, g, shrink * alpha, shrink, c)
