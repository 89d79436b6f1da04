# %% wrong: a true convolution
# message: the kernels are flipped: libraries do not flip them
def slide_dense(X, W, b):
    C = X.shape[1]
    F = round((W.shape[1] / C) ** 0.5)
    kernels = torch.tensor(W).reshape(len(W), C, F, F).flip(2, 3)
    return torch.nn.functional.conv2d(torch.tensor(X), kernels, torch.tensor(b))


# %% wrong: channels last
# message: the weights are unfolded in the order row, column, channel
def slide_dense(X, W, b):
    C = X.shape[1]
    F = round((W.shape[1] / C) ** 0.5)
    kernels = torch.tensor(W).reshape(len(W), F, F, C).permute(0, 3, 1, 2)
    return torch.nn.functional.conv2d(torch.tensor(X), kernels, torch.tensor(b))


# %% wrong: rows and columns exchanged
# message: rows and columns of the kernels are exchanged
def slide_dense(X, W, b):
    C = X.shape[1]
    F = round((W.shape[1] / C) ** 0.5)
    kernels = torch.tensor(W).reshape(len(W), C, F, F).transpose(2, 3)
    return torch.nn.functional.conv2d(torch.tensor(X), kernels, torch.tensor(b))


# %% wrong: no bias
# message: the bias is left out
def slide_dense(X, W, b):
    C = X.shape[1]
    F = round((W.shape[1] / C) ** 0.5)
    kernels = torch.tensor(W).reshape(len(W), C, F, F)
    return torch.nn.functional.conv2d(torch.tensor(X), kernels)


# %% wrong: windows side by side
# message: wrong shape
def slide_dense(X, W, b):
    C = X.shape[1]
    F = round((W.shape[1] / C) ** 0.5)
    kernels = torch.tensor(W).reshape(len(W), C, F, F)
    return torch.nn.functional.conv2d(
        torch.tensor(X), kernels, torch.tensor(b), stride=F
    )


# %% wrong: padded
# message: wrong shape
def slide_dense(X, W, b):
    C = X.shape[1]
    F = round((W.shape[1] / C) ** 0.5)
    kernels = torch.tensor(W).reshape(len(W), C, F, F)
    return torch.nn.functional.conv2d(
        torch.tensor(X), kernels, torch.tensor(b), padding=F // 2
    )


# %% wrong: one answer for the whole picture
# message: wrong shape
def slide_dense(X, W, b):
    C = X.shape[1]
    F = round((W.shape[1] / C) ** 0.5)
    kernels = torch.tensor(W).reshape(len(W), C, F, F)
    out = torch.nn.functional.conv2d(torch.tensor(X), kernels, torch.tensor(b))
    return out.mean(dim=(2, 3))


# %% right: windows in numpy
def slide_dense(X, W, b):
    C = X.shape[1]
    F = int(np.sqrt(W.shape[1] // C))
    windows = np.lib.stride_tricks.sliding_window_view(X, (F, F), axis=(2, 3))
    return (
        np.einsum("ncijmo,kcmo->nkij", windows, W.reshape(-1, C, F, F))
        + b[:, None, None]
    )


# %% right: unfold, then the dense layer itself
def slide_dense(X, W, b):
    N, C, H, V = X.shape
    F = next(f for f in range(1, H + 1) if C * f * f == W.shape[1])
    columns = torch.nn.functional.unfold(torch.tensor(X), F)
    out = torch.nn.functional.linear(
        columns.transpose(1, 2), torch.tensor(W), torch.tensor(b)
    )
    return out.transpose(1, 2).reshape(N, len(W), H - F + 1, V - F + 1)
