# %% wrong: from position 1
# message: counted from 1
def positions(length, D):
    angles = np.arange(1, length + 1)[:, None] / 10000 ** (np.arange(0, D, 2) / D)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, D)


def shift(k, D):
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        angle = k / 10000 ** (i / D)
        sine, cosine = np.sin(angle), np.cos(angle)
        R[i : i + 2, i : i + 2] = [[cosine, sine], [-sine, cosine]]
    return R


# %% wrong: exponent i/D
# message: i/D instead of 2i/D
def positions(length, D):
    angles = np.arange(length)[:, None] / 10000 ** (np.arange(D // 2) / D)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, D)


def shift(k, D):
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        angle = k / 10000 ** (i / D)
        sine, cosine = np.sin(angle), np.cos(angle)
        R[i : i + 2, i : i + 2] = [[cosine, sine], [-sine, cosine]]
    return R


# %% wrong: exponent doubled
# message: doubled once more
def positions(length, D):
    angles = np.arange(length)[:, None] / 10000 ** (2 * np.arange(0, D, 2) / D)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, D)


def shift(k, D):
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        angle = k / 10000 ** (i / D)
        sine, cosine = np.sin(angle), np.cos(angle)
        R[i : i + 2, i : i + 2] = [[cosine, sine], [-sine, cosine]]
    return R


# %% wrong: halves
# message: sines come first
def positions(length, D):
    angles = np.arange(length)[:, None] / 10000 ** (np.arange(0, D, 2) / D)
    return np.hstack([np.sin(angles), np.cos(angles)])


def shift(k, D):
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        angle = k / 10000 ** (i / D)
        sine, cosine = np.sin(angle), np.cos(angle)
        R[i : i + 2, i : i + 2] = [[cosine, sine], [-sine, cosine]]
    return R


# %% wrong: cosine first
# message: are exchanged
def positions(length, D):
    angles = np.arange(length)[:, None] / 10000 ** (np.arange(0, D, 2) / D)
    return np.stack([np.cos(angles), np.sin(angles)], axis=2).reshape(length, D)


def shift(k, D):
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        angle = k / 10000 ** (i / D)
        sine, cosine = np.sin(angle), np.cos(angle)
        R[i : i + 2, i : i + 2] = [[cosine, sine], [-sine, cosine]]
    return R


# %% wrong: no power
# message: not raised to a power
def positions(length, D):
    angles = np.arange(length)[:, None] / 10000 ** np.ones(D // 2)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, D)


def shift(k, D):
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        angle = k / 10000 ** (i / D)
        sine, cosine = np.sin(angle), np.cos(angle)
        R[i : i + 2, i : i + 2] = [[cosine, sine], [-sine, cosine]]
    return R


# %% wrong: multiplied
# message: multiplied by the power
def positions(length, D):
    angles = np.arange(length)[:, None] * 10000 ** (np.arange(0, D, 2) / D)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, D)


def shift(k, D):
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        angle = k / 10000 ** (i / D)
        sine, cosine = np.sin(angle), np.cos(angle)
        R[i : i + 2, i : i + 2] = [[cosine, sine], [-sine, cosine]]
    return R


# %% wrong: own frequency for each entry
# message: frequency of its own
def positions(length, D):
    a = np.arange(length)[:, None] / 10000 ** (np.arange(D) / D)
    return np.where(np.arange(D) % 2 == 0, np.sin(a), np.cos(a))


def shift(k, D):
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        angle = k / 10000 ** (i / D)
        sine, cosine = np.sin(angle), np.cos(angle)
        R[i : i + 2, i : i + 2] = [[cosine, sine], [-sine, cosine]]
    return R


# %% wrong: shift back
# message: shifts back
def positions(length, D):
    angles = np.arange(length)[:, None] / 10000 ** (np.arange(0, D, 2) / D)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, D)


def shift(k, D):
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        angle = k / 10000 ** (i / D)
        sine, cosine = np.sin(angle), np.cos(angle)
        R[i : i + 2, i : i + 2] = [[cosine, -sine], [sine, cosine]]
    return R


# %% wrong: one angle for all
# message: turns by the same angle
def positions(length, D):
    angles = np.arange(length)[:, None] / 10000 ** (np.arange(0, D, 2) / D)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, D)


def shift(k, D):
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        angle = k
        sine, cosine = np.sin(angle), np.cos(angle)
        R[i : i + 2, i : i + 2] = [[cosine, sine], [-sine, cosine]]
    return R


# %% wrong: no minus
# message: minus sign is missing
def positions(length, D):
    angles = np.arange(length)[:, None] / 10000 ** (np.arange(0, D, 2) / D)
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(length, D)


def shift(k, D):
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        angle = k / 10000 ** (i / D)
        sine, cosine = np.sin(angle), np.cos(angle)
        R[i : i + 2, i : i + 2] = [[cosine, sine], [sine, cosine]]
    return R


# %% right: a loop and the shift by least squares in pairs
def positions(length, D):
    table = np.zeros((length, D))
    for p in range(length):
        for i in range(D // 2):
            table[p, 2 * i] = math.sin(p / 10000 ** (2 * i / D))
            table[p, 2 * i + 1] = math.cos(p / 10000 ** (2 * i / D))
    return table


def shift(k, D):
    start, end = positions(2, D), positions(k + 2, D)[k:]
    R = np.zeros((D, D))
    for i in range(0, D, 2):
        pair = slice(i, i + 2)
        R[pair, pair] = np.linalg.solve(start[:, pair], end[:, pair]).T
    return R


# %% right: complex exponentials
def positions(length, D):
    w = np.exp(-np.log(10000) * np.arange(0, D, 2) / D)
    z = np.exp(1j * np.outer(np.arange(length), w))
    return np.ascontiguousarray(z.imag + 1j * z.real).view(float)


def shift(k, D):
    w = k * np.exp(-np.log(10000) * np.arange(0, D, 2) / D)
    R = torch.zeros(D, D, dtype=torch.float64)
    even = torch.arange(0, D, 2)
    R[even, even] = R[even + 1, even + 1] = torch.tensor(np.cos(w))
    R[even, even + 1] = torch.tensor(np.sin(w))
    R[even + 1, even] = torch.tensor(-np.sin(w))
    return R
