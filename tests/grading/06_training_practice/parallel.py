# %% wrong: gradients are added
# message: added instead of averaged
def data_parallel(gradient, theta, shards, learning_rate, steps):
    for _ in range(steps):
        total = sum(gradient(theta, X, y) for X, y in shards)
        theta = theta - learning_rate * total
    return np.array([theta] * len(shards))


# %% wrong: shards count the same, whatever their size
# message: small shard counts
def data_parallel(gradient, theta, shards, learning_rate, steps):
    for _ in range(steps):
        mean = np.mean([gradient(theta, X, y) for X, y in shards], axis=0)
        theta = theta - learning_rate * mean
    return np.array([theta] * len(shards))


# %% wrong: nothing is exchanged
# message: do not exchange
def data_parallel(gradient, theta, shards, learning_rate, steps):
    replicas = [theta] * len(shards)
    for _ in range(steps):
        for w, (X, y) in enumerate(shards):
            replicas[w] = replicas[w] - learning_rate * gradient(replicas[w], X, y)
    return np.array(replicas)


# %% wrong: everybody uses the first gradient
# message: gradient of the first
def data_parallel(gradient, theta, shards, learning_rate, steps):
    for _ in range(steps):
        theta = theta - learning_rate * gradient(theta, *shards[0])
    return np.array([theta] * len(shards))


# %% wrong: parameters are averaged at the end
# message: once, at the end
def data_parallel(gradient, theta, shards, learning_rate, steps):
    replicas = [theta] * len(shards)
    for _ in range(steps):
        for w, (X, y) in enumerate(shards):
            replicas[w] = replicas[w] - learning_rate * gradient(replicas[w], X, y)
    mean = np.average(replicas, axis=0, weights=[len(y) for _, y in shards])
    return np.array([mean] * len(shards))


# %% wrong: one replica is returned
# message: wrong shape
def data_parallel(gradient, theta, shards, learning_rate, steps):
    sizes = [len(y) for _, y in shards]
    for _ in range(steps):
        own = [gradient(theta, X, y) for X, y in shards]
        theta = theta - learning_rate * np.average(own, axis=0, weights=sizes)
    return theta


# %% wrong: only the first worker makes the steps
# message: only the first replica
def data_parallel(gradient, theta, shards, learning_rate, steps):
    replicas = np.array([theta] * len(shards))
    sizes = [len(y) for _, y in shards]
    for _ in range(steps):
        own = [gradient(replicas[0], X, y) for X, y in shards]
        replicas[0] -= learning_rate * np.average(own, axis=0, weights=sizes)
    return replicas


# %% right: sums over samples
def data_parallel(gradient, theta, shards, learning_rate, steps):
    samples = sum(len(y) for _, y in shards)
    replicas = [theta.copy() for _ in shards]
    for _ in range(steps):
        reduced = sum(
            len(y) * gradient(own, X, y) for own, (X, y) in zip(replicas, shards)
        )
        for own in replicas:
            own -= learning_rate * reduced / samples
    return np.stack(replicas)


# %% right: a product with the weights, in torch
def data_parallel(gradient, theta, shards, learning_rate, steps):
    weights = torch.tensor([float(len(y)) for _, y in shards], dtype=torch.float64)
    weights = weights / weights.sum()
    now = torch.tensor(theta)
    for _ in range(steps):
        own = [torch.as_tensor(gradient(now.numpy(), X, y)) for X, y in shards]
        now = now - learning_rate * weights @ torch.stack(own)
    return now.expand(len(shards), -1)
