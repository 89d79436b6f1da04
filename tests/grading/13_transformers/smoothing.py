# %% wrong: padding counts
# message: padding counts
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores - scores.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = (1 - epsilon) * np.eye(K)[y] + epsilon / K
    counts = np.ones((*y.shape, 1)) / y.size
    return -np.sum(counts * targets * logs), counts * (np.exp(logs) - targets)


# %% wrong: divided by all
# message: padding included
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores - scores.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = (1 - epsilon) * np.eye(K)[y] + epsilon / K
    counts = (y != pad)[:, :, None] / y.size
    return -np.sum(counts * targets * logs), counts * (np.exp(logs) - targets)


# %% wrong: summed
# message: summed, not averaged
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores - scores.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = (1 - epsilon) * np.eye(K)[y] + epsilon / K
    counts = (y != pad)[:, :, None] * 1.0
    return -np.sum(counts * targets * logs), counts * (np.exp(logs) - targets)


# %% wrong: no smoothing
# message: not smoothed
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores - scores.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = np.eye(K)[y]
    counts = (y != pad)[:, :, None] / np.sum(y != pad)
    return -np.sum(counts * targets * logs), counts * (np.exp(logs) - targets)


# %% wrong: right class gets too little
# message: 1 - ε only
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores - scores.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = np.where(np.eye(K)[y] > 0, 1 - epsilon, epsilon / K)
    counts = (y != pad)[:, :, None] / np.sum(y != pad)
    return -np.sum(counts * targets * logs), counts * (np.exp(logs) - targets)


# %% wrong: shared among the wrong
# message: among the wrong classes
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores - scores.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = np.where(np.eye(K)[y] > 0, 1 - epsilon, epsilon / (K - 1))
    counts = (y != pad)[:, :, None] / np.sum(y != pad)
    return -np.sum(counts * targets * logs), counts * (np.exp(logs) - targets)


# %% wrong: all of ε each
# message: all of ε
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores - scores.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = np.where(np.eye(K)[y] > 0, 1 - epsilon, epsilon)
    counts = (y != pad)[:, :, None] / np.sum(y != pad)
    return -np.sum(counts * targets * logs), counts * (np.exp(logs) - targets)


# %% wrong: gradient at padding
# message: not zero at padding
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores - scores.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = (1 - epsilon) * np.eye(K)[y] + epsilon / K
    counts = (y != pad)[:, :, None] / np.sum(y != pad)
    return -np.sum(counts * targets * logs), (np.exp(logs) - targets) / np.sum(y != pad)


# %% wrong: gradient not divided
# message: gradient is not divided
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores - scores.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = (1 - epsilon) * np.eye(K)[y] + epsilon / K
    counts = (y != pad)[:, :, None] / np.sum(y != pad)
    return -np.sum(counts * targets * logs), (counts > 0) * (np.exp(logs) - targets)


# %% wrong: gradient without smoothing
# message: forgets the smoothing
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores - scores.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = (1 - epsilon) * np.eye(K)[y] + epsilon / K
    counts = (y != pad)[:, :, None] / np.sum(y != pad)
    return -np.sum(counts * targets * logs), counts * (np.exp(logs) - np.eye(K)[y])


# %% wrong: gradient sign
# message: wrong sign
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores - scores.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = (1 - epsilon) * np.eye(K)[y] + epsilon / K
    counts = (y != pad)[:, :, None] / np.sum(y != pad)
    return -np.sum(counts * targets * logs), counts * (targets - np.exp(logs))


# %% wrong: overflow
# message: overflows
def smoothed_loss(scores, y, epsilon, pad):
    K = scores.shape[2]
    shifted = scores
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    targets = (1 - epsilon) * np.eye(K)[y] + epsilon / K
    counts = (y != pad)[:, :, None] / np.sum(y != pad)
    return -np.sum(counts * targets * logs), counts * (np.exp(logs) - targets)


# %% right: autograd and torch's loss
def smoothed_loss(scores, y, epsilon, pad):
    leaf = torch.tensor(scores, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(
        leaf[torch.tensor(y != pad)], torch.tensor(y[y != pad]), label_smoothing=epsilon
    )
    loss.backward()
    return loss.item(), leaf.grad


# %% right: a loop over positions
def smoothed_loss(scores, y, epsilon, pad):
    K, total, gradient = scores.shape[-1], 0.0, np.zeros(scores.shape)
    real = [tuple(place) for place in np.argwhere(y != pad)]
    for place in real:
        s = scores[place]
        e = np.exp(s - max(s))
        target = [epsilon / K + (1 - epsilon) * (k == y[place]) for k in range(K)]
        log = s - max(s) - math.log(sum(e))
        total -= float(np.dot(target, log))
        gradient[place] = (e / sum(e) - target) / len(real)
    return total / len(real), gradient
