# %% wrong: the last window wins
# message: keeps the last gradient
def conv_backward(dY, X, W, stride, padding):
    P, S = padding, stride
    wide = np.pad(X, ((0, 0), (0, 0), (P, P), (P, P)))
    dwide, dW = np.zeros(wide.shape), np.zeros(W.shape)
    F, G = W.shape[2:]
    for i, j in np.ndindex(*dY.shape[2:]):
        place = (
            slice(None),
            slice(None),
            slice(i * S, i * S + F),
            slice(j * S, j * S + G),
        )
        dW += np.einsum("nk,ncmo->kcmo", dY[:, :, i, j], wide[place])
        dwide[place] = np.einsum("nk,kcmo->ncmo", dY[:, :, i, j], W)
    H, width = X.shape[2:]
    return dwide[:, :, P : P + H, P : P + width], dW, dY.sum(axis=(0, 2, 3))


# %% wrong: spread with the flipped kernel
# message: with the flipped kernel
def conv_backward(dY, X, W, stride, padding):
    P, S = padding, stride
    wide = np.pad(X, ((0, 0), (0, 0), (P, P), (P, P)))
    dwide, dW = np.zeros(wide.shape), np.zeros(W.shape)
    F, G = W.shape[2:]
    for i, j in np.ndindex(*dY.shape[2:]):
        place = (
            slice(None),
            slice(None),
            slice(i * S, i * S + F),
            slice(j * S, j * S + G),
        )
        dW += np.einsum("nk,ncmo->kcmo", dY[:, :, i, j], wide[place])
        dwide[place] += np.einsum("nk,kcmo->ncmo", dY[:, :, i, j], W[:, :, ::-1, ::-1])
    H, width = X.shape[2:]
    return dwide[:, :, P : P + H, P : P + width], dW, dY.sum(axis=(0, 2, 3))


# %% wrong: dW is flipped
# message: gradient of the weights is flipped
def conv_backward(dY, X, W, stride, padding):
    P, S = padding, stride
    wide = np.pad(X, ((0, 0), (0, 0), (P, P), (P, P)))
    dwide, dW = np.zeros(wide.shape), np.zeros(W.shape)
    F, G = W.shape[2:]
    for i, j in np.ndindex(*dY.shape[2:]):
        place = (
            slice(None),
            slice(None),
            slice(i * S, i * S + F),
            slice(j * S, j * S + G),
        )
        dW += np.einsum("nk,ncmo->kcmo", dY[:, :, i, j], wide[place])
        dwide[place] += np.einsum("nk,kcmo->ncmo", dY[:, :, i, j], W)
    H, width = X.shape[2:]
    return (
        dwide[:, :, P : P + H, P : P + width],
        dW[:, :, ::-1, ::-1],
        dY.sum(axis=(0, 2, 3)),
    )


# %% wrong: mean over the images
# message: divided by the number
def conv_backward(dY, X, W, stride, padding):
    P, S = padding, stride
    wide = np.pad(X, ((0, 0), (0, 0), (P, P), (P, P)))
    dwide, dW = np.zeros(wide.shape), np.zeros(W.shape)
    F, G = W.shape[2:]
    for i, j in np.ndindex(*dY.shape[2:]):
        place = (
            slice(None),
            slice(None),
            slice(i * S, i * S + F),
            slice(j * S, j * S + G),
        )
        dW += np.einsum("nk,ncmo->kcmo", dY[:, :, i, j], wide[place])
        dwide[place] += np.einsum("nk,kcmo->ncmo", dY[:, :, i, j], W)
    H, width = X.shape[2:]
    return (
        dwide[:, :, P : P + H, P : P + width],
        dW / len(X),
        dY.sum(axis=(0, 2, 3)) / len(X),
    )


# %% wrong: db is a mean
# message: db is a mean
def conv_backward(dY, X, W, stride, padding):
    P, S = padding, stride
    wide = np.pad(X, ((0, 0), (0, 0), (P, P), (P, P)))
    dwide, dW = np.zeros(wide.shape), np.zeros(W.shape)
    F, G = W.shape[2:]
    for i, j in np.ndindex(*dY.shape[2:]):
        place = (
            slice(None),
            slice(None),
            slice(i * S, i * S + F),
            slice(j * S, j * S + G),
        )
        dW += np.einsum("nk,ncmo->kcmo", dY[:, :, i, j], wide[place])
        dwide[place] += np.einsum("nk,kcmo->ncmo", dY[:, :, i, j], W)
    H, width = X.shape[2:]
    return dwide[:, :, P : P + H, P : P + width], dW, dY.mean(axis=(0, 2, 3))


# %% wrong: the padding stays
# message: not cut off
def conv_backward(dY, X, W, stride, padding):
    P, S = padding, stride
    wide = np.pad(X, ((0, 0), (0, 0), (P, P), (P, P)))
    dwide, dW = np.zeros(wide.shape), np.zeros(W.shape)
    F, G = W.shape[2:]
    for i, j in np.ndindex(*dY.shape[2:]):
        place = (
            slice(None),
            slice(None),
            slice(i * S, i * S + F),
            slice(j * S, j * S + G),
        )
        dW += np.einsum("nk,ncmo->kcmo", dY[:, :, i, j], wide[place])
        dwide[place] += np.einsum("nk,kcmo->ncmo", dY[:, :, i, j], W)
    H, width = X.shape[2:]
    return dwide, dW, dY.sum(axis=(0, 2, 3))


# %% wrong: cut at the end
# message: at the end instead
def conv_backward(dY, X, W, stride, padding):
    P, S = padding, stride
    wide = np.pad(X, ((0, 0), (0, 0), (P, P), (P, P)))
    dwide, dW = np.zeros(wide.shape), np.zeros(W.shape)
    F, G = W.shape[2:]
    for i, j in np.ndindex(*dY.shape[2:]):
        place = (
            slice(None),
            slice(None),
            slice(i * S, i * S + F),
            slice(j * S, j * S + G),
        )
        dW += np.einsum("nk,ncmo->kcmo", dY[:, :, i, j], wide[place])
        dwide[place] += np.einsum("nk,kcmo->ncmo", dY[:, :, i, j], W)
    H, width = X.shape[2:]
    return dwide[:, :, :H, :width], dW, dY.sum(axis=(0, 2, 3))


# %% right: window by window
def conv_backward(dY, X, W, stride, padding):
    P, S = padding, stride
    wide = np.pad(X, ((0, 0), (0, 0), (P, P), (P, P)))
    dwide, dW = np.zeros(wide.shape), np.zeros(W.shape)
    F, G = W.shape[2:]
    for i, j in np.ndindex(*dY.shape[2:]):
        place = (
            slice(None),
            slice(None),
            slice(i * S, i * S + F),
            slice(j * S, j * S + G),
        )
        dW += np.einsum("nk,ncmo->kcmo", dY[:, :, i, j], wide[place])
        dwide[place] += np.einsum("nk,kcmo->ncmo", dY[:, :, i, j], W)
    H, width = X.shape[2:]
    return dwide[:, :, P : P + H, P : P + width], dW, dY.sum(axis=(0, 2, 3))


# %% right: autograd
def conv_backward(dY, X, W, stride, padding):
    leaves = [torch.tensor(v, requires_grad=True) for v in (X, W)]
    b = torch.zeros(len(W), dtype=torch.float64, requires_grad=True)
    Y = torch.nn.functional.conv2d(*leaves, b, stride, padding)
    return torch.autograd.grad(Y, [*leaves, b], torch.tensor(dY))


# %% right: a transposed convolution
def conv_backward(dY, X, W, stride, padding):
    dY, X, W = (torch.tensor(v) for v in (dY, X, W))
    P, S = padding, stride
    rest = [(n + 2 * P - f) % S for n, f in zip(X.shape[2:], W.shape[2:])]
    dX = torch.nn.functional.conv_transpose2d(dY, W, stride=S)
    dX = torch.nn.functional.pad(dX, (0, rest[1], 0, rest[0]))
    dX = dX[:, :, P : P + X.shape[2], P : P + X.shape[3]]
    columns = torch.nn.functional.unfold(X, W.shape[2:], padding=P, stride=S)
    dW = torch.einsum("nkl,nfl->kf", dY.flatten(2), columns).reshape(W.shape)
    return dX, dW, dY.sum((0, 2, 3))
