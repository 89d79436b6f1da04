# %% wrong: a mask of the equal ones
# message: get the whole gradient
def max_pool_backward(dY, X, size, stride):
    dX = np.zeros(X.shape)
    for n, c, i, j in np.ndindex(*dY.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        window = X[n, c, rows, columns]
        dX[n, c, rows, columns] += dY[n, c, i, j] * (window == window.max())
    return dX


# %% wrong: equal ones share
# message: share the gradient
def max_pool_backward(dY, X, size, stride):
    dX = np.zeros(X.shape)
    for n, c, i, j in np.ndindex(*dY.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        window = X[n, c, rows, columns]
        dX[n, c, rows, columns] += (
            dY[n, c, i, j] * (window == window.max()) / (window == window.max()).sum()
        )
    return dX


# %% wrong: the last of the equal ones
# message: last of several
def max_pool_backward(dY, X, size, stride):
    dX = np.zeros(X.shape)
    for n, c, i, j in np.ndindex(*dY.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        window = X[n, c, rows, columns]
        turned = window[::-1, ::-1]
        at = np.unravel_index(turned.argmax(), turned.shape)
        dX[n, c, rows, columns][::-1, ::-1][at] += dY[n, c, i, j]
    return dX


# %% wrong: average pooling
# message: average pooling
def max_pool_backward(dY, X, size, stride):
    dX = np.zeros(X.shape)
    for n, c, i, j in np.ndindex(*dY.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        window = X[n, c, rows, columns]
        dX[n, c, rows, columns] += dY[n, c, i, j] * np.full(
            window.shape, 1 / window.size
        )
    return dX


# %% wrong: everybody
# message: every entry gets the whole
def max_pool_backward(dY, X, size, stride):
    dX = np.zeros(X.shape)
    for n, c, i, j in np.ndindex(*dY.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        window = X[n, c, rows, columns]
        dX[n, c, rows, columns] += dY[n, c, i, j] * np.ones(window.shape)
    return dX


# %% wrong: overwritten
# message: keeps only the last
def max_pool_backward(dY, X, size, stride):
    dX = np.zeros(X.shape)
    for n, c, i, j in np.ndindex(*dY.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        window = X[n, c, rows, columns]
        at = np.unravel_index(window.argmax(), window.shape)
        dX[n, c, rows, columns][at] = dY[n, c, i, j]
    return dX


# %% wrong: ones
# message: get 1 instead
def max_pool_backward(dY, X, size, stride):
    dX = np.zeros(X.shape)
    for n, c, i, j in np.ndindex(*dY.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        window = X[n, c, rows, columns]
        at = np.unravel_index(window.argmax(), window.shape)
        dX[n, c, rows, columns][at] += 1
    return dX


# %% wrong: the smallest
# message: smallest entry
def max_pool_backward(dY, X, size, stride):
    dX = np.zeros(X.shape)
    for n, c, i, j in np.ndindex(*dY.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        window = X[n, c, rows, columns]
        at = np.unravel_index(window.argmin(), window.shape)
        dX[n, c, rows, columns][at] += dY[n, c, i, j]
    return dX


# %% right: autograd
def max_pool_backward(dY, X, size, stride):
    leaf = torch.tensor(X, requires_grad=True)
    torch.nn.functional.max_pool2d(leaf, size, stride).backward(torch.tensor(dY))
    return leaf.grad


# %% right: all images at once
def max_pool_backward(dY, X, size, stride):
    dX = np.zeros(X.shape)
    N, C, M, Q = dY.shape
    n, c = np.ogrid[:N, :C]
    for i, j in np.ndindex(M, Q):
        top, left = i * stride, j * stride
        window = X[:, :, top : top + size, left : left + size].reshape(N, C, -1)
        row, column = divmod(window.argmax(axis=2), size)
        dX[n, c, top + row, left + column] += dY[:, :, i, j]
    return dX
