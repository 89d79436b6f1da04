# %% wrong: broadcasting is trusted blindly
# message: last axis
def scale_along(X, v, axis):
    return X * v


# %% wrong: a column in every case
# message: always made a column
def scale_along(X, v, axis):
    return X * v[:, None]


# %% wrong: the axis is ignored
# message: always belongs to the first axis
def scale_along(X, v, axis):
    return X * v.reshape(-1, *[1] * (X.ndim - 1))


# %% wrong: the axis is moved and not moved back
# message: another order
def scale_along(X, v, axis):
    return np.moveaxis(X, axis, -1) * v


# %% wrong: a weighted sum
# message: added up
def scale_along(X, v, axis):
    return (np.moveaxis(X, axis, -1) * v).sum(axis=-1)


# %% wrong: the array of the caller is changed
# message: in place
def scale_along(X, v, axis):
    np.moveaxis(X, axis, -1)[...] *= v
    return X


# %% right: the axis is moved to the end and back
def scale_along(X, v, axis):
    return np.moveaxis(np.moveaxis(X, axis, -1) * v, -1, axis)


# %% right: two axes are swapped and swapped back
def scale_along(X, v, axis):
    return (X.swapaxes(axis, -1) * v).swapaxes(axis, -1)


# %% right: slice after slice
def scale_along(X, v, axis):
    slices = [X.take(i, axis=axis) * v[i] for i in range(len(v))]
    return np.stack(slices, axis=axis)
