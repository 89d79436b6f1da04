# %% wrong: the copies are averaged
# message: averaged instead of summed
def unbroadcast(gradient, shape):
    lead = tuple(range(gradient.ndim - len(shape)))
    gradient = gradient.mean(axis=lead) if lead else gradient
    for axis, n in enumerate(shape):
        if n == 1:
            gradient = gradient.mean(axis=axis, keepdims=True)
    return gradient


# %% wrong: one copy is kept
# message: only one of the copies
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient[0]
    return gradient[tuple(slice(0, n) for n in shape)]


# %% wrong: axes of length one are overlooked
# message: stretched axes of length one are not
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    return gradient


# %% wrong: nothing is summed
# message: large shape
def unbroadcast(gradient, shape):
    return gradient


# %% wrong: the axes of length one disappear
# message: dropped
def unbroadcast(gradient, shape):
    gradient = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    axes = tuple(axis for axis, n in enumerate(shape) if n == 1)
    return gradient.sum(axis=axes)


# %% right: every copy is added in a loop
def unbroadcast(gradient, shape):
    result = np.zeros(shape)
    places = np.broadcast_to(np.arange(result.size).reshape(shape), gradient.shape)
    for place, value in zip(places.ravel(), np.ravel(gradient), strict=True):
        result.flat[place] += value
    return result


# %% right: autograd of an expansion
def unbroadcast(gradient, shape):
    small = torch.zeros(shape, dtype=torch.float64, requires_grad=True)
    (small.expand(gradient.shape) * torch.tensor(gradient)).sum().backward()
    return small.grad
