# %% wrong: a true convolution
# message: kernel is flipped
def separable_conv(x, depthwise, pointwise):
    k, (H, W) = depthwise.shape[1], x.shape[2:]
    edge = k // 2
    padded = np.pad(x, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
    depthwise = depthwise[:, ::-1, ::-1]
    filtered = np.zeros_like(x)
    for i in range(k):
        for j in range(k):
            window = padded[:, :, i : i + H, j : j + W]
            filtered += window * depthwise[:, i, j, None, None]
    return np.einsum("nchw,kc->nkhw", filtered, pointwise)


# %% wrong: rows and columns exchanged
# message: rows and columns
def separable_conv(x, depthwise, pointwise):
    k, (H, W) = depthwise.shape[1], x.shape[2:]
    edge = k // 2
    padded = np.pad(x, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
    filtered = np.zeros_like(x)
    for i in range(k):
        for j in range(k):
            window = padded[:, :, i : i + H, j : j + W]
            filtered += window * depthwise[:, j, i, None, None]
    return np.einsum("nchw,kc->nkhw", filtered, pointwise)


# %% wrong: one kernel for all
# message: first kernel
def separable_conv(x, depthwise, pointwise):
    k, (H, W) = depthwise.shape[1], x.shape[2:]
    edge = k // 2
    padded = np.pad(x, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
    filtered = np.zeros_like(x)
    for i in range(k):
        for j in range(k):
            window = padded[:, :, i : i + H, j : j + W]
            filtered += window * depthwise[0, i, j]
    return np.einsum("nchw,kc->nkhw", filtered, pointwise)


# %% wrong: border repeated
# message: border is repeated
def separable_conv(x, depthwise, pointwise):
    k, (H, W) = depthwise.shape[1], x.shape[2:]
    edge = k // 2
    padded = np.pad(x, ((0, 0), (0, 0), (edge, edge), (edge, edge)), mode="edge")
    filtered = np.zeros_like(x)
    for i in range(k):
        for j in range(k):
            window = padded[:, :, i : i + H, j : j + W]
            filtered += window * depthwise[:, i, j, None, None]
    return np.einsum("nchw,kc->nkhw", filtered, pointwise)


# %% wrong: valid
# message: wrong shape
def separable_conv(x, depthwise, pointwise):
    k, (H, W) = depthwise.shape[1], x.shape[2:]
    H, W = H - k + 1, W - k + 1
    padded, filtered = x, np.zeros((*x.shape[:2], H, W))
    for i in range(k):
        for j in range(k):
            window = padded[:, :, i : i + H, j : j + W]
            filtered += window * depthwise[:, i, j, None, None]
    return np.einsum("nchw,kc->nkhw", filtered, pointwise)


# %% wrong: channels summed first
# message: summed before
def separable_conv(x, depthwise, pointwise):
    k, (H, W) = depthwise.shape[1], x.shape[2:]
    edge = k // 2
    padded = np.pad(x, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
    filtered = np.zeros_like(x)
    for i in range(k):
        for j in range(k):
            window = padded[:, :, i : i + H, j : j + W]
            filtered += window * depthwise[:, i, j, None, None]
    filtered = filtered + 0 * x
    filtered[:] = filtered.sum(axis=1, keepdims=True)
    return np.einsum("nchw,kc->nkhw", filtered, pointwise)


# %% wrong: a ReLU in between
# message: ReLU stands in between
def separable_conv(x, depthwise, pointwise):
    k, (H, W) = depthwise.shape[1], x.shape[2:]
    edge = k // 2
    padded = np.pad(x, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
    filtered = np.zeros_like(x)
    for i in range(k):
        for j in range(k):
            window = padded[:, :, i : i + H, j : j + W]
            filtered += window * depthwise[:, i, j, None, None]
    return np.einsum("nchw,kc->nkhw", np.maximum(filtered, 0), pointwise)


# %% wrong: depthwise only
def separable_conv(x, depthwise, pointwise):
    k, (H, W) = depthwise.shape[1], x.shape[2:]
    edge = k // 2
    padded = np.pad(x, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
    filtered = np.zeros_like(x)
    for i in range(k):
        for j in range(k):
            window = padded[:, :, i : i + H, j : j + W]
            filtered += window * depthwise[:, i, j, None, None]
    return filtered


# %% right: torch, unfolded windows
def separable_conv(x, depthwise, pointwise):
    N, C, H, W = x.shape
    k = depthwise.shape[1]
    columns = torch.nn.functional.unfold(torch.tensor(x), k, padding=k // 2)
    columns = columns.reshape(N, C, k * k, H * W)
    kernels = torch.tensor(depthwise.reshape(C, k * k))
    filtered = (columns * kernels[:, :, None]).sum(dim=2)
    return (torch.tensor(pointwise) @ filtered).reshape(N, -1, H, W)


# %% right: one full kernel for each pair of channels
def separable_conv(x, depthwise, pointwise):
    full = pointwise[:, :, None, None] * depthwise
    k, (H, W) = depthwise.shape[1], x.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (k // 2,) * 2, (k // 2,) * 2))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (k, k), axis=(2, 3))
    return np.einsum("nchwij,mcij->nmhw", windows, full)
