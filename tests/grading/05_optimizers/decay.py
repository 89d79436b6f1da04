# %% wrong: a penalty in the gradient
# message: Adam with L2
def adamw_path(gradient, start, learning_rate, weight_decay, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        x = path[-1]
        g = gradient(x) + weight_decay * x
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        step = m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        path.append(x - learning_rate * step)
    return np.array(path)


# %% wrong: nothing decays
# message: nothing decays
def adamw_path(gradient, start, learning_rate, weight_decay, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        x = path[-1]
        g = gradient(x)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        step = m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        path.append(x - learning_rate * step)
    return np.array(path)


# %% wrong: the learning rate is forgotten
# message: learning rate is forgotten
def adamw_path(gradient, start, learning_rate, weight_decay, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        x = path[-1]
        g = gradient(x)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        step = m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        path.append((1 - weight_decay) * x - learning_rate * step)
    return np.array(path)


# %% wrong: the gradient of the shrunk point
# message: after the shrinking
def adamw_path(gradient, start, learning_rate, weight_decay, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        x = path[-1]
        g = gradient((1 - learning_rate * weight_decay) * x)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        step = m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        path.append((1 - learning_rate * weight_decay) * x - learning_rate * step)
    return np.array(path)


# %% wrong: half the decay
# message: half as strong
def adamw_path(gradient, start, learning_rate, weight_decay, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        x = path[-1]
        g = gradient(x)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        step = m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        path.append((1 - learning_rate * weight_decay / 2) * x - learning_rate * step)
    return np.array(path)


# %% right: torch's optimizer
def adamw_path(gradient, start, learning_rate, weight_decay, steps):
    p = torch.tensor(start, requires_grad=True)
    o = torch.optim.AdamW([p], lr=learning_rate, weight_decay=weight_decay)
    path = [p.detach().clone()]
    for _ in range(steps):
        p.grad = torch.as_tensor(gradient(p.detach().numpy().copy()))
        o.step()
        path.append(p.detach().clone())
    return torch.stack(path)


# %% right: the decay as a step of its own
def adamw_path(gradient, start, learning_rate, weight_decay, steps):
    x = np.array(start, dtype=float)
    path, first, second = [x], [], []
    for t in range(steps):
        g = np.asarray(gradient(x))
        first, second = (
            [*(0.9 * f for f in first), 0.1 * g],
            [*(0.999 * f for f in second), 0.001 * g * g],
        )
        mean = np.sum(first, axis=0) / (1 - 0.9 ** (t + 1))
        square = np.sum(second, axis=0) / (1 - 0.999 ** (t + 1))
        decayed = x - learning_rate * weight_decay * x
        x = decayed - learning_rate * mean / (np.sqrt(square) + 1e-8)
        path.append(x)
    return np.vstack(path)
