# %% wrong: the class is ignored
# message: class is ignored
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data
        for k in range(steps):
            t = k / steps
            logits = -squares(x[own], t * images) / (2 * (1 - t) ** 2)
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    return x, np.sqrt(squares(x, data).min(axis=1))


# %% wrong: images are not scaled
# message: not scaled by t
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = k / steps
            logits = -squares(x[own], images) / (2 * (1 - t) ** 2)
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    return x, np.sqrt(squares(x, data).min(axis=1))


# %% wrong: width without square
# message: instead of its square
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = k / steps
            logits = -squares(x[own], t * images) / (2 * (1 - t))
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    return x, np.sqrt(squares(x, data).min(axis=1))


# %% wrong: constant width
# message: does not depend on t
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = k / steps
            logits = -squares(x[own], t * images) / 2
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    return x, np.sqrt(squares(x, data).min(axis=1))


# %% wrong: no factor 2
# message: factor 2
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = k / steps
            logits = -squares(x[own], t * images) / (1 - t) ** 2
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    return x, np.sqrt(squares(x, data).min(axis=1))


# %% wrong: distances in the exponent
# message: instead of their squares
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = k / steps
            logits = -np.sqrt(squares(x[own], t * images)) / (2 * (1 - t) ** 2)
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    return x, np.sqrt(squares(x, data).min(axis=1))


# %% wrong: sign of the exponent
# message: far images
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = k / steps
            logits = squares(x[own], t * images) / (2 * (1 - t) ** 2)
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    return x, np.sqrt(squares(x, data).min(axis=1))


# %% wrong: the nearest image only
# message: there is no mean
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = k / steps
            logits = -squares(x[own], t * images) / (2 * (1 - t) ** 2)
            mean = images[logits.argmax(axis=1)]
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    return x, np.sqrt(squares(x, data).min(axis=1))


# %% wrong: velocity not divided
# message: not divided by 1
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = k / steps
            logits = -squares(x[own], t * images) / (2 * (1 - t) ** 2)
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / steps
    return x, np.sqrt(squares(x, data).min(axis=1))


# %% wrong: shifted times
# message: times are shifted
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = (k + 1) / (steps + 1)
            logits = -squares(x[own], t * images) / (2 * (1 - t) ** 2)
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    return x, np.sqrt(squares(x, data).min(axis=1))


# %% wrong: distance within the class
# message: within the class only
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = k / steps
            logits = -squares(x[own], t * images) / (2 * (1 - t) ** 2)
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    far = [squares(x[[n]], data[y == c]).min() for n, c in enumerate(wanted)]
    return x, np.sqrt(far)


# %% wrong: squared distances
# message: squared distances
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = k / steps
            logits = -squares(x[own], t * images) / (2 * (1 - t) ** 2)
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    return x, squares(x, data).min(axis=1)


# %% wrong: distances of the noise
# message: those of the noise
def sample_exactly(data, y, noise, wanted, steps):
    def squares(x, centers):
        return ((x[:, None] - centers) ** 2).sum(axis=2)

    x = noise.copy()
    for c in np.unique(wanted):
        own, images = wanted == c, data[y == c]
        for k in range(steps):
            t = k / steps
            logits = -squares(x[own], t * images) / (2 * (1 - t) ** 2)
            mean = softmax(logits, axis=1) @ images
            x[own] = x[own] + (mean - x[own]) / (1 - t) / steps
    return x, np.sqrt(squares(noise, data).min(axis=1))


# %% right: all classes at once with a mask, torch
def sample_exactly(data, y, noise, wanted, steps):
    data, x = torch.tensor(data), torch.tensor(noise)
    same = torch.tensor(np.asarray(wanted)[:, None] == np.asarray(y)[None])
    for t in np.arange(steps) / steps:
        logits = -(torch.cdist(x, t * data) ** 2) / (2 * (1 - t) ** 2)
        weights = logits.masked_fill(~same, -torch.inf).softmax(dim=1)
        x = x + (weights @ data - x) / (1 - t) / steps
    return x, torch.cdist(x, data).min(dim=1).values


# %% right: multiplied out, with a softmax by hand
def sample_exactly(data, y, noise, wanted, steps):
    samples = []
    for start, c in zip(noise, wanted):
        x, images = start, data[y == c]
        for k in range(steps):
            t = k / steps
            scores = (t * images @ x - t**2 * (images**2).sum(1) / 2) / (1 - t) ** 2
            weights = np.exp(scores - scores.max())
            goal = weights @ images / weights.sum()
            x = x * (1 - 1 / (steps - k)) + goal / (steps - k)
        samples.append(x)
    samples = np.stack(samples)
    return samples, [np.linalg.norm(data - x, axis=1).min() for x in samples]
