# %% wrong: flipped
# message: kernel is flipped
def conv_forward(X, W, b, stride, padding, dilation):
    X = np.pad(X, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    K, C, F, G = W.shape
    M = (X.shape[2] - dilation * (F - 1) - 1) // stride + 1
    Q = (X.shape[3] - dilation * (G - 1) - 1) // stride + 1
    Y = np.zeros((len(X), K, M, Q))
    for i, j in np.ndindex(M, Q):
        down = slice(i * stride, i * stride + dilation * (F - 1) + 1, dilation)
        right = slice(j * stride, j * stride + dilation * (G - 1) + 1, dilation)
        Y[:, :, i, j] = (
            np.einsum("ncmo,kcmo->nk", X[:, :, down, right], W[:, :, ::-1, ::-1]) + b
        )
    return Y


# %% wrong: rows and columns exchanged
# message: rows and columns
def conv_forward(X, W, b, stride, padding, dilation):
    X, W, b = (torch.tensor(v) for v in (X, W, b))
    settings = dict(stride=stride, padding=padding, dilation=dilation)
    return torch.nn.functional.conv2d(X, W.transpose(2, 3), b, **settings)


# %% wrong: no bias
# message: bias is left out
def conv_forward(X, W, b, stride, padding, dilation):
    X = np.pad(X, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    K, C, F, G = W.shape
    M = (X.shape[2] - dilation * (F - 1) - 1) // stride + 1
    Q = (X.shape[3] - dilation * (G - 1) - 1) // stride + 1
    Y = np.zeros((len(X), K, M, Q))
    for i, j in np.ndindex(M, Q):
        down = slice(i * stride, i * stride + dilation * (F - 1) + 1, dilation)
        right = slice(j * stride, j * stride + dilation * (G - 1) + 1, dilation)
        Y[:, :, i, j] = np.einsum("ncmo,kcmo->nk", X[:, :, down, right], W)
    return Y


# %% wrong: a bias for each channel
# message: for each channel
def conv_forward(X, W, b, stride, padding, dilation):
    X, W, b = (torch.tensor(v) for v in (X, W, b))
    settings = dict(stride=stride, padding=padding, dilation=dilation)
    return torch.nn.functional.conv2d(X, W, W.shape[1] * b, **settings)


# %% wrong: one channel
# message: only the first channel
def conv_forward(X, W, b, stride, padding, dilation):
    X, W, b = (torch.tensor(v) for v in (X, W, b))
    settings = dict(stride=stride, padding=padding, dilation=dilation)
    return torch.nn.functional.conv2d(X[:, :1], W[:, :1], b, **settings)


# %% wrong: no stride
# message: stride is ignored
def conv_forward(X, W, b, stride, padding, dilation):
    X, W, b = (torch.tensor(v) for v in (X, W, b))
    settings = dict(stride=1, padding=padding, dilation=dilation)
    return torch.nn.functional.conv2d(X, W, b, **settings)


# %% wrong: no padding
# message: padding is ignored
def conv_forward(X, W, b, stride, padding, dilation):
    X, W, b = (torch.tensor(v) for v in (X, W, b))
    settings = dict(stride=stride, padding=0, dilation=dilation)
    return torch.nn.functional.conv2d(X, W, b, **settings)


# %% wrong: no dilation
# message: dilation is ignored
def conv_forward(X, W, b, stride, padding, dilation):
    X, W, b = (torch.tensor(v) for v in (X, W, b))
    settings = dict(stride=stride, padding=padding, dilation=1)
    return torch.nn.functional.conv2d(X, W, b, **settings)


# %% wrong: zeros below and at the right
# message: two sides only
def conv_forward(X, W, b, stride, padding, dilation):
    X = np.pad(X, ((0, 0), (0, 0), (0, padding), (0, padding)))
    K, C, F, G = W.shape
    M = (X.shape[2] - dilation * (F - 1) - 1) // stride + 1
    Q = (X.shape[3] - dilation * (G - 1) - 1) // stride + 1
    Y = np.zeros((len(X), K, M, Q))
    for i, j in np.ndindex(M, Q):
        down = slice(i * stride, i * stride + dilation * (F - 1) + 1, dilation)
        right = slice(j * stride, j * stride + dilation * (G - 1) + 1, dilation)
        Y[:, :, i, j] = np.einsum("ncmo,kcmo->nk", X[:, :, down, right], W) + b
    return Y


# %% wrong: the border is repeated
# message: border is repeated
def conv_forward(X, W, b, stride, padding, dilation):
    X = np.pad(X, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), mode="edge")
    K, C, F, G = W.shape
    M = (X.shape[2] - dilation * (F - 1) - 1) // stride + 1
    Q = (X.shape[3] - dilation * (G - 1) - 1) // stride + 1
    Y = np.zeros((len(X), K, M, Q))
    for i, j in np.ndindex(M, Q):
        down = slice(i * stride, i * stride + dilation * (F - 1) + 1, dilation)
        right = slice(j * stride, j * stride + dilation * (G - 1) + 1, dilation)
        Y[:, :, i, j] = np.einsum("ncmo,kcmo->nk", X[:, :, down, right], W) + b
    return Y


# %% right: window by window
def conv_forward(X, W, b, stride, padding, dilation):
    X = np.pad(X, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    K, C, F, G = W.shape
    M = (X.shape[2] - dilation * (F - 1) - 1) // stride + 1
    Q = (X.shape[3] - dilation * (G - 1) - 1) // stride + 1
    Y = np.zeros((len(X), K, M, Q))
    for i, j in np.ndindex(M, Q):
        down = slice(i * stride, i * stride + dilation * (F - 1) + 1, dilation)
        right = slice(j * stride, j * stride + dilation * (G - 1) + 1, dilation)
        Y[:, :, i, j] = np.einsum("ncmo,kcmo->nk", X[:, :, down, right], W) + b
    return Y


# %% right: torch's unfold and one matrix product
def conv_forward(X, W, b, stride, padding, dilation):
    X, W, b = (torch.tensor(v) for v in (X, W, b))
    K, C, F, G = W.shape
    columns = torch.nn.functional.unfold(X, (F, G), dilation, padding, stride)
    Y = W.reshape(K, -1) @ columns + b[:, None]
    rows = (X.shape[2] + 2 * padding - dilation * (F - 1) - 1) // stride + 1
    return Y.reshape(len(X), K, rows, -1)


# %% right: the layer of torch
def conv_forward(X, W, b, stride, padding, dilation):
    X, W, b = (torch.tensor(v) for v in (X, W, b))
    settings = dict(stride=stride, padding=padding, dilation=dilation)
    return torch.nn.functional.conv2d(X, W, b, **settings)
