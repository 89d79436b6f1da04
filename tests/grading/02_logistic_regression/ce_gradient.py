# %% wrong: truth minus probability
# message: truth minus probability
def cross_entropy_gradient(S, y):
    P = np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))
    return (np.eye(S.shape[1])[y] - P) / len(y)


# %% wrong: the mean is forgotten
# message: mean over the samples is missing
def cross_entropy_gradient(S, y):
    P = np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))
    P[np.arange(len(y)), y] -= 1
    return P


# %% wrong: divided by the number of entries
# message: all N · C entries
def cross_entropy_gradient(S, y):
    P = np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))
    return (P - np.eye(S.shape[1])[y]) / P.size


# %% wrong: scores minus truth
# message: subtracted from the scores
def cross_entropy_gradient(S, y):
    return (S - np.eye(S.shape[1])[y]) / len(y)


# %% wrong: wrong classes are not pushed down
# message: only the true class
def cross_entropy_gradient(S, y):
    P = np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))
    return np.eye(S.shape[1])[y] * (P - 1) / len(y)


# %% wrong: the slope of a sigmoid on top
# message: slope p(1 − p)
def cross_entropy_gradient(S, y):
    P = np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))
    return (P - np.eye(S.shape[1])[y]) * P * (1 - P) / len(y)


# %% wrong: all rows of the indexed columns
# message: columns of all true classes
def cross_entropy_gradient(S, y):
    P = np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))
    P[:, y] -= 1
    return P / len(y)


# %% wrong: the gradient of minus the probability
# message: −p instead of −log p
def cross_entropy_gradient(S, y):
    P = np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))
    own = P[np.arange(len(y)), y][:, None]
    return own * (P - np.eye(S.shape[1])[y]) / len(y)


# %% wrong: right for two samples only
def cross_entropy_gradient(S, y):
    P = np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))
    return (P - np.eye(S.shape[1])[y]) / min(len(y), 2)


# %% right: torch's automatic derivative
def cross_entropy_gradient(S, y):
    import torch

    scores = torch.tensor(S, requires_grad=True)
    torch.nn.functional.cross_entropy(scores, torch.from_numpy(y)).backward()
    return scores.grad


# %% right: central differences
def cross_entropy_gradient(S, y):
    def loss(scores):
        return np.mean(np.logaddexp.reduce(scores, axis=1) - scores[rows, y])

    rows, gradient = np.arange(len(y)), np.zeros_like(S)
    for place in np.ndindex(*S.shape):
        step = np.zeros_like(S)
        step[place] = 1e-4
        thirds = (loss(S + 2 * step) - loss(S - 2 * step)) / 4e-4
        gradient[place] = (4 * (loss(S + step) - loss(S - step)) / 2e-4 - thirds) / 3
    return gradient
