# %% wrong: a sum instead of a mean
# message: summed instead of averaged
def cross_entropy(S, y):
    return np.sum(np.logaddexp.reduce(S, axis=1) - S[np.arange(len(y)), y])


# %% wrong: the mean over the one-hot table
# message: all N · C entries
def cross_entropy(S, y):
    log_p = S - np.logaddexp.reduce(S, axis=1, keepdims=True)
    return -np.mean(np.eye(S.shape[1])[y] * log_p)


# %% wrong: softmax before a loss that has one
# message: softmax is applied twice
def cross_entropy(S, y):
    P = np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))
    return np.mean(np.logaddexp.reduce(P, axis=1) - P[np.arange(len(y)), y])


# %% wrong: the predicted class instead of the true one
# message: highest score is taken
def cross_entropy(S, y):
    return np.mean(np.logaddexp.reduce(S, axis=1) - S.max(axis=1))


# %% wrong: bits instead of nats
# message: base 2
def cross_entropy(S, y):
    loss = np.logaddexp.reduce(S, axis=1) - S[np.arange(len(y)), y]
    return np.mean(loss) / np.log(2)


# %% wrong: the log-likelihood
# message: sign is that of the log-likelihood
def cross_entropy(S, y):
    return np.mean(S[np.arange(len(y)), y] - np.logaddexp.reduce(S, axis=1))


# %% wrong: the logarithm of a rounded probability
# message: rounded to 0
def cross_entropy(S, y):
    P = np.exp(S - S.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return -np.log(P[np.arange(len(y)), y]).mean()


# %% wrong: a tiny number inside the logarithm
# message: moved away from 0 by 1e-12
def cross_entropy(S, y):
    P = np.exp(S - S.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return -np.log(P[np.arange(len(y)), y] + 1e-12).mean()


# %% wrong: the labels are ignored
# message: first column
def cross_entropy(S, y):
    return np.mean(np.logaddexp.reduce(S, axis=1) - S[:, 0])


# %% right: torch
def cross_entropy(S, y):
    import torch

    return torch.nn.functional.cross_entropy(torch.from_numpy(S), torch.from_numpy(y))


# %% right: one sum of powers of differences
def cross_entropy(S, y):
    return np.mean([np.logaddexp.reduce(s - s[t]) for s, t in zip(S, y, strict=True)])
