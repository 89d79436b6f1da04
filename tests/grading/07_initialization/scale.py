# %% wrong: fan-out
# message: number of outputs
def initial_scale(rule, shape):
    n_in = shape[0]
    v = {"lecun": 1 / n_in, "glorot": 2 / (shape[0] + shape[1]), "he": 2 / n_in}[rule]
    return v**0.5, (3 * v) ** 0.5


# %% wrong: variances
# message: variance is returned
def initial_scale(rule, shape):
    n_in = shape[1]
    v = {"lecun": 1 / n_in, "glorot": 2 / (shape[0] + shape[1]), "he": 2 / n_in}[rule]
    return v, 3 * v


# %% wrong: no factor 3
# message: bound equals
def initial_scale(rule, shape):
    n_in = shape[1]
    v = {"lecun": 1 / n_in, "glorot": 2 / (shape[0] + shape[1]), "he": 2 / n_in}[rule]
    return v**0.5, v**0.5


# %% wrong: an interval from zero
# message: [0, t]
def initial_scale(rule, shape):
    n_in = shape[1]
    v = {"lecun": 1 / n_in, "glorot": 2 / (shape[0] + shape[1]), "he": 2 / n_in}[rule]
    return v**0.5, (12 * v) ** 0.5


# %% wrong: glorot without outputs
# message: mixed up with lecun
def initial_scale(rule, shape):
    n_in = shape[1]
    v = {"lecun": 1 / n_in, "glorot": 1 / n_in, "he": 2 / n_in}[rule]
    return v**0.5, (3 * v) ** 0.5


# %% wrong: glorot without the 2
# message: 2 of glorot
def initial_scale(rule, shape):
    n_in = shape[1]
    v = {"lecun": 1 / n_in, "glorot": 1 / (shape[0] + shape[1]), "he": 2 / n_in}[rule]
    return v**0.5, (3 * v) ** 0.5


# %% wrong: he without the 2
# message: he is mixed up
def initial_scale(rule, shape):
    n_in = shape[1]
    v = {"lecun": 1 / n_in, "glorot": 2 / (shape[0] + shape[1]), "he": 1 / n_in}[rule]
    return v**0.5, (3 * v) ** 0.5


# %% right: torch's gains
def initial_scale(rule, shape):
    fan = {"glorot": sum(shape) / 2}.get(rule, shape[1])
    gain = nn.init.calculate_gain("relu" if rule == "he" else "linear")
    return gain / np.sqrt(fan), np.sqrt(3) * gain / np.sqrt(fan)


# %% right: the bound first, as printed for Glorot
def initial_scale(rule, shape):
    n_out, n_in = shape
    if rule == "glorot":
        t = np.sqrt(6) / np.sqrt(n_in + n_out)
    elif rule == "he":
        t = np.sqrt(6 / n_in)
    else:
        t = np.sqrt(3 / n_in)
    return [t / np.sqrt(3), t]
