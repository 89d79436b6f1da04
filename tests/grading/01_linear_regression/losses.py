# %% wrong: sums instead of means
# message: summed instead of averaged
def regression_losses(y_hat, y):
    if y_hat.shape != y.shape:
        raise ValueError
    return np.sum((y_hat - y) ** 2), np.sum(np.abs(y_hat - y))


# %% wrong: the root is taken
# message: the root
def regression_losses(y_hat, y):
    if y_hat.shape != y.shape:
        raise ValueError
    return np.sqrt(np.mean((y_hat - y) ** 2)), np.mean(np.abs(y_hat - y))


# %% wrong: half the squared error
# message: factor ½
def regression_losses(y_hat, y):
    if y_hat.shape != y.shape:
        raise ValueError
    return 0.5 * np.mean((y_hat - y) ** 2), np.mean(np.abs(y_hat - y))


# %% wrong: signed errors cancel
# message: errors cancel
def regression_losses(y_hat, y):
    if y_hat.shape != y.shape:
        raise ValueError
    return np.mean((y_hat - y) ** 2), np.mean(y_hat - y)


# %% wrong: a column is stretched against a row
# message: should raise ValueError
def regression_losses(y_hat, y):
    return np.mean((y_hat - y) ** 2), np.mean(np.abs(y_hat - y))


# %% wrong: the pair in the other order
# message: other order
def regression_losses(y_hat, y):
    if y_hat.shape != y.shape:
        raise ValueError
    return np.mean(np.abs(y_hat - y)), np.mean((y_hat - y) ** 2)


# %% right: through scalar products and an array
def regression_losses(y_hat, y):
    if y.shape != y_hat.shape:
        raise ValueError("shapes differ")
    r = y - y_hat
    return np.array([r @ r, np.sign(r) @ r]) / r.size


# %% right: through torch
def regression_losses(y_hat, y):
    import torch

    if y_hat.shape != y.shape:
        raise ValueError("shapes differ")
    a, b = torch.from_numpy(y_hat), torch.from_numpy(y)
    mse = torch.nn.functional.mse_loss(a, b)
    return mse.item(), torch.nn.functional.l1_loss(a, b).item()
