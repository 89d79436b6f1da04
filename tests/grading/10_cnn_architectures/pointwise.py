# %% wrong: no bias
# message: bias is left out
def pointwise(x, W, b, dy):
    y = np.einsum("nchw,kc->nkhw", x, W)
    dx = np.einsum("nkhw,kc->nchw", dy, W)
    dW = np.einsum("nkhw,nchw->kc", dy, x)
    db = dy.sum(axis=(0, 2, 3))
    return y, dx, dW, db


# %% wrong: mean over images
# message: averaged over the images
def pointwise(x, W, b, dy):
    y = np.einsum("nchw,kc->nkhw", x, W) + b[:, None, None]
    dx = np.einsum("nkhw,kc->nchw", dy, W)
    dW = np.einsum("nkhw,nchw->kc", dy, x)
    db = dy.sum(axis=(0, 2, 3))
    return y, dx, dW / len(x), db / len(x)


# %% wrong: mean over pixels
# message: averaged over the pixels
def pointwise(x, W, b, dy):
    y = np.einsum("nchw,kc->nkhw", x, W) + b[:, None, None]
    dx = np.einsum("nkhw,kc->nchw", dy, W)
    dW = np.einsum("nkhw,nchw->kc", dy, x)
    db = dy.sum(axis=(0, 2, 3))
    n = dy[:, 0].size
    return y, dx, dW / n, db / n


# %% wrong: one bias gradient a sample
# message: wrong shape
def pointwise(x, W, b, dy):
    y = np.einsum("nchw,kc->nkhw", x, W) + b[:, None, None]
    dx = np.einsum("nkhw,kc->nchw", dy, W)
    dW = np.einsum("nkhw,nchw->kc", dy, x)
    db = dy.sum(axis=(2, 3))
    return y, dx, dW, db


# %% wrong: mean gradient of the bias
# message: mean and not a sum
def pointwise(x, W, b, dy):
    y = np.einsum("nchw,kc->nkhw", x, W) + b[:, None, None]
    dx = np.einsum("nkhw,kc->nchw", dy, W)
    dW = np.einsum("nkhw,nchw->kc", dy, x)
    db = dy.mean(axis=(0, 2, 3))
    return y, dx, dW, db


# %% wrong: dW transposed
# message: wrong shape
def pointwise(x, W, b, dy):
    y = np.einsum("nchw,kc->nkhw", x, W) + b[:, None, None]
    dx = np.einsum("nkhw,kc->nchw", dy, W)
    dW = np.einsum("nkhw,nchw->ck", dy, x)
    db = dy.sum(axis=(0, 2, 3))
    return y, dx, dW, db


# %% wrong: first image only
# message: that of the first image
def pointwise(x, W, b, dy):
    y = np.einsum("nchw,kc->nkhw", x, W) + b[:, None, None]
    dx = np.einsum("nkhw,kc->nchw", dy, W)
    dW = np.einsum("khw,chw->kc", dy[0], x[0])
    db = dy.sum(axis=(0, 2, 3))
    return y, dx, dW, db


# %% wrong: inverse instead of transpose
# message: uses the inverse
def pointwise(x, W, b, dy):
    y = np.einsum("nchw,kc->nkhw", x, W) + b[:, None, None]
    dx = np.einsum("nkhw,kc->nchw", dy, np.linalg.pinv(W).T)
    dW = np.einsum("nkhw,nchw->kc", dy, x)
    db = dy.sum(axis=(0, 2, 3))
    return y, dx, dW, db


# %% right: a dense layer on rows of pixels
def pointwise(x, W, b, dy):
    def rows(maps):
        return np.moveaxis(maps, 1, -1).reshape(-1, maps.shape[1])

    def maps(pixels, like):
        N, _, H, wide = like.shape
        return np.moveaxis(pixels.reshape(N, H, wide, -1), -1, 1)

    X, dY = rows(x), rows(dy)
    return maps(X @ W.T + b, x), maps(dY @ W, x), dY.T @ X, dY.sum(axis=0)


# %% right: autograd
def pointwise(x, W, b, dy):
    leaves = [torch.tensor(part, requires_grad=True) for part in (x, W, b)]
    y = (leaves[1] @ leaves[0].flatten(2) + leaves[2][:, None]).reshape(dy.shape)
    y.backward(torch.tensor(dy))
    return [y.detach(), *(leaf.grad for leaf in leaves)]
