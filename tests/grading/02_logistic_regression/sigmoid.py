# %% wrong: the sign of the exponent is flipped
# message: sign of the exponent
def sigmoid(z):
    return 1 / (1 + np.exp(z))


# %% wrong: infinity divided by infinity
# message: infinity is divided by infinity
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


# %% wrong: tanh of the whole score
# message: z instead of z / 2
def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(z)


# %% wrong: tanh is not moved into the unit interval
# message: between −1 and 1
def sigmoid(z):
    return np.tanh(z / 2)


# %% wrong: the derivative instead of the function
# message: slope
def sigmoid(z):
    p = 1 / (1 + np.exp(-z))
    return p * (1 - p)


# %% wrong: a hard threshold
# message: threshold
def sigmoid(z):
    return np.where(z > 0, 1.0, 0.0)


# %% wrong: large scores are cut off too early
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -4, 4)))


# %% wrong: the values of the examples from a table
def sigmoid(z):
    known = {-2.0: 0.11920292, 0.0: 0.5, 3.0: 0.95257413, 1.0: 0.73105858}
    known |= {1000.0: 1.0, -5.0: 0.00669285}
    return np.vectorize(lambda score: known.get(float(score), 0.5))(z)


# %% right: scipy's function
def sigmoid(z):
    from scipy.special import expit

    return expit(z)


# %% right: two cases, each with a small power
def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + small), small / (1 + small))


# %% right: torch
def sigmoid(z):
    import torch

    return torch.sigmoid(torch.tensor(z))
