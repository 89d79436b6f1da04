# %% wrong: the true class is counted
# message: true class is not left out
def multiclass_hinge(S, y):
    own = S[np.arange(len(y)), y][:, None]
    return np.maximum(0, S - own + 1).sum(axis=1).mean()


# %% wrong: no margin
# message: margin of 1 is missing
def multiclass_hinge(S, y):
    own = S[np.arange(len(y)), y][:, None]
    return np.maximum(0, S - own).sum(axis=1).mean()


# %% wrong: the maximum instead of the sum
# message: only the worst wrong class
def multiclass_hinge(S, y):
    rows = np.arange(len(y))
    margins = np.maximum(0, S - S[rows, y][:, None] + 1)
    margins[rows, y] = 0
    return margins.max(axis=1).mean()


# %% wrong: the true score minus the others
# message: wrong sign
def multiclass_hinge(S, y):
    rows = np.arange(len(y))
    margins = np.maximum(0, S[rows, y][:, None] - S + 1)
    margins[rows, y] = 0
    return margins.sum(axis=1).mean()


# %% wrong: a sum over the samples
# message: summed instead of averaged
def multiclass_hinge(S, y):
    rows = np.arange(len(y))
    margins = np.maximum(0, S - S[rows, y][:, None] + 1)
    margins[rows, y] = 0
    return margins.sum()


# %% wrong: torch's definition
# message: divided by C
def multiclass_hinge(S, y):
    import torch

    loss = torch.nn.functional.multi_margin_loss
    return loss(torch.from_numpy(S), torch.from_numpy(y)).item()


# %% wrong: kept margins are rewarded
# message: negative losses
def multiclass_hinge(S, y):
    rows = np.arange(len(y))
    margins = S - S[rows, y][:, None] + 1
    margins[rows, y] = 0
    return margins.sum(axis=1).mean()


# %% wrong: class 0 is always the true one
# message: class 0
def multiclass_hinge(S, y):
    return np.maximum(0, S[:, 1:] - S[:, :1] + 1).sum(axis=1).mean()


# %% right: subtract the true class's own margin of 1
def multiclass_hinge(S, y):
    own = np.take_along_axis(S, y[:, None], axis=1)
    return np.clip(S - own + 1, 0, None).sum() / len(y) - 1


# %% right: two loops
def multiclass_hinge(S, y):
    total = 0.0
    for scores, true in zip(S, y, strict=True):
        for k, score in enumerate(scores):
            if k != true:
                total += max(0.0, score - scores[true] + 1)
    return total / len(S)
