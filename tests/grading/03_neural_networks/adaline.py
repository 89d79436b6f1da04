# %% wrong: the error after the threshold
# message: after the threshold
def adaline_epoch(X, y, theta, learning_rate):
    for x, target in zip(X, y):
        a = np.concatenate([[1.0], x])
        y_hat = np.where(a @ theta > 0, 1, -1)
        theta = theta + learning_rate * (target - y_hat) * a
    return theta


# %% wrong: up the gradient
# message: up the gradient
def adaline_epoch(X, y, theta, learning_rate):
    for x, target in zip(X, y):
        a = np.concatenate([[1.0], x])
        theta = theta + learning_rate * (a @ theta - target) * a
    return theta


# %% wrong: the start is overwritten
# message: in place
def adaline_epoch(X, y, theta, learning_rate):
    for x, target in zip(X, y):
        a = np.concatenate([[1.0], x])
        theta += learning_rate * (target - a @ theta) * a
    return theta


# %% wrong: one step for the whole batch
# message: before the first step
def adaline_epoch(X, y, theta, learning_rate):
    A = np.column_stack([np.ones(len(X)), X])
    return theta + learning_rate * A.T @ (y - A @ theta)


# %% wrong: the gradient of the whole square
# message: factor ½
def adaline_epoch(X, y, theta, learning_rate):
    for x, target in zip(X, y):
        a = np.concatenate([[1.0], x])
        theta = theta + 2 * learning_rate * (target - a @ theta) * a
    return theta


# %% wrong: the bias stays
# message: bias does not learn
def adaline_epoch(X, y, theta, learning_rate):
    w, b = theta[1:], theta[0]
    for x, target in zip(X, y):
        w = w + learning_rate * (target - w @ x - b) * x
    return np.concatenate([[b], w])


# %% wrong: right answers teach nothing
# message: only samples on the wrong side
def adaline_epoch(X, y, theta, learning_rate):
    for x, target in zip(X, y):
        a = np.concatenate([[1.0], x])
        if np.sign(a @ theta) != target:
            theta = theta + learning_rate * (target - a @ theta) * a
    return theta


# %% wrong: the step size is always 0.1
# message: step size is always 0.1
def adaline_epoch(X, y, theta, learning_rate):
    for x, target in zip(X, y):
        a = np.concatenate([[1.0], x])
        theta = theta + 0.1 * (target - a @ theta) * a
    return theta


# %% right: bias and weights apart
def adaline_epoch(X, y, theta, learning_rate):
    b, w = float(theta[0]), theta[1:].copy()
    for i in range(len(X)):
        error = w @ X[i] + b - y[i]
        w -= learning_rate * error * X[i]
        b -= learning_rate * error
    return [b, *w]


# %% right: torch's SGD
def adaline_epoch(X, y, theta, learning_rate):
    import torch

    parameters = torch.tensor(theta, dtype=torch.float64, requires_grad=True)
    sgd = torch.optim.SGD([parameters], lr=learning_rate)
    A = torch.tensor(np.column_stack([np.ones(len(X)), X]), dtype=torch.float64)
    for a, target in zip(A, y):
        sgd.zero_grad()
        (0.5 * (target - a @ parameters) ** 2).backward()
        sgd.step()
    return parameters.detach()
