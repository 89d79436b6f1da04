# %% wrong: up instead of down
# message: up the gradient
def gradient_descent(A, y, learning_rate, steps):
    path = [np.zeros(A.shape[1])]
    for _ in range(steps):
        path.append(path[-1] + learning_rate * 2 / len(y) * A.T @ (A @ path[-1] - y))
    return np.array(path)


# %% wrong: the factor two is missing
# message: factor 2
def gradient_descent(A, y, learning_rate, steps):
    path = [np.zeros(A.shape[1])]
    for _ in range(steps):
        path.append(path[-1] - learning_rate / len(y) * A.T @ (A @ path[-1] - y))
    return np.array(path)


# %% wrong: the start is missing
# message: the start is left out
def gradient_descent(A, y, learning_rate, steps):
    theta, path = np.zeros(A.shape[1]), []
    for _ in range(steps):
        theta = theta - learning_rate * 2 / len(y) * A.T @ (A @ theta - y)
        path.append(theta)
    return np.array(path).reshape(steps, A.shape[1])


# %% wrong: only the end of the path
# message: only the last iterate
def gradient_descent(A, y, learning_rate, steps):
    theta = np.zeros(A.shape[1])
    for _ in range(steps):
        theta = theta - learning_rate * 2 / len(y) * A.T @ (A @ theta - y)
    return theta


# %% wrong: the same array is stored again and again
# message: same array
def gradient_descent(A, y, learning_rate, steps):
    theta = np.zeros(A.shape[1])
    path = [theta]
    for _ in range(steps):
        theta -= learning_rate * 2 / len(y) * A.T @ (A @ theta - y)
        path.append(theta)
    return np.array(path)


# %% wrong: the start is not zero
# message: starts at ones
def gradient_descent(A, y, learning_rate, steps):
    path = [np.ones(A.shape[1])]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * 2 / len(y) * A.T @ (A @ path[-1] - y))
    return np.array(path)


# %% right: the closed form of an affine map
def gradient_descent(A, y, learning_rate, steps):
    matrix = np.eye(A.shape[1]) - 2 * learning_rate / len(y) * A.T @ A
    shift = 2 * learning_rate / len(y) * A.T @ y
    path = np.zeros((steps + 1, A.shape[1]))
    for t in range(steps):
        path[t + 1] = matrix @ path[t] + shift
    return path


# %% right: torch's own optimizer
def gradient_descent(A, y, learning_rate, steps):
    import torch

    theta = torch.zeros(A.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=learning_rate)
    path = [theta.detach().clone()]
    for _ in range(steps):
        optimizer.zero_grad()
        (torch.from_numpy(A) @ theta - torch.from_numpy(y)).square().mean().backward()
        optimizer.step()
        path.append(theta.detach().clone())
    return torch.stack(path)
