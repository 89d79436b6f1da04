# %% wrong: one step too late
# message: one step too late
def reverse_step(x_t, guess, t, betas, draw):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    t = min(t + 1, len(betas))
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    x0 = (x_t - np.sqrt(1 - bar) * guess) / np.sqrt(bar)
    mean = np.sqrt(before) * beta * x0 + np.sqrt(1 - beta) * (1 - before) * x_t
    return mean / (1 - bar) + np.sqrt((1 - before) / (1 - bar) * beta) * draw


# %% wrong: guess without roots
# message: where x0 is guessed
def reverse_step(x_t, guess, t, betas, draw):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    x0 = (x_t - (1 - bar) * guess) / bar
    mean = np.sqrt(before) * beta * x0 + np.sqrt(1 - beta) * (1 - before) * x_t
    return mean / (1 - bar) + np.sqrt((1 - before) / (1 - bar) * beta) * draw


# %% wrong: the guess is x0
# message: taken for the guessed x0
def reverse_step(x_t, guess, t, betas, draw):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    x0 = guess
    mean = np.sqrt(before) * beta * x0 + np.sqrt(1 - beta) * (1 - before) * x_t
    return mean / (1 - bar) + np.sqrt((1 - before) / (1 - bar) * beta) * draw


# %% wrong: weights exchanged
# message: weights of x0 and x_t
def reverse_step(x_t, guess, t, betas, draw):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    x0 = (x_t - np.sqrt(1 - bar) * guess) / np.sqrt(bar)
    mean = np.sqrt(before) * beta * x_t + np.sqrt(1 - beta) * (1 - before) * x0
    return mean / (1 - bar) + np.sqrt((1 - before) / (1 - bar) * beta) * draw


# %% wrong: variance beta
# message: variance is β_t
def reverse_step(x_t, guess, t, betas, draw):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    x0 = (x_t - np.sqrt(1 - bar) * guess) / np.sqrt(bar)
    mean = np.sqrt(before) * beta * x0 + np.sqrt(1 - beta) * (1 - before) * x_t
    return mean / (1 - bar) + np.sqrt(beta) * draw


# %% wrong: variance instead of deviation
# message: by the variance instead
def reverse_step(x_t, guess, t, betas, draw):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    x0 = (x_t - np.sqrt(1 - bar) * guess) / np.sqrt(bar)
    mean = np.sqrt(before) * beta * x0 + np.sqrt(1 - beta) * (1 - before) * x_t
    return mean / (1 - bar) + ((1 - before) / (1 - bar) * beta) * draw


# %% wrong: nothing random
# message: nothing random
def reverse_step(x_t, guess, t, betas, draw):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    x0 = (x_t - np.sqrt(1 - bar) * guess) / np.sqrt(bar)
    mean = np.sqrt(before) * beta * x0 + np.sqrt(1 - beta) * (1 - before) * x_t
    return mean / (1 - bar)


# %% wrong: noise in the last step
# message: in the last step, too
def reverse_step(x_t, guess, t, betas, draw):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    x0 = (x_t - np.sqrt(1 - bar) * guess) / np.sqrt(bar)
    mean = np.sqrt(before) * beta * x0 + np.sqrt(1 - beta) * (1 - before) * x_t
    var = (1 - before) / (1 - bar) * beta if t > 1 else beta
    return mean / (1 - bar) + np.sqrt(var) * draw


# %% wrong: all the way
# message: all the way
def reverse_step(x_t, guess, t, betas, draw):
    bars = np.concatenate([[1.0], np.cumprod(1 - betas)])
    bar, before, beta = bars[t], bars[t - 1], betas[t - 1]
    x0 = (x_t - np.sqrt(1 - bar) * guess) / np.sqrt(bar)
    mean = (1 - bar) * x0
    return mean / (1 - bar) + np.sqrt((1 - before) / (1 - bar) * beta) * draw


# %% right: the formula of Ho and others, without x0
def reverse_step(x_t, guess, t, betas, draw):
    alphas = 1 - betas
    bar = np.prod(alphas[:t])
    before = np.prod(alphas[: t - 1])
    mean = x_t - betas[t - 1] / (1 - bar) ** 0.5 * guess
    mean = mean / alphas[t - 1] ** 0.5
    return mean + (betas[t - 1] * (1 - before) / (1 - bar)) ** 0.5 * draw


# %% right: torch, precision-weighted
def reverse_step(x_t, guess, t, betas, draw):
    x_t, guess, draw = (torch.tensor(v) for v in (x_t, guess, draw))
    keep = 1 - torch.tensor(betas)
    bar = keep[:t].prod()
    x0 = (x_t - (1 - bar).sqrt() * guess) / bar.sqrt()
    if t == 1:
        return x0
    before, alpha = keep[: t - 1].prod(), keep[t - 1]
    precision = 1 / (1 - before) + alpha / (1 - alpha)
    mean = before.sqrt() * x0 / (1 - before) + alpha.sqrt() * x_t / (1 - alpha)
    return mean / precision + draw / precision.sqrt()
