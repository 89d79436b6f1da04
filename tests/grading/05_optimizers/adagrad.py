# %% wrong: the sign is not repaired
# message: still goes up
def adagrad_path(gradient, start, learning_rate, steps, epsilon=1e-10):
    path, squares = [start], np.zeros_like(start)
    for _ in range(steps):
        g = gradient(path[-1])
        squares = squares + g**2
        path.append(path[-1] + learning_rate * g / (np.sqrt(squares) + epsilon))
    return np.array(path)


# %% wrong: the present gradient comes too late
# message: present gradient is still missing
def adagrad_path(gradient, start, learning_rate, steps, epsilon=1e-10):
    path, squares = [start], np.zeros_like(start)
    for _ in range(steps):
        g = gradient(path[-1])
        path.append(path[-1] - learning_rate * g / (np.sqrt(squares) + epsilon))
        squares = squares + g**2
    return np.array(path)


# %% wrong: epsilon stays inside
# message: inside the root
def adagrad_path(gradient, start, learning_rate, steps, epsilon=1e-10):
    path, squares = [start], np.zeros_like(start)
    for _ in range(steps):
        g = gradient(path[-1])
        squares = squares + g**2
        path.append(path[-1] - learning_rate * g / np.sqrt(squares + epsilon))
    return np.array(path)


# %% wrong: as it was
# message: nothing is repaired
def adagrad_path(gradient, start, learning_rate, steps, epsilon=1e-10):
    path, squares = [start], np.zeros_like(start)
    for _ in range(steps):
        g = gradient(path[-1])
        path.append(path[-1] + learning_rate * g / np.sqrt(squares + epsilon))
        squares = squares + g**2
    return np.array(path)


# %% wrong: only the sign
# message: only the sign
def adagrad_path(gradient, start, learning_rate, steps, epsilon=1e-10):
    path, squares = [start], np.zeros_like(start)
    for _ in range(steps):
        g = gradient(path[-1])
        path.append(path[-1] - learning_rate * g / np.sqrt(squares + epsilon))
        squares = squares + g**2
    return np.array(path)


# %% wrong: one sum for all coordinates
# message: shared by all coordinates
def adagrad_path(gradient, start, learning_rate, steps, epsilon=1e-10):
    path, squares = [start], 0.0
    for _ in range(steps):
        g = gradient(path[-1])
        squares = squares + g @ g
        path.append(path[-1] - learning_rate * g / (np.sqrt(squares) + epsilon))
    return np.array(path)


# %% right: the whole history is kept
def adagrad_path(gradient, start, learning_rate, steps, epsilon=1e-10):
    path, history = [np.array(start)], []
    while len(history) < steps:
        history.append(gradient(path[-1]))
        scale = np.linalg.norm(np.array(history), axis=0) + epsilon
        path.append(path[-1] - learning_rate * history[-1] / scale)
    return np.array(path)


# %% right: torch's optimizer
def adagrad_path(gradient, start, learning_rate, steps, epsilon=1e-10):
    p = torch.tensor(start, requires_grad=True)
    o = torch.optim.Adagrad([p], lr=learning_rate, eps=epsilon)
    path = [p.detach().clone()]
    for _ in range(steps):
        p.grad = torch.as_tensor(gradient(p.detach().numpy().copy()))
        o.step()
        path.append(p.detach().clone())
    return torch.stack(path)
