# %% wrong: mixture turned round
# message: exchanged in the mixture
def matching_loss(model, x0, x1, t):
    x_t = t[:, None] * x0 + (1 - t[:, None]) * x1
    return ((model(x_t, t) - (x1 - x0)) ** 2).sum(axis=1).mean()


# %% wrong: curved mixture
# message: square roots
def matching_loss(model, x0, x1, t):
    x_t = np.sqrt(1 - t[:, None]) * x0 + np.sqrt(t[:, None]) * x1
    return ((model(x_t, t) - (x1 - x0)) ** 2).sum(axis=1).mean()


# %% wrong: clean data go in
# message: clean data
def matching_loss(model, x0, x1, t):
    x_t = (1 - t[:, None]) * x0 + t[:, None] * x1
    return ((model(x1, t) - (x1 - x0)) ** 2).sum(axis=1).mean()


# %% wrong: velocity to the noise
# message: from data to noise
def matching_loss(model, x0, x1, t):
    x_t = (1 - t[:, None]) * x0 + t[:, None] * x1
    return ((model(x_t, t) - (x0 - x1)) ** 2).sum(axis=1).mean()


# %% wrong: the target is the data
# message: target is the data point
def matching_loss(model, x0, x1, t):
    x_t = (1 - t[:, None]) * x0 + t[:, None] * x1
    return ((model(x_t, t) - x1) ** 2).sum(axis=1).mean()


# %% wrong: the target is the noise
# message: target is the noise
def matching_loss(model, x0, x1, t):
    x_t = (1 - t[:, None]) * x0 + t[:, None] * x1
    return ((model(x_t, t) - x0) ** 2).sum(axis=1).mean()


# %% wrong: what is left of the way
# message: left of the way
def matching_loss(model, x0, x1, t):
    x_t = (1 - t[:, None]) * x0 + t[:, None] * x1
    return ((model(x_t, t) - (x1 - x_t)) ** 2).sum(axis=1).mean()


# %% wrong: time turned round
# message: turned round
def matching_loss(model, x0, x1, t):
    x_t = (1 - t[:, None]) * x0 + t[:, None] * x1
    return ((model(x_t, 1 - t) - (x1 - x0)) ** 2).sum(axis=1).mean()


# %% wrong: mean over columns
# message: averaged over columns
def matching_loss(model, x0, x1, t):
    x_t = (1 - t[:, None]) * x0 + t[:, None] * x1
    return ((model(x_t, t) - (x1 - x0)) ** 2).mean()


# %% wrong: sum over samples
# message: added instead of averaged
def matching_loss(model, x0, x1, t):
    x_t = (1 - t[:, None]) * x0 + t[:, None] * x1
    return ((model(x_t, t) - (x1 - x0)) ** 2).sum()


# %% wrong: mean distance
# message: not their squares
def matching_loss(model, x0, x1, t):
    x_t = (1 - t[:, None]) * x0 + t[:, None] * x1
    return np.linalg.norm(model(x_t, t) - (x1 - x0), axis=1).mean()


# %% wrong: halved
# message: halved
def matching_loss(model, x0, x1, t):
    x_t = (1 - t[:, None]) * x0 + t[:, None] * x1
    return 0.5 * ((model(x_t, t) - (x1 - x0)) ** 2).sum(axis=1).mean()


# %% right: torch.lerp and mse_loss
def matching_loss(model, x0, x1, t):
    a, b = torch.tensor(x0), torch.tensor(x1)
    mixed = torch.lerp(a, b, torch.tensor(t)[:, None])
    guess = torch.as_tensor(model(mixed.numpy(), t))
    return torch.nn.functional.mse_loss(guess, b - a) * x0.shape[1]


# %% right: einsum, from the start
def matching_loss(model, x0, x1, t):
    u = x1 - x0
    miss = model(x0 + np.einsum("n,nd->nd", t, u), t) - u
    return np.einsum("nd,nd->", miss, miss) / len(t)
