# %% wrong: the colleague's version
# message: maximum of the whole table
def softmax(S):
    powers = np.exp(S - S.max())
    return powers / powers.sum(axis=1, keepdims=True)


# %% wrong: nothing is subtracted
# message: nothing is subtracted
def softmax(S):
    return np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)


# %% wrong: the smallest score is subtracted
# message: smallest score
def softmax(S):
    powers = np.exp(S - S.min(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


# %% wrong: the axes are exchanged
# message: columns are normalized
def softmax(S):
    powers = np.exp(S - S.max(axis=0))
    return powers / powers.sum(axis=0)


# %% wrong: one sum for the whole table
# message: whole table is normalized
def softmax(S):
    powers = np.exp(S - S.max())
    return powers / powers.sum()


# %% wrong: normalized without exp
# message: without a power
def softmax(S):
    return S / S.sum(axis=1, keepdims=True)


# %% wrong: a Boltzmann sign
# message: lowest score
def softmax(S):
    powers = np.exp(S.min(axis=1, keepdims=True) - S)
    return powers / powers.sum(axis=1, keepdims=True)


# %% wrong: rows of nan are replaced by equal probabilities
def softmax(S):
    powers = np.exp(S - S.max())
    p = powers / powers.sum(axis=1, keepdims=True)
    return np.where(np.isnan(p), 1 / S.shape[1], p)


# %% right: row by row
def softmax(S):
    rows = []
    for scores in S:
        powers = np.exp(scores - max(scores))
        rows.append(powers / sum(powers))
    return np.array(rows)


# %% right: the exponential of the log-softmax
def softmax(S):
    log_sum = np.logaddexp.reduce(S, axis=1, keepdims=True)
    return np.exp(S - log_sum)


# %% right: torch
def softmax(S):
    import torch

    return torch.softmax(torch.from_numpy(S), dim=-1)
