# %% wrong: log_var as log of the deviation
# message: logarithm of the standard deviation
def kl_to_standard(mu, log_var):
    return 0.5 * np.sum(mu**2 + np.exp(log_var) ** 2 - 1 - 2 * log_var, axis=1)


# %% wrong: no half
# message: factor ½
def kl_to_standard(mu, log_var):
    return np.sum(mu**2 + np.exp(log_var) - 1 - log_var, axis=1)


# %% wrong: no one
# message: −1 is left out
def kl_to_standard(mu, log_var):
    return 0.5 * np.sum(mu**2 + np.exp(log_var) - log_var, axis=1)


# %% wrong: turned sign
# message: sign is turned
def kl_to_standard(mu, log_var):
    return -0.5 * np.sum(mu**2 + np.exp(log_var) - 1 - log_var, axis=1)


# %% wrong: plus the logarithm
# message: added instead of subtracted
def kl_to_standard(mu, log_var):
    return 0.5 * np.sum(mu**2 + np.exp(log_var) - 1 + log_var, axis=1)


# %% wrong: the other direction
# message: exchanged
def kl_to_standard(mu, log_var):
    return 0.5 * np.sum((1 + mu**2) / np.exp(log_var) - 1 + log_var, axis=1)


# %% wrong: mu without square
# message: not squared
def kl_to_standard(mu, log_var):
    return 0.5 * np.sum(mu + np.exp(log_var) - 1 - log_var, axis=1)


# %% wrong: no means
# message: means are left out
def kl_to_standard(mu, log_var):
    return 0.5 * np.sum(0 * mu + np.exp(log_var) - 1 - log_var, axis=1)


# %% wrong: deviation for variance
# message: takes the place of the variance
def kl_to_standard(mu, log_var):
    return 0.5 * np.sum(mu**2 + np.exp(log_var / 2) - 1 - log_var, axis=1)


# %% wrong: mean over entries
# message: averaged instead of summed
def kl_to_standard(mu, log_var):
    return 0.5 * np.mean(mu**2 + np.exp(log_var) - 1 - log_var, axis=1)


# %% wrong: one number for all
# message: wrong shape
def kl_to_standard(mu, log_var):
    return 0.5 * np.sum(mu**2 + np.exp(log_var) - 1 - log_var)


# %% right: torch.distributions
def kl_to_standard(mu, log_var):
    mu, std = torch.tensor(mu), torch.tensor(log_var).div(2).exp()
    q = torch.distributions.Independent(torch.distributions.Normal(mu, std), 1)
    p = torch.distributions.Independent(
        torch.distributions.Normal(0 * mu, 0 * std + 1), 1
    )
    return torch.distributions.kl_divergence(q, p)


# %% right: cross-entropy minus entropy, entry by entry
def kl_to_standard(mu, log_var):
    result = []
    for m, v in zip(mu, log_var):
        cross = sum((np.log(2 * np.pi) + np.exp(b) + a * a) / 2 for a, b in zip(m, v))
        entropy = sum((np.log(2 * np.pi) + 1 + b) / 2 for b in v)
        result.append(cross - entropy)
    return result
