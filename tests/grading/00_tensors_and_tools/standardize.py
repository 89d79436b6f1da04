# %% wrong: the default of torch
# message: correction=0 is missing
def standardize(X, axis):
    deviation = X.std(dim=axis, keepdim=True)
    centered = X - X.mean(dim=axis, keepdim=True)
    return centered / torch.where(deviation == 0, 1, deviation)


# %% wrong: zero by zero
# message: deviation 0
def standardize(X, axis):
    deviation = X.std(dim=axis, correction=0, keepdim=True)
    return (X - X.mean(dim=axis, keepdim=True)) / deviation


# %% wrong: always columns
# message: axis is ignored
def standardize(X, axis):
    deviation = X.std(dim=0, correction=0)
    return (X - X.mean(dim=0)) / torch.where(deviation == 0, 1, deviation)


# %% wrong: axis 0 is thought to mean rows
# message: two axes are exchanged
def standardize(X, axis):
    dim = 1 - axis
    deviation = X.std(dim=dim, correction=0, keepdim=True)
    centered = X - X.mean(dim=dim, keepdim=True)
    return centered / torch.where(deviation == 0, 1, deviation)


# %% wrong: one mean for everything
# message: whole table
def standardize(X, axis):
    return (X - X.mean()) / X.std(correction=0)


# %% wrong: the variance
# message: divided by the variance
def standardize(X, axis):
    variance = X.var(dim=axis, correction=0, keepdim=True)
    centered = X - X.mean(dim=axis, keepdim=True)
    return centered / torch.where(variance == 0, 1, variance)


# %% wrong: the averaged axis is not kept
# message: keepdim is missing
def standardize(X, axis):
    deviation = X.std(dim=axis, correction=0)
    return (X - X.mean(dim=axis)) / torch.where(deviation == 0, 1, deviation)


# %% wrong: only scaled
# message: mean is not subtracted
def standardize(X, axis):
    deviation = X.std(dim=axis, correction=0, keepdim=True)
    return X / torch.where(deviation == 0, 1, deviation)


# %% right: in numpy
def standardize(X, axis):
    centered = X.numpy() - X.numpy().mean(axis=axis, keepdims=True)
    spread = np.sqrt((centered**2).mean(axis=axis, keepdims=True))
    return np.divide(centered, spread, out=np.zeros_like(centered), where=spread > 0)


# %% right: always columns, of the transposed table if need be
def standardize(X, axis):
    if axis == 1:
        return standardize(X.T, 0).T
    centered = X - X.mean(0)
    return centered / centered.square().mean(0).sqrt().clamp(min=1e-12)


# %% right: a tiny number instead of a zero
def standardize(X, axis):
    deviation, mean = torch.std_mean(X, dim=axis, correction=0, keepdim=True)
    return (X - mean) / (deviation + 1e-12)
