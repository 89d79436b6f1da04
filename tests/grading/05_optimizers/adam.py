# %% wrong: no correction at all
# message: nothing is corrected
def adam_path(gradient, start, learning_rate, beta1, beta2, epsilon, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        path.append(path[-1] - learning_rate * m / (np.sqrt(s) + epsilon))
    return np.array(path)


# %% wrong: only the mean is corrected
# message: only the first average
def adam_path(gradient, start, learning_rate, beta1, beta2, epsilon, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        path.append(
            path[-1] - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(s) + epsilon)
        )
    return np.array(path)


# %% wrong: only the square is corrected
# message: only the second average
def adam_path(gradient, start, learning_rate, beta1, beta2, epsilon, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        path.append(
            path[-1] - learning_rate * m / (np.sqrt(s / (1 - beta2**t)) + epsilon)
        )
    return np.array(path)


# %% wrong: epsilon inside the root
# message: inside the root
def adam_path(gradient, start, learning_rate, beta1, beta2, epsilon, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        path.append(
            path[-1]
            - learning_rate
            * (m / (1 - beta1**t))
            / np.sqrt(s / (1 - beta2**t) + epsilon)
        )
    return np.array(path)


# %% wrong: the count starts at two
# message: t starts at 2
def adam_path(gradient, start, learning_rate, beta1, beta2, epsilon, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        path.append(
            path[-1]
            - learning_rate
            * (m / (1 - beta1 ** (t + 1)))
            / (np.sqrt(s / (1 - beta2 ** (t + 1))) + epsilon)
        )
    return np.array(path)


# %% wrong: no root
# message: root is forgotten
def adam_path(gradient, start, learning_rate, beta1, beta2, epsilon, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        path.append(
            path[-1]
            - learning_rate * (m / (1 - beta1**t)) / (s / (1 - beta2**t) + epsilon)
        )
    return np.array(path)


# %% wrong: the variance instead of the square
# message: variance
def adam_path(gradient, start, learning_rate, beta1, beta2, epsilon, steps):
    path, m, s = [start], np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * (g - m) ** 2
        path.append(
            path[-1]
            - learning_rate
            * (m / (1 - beta1**t))
            / (np.sqrt(s / (1 - beta2**t)) + epsilon)
        )
    return np.array(path)


# %% right: weighted sums of the whole history
def adam_path(gradient, start, learning_rate, beta1, beta2, epsilon, steps):
    path, history = [start], []
    for _ in range(steps):
        history.append(gradient(path[-1]))
        G = np.array(history)
        age = np.arange(len(G))[::-1]
        w1, w2 = beta1**age, beta2**age
        mean = w1 @ G / w1.sum()
        square = w2 @ G**2 / w2.sum()
        path.append(path[-1] - learning_rate * mean / (np.sqrt(square) + epsilon))
    return np.array(path)


# %% right: torch's optimizer
def adam_path(gradient, start, learning_rate, beta1, beta2, epsilon, steps):
    p = torch.tensor(start, requires_grad=True)
    o = torch.optim.Adam([p], lr=learning_rate, betas=(beta1, beta2), eps=epsilon)
    path = [p.detach().clone()]
    for _ in range(steps):
        p.grad = torch.as_tensor(gradient(p.detach().numpy().copy()))
        o.step()
        path.append(p.detach().clone())
    return torch.stack(path)
