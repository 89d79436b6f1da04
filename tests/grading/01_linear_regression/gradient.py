# %% wrong: the residual has the wrong sign
# message: flips the sign
def mse_gradient(A, y, theta):
    return 2 / len(y) * A.T @ (y - A @ theta)


# %% wrong: the mean is forgotten
# message: mean over the samples is missing
def mse_gradient(A, y, theta):
    return 2 * A.T @ (A @ theta - y)


# %% wrong: the factor two is forgotten
# message: factor 2 is missing
def mse_gradient(A, y, theta):
    return (A.T @ (A @ theta - y)) / A.shape[0]


# %% wrong: divided by the number of parameters
# message: parameters instead of the samples
def mse_gradient(A, y, theta):
    return 2 * A.T @ (A @ theta - y) / A.shape[1]


# %% wrong: the inner derivative is forgotten
# message: not multiplied by the inputs
def mse_gradient(A, y, theta):
    return np.full(theta.shape, np.mean(2 * (A @ theta - y)))


# %% right: an average of outer products
def mse_gradient(A, y, theta):
    return np.mean([2 * (a @ theta - t) * a for a, t in zip(A, y, strict=True)], axis=0)


# %% right: torch computes it
def mse_gradient(A, y, theta):
    import torch

    parameters = torch.tensor(theta, requires_grad=True)
    residual = torch.from_numpy(A) @ parameters - torch.from_numpy(y)
    residual.square().mean().backward()
    return parameters.grad
