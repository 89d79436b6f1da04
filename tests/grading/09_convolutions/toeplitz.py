# %% wrong: flipped
# message: kernel is flipped
def convolution_matrix(k, N, stride, padding):
    F, wide = len(k), N + 2 * padding
    T = np.zeros(((wide - F) // stride + 1, wide))
    for t in range(len(T)):
        T[t, t * stride : t * stride + F] = k[::-1]
    return T[:, padding : padding + N]


# %% wrong: stride 1
# message: stride is ignored
def convolution_matrix(k, N, stride, padding):
    F, wide = len(k), N + 2 * padding
    T = np.zeros((wide - F + 1, wide))
    for t in range(len(T)):
        T[t, t : t + F] = k
    return T[:, padding : padding + N]


# %% wrong: too wide
# message: columns of the padding are kept
def convolution_matrix(k, N, stride, padding):
    F, wide = len(k), N + 2 * padding
    T = np.zeros(((wide - F) // stride + 1, wide))
    for t in range(len(T)):
        T[t, t * stride : t * stride + F] = k
    return T


# %% wrong: columns instead of rows
# message: transposed
def convolution_matrix(k, N, stride, padding):
    F, wide = len(k), N + 2 * padding
    T = np.zeros(((wide - F) // stride + 1, wide))
    for t in range(len(T)):
        T[t, t * stride : t * stride + F] = k
    return T[:, padding : padding + N].T


# %% wrong: circulant
# message: goes around
def convolution_matrix(k, N, stride, padding):
    rows = (N + 2 * padding - len(k)) // stride + 1
    T = np.zeros((rows, N))
    for t in range(rows):
        for m in range(len(k)):
            T[t, (t * stride + m - padding) % N] += k[m]
    return T


# %% wrong: cut at the end
# message: at the end only
def convolution_matrix(k, N, stride, padding):
    F, wide = len(k), N + 2 * padding
    T = np.zeros(((wide - F) // stride + 1, wide))
    for t in range(len(T)):
        T[t, t * stride : t * stride + F] = k
    return T[:, :N]


# %% wrong: no padding
# message: padding is left out
def convolution_matrix(k, N, stride, padding):
    T = np.zeros(((N - len(k)) // stride + 1, N))
    for t in range(len(T)):
        T[t, t * stride : t * stride + len(k)] = k
    return T


# %% right: entry by entry
def convolution_matrix(k, N, stride, padding):
    rows = (N + 2 * padding - len(k)) // stride + 1
    place = np.arange(N) + padding - stride * np.arange(rows)[:, None]
    inside = (place >= 0) & (place < len(k))
    return np.where(inside, np.asarray(k)[np.clip(place, 0, len(k) - 1)], 0.0)


# %% right: the layer on unit vectors
def convolution_matrix(k, N, stride, padding):
    ones = torch.eye(N, dtype=torch.float64)[:, None]
    kernel = torch.tensor(k)[None, None]
    out = torch.nn.functional.conv1d(ones, kernel, stride=stride, padding=padding)
    return out[:, 0].T
