# %% wrong: the first group is one batch
# message: first step comes after one batch
def accumulated(gradient, theta, batches, n, learning_rate):
    total, samples = 0.0, 0
    for i, (X, y) in enumerate(batches):
        total, samples = total + len(y) * gradient(theta, X, y), samples + len(y)
        if i % n == 0 or i == len(batches) - 1:
            theta = theta - learning_rate * total / samples
            total, samples = 0.0, 0
    return theta


# %% wrong: the rest is lost
# message: left over at the end
def accumulated(gradient, theta, batches, n, learning_rate):
    total, samples = 0.0, 0
    for i, (X, y) in enumerate(batches):
        total, samples = total + len(y) * gradient(theta, X, y), samples + len(y)
        if (i + 1) % n == 0:
            theta = theta - learning_rate * total / samples
            total, samples = 0.0, 0
    return theta


# %% wrong: means are added
# message: not divided
def accumulated(gradient, theta, batches, n, learning_rate):
    total = 0.0
    for i, (X, y) in enumerate(batches):
        total = total + gradient(theta, X, y)
        if (i + 1) % n == 0 or i == len(batches) - 1:
            theta, total = theta - learning_rate * total, 0.0
    return theta


# %% wrong: the last group is divided by n
# message: divided by n too
def accumulated(gradient, theta, batches, n, learning_rate):
    total = 0.0
    for i, (X, y) in enumerate(batches):
        total = total + gradient(theta, X, y) / n
        if (i + 1) % n == 0 or i == len(batches) - 1:
            theta, total = theta - learning_rate * total, 0.0
    return theta


# %% wrong: batches count the same, whatever their size
# message: counts as much as a full one
def accumulated(gradient, theta, batches, n, learning_rate):
    for k in range(0, len(batches), n):
        group = batches[k : k + n]
        mean = np.mean([gradient(theta, X, y) for X, y in group], axis=0)
        theta = theta - learning_rate * mean
    return theta


# %% wrong: the sum is kept
# message: not set to zero
def accumulated(gradient, theta, batches, n, learning_rate):
    total = np.zeros_like(theta)
    for k in range(0, len(batches), n):
        group = batches[k : k + n]
        samples = sum(len(y) for _, y in group)
        total += sum(len(y) * gradient(theta, X, y) for X, y in group) / samples
        theta = theta - learning_rate * total
    return theta


# %% wrong: a step after every small batch
# message: after every small batch
def accumulated(gradient, theta, batches, n, learning_rate):
    for X, y in batches:
        theta = theta - learning_rate / n * gradient(theta, X, y)
    return theta


# %% right: groups by slices
def accumulated(gradient, theta, batches, n, learning_rate):
    for start in range(0, len(batches), n):
        group = batches[start : start + n]
        sizes = [len(y) for _, y in group]
        gradients = [gradient(theta, X, y) for X, y in group]
        mean = np.average(gradients, axis=0, weights=sizes)
        theta = theta - learning_rate * mean
    return theta


# %% right: a running mean
def accumulated(gradient, theta, batches, n, learning_rate):
    mean, seen = torch.zeros(len(theta), dtype=torch.float64), 0
    for i, (X, y) in enumerate(batches):
        g = torch.as_tensor(gradient(theta, X, y))
        seen += len(X)
        mean = mean + (g - mean) * len(X) / seen
        if i % n == n - 1 or i + 1 == len(batches):
            theta = theta - learning_rate * mean.numpy()
            mean, seen = torch.zeros_like(mean), 0
    return theta
