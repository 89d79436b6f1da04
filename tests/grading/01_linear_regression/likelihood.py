# %% wrong: sigma is taken for the variance
# message: sigma is used where its square belongs
def gaussian_log_likelihood(A, y, theta, sigma):
    r = y - A @ theta
    return np.sum(-0.5 * np.log(2 * np.pi * sigma) - r**2 / (2 * sigma))


# %% wrong: one normalizing constant for all samples
# message: counted once
def gaussian_log_likelihood(A, y, theta, sigma):
    r = y - A @ theta
    return -0.5 * np.log(2 * np.pi * sigma**2) - r @ r / (2 * sigma**2)


# %% wrong: a mean instead of a sum
# message: averaged instead of summed
def gaussian_log_likelihood(A, y, theta, sigma):
    r = y - A @ theta
    return np.mean(-0.5 * np.log(2 * np.pi * sigma**2) - r**2 / (2 * sigma**2))


# %% wrong: the loss instead of the likelihood
# message: sign is that of the loss
def gaussian_log_likelihood(A, y, theta, sigma):
    r = y - A @ theta
    return np.sum(0.5 * np.log(2 * np.pi * sigma**2) + r**2 / (2 * sigma**2))


# %% wrong: the product of densities underflows
# message: underflows
def gaussian_log_likelihood(A, y, theta, sigma):
    r = y - A @ theta
    density = np.exp(-(r**2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2)
    with np.errstate(divide="ignore"):
        return np.log(np.prod(density))


# %% wrong: only the part that depends on theta
# message: normalizing constant is left out
def gaussian_log_likelihood(A, y, theta, sigma):
    return -np.sum((y - A @ theta) ** 2) / (2 * sigma**2)


# %% right: scipy's normal distribution
def gaussian_log_likelihood(A, y, theta, sigma):
    from scipy.stats import norm

    return norm.logpdf(y, loc=A @ theta, scale=sigma).sum()


# %% right: torch's normal distribution
def gaussian_log_likelihood(A, y, theta, sigma):
    import torch

    mean = torch.from_numpy(A @ theta)
    return torch.distributions.Normal(mean, sigma).log_prob(torch.from_numpy(y)).sum()
