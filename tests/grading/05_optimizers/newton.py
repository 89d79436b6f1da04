# %% wrong: up instead of down
# message: wrong sign
def newton_path(gradient, hessian, start, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] + np.linalg.solve(hessian(path[-1]), gradient(path[-1])))
    return np.array(path)


# %% wrong: multiplied by the Hessian
# message: instead of its inverse
def newton_path(gradient, hessian, start, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - hessian(path[-1]) @ gradient(path[-1]))
    return np.array(path)


# %% wrong: only the diagonal
# message: diagonal
def newton_path(gradient, hessian, start, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - gradient(path[-1]) / np.diag(hessian(path[-1])))
    return np.array(path)


# %% wrong: the first Hessian is kept
# message: Hessian of the start
def newton_path(gradient, hessian, start, steps):
    path, H = [start], hessian(start)
    for _ in range(steps):
        path.append(path[-1] - np.linalg.solve(H, gradient(path[-1])))
    return np.array(path)


# %% right: the inverse is formed
def newton_path(gradient, hessian, start, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - np.linalg.inv(hessian(path[-1])) @ gradient(path[-1]))
    return np.stack(path)


# %% right: a Cholesky factor
def newton_path(gradient, hessian, start, steps):
    from scipy.linalg import cho_factor, cho_solve

    points = np.zeros((steps + 1, len(start)))
    points[0] = start
    for t in range(steps):
        factor = cho_factor(hessian(points[t]))
        points[t + 1] = points[t] - cho_solve(factor, gradient(points[t]))
    return points
