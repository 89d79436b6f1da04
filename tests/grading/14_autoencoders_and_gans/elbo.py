# %% wrong: mean over pixels
# message: averaged over pixels
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma**2) + constant
    reconstruction = pixels.mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([reconstruction + beta * kl, reconstruction, kl])


# %% wrong: mean over the code
# message: averaged over the code
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma**2) + constant
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).mean()
    return np.array([reconstruction + beta * kl, reconstruction, kl])


# %% wrong: sums over samples
# message: summed over samples
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma**2) + constant
    reconstruction = pixels.sum()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum()
    return np.array([reconstruction + beta * kl, reconstruction, kl])


# %% wrong: KL subtracted
# message: subtracted
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma**2) + constant
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([reconstruction - beta * kl, reconstruction, kl])


# %% wrong: the bound itself
# message: not its negative
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma**2) + constant
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([-reconstruction - beta * kl, reconstruction, kl])


# %% wrong: beta at the wrong term
# message: beta multiplies
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma**2) + constant
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([beta * reconstruction + kl, reconstruction, kl])


# %% wrong: no beta
# message: beta is left out
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma**2) + constant
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([reconstruction + kl, reconstruction, kl])


# %% wrong: beta inside KL
# message: returned with beta
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma**2) + constant
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([reconstruction + beta * kl, reconstruction, beta * kl])


# %% wrong: plain squares
# message: not divided by 2σ²
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([reconstruction + beta * kl, reconstruction, kl])


# %% wrong: no constant
# message: constant of the density
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma**2)
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([reconstruction + beta * kl, reconstruction, kl])


# %% wrong: no log sigma
# message: log σ is left out
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma**2) + constant
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([reconstruction + beta * kl, reconstruction, kl])


# %% wrong: sigma squared without 2
# message: σ² instead of 2σ²
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / sigma**2 + constant
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([reconstruction + beta * kl, reconstruction, kl])


# %% wrong: sigma not squared
# message: sigma is not squared
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma) + constant
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([reconstruction + beta * kl, reconstruction, kl])


# %% wrong: sigma as variance
# message: taken for the variance
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) / 2 + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma) + constant
    reconstruction = pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([reconstruction + beta * kl, reconstruction, kl])


# %% wrong: log density with plus
# message: wrong sign
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    constant = np.log(sigma) + np.log(2 * np.pi) / 2
    pixels = (X - X_hat) ** 2 / (2 * sigma**2) + constant
    reconstruction = -pixels.sum(axis=1).mean()
    kl = 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()
    return np.array([reconstruction + beta * kl, reconstruction, kl])


# %% right: torch.distributions
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    X, X_hat, mu, v = (torch.tensor(a) for a in (X, X_hat, mu, log_var))
    rec = -torch.distributions.Normal(X_hat, sigma).log_prob(X).sum() / len(X)
    kl = (mu.square() + v.expm1() - v).sum() / (2 * len(X))
    return torch.stack([rec + beta * kl, rec, kl])


# %% right: sample by sample
def vae_loss(X, X_hat, mu, log_var, sigma, beta):
    N, D = X.shape
    rec = kl = 0.0
    for n in range(N):
        gap = X[n] - X_hat[n]
        rec += gap @ gap / sigma**2 / 2 + D / 2 * np.log(2 * np.pi * sigma**2)
        kl += (mu[n] @ mu[n] + np.exp(log_var[n]).sum() - log_var[n].sum()) / 2
        kl -= mu.shape[1] / 2
    return (rec + beta * kl) / N, rec / N, kl / N
