# %% wrong: a mean instead of a sum
# message: averaged instead of summed
def bernoulli_log_likelihood(y, p):
    return np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% wrong: the loss instead of the likelihood
# message: sign is that of the loss
def bernoulli_log_likelihood(y, p):
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% wrong: samples with label 0 are forgotten
# message: only the samples with label 1
def bernoulli_log_likelihood(y, p):
    return np.sum(y * np.log(p))


# %% wrong: the exponents are exchanged
# message: labels are confused
def bernoulli_log_likelihood(y, p):
    return np.sum((1 - y) * np.log(p) + y * np.log(1 - p))


# %% wrong: labels plus and minus one
# message: labels ±1
def bernoulli_log_likelihood(y, p):
    signs = np.where(y == 1, 1, -1)
    return np.sum(signs * np.log(p) + (1 - signs) * np.log(1 - p))


# %% wrong: the product comes first
# message: underflows
def bernoulli_log_likelihood(y, p):
    return np.log(np.prod(p**y * (1 - p) ** (1 - y)))


# %% wrong: there is no logarithm
# message: without a logarithm
def bernoulli_log_likelihood(y, p):
    return np.prod(p**y * (1 - p) ** (1 - y))


# %% wrong: every sample gets the mean probability
def bernoulli_log_likelihood(y, p):
    q = np.mean(np.where(y == 1, p, 1 - p))
    return len(y) * np.log(q)


# %% right: two sums over the two classes
def bernoulli_log_likelihood(y, p):
    return np.log(p[y == 1]).sum() + np.log1p(-p[y == 0]).sum()


# %% right: torch's distribution
def bernoulli_log_likelihood(y, p):
    import torch

    coins = torch.distributions.Bernoulli(torch.from_numpy(p))
    return coins.log_prob(torch.from_numpy(y).double()).sum()


# %% right: matrix products in a loop-free form
def bernoulli_log_likelihood(y, p):
    return y @ np.log(p) + (1 - y) @ np.log(1 - p)
