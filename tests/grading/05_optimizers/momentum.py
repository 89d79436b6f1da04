# %% wrong: an average of gradients
# message: averages gradients
def momentum_path(gradient, start, learning_rate, rho, steps, nesterov=False):
    path, v = [start], np.zeros_like(start)
    for _ in range(steps):
        g = gradient(path[-1])
        v = rho * v + (1 - rho) * g
        path.append(path[-1] - learning_rate * (g + rho * v if nesterov else v))
    return np.array(path)


# %% wrong: the velocity is forgotten in each step
# message: not carried on
def momentum_path(gradient, start, learning_rate, rho, steps, nesterov=False):
    path = [start]
    for _ in range(steps):
        v = rho * np.zeros_like(start) + gradient(path[-1])
        path.append(path[-1] - learning_rate * v)
    return np.array(path)


# %% wrong: no look ahead
# message: nesterov is ignored
def momentum_path(gradient, start, learning_rate, rho, steps, nesterov=False):
    path, v = [start], np.zeros_like(start)
    for _ in range(steps):
        v = rho * v + gradient(path[-1])
        path.append(path[-1] - learning_rate * v)
    return np.array(path)


# %% wrong: the gradient is taken at the point ahead
# message: point itself is moved ahead
def momentum_path(gradient, start, learning_rate, rho, steps, nesterov=False):
    path, v = [start], np.zeros_like(start)
    for _ in range(steps):
        ahead = path[-1] - learning_rate * rho * v if nesterov else path[-1]
        v = rho * v + gradient(ahead)
        path.append(path[-1] - learning_rate * v)
    return np.array(path)


# %% wrong: the step comes before the update of the velocity
# message: velocity of the step before
def momentum_path(gradient, start, learning_rate, rho, steps, nesterov=False):
    path, v = [start], np.zeros_like(start)
    for _ in range(steps):
        g = gradient(path[-1])
        path.append(path[-1] - learning_rate * v)
        v = rho * v + g
    return np.array(path)


# %% right: the heavy ball, without a velocity
def momentum_path(gradient, start, learning_rate, rho, steps, nesterov=False):
    points, moved = [start], start
    heavy_before = start
    for _ in range(steps):
        here = points[-1]
        if nesterov:
            gradient_step = here - learning_rate * gradient(here)
            points.append(gradient_step + rho * (gradient_step - moved))
            moved = gradient_step
        else:
            step = here - learning_rate * gradient(here) + rho * (here - heavy_before)
            heavy_before = here
            points.append(step)
    return np.stack(points)


# %% right: torch's optimizer
def momentum_path(gradient, start, learning_rate, rho, steps, nesterov=False):
    p = torch.tensor(start, requires_grad=True)
    o = torch.optim.SGD([p], lr=learning_rate, momentum=rho, nesterov=nesterov)
    path = [p.detach().clone()]
    for _ in range(steps):
        p.grad = torch.as_tensor(gradient(p.detach().numpy().copy()))
        o.step()
        path.append(p.detach().clone())
    return torch.stack(path)
