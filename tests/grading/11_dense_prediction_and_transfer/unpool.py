# %% wrong: nearest neighbor
# message: the value is copied to all four places
def unpool(values, X):
    return values.repeat(2, axis=2).repeat(2, axis=3)


# %% wrong: bed of nails
# message: every value goes to the upper left corner of its window
def unpool(values, X):
    out = np.zeros(X.shape)
    out[:, :, ::2, ::2] = values
    return out


# %% wrong: shared among four
# message: the value is divided among four places, as by average pooling
def unpool(values, X):
    return values.repeat(2, axis=2).repeat(2, axis=3) / 4


# %% wrong: the last of a tie
# message: the last maximum of a tie is taken instead of the first
def unpool(values, X):
    N, C, H, W = X.shape
    blocks = X.reshape(N, C, H // 2, 2, W // 2, 2).transpose(0, 1, 2, 4, 3, 5)
    winner = blocks.reshape(N, C, H // 2, W // 2, 4)[..., ::-1].argmax(axis=-1)
    winner = 3 - winner
    out = np.zeros((N, C, H // 2, W // 2, 4))
    np.put_along_axis(out, winner[..., None], values[..., None], axis=-1)
    out = out.reshape(N, C, H // 2, W // 2, 2, 2).transpose(0, 1, 2, 4, 3, 5)
    return out.reshape(N, C, H, W)


# %% wrong: all of a tie
# message: all maxima of a tie get the value
def unpool(values, X):
    N, C, H, W = X.shape
    top = X.reshape(N, C, H // 2, 2, W // 2, 2).max(axis=(3, 5))
    wide = top.repeat(2, axis=2).repeat(2, axis=3)
    return np.where(X == wide, values.repeat(2, axis=2).repeat(2, axis=3), 0)


# %% wrong: the old maximum
# message: the maximum of X is put back and not the new value
def unpool(values, X):
    N, C, H, W = X.shape
    blocks = X.reshape(N, C, H // 2, 2, W // 2, 2).transpose(0, 1, 2, 4, 3, 5)
    winner = blocks.reshape(N, C, H // 2, W // 2, 4).argmax(axis=-1)
    out = np.zeros((N, C, H // 2, W // 2, 4))
    np.put_along_axis(
        out,
        winner[..., None],
        blocks.reshape(N, C, H // 2, W // 2, 4).max(axis=-1)[..., None],
        axis=-1,
    )
    out = out.reshape(N, C, H // 2, W // 2, 2, 2).transpose(0, 1, 2, 4, 3, 5)
    return out.reshape(N, C, H, W)


# %% wrong: columns before rows
# message: ties are broken column by column
def unpool(values, X):
    N, C, H, W = X.shape
    blocks = X.reshape(N, C, H // 2, 2, W // 2, 2).transpose(0, 1, 2, 4, 5, 3)
    winner = blocks.reshape(N, C, H // 2, W // 2, 4).argmax(axis=-1)
    out = np.zeros((N, C, H // 2, W // 2, 4))
    np.put_along_axis(out, winner[..., None], values[..., None], axis=-1)
    out = out.reshape(N, C, H // 2, W // 2, 2, 2).transpose(0, 1, 2, 5, 3, 4)
    return out.reshape(N, C, H, W)


# %% right: torch's layers
def unpool(values, X):
    pool = torch.nn.MaxPool2d(2, return_indices=True)
    _, places = pool(torch.tensor(X))
    return torch.nn.MaxUnpool2d(2)(torch.tensor(values), places)


# %% right: loops
def unpool(values, X):
    out = np.zeros_like(X)
    for n, c, i, j in np.ndindex(*values.shape):
        window = X[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        row, column = divmod(int(window.argmax()), 2)
        out[n, c, 2 * i + row, 2 * j + column] = values[n, c, i, j]
    return out
