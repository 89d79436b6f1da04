# %% wrong: clockwise
# message: clockwise
def rotate(x, places):
    d = x.shape[1]
    angles = np.asarray(places)[:, None] / 10000 ** (np.arange(0, d, 2) / d)
    out = np.empty_like(x, dtype=float)
    out[:, 0::2] = np.cos(angles) * x[:, 0::2] + np.sin(angles) * x[:, 1::2]
    out[:, 1::2] = -np.sin(angles) * x[:, 0::2] + np.cos(angles) * x[:, 1::2]
    return out


# %% wrong: halves
# message: i + d/2
def rotate(x, places):
    d = x.shape[1]
    angles = np.asarray(places)[:, None] / 10000 ** (np.arange(0, d, 2) / d)
    out = np.empty_like(x, dtype=float)
    out[:, : d // 2] = np.cos(angles) * x[:, : d // 2] - np.sin(angles) * x[:, d // 2 :]
    out[:, d // 2 :] = np.sin(angles) * x[:, : d // 2] + np.cos(angles) * x[:, d // 2 :]
    return out


# %% wrong: exponent i/d
# message: i/d instead of 2i/d
def rotate(x, places):
    d = x.shape[1]
    angles = np.asarray(places)[:, None] / 10000 ** (np.arange(d // 2) / d)
    out = np.empty_like(x, dtype=float)
    out[:, 0::2] = np.cos(angles) * x[:, 0::2] - np.sin(angles) * x[:, 1::2]
    out[:, 1::2] = np.sin(angles) * x[:, 0::2] + np.cos(angles) * x[:, 1::2]
    return out


# %% wrong: one angle for all
# message: same angle
def rotate(x, places):
    d = x.shape[1]
    angles = np.asarray(places)[:, None] * np.ones(d // 2)
    out = np.empty_like(x, dtype=float)
    out[:, 0::2] = np.cos(angles) * x[:, 0::2] - np.sin(angles) * x[:, 1::2]
    out[:, 1::2] = np.sin(angles) * x[:, 0::2] + np.cos(angles) * x[:, 1::2]
    return out


# %% wrong: places ignored
# message: places are ignored
def rotate(x, places):
    d = x.shape[1]
    angles = np.arange(len(x))[:, None] / 10000 ** (np.arange(0, d, 2) / d)
    out = np.empty_like(x, dtype=float)
    out[:, 0::2] = np.cos(angles) * x[:, 0::2] - np.sin(angles) * x[:, 1::2]
    out[:, 1::2] = np.sin(angles) * x[:, 0::2] + np.cos(angles) * x[:, 1::2]
    return out


# %% wrong: new first coordinate used
# message: from the new first one
def rotate(x, places):
    d = x.shape[1]
    angles = np.asarray(places)[:, None] / 10000 ** (np.arange(0, d, 2) / d)
    out = np.empty_like(x, dtype=float)
    out[:, 0::2] = np.cos(angles) * x[:, 0::2] - np.sin(angles) * x[:, 1::2]
    out[:, 1::2] = np.sin(angles) * out[:, 0::2] + np.cos(angles) * x[:, 1::2]
    return out


# %% wrong: added
# message: are added
def rotate(x, places):
    d = x.shape[1]
    angles = np.asarray(places)[:, None] / 10000 ** (np.arange(0, d, 2) / d)
    return x + np.stack([np.sin(angles), np.cos(angles)], 2).reshape(x.shape)


# %% wrong: in place
# message: in place
def rotate(x, places):
    d = x.shape[1]
    angles = np.asarray(places)[:, None] / 10000 ** (np.arange(0, d, 2) / d)
    out = x
    x = x.copy()
    out[:, 0::2] = np.cos(angles) * x[:, 0::2] - np.sin(angles) * x[:, 1::2]
    out[:, 1::2] = np.sin(angles) * x[:, 0::2] + np.cos(angles) * x[:, 1::2]
    return out


# %% right: complex numbers
def rotate(x, places):
    d = x.shape[1]
    w = 10000.0 ** (-np.arange(0, d, 2) / d)
    z = (x[:, ::2] + 1j * x[:, 1::2]) * np.exp(1j * np.outer(places, w))
    return np.stack([z.real, z.imag], axis=-1).reshape(len(x), d)


# %% right: matrices, torch
def rotate(x, places):
    d, rows = x.shape[1], []
    for row, p in zip(torch.tensor(x), np.asarray(places)):
        turns = []
        for i in range(0, d, 2):
            a = torch.tensor(float(p) / 10000 ** (i / d), dtype=torch.float64)
            turns.append(torch.stack([a.cos(), -a.sin(), a.sin(), a.cos()]).view(2, 2))
        rows.append(torch.block_diag(*turns) @ row)
    return torch.stack(rows)
