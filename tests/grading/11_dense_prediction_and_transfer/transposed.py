# %% wrong: the kernel is flipped
# message: the stamp is flipped
def transposed_convolution(Y, K, stride, padding):
    (M, Q), F, S, P = Y.shape, len(K), stride, padding
    out = np.zeros(((M - 1) * S + F, (Q - 1) * S + F))
    counts = np.zeros(out.shape)
    for i, j in np.ndindex(M, Q):
        out[i * S : i * S + F, j * S : j * S + F] += Y[i, j] * K[::-1, ::-1]
        counts[i * S : i * S + F, j * S : j * S + F] += 1
    H, V = out.shape
    return out[P : H - P, P : V - P], counts[P : H - P, P : V - P]


# %% wrong: overwritten
# message: a stamp overwrites the one below instead of being added
def transposed_convolution(Y, K, stride, padding):
    (M, Q), F, S, P = Y.shape, len(K), stride, padding
    out = np.zeros(((M - 1) * S + F, (Q - 1) * S + F))
    counts = np.zeros(out.shape)
    for i, j in np.ndindex(M, Q):
        out[i * S : i * S + F, j * S : j * S + F] = Y[i, j] * K
        counts[i * S : i * S + F, j * S : j * S + F] += 1
    H, V = out.shape
    return out[P : H - P, P : V - P], counts[P : H - P, P : V - P]


# %% wrong: averaged
# message: overlapping stamps are averaged
def transposed_convolution(Y, K, stride, padding):
    (M, Q), F, S, P = Y.shape, len(K), stride, padding
    out = np.zeros(((M - 1) * S + F, (Q - 1) * S + F))
    counts = np.zeros(out.shape)
    for i, j in np.ndindex(M, Q):
        out[i * S : i * S + F, j * S : j * S + F] += Y[i, j] * K
        counts[i * S : i * S + F, j * S : j * S + F] += 1
    H, V = out.shape
    out = out / np.maximum(counts, 1)
    return out[P : H - P, P : V - P], counts[P : H - P, P : V - P]


# %% wrong: rows and columns exchanged
# message: the stamp is transposed
def transposed_convolution(Y, K, stride, padding):
    (M, Q), F, S, P = Y.shape, len(K), stride, padding
    out = np.zeros(((M - 1) * S + F, (Q - 1) * S + F))
    counts = np.zeros(out.shape)
    for i, j in np.ndindex(M, Q):
        out[i * S : i * S + F, j * S : j * S + F] += Y[i, j] * K.T
        counts[i * S : i * S + F, j * S : j * S + F] += 1
    H, V = out.shape
    return out[P : H - P, P : V - P], counts[P : H - P, P : V - P]


# %% wrong: cut at the end only
# message: 2P rows and columns are cut off at the end, not P at every side
def transposed_convolution(Y, K, stride, padding):
    (M, Q), F, S, P = Y.shape, len(K), stride, padding
    out = np.zeros(((M - 1) * S + F, (Q - 1) * S + F))
    counts = np.zeros(out.shape)
    for i, j in np.ndindex(M, Q):
        out[i * S : i * S + F, j * S : j * S + F] += Y[i, j] * K
        counts[i * S : i * S + F, j * S : j * S + F] += 1
    H, V = out.shape
    return out[: H - 2 * P, : V - 2 * P], counts[: H - 2 * P, : V - 2 * P]


# %% wrong: padding is added
# message: wrong shape
def transposed_convolution(Y, K, stride, padding):
    (M, Q), F, S, P = Y.shape, len(K), stride, padding
    out = np.zeros(((M - 1) * S + F, (Q - 1) * S + F))
    counts = np.zeros(out.shape)
    for i, j in np.ndindex(M, Q):
        out[i * S : i * S + F, j * S : j * S + F] += Y[i, j] * K
        counts[i * S : i * S + F, j * S : j * S + F] += 1
    H, V = out.shape
    return np.pad(out, P), np.pad(counts, P)


# %% wrong: the size of the stride alone
# message: wrong shape
def transposed_convolution(Y, K, stride, padding):
    (M, Q), F, S, P = Y.shape, len(K), stride, padding
    out = np.zeros(((M - 1) * S + F, (Q - 1) * S + F))
    counts = np.zeros(out.shape)
    for i, j in np.ndindex(M, Q):
        out[i * S : i * S + F, j * S : j * S + F] += Y[i, j] * K
        counts[i * S : i * S + F, j * S : j * S + F] += 1
    out, counts = out[: M * S, : Q * S], counts[: M * S, : Q * S]
    H, V = out.shape
    return out[P : H - P, P : V - P], counts[P : H - P, P : V - P]


# %% wrong: where there is a stamp
# message: the second result says whether there is a stamp, not how many
def transposed_convolution(Y, K, stride, padding):
    (M, Q), F, S, P = Y.shape, len(K), stride, padding
    out = np.zeros(((M - 1) * S + F, (Q - 1) * S + F))
    counts = np.zeros(out.shape)
    for i, j in np.ndindex(M, Q):
        out[i * S : i * S + F, j * S : j * S + F] += Y[i, j] * K
        counts[i * S : i * S + F, j * S : j * S + F] = 1
    H, V = out.shape
    return out[P : H - P, P : V - P], counts[P : H - P, P : V - P]


# %% right: zeros between the pixels, then a convolution
def transposed_convolution(Y, K, stride, padding):
    def stamped(Y, K):
        M, Q = Y.shape
        wide = np.zeros(((M - 1) * stride + 1, (Q - 1) * stride + 1))
        wide[::stride, ::stride] = Y
        wide = np.pad(wide, len(K) - 1)
        windows = np.lib.stride_tricks.sliding_window_view(wide, K.shape)
        full = np.einsum("ijmo,mo->ij", windows, K[::-1, ::-1])
        return full[padding : len(full) - padding, padding : full.shape[1] - padding]

    return stamped(Y, K), stamped(np.ones(Y.shape), np.ones(K.shape))


# %% right: the gradient of the convolution, in torch
def transposed_convolution(Y, K, stride, padding):
    (M, Q), F = Y.shape, len(K)
    sizes = [(n - 1) * stride + F - 2 * padding for n in (M, Q)]

    def gradient(Y, K):
        x = torch.zeros(1, 1, *sizes, dtype=torch.float64, requires_grad=True)
        k = torch.tensor(K)[None, None]
        out = torch.nn.functional.conv2d(x, k, stride=stride, padding=padding)
        return torch.autograd.grad(out, x, torch.tensor(Y)[None, None])[0][0, 0]

    return gradient(Y, K), gradient(np.ones((M, Q)), np.ones((F, F)))
