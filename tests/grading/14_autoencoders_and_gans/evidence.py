# %% wrong: the ELBO twice
# message: that is the ELBO
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood + log_prior - log_q
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).mean(axis=0)
    return weights.mean(axis=0), weights.mean(axis=0)


# %% wrong: the sum of the weights
# message: log K is missing
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood + log_prior - log_q
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).sum(axis=0)
    return largest + np.log(mean), weights.mean(axis=0)


# %% wrong: no prior
# message: prior is left out
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood - log_q
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).mean(axis=0)
    return largest + np.log(mean), weights.mean(axis=0)


# %% wrong: no q
# message: q is left out
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood + log_prior
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).mean(axis=0)
    return largest + np.log(mean), weights.mean(axis=0)


# %% wrong: q with plus
# message: q is multiplied
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood + log_prior + log_q
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).mean(axis=0)
    return largest + np.log(mean), weights.mean(axis=0)


# %% wrong: likelihood only
# message: likelihood alone
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).mean(axis=0)
    return largest + np.log(mean), weights.mean(axis=0)


# %% wrong: prior with minus
# message: prior is divided
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood - log_prior - log_q
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).mean(axis=0)
    return largest + np.log(mean), weights.mean(axis=0)


# %% wrong: powers as they are
# message: without subtracting the largest
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood + log_prior - log_q
    largest = 0
    mean = np.exp(weights - largest).mean(axis=0)
    return largest + np.log(mean), weights.mean(axis=0)


# %% wrong: one maximum
# message: one largest exponent
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood + log_prior - log_q
    largest = weights.max()
    mean = np.exp(weights - largest).mean(axis=0)
    return largest + np.log(mean), weights.mean(axis=0)


# %% wrong: the best draw
# message: largest weight takes
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood + log_prior - log_q
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).mean(axis=0)
    return largest, weights.mean(axis=0)


# %% wrong: log K twice
# message: subtracted twice
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood + log_prior - log_q
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).mean(axis=0)
    return largest + np.log(mean / len(weights)), weights.mean(axis=0)


# %% wrong: the maximum is lost
# message: not added again
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood + log_prior - log_q
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).mean(axis=0)
    return np.log(mean), weights.mean(axis=0)


# %% wrong: the same for both
# message: as the ELBO too
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood + log_prior - log_q
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).mean(axis=0)
    return largest + np.log(mean), largest + np.log(mean)


# %% wrong: sum of logs
# message: summed over the draws
def log_evidence(log_likelihood, log_prior, log_q):
    weights = log_likelihood + log_prior - log_q
    largest = weights.max(axis=0)
    mean = np.exp(weights - largest).mean(axis=0)
    return largest + np.log(mean), weights.sum(axis=0)


# %% right: torch.logsumexp
def log_evidence(log_likelihood, log_prior, log_q):
    w = sum(torch.tensor(a) for a in (log_likelihood, log_prior, -log_q))
    return torch.logsumexp(w - np.log(len(w)), dim=0), w.mean(dim=0)


# %% right: logaddexp, draw by draw
def log_evidence(log_likelihood, log_prior, log_q):
    total, elbo = -np.inf, 0.0
    for fit, prior, q in zip(log_likelihood, log_prior, log_q):
        total = np.logaddexp(total, fit + prior - q)
        elbo = elbo + (fit + prior - q) / len(log_q)
    return [total - np.log(len(log_q)), elbo]
