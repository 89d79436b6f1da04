# %% wrong: a uniform learning rate
# message: 90 % lie above
def configurations(u):
    rate = 1e-4 + (1e-1 - 1e-4) * u[:, 0]
    return np.stack([rate, 10 ** (-6 + 4 * u[:, 1]), 1 + np.floor(5 * u[:, 2])], 1)


# %% wrong: both uniform
# message: both rates are uniform
def configurations(u):
    rate = 1e-4 + (1e-1 - 1e-4) * u[:, 0]
    decay = 1e-6 + (1e-2 - 1e-6) * u[:, 1]
    return np.stack([rate, decay, 1 + np.floor(5 * u[:, 2])], axis=1)


# %% wrong: powers of e
# message: powers of e
def configurations(u):
    rate, decay = np.exp(-4 + 3 * u[:, 0]), np.exp(-6 + 4 * u[:, 1])
    return np.stack([rate, decay, 1 + np.floor(5 * u[:, 2])], axis=1)


# %% wrong: layers by rounding
# message: half a chance
def configurations(u):
    rate, decay = 10 ** (-4 + 3 * u[:, 0]), 10 ** (-6 + 4 * u[:, 1])
    return np.stack([rate, decay, np.round(1 + 4 * u[:, 2])], axis=1)


# %% wrong: never five layers
# message: never drawn
def configurations(u):
    rate, decay = 10 ** (-4 + 3 * u[:, 0]), 10 ** (-6 + 4 * u[:, 1])
    return np.stack([rate, decay, 1 + (4 * u[:, 2]).astype(int)], axis=1)


# %% wrong: layers from zero on
# message: starts at 0
def configurations(u):
    rate, decay = 10 ** (-4 + 3 * u[:, 0]), 10 ** (-6 + 4 * u[:, 1])
    return np.stack([rate, decay, (5 * u[:, 2]).astype(int)], axis=1)


# %% wrong: one random number for everything
# message: a line and not a search
def configurations(u):
    v = u[:, 0]
    return np.stack([10 ** (3 * v - 4), 10 ** (4 * v - 6), 1 + np.floor(5 * v)], 1)


# %% wrong: only whole powers of ten
# message: rounded to whole powers
def configurations(u):
    rate, decay = 10.0 ** np.round(-4 + 3 * u[:, 0]), 10 ** (-6 + 4 * u[:, 1])
    return np.stack([rate, decay, 1 + np.floor(5 * u[:, 2])], axis=1)


# %% right: geometric interpolation in a loop
def configurations(u):
    return [
        [1e-4 ** (1 - a) * 1e-1**a, 1e-6 ** (1 - b) * 1e-2**b, int(5 * c) + 1]
        for a, b, c in u
    ]


# %% right: exponents by one product
def configurations(u):
    exponents = np.array([-4, -6]) + u[:, :2] * [3, 4]
    layers = np.digitize(u[:, 2:], np.arange(5) / 5)
    return np.hstack([np.power(10.0, exponents), layers])
