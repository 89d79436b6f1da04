# %% wrong: the threshold forgets the learning rate
# message: threshold is λ
def lasso(X, y, penalty, learning_rate, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        u = w - learning_rate * 2 / len(y) * X.T @ (X @ w - y)
        w = np.sign(u) * np.maximum(np.abs(u) - penalty, 0)
    return w


# %% wrong: hard threshold
# message: others are not shrunk
def lasso(X, y, penalty, learning_rate, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        u = w - learning_rate * 2 / len(y) * X.T @ (X @ w - y)
        w = np.where(np.abs(u) > learning_rate * penalty, u, 0.0)
    return w


# %% wrong: the sign is not handled
# message: negative weights are lost
def lasso(X, y, penalty, learning_rate, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        u = w - learning_rate * 2 / len(y) * X.T @ (X @ w - y)
        w = np.maximum(u - learning_rate * penalty, 0)
    return w


# %% wrong: weight decay instead
# message: L2 penalty
def lasso(X, y, penalty, learning_rate, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        u = w - learning_rate * 2 / len(y) * X.T @ (X @ w - y)
        w = u * (1 - learning_rate * penalty)
    return w


# %% wrong: no penalty
# message: penalty is left out
def lasso(X, y, penalty, learning_rate, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        u = w - learning_rate * 2 / len(y) * X.T @ (X @ w - y)
        w = u
    return w


# %% wrong: the step crosses zero
# message: without stopping at zero
def lasso(X, y, penalty, learning_rate, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        u = w - learning_rate * 2 / len(y) * X.T @ (X @ w - y)
        w = u - learning_rate * penalty * np.sign(u)
    return w


# %% wrong: the subgradient
# message: is added to the gradient
def lasso(X, y, penalty, learning_rate, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        u = w - learning_rate * 2 / len(y) * X.T @ (X @ w - y)
        w = u - learning_rate * penalty * np.sign(w)
    return w


# %% wrong: first the threshold, then the gradient
# message: before the gradient step
def lasso(X, y, penalty, learning_rate, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        w = np.sign(w) * np.maximum(np.abs(w) - learning_rate * penalty, 0)
        w = w - learning_rate * 2 / len(y) * X.T @ (X @ w - y)
    return w


# %% wrong: the solution without the path, ignoring steps
def lasso(X, y, penalty, learning_rate, steps):
    w = np.zeros(X.shape[1])
    for _ in range(2000):
        u = w - learning_rate * 2 / len(y) * X.T @ (X @ w - y)
        w = np.sign(u) * np.maximum(np.abs(u) - learning_rate * penalty, 0)
    return w


# %% right: clipping what is taken away
def lasso(X, y, penalty, learning_rate, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        u = w - learning_rate * 2 / len(y) * X.T @ (X @ w - y)
        w = u - np.clip(u, -learning_rate * penalty, learning_rate * penalty)
    return w


# %% right: two one-sided thresholds and a Gram matrix
def lasso(X, y, penalty, learning_rate, steps):
    gram, moment = X.T @ X / len(y), X.T @ y / len(y)
    w, t = np.zeros(X.shape[1]), learning_rate * penalty
    for _ in range(steps):
        u = w - 2 * learning_rate * (gram @ w - moment)
        w = np.maximum(u - t, 0) - np.maximum(-u - t, 0)
    return w
