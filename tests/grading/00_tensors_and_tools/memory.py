# %% wrong: pixels are connected to themselves
# message: diagonal is not zero
def remember(stored, damaged, steps):
    patterns = np.where(stored >= 0.5, 1, -1).reshape(len(stored), -1)
    states = np.where(damaged >= 0.5, 1, -1).reshape(len(damaged), -1)
    for _ in range(steps):
        states = np.where(states @ patterns.T @ patterns > 0, 1, -1)
    return (states.reshape(damaged.shape) + 1) / 2


# %% wrong: zeros instead of minus ones
# message: pixels are 0 and 1
def remember(stored, damaged, steps):
    patterns = (stored >= 0.5).reshape(len(stored), -1).astype(float)
    states = (damaged >= 0.5).reshape(len(damaged), -1).astype(float)
    weights = patterns.T @ patterns
    np.fill_diagonal(weights, 0)
    for _ in range(steps):
        states = (states @ weights > 0).astype(float)
    return states.reshape(damaged.shape)


# %% wrong: the number of steps is ignored
# message: only one step
def remember(stored, damaged, steps):
    patterns = np.where(stored >= 0.5, 1, -1).reshape(len(stored), -1)
    states = np.where(damaged >= 0.5, 1, -1).reshape(len(damaged), -1)
    weights = patterns.T @ patterns
    np.fill_diagonal(weights, 0)
    return (states @ weights > 0).astype(float).reshape(damaged.shape)


# %% wrong: zero counts as positive
# message: zero turns a pixel on
def remember(stored, damaged, steps):
    patterns = np.where(stored >= 0.5, 1, -1).reshape(len(stored), -1)
    states = np.where(damaged >= 0.5, 1, -1).reshape(len(damaged), -1)
    weights = patterns.T @ patterns
    np.fill_diagonal(weights, 0)
    for _ in range(steps):
        states = np.where(states @ weights >= 0, 1, -1)
    return (states.reshape(damaged.shape) + 1) / 2


# %% wrong: the sign of numpy has three values
# message: neither on nor off
def remember(stored, damaged, steps):
    patterns = np.where(stored >= 0.5, 1, -1).reshape(len(stored), -1)
    states = np.where(damaged >= 0.5, 1, -1).reshape(len(damaged), -1)
    weights = patterns.T @ patterns
    np.fill_diagonal(weights, 0)
    for _ in range(steps):
        states = np.sign(states @ weights)
    return (states.reshape(damaged.shape) + 1) / 2


# %% wrong: three values on the way, two at the end
# message: stays 0 until the end
def remember(stored, damaged, steps):
    patterns = np.where(stored >= 0.5, 1, -1).reshape(len(stored), -1)
    states = np.where(damaged >= 0.5, 1, -1).reshape(len(damaged), -1)
    weights = patterns.T @ patterns
    np.fill_diagonal(weights, 0)
    for _ in range(steps):
        states = np.sign(states @ weights)
    return (states > 0).reshape(damaged.shape)


# %% wrong: one half is off
# message: exactly 0.5
def remember(stored, damaged, steps):
    patterns = np.where(stored > 0.5, 1, -1).reshape(len(stored), -1)
    states = np.where(damaged > 0.5, 1, -1).reshape(len(damaged), -1)
    weights = patterns.T @ patterns
    np.fill_diagonal(weights, 0)
    for _ in range(steps):
        states = np.where(states @ weights > 0, 1, -1)
    return (states.reshape(damaged.shape) + 1) / 2


# %% wrong: pixel after pixel
# message: one after the other
def remember(stored, damaged, steps):
    patterns = np.where(stored >= 0.5, 1, -1).reshape(len(stored), -1)
    states = np.where(damaged >= 0.5, 1, -1).reshape(len(damaged), -1)
    weights = patterns.T @ patterns
    np.fill_diagonal(weights, 0)
    for _ in range(steps):
        for pixel in range(len(weights)):
            states[:, pixel] = np.where(states @ weights[pixel] > 0, 1, -1)
    return (states.reshape(damaged.shape) + 1) / 2


# %% wrong: the matrix is overwritten by each picture
# message: only the last picture
def remember(stored, damaged, steps):
    states = np.where(damaged >= 0.5, 1, -1).reshape(len(damaged), -1)
    for pattern in np.where(stored >= 0.5, 1, -1).reshape(len(stored), -1):
        weights = np.outer(pattern, pattern)
        np.fill_diagonal(weights, 0)
    for _ in range(steps):
        states = np.where(states @ weights > 0, 1, -1)
    return (states.reshape(damaged.shape) + 1) / 2


# %% wrong: the states are returned as they are
# message: holds −1 and +1
def remember(stored, damaged, steps):
    patterns = np.where(stored >= 0.5, 1, -1).reshape(len(stored), -1)
    states = np.where(damaged >= 0.5, 1, -1).reshape(len(damaged), -1)
    weights = patterns.T @ patterns
    np.fill_diagonal(weights, 0)
    for _ in range(steps):
        states = np.where(states @ weights > 0, 1, -1)
    return states.reshape(damaged.shape)


# %% wrong: a search instead of a network
# message: most similar stored picture
def remember(stored, damaged, steps):
    on, states = stored >= 0.5, damaged >= 0.5
    agreement = (states[:, None] == on).sum(axis=(2, 3))
    return on[agreement.argmax(axis=1)]


# %% right: in torch, with a factor that changes no sign
def remember(stored, damaged, steps):
    def signs(pictures):
        on = torch.from_numpy(np.asarray(pictures) >= 0.5)
        return on.double().flatten(1) * 2 - 1

    patterns, states = signs(stored), signs(damaged)
    weights = patterns.T @ patterns
    weights.fill_diagonal_(0)
    for _ in range(steps):
        states = (weights @ states.T / 8 > 0).double().T * 2 - 1
    return (states > 0).reshape(damaged.shape)


# %% right: the matrix is never formed
def remember(stored, damaged, steps):
    patterns = np.where(stored >= 0.5, 1, -1)
    states = np.where(damaged >= 0.5, 1, -1)
    for _ in range(steps):
        overlap = np.tensordot(states, patterns, axes=([1, 2], [1, 2]))  # (M, K)
        received = np.tensordot(overlap, patterns, axes=1) - len(stored) * states
        states = np.where(received > 0, 1, -1)
    return states == 1


# %% right: picture by picture, sum of outer products
def remember(stored, damaged, steps):
    weights = 0
    for picture in stored:
        xi = np.where(picture.ravel() >= 0.5, 1, -1)
        weights = weights + np.outer(xi, xi) - np.eye(len(xi))
    found = []
    for picture in damaged:
        s = np.where(picture.ravel() >= 0.5, 1, -1)
        for _ in range(steps):
            s = 2 * (weights @ s > 0) - 1
        found.append((s.reshape(picture.shape) + 1) / 2)
    return np.array(found)
