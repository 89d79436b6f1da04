# %% wrong: all masks alike
# message: equally likely
def dropout_moments(function, x, p):
    masks = np.array(list(itertools.product([0, 1], repeat=len(x))))
    chance = np.full(len(masks), 1 / len(masks))
    values = np.array([function(mask * x / (1 - p)) for mask in masks])
    mean = chance @ values
    return mean, chance @ (values - mean) ** 2


# %% wrong: no scale
# message: not scaled
def dropout_moments(function, x, p):
    masks = np.array(list(itertools.product([0, 1], repeat=len(x))))
    chance = np.prod(np.where(masks == 0, p, 1 - p), axis=1)
    values = np.array([function(mask * x) for mask in masks])
    mean = chance @ values
    return mean, chance @ (values - mean) ** 2


# %% wrong: p is the share that stays
# message: probability of keeping
def dropout_moments(function, x, p):
    masks = np.array(list(itertools.product([0, 1], repeat=len(x))))
    chance = np.prod(np.where(masks == 1, p, 1 - p), axis=1)
    values = np.array([function(mask * x / (1 - p)) for mask in masks])
    mean = chance @ values
    return mean, chance @ (values - mean) ** 2


# %% wrong: the mean is put inside
# message: mean of the inputs is put
def dropout_moments(function, x, p):
    masks = np.array(list(itertools.product([0, 1], repeat=len(x))))
    chance = np.prod(np.where(masks == 0, p, 1 - p), axis=1)
    values = np.array([function(mask * x / (1 - p)) for mask in masks])
    mean = chance @ values
    return function(x), chance @ (values - mean) ** 2


# %% wrong: mean square
# message: mean square
def dropout_moments(function, x, p):
    masks = np.array(list(itertools.product([0, 1], repeat=len(x))))
    chance = np.prod(np.where(masks == 0, p, 1 - p), axis=1)
    values = np.array([function(mask * x / (1 - p)) for mask in masks])
    mean = chance @ values
    return mean, chance @ values**2


# %% wrong: deviation
# message: standard deviation
def dropout_moments(function, x, p):
    masks = np.array(list(itertools.product([0, 1], repeat=len(x))))
    chance = np.prod(np.where(masks == 0, p, 1 - p), axis=1)
    values = np.array([function(mask * x / (1 - p)) for mask in masks])
    mean = chance @ values
    return mean, np.sqrt(chance @ (values - mean) ** 2)


# %% wrong: the formula of a linear unit
# message: linear function
def dropout_moments(function, x, p):
    masks = np.array(list(itertools.product([0, 1], repeat=len(x))))
    chance = np.prod(np.where(masks == 0, p, 1 - p), axis=1)
    values = np.array([function(mask * x / (1 - p)) for mask in masks])
    mean = chance @ values
    return mean, (x**2).sum() * p / (1 - p)


# %% wrong: sampling
def dropout_moments(function, x, p):
    masks = np.random.default_rng(0).uniform(size=(4000, len(x))) >= p
    values = np.array([function(mask * x / (1 - p)) for mask in masks])
    return values.mean(), values.var()


# %% right: input by input, recursively
def dropout_moments(function, x, p):
    def both(place, inputs):
        if place == len(x):
            value = function(inputs)
            return np.array([value, value**2])
        kept, dropped = inputs.copy(), inputs.copy()
        kept[place], dropped[place] = x[place] / (1 - p), 0.0
        return (1 - p) * both(place + 1, kept) + p * both(place + 1, dropped)

    mean, square = both(0, np.zeros(len(x)))
    return mean, square - mean**2


# %% right: bits of a counter
def dropout_moments(function, x, p):
    D = len(x)
    masks = np.arange(2**D)[:, None] >> np.arange(D) & 1
    ones = masks.sum(axis=1)
    chance = (1 - p) ** ones * p ** (D - ones)
    values = np.array([function(row) for row in masks * (x / (1 - p))])
    mean = np.sum(chance * values)
    return np.array([mean, np.sum(chance * values**2) - mean**2])
