# %% wrong: one step too late
# message: one step too late
def bound_term(noise, guess, t, betas):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    t = min(t + 1, len(betas))
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    ratio = (1 - before) / (1 - bar)
    widths = noise.shape[1] / 2 * (ratio - 1 - np.log(ratio))
    weight = beta / (2 * (1 - beta) * (1 - bar))
    return widths + weight * ((noise - guess) ** 2).sum(axis=1)


# %% wrong: no alpha
# message: factor α_t
def bound_term(noise, guess, t, betas):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    ratio = (1 - before) / (1 - bar)
    widths = noise.shape[1] / 2 * (ratio - 1 - np.log(ratio))
    weight = beta / (2 * (1 - bar))
    return widths + weight * ((noise - guess) ** 2).sum(axis=1)


# %% wrong: the simplified loss
# message: simplified loss
def bound_term(noise, guess, t, betas):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    ratio = (1 - before) / (1 - bar)
    widths = noise.shape[1] / 2 * (ratio - 1 - np.log(ratio))
    weight = beta / (2 * (1 - beta) * (1 - bar))
    return ((noise - guess) ** 2).sum(axis=1)


# %% wrong: equal variances
# message: both variances
def bound_term(noise, guess, t, betas):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    ratio = (1 - before) / (1 - bar)
    widths = noise.shape[1] / 2 * (ratio - 1 - np.log(ratio))
    weight = beta / (2 * (1 - beta) * (1 - bar))
    return weight / ratio * ((noise - guess) ** 2).sum(axis=1)


# %% wrong: Gaussians exchanged
# message: from model to posterior
def bound_term(noise, guess, t, betas):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    ratio = (1 - before) / (1 - bar)
    widths = noise.shape[1] / 2 * (1 / ratio - 1 + np.log(ratio))
    weight = beta / (2 * (1 - beta) * (1 - bar))
    return widths + weight / ratio * ((noise - guess) ** 2).sum(axis=1)


# %% wrong: means only
# message: compares the variances
def bound_term(noise, guess, t, betas):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    ratio = (1 - before) / (1 - bar)
    widths = noise.shape[1] / 2 * (ratio - 1 - np.log(ratio))
    weight = beta / (2 * (1 - beta) * (1 - bar))
    return weight * ((noise - guess) ** 2).sum(axis=1)


# %% wrong: no half
# message: no factor ½
def bound_term(noise, guess, t, betas):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    ratio = (1 - before) / (1 - bar)
    widths = noise.shape[1] / 2 * (ratio - 1 - np.log(ratio))
    weight = beta / ((1 - beta) * (1 - bar))
    return widths + weight * ((noise - guess) ** 2).sum(axis=1)


# %% wrong: the variances once
# message: counted once
def bound_term(noise, guess, t, betas):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    ratio = (1 - before) / (1 - bar)
    widths = 1 / 2 * (ratio - 1 - np.log(ratio))
    weight = beta / (2 * (1 - beta) * (1 - bar))
    return widths + weight * ((noise - guess) ** 2).sum(axis=1)


# %% wrong: mean over columns
# message: columns are averaged
def bound_term(noise, guess, t, betas):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    ratio = (1 - before) / (1 - bar)
    widths = 1 / 2 * (ratio - 1 - np.log(ratio))
    weight = beta / (2 * (1 - beta) * (1 - bar))
    return widths + weight * ((noise - guess) ** 2).mean(axis=1)


# %% wrong: mean over samples
# message: samples are averaged
def bound_term(noise, guess, t, betas):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    ratio = (1 - before) / (1 - bar)
    widths = noise.shape[1] / 2 * (ratio - 1 - np.log(ratio))
    weight = beta / (2 * (1 - beta) * (1 - bar))
    terms = widths + weight * ((noise - guess) ** 2).sum(axis=1)
    return terms.mean()


# %% right: torch's divergence of normal distributions
def bound_term(noise, guess, t, betas):
    alphas = 1 - betas
    bar, before = np.prod(alphas[:t]), np.prod(alphas[: t - 1])
    beta, alpha = betas[t - 1], alphas[t - 1]
    rate = beta / np.sqrt(alpha * (1 - bar))
    small = np.sqrt((1 - before) / (1 - bar) * beta)
    q = torch.distributions.Normal(torch.tensor(-rate * noise), small)
    p = torch.distributions.Normal(torch.tensor(-rate * guess), beta**0.5)
    return torch.distributions.kl_divergence(q, p).sum(dim=1)


# %% right: sample by sample, column by column
def bound_term(noise, guess, t, betas):
    left = 1.0
    for beta in betas[: t - 1]:
        left *= 1 - beta
    beta = betas[t - 1]
    bar = left * (1 - beta)
    small = (1 - left) / (1 - bar) * beta
    results = []
    for row, other in zip(noise, guess):
        total = 0.0
        for a, b in zip(row, other):
            gap = beta * (a - b) / ((1 - beta) * (1 - bar)) ** 0.5
            total += 0.5 * (np.log(beta / small) + small / beta - 1) + gap**2 / 2 / beta
        results.append(total)
    return results
