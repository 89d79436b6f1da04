# %% wrong: exp of log_var as deviation
# message: exp(log_var) is taken
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var)
    d_log_var = d_z * noise * std + beta * (std - 1) / 2
    return mu + std * noise, d_z + beta * mu, d_log_var


# %% wrong: log_var as deviation
# message: log_var itself
def latent_backward(mu, log_var, noise, d_z, beta):
    d_log_var = d_z * noise + beta * (np.exp(log_var) - 1) / 2
    return mu + log_var * noise, d_z + beta * mu, d_log_var


# %% wrong: no KL term
# message: KL term is left out
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var / 2)
    z = mu + std * noise
    d_mu = d_z
    d_log_var = d_z * noise * std / 2
    return z, d_mu, d_log_var


# %% wrong: minus KL
# message: KL term is subtracted
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var / 2)
    z = mu + std * noise
    d_mu = d_z - beta * mu
    d_log_var = d_z * noise * std / 2 - beta * (std**2 - 1) / 2
    return z, d_mu, d_log_var


# %% wrong: beta forgotten
# message: beta is left out
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var / 2)
    z = mu + std * noise
    d_mu = d_z + mu
    d_log_var = d_z * noise * std / 2 + (std**2 - 1) / 2
    return z, d_mu, d_log_var


# %% wrong: KL as a mean
# message: averaged over the samples
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var / 2)
    z = mu + std * noise
    d_mu = d_z + beta * mu / len(mu)
    d_log_var = d_z * noise * std / 2 + beta * (std**2 - 1) / 2 / len(mu)
    return z, d_mu, d_log_var


# %% wrong: only KL
# message: reconstruction is lost
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var / 2)
    z = mu + std * noise
    d_mu = beta * mu
    d_log_var = beta * (std**2 - 1) / 2
    return z, d_mu, d_log_var


# %% wrong: no half from the root
# message: lacks its ½
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var / 2)
    z = mu + std * noise
    d_mu = d_z + beta * mu
    d_log_var = d_z * noise * std + beta * (std**2 - 1) / 2
    return z, d_mu, d_log_var


# %% wrong: no deviation
# message: standard deviation is missing
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var / 2)
    z = mu + std * noise
    d_mu = d_z + beta * mu
    d_log_var = d_z * noise / 2 + beta * (std**2 - 1) / 2
    return z, d_mu, d_log_var


# %% wrong: no noise in the gradient
# message: noise is missing
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var / 2)
    z = mu + std * noise
    d_mu = d_z + beta * mu
    d_log_var = d_z * std / 2 + beta * (std**2 - 1) / 2
    return z, d_mu, d_log_var


# %% wrong: z is a constant for log_var
# message: no gradient flows
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var / 2)
    z = mu + std * noise
    d_mu = d_z + beta * mu
    d_log_var = beta * (std**2 - 1) / 2
    return z, d_mu, d_log_var


# %% wrong: no minus one
# message: −1 of the KL
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var / 2)
    z = mu + std * noise
    d_mu = d_z + beta * mu
    d_log_var = d_z * noise * std / 2 + beta * std**2 / 2
    return z, d_mu, d_log_var


# %% wrong: no half in KL
# message: term's gradient for log_var lacks
def latent_backward(mu, log_var, noise, d_z, beta):
    std = np.exp(log_var / 2)
    z = mu + std * noise
    d_mu = d_z + beta * mu
    d_log_var = d_z * noise * std / 2 + beta * (std**2 - 1)
    return z, d_mu, d_log_var


# %% right: autograd
def latent_backward(mu, log_var, noise, d_z, beta):
    m, v = (torch.tensor(a, requires_grad=True) for a in (mu, log_var))
    z = torch.addcmul(m, torch.exp(0.5 * v), torch.tensor(noise))
    kl = 0.5 * (m.square() + v.exp() - 1 - v).sum()
    kl.mul(beta).backward(retain_graph=True)
    z.backward(torch.tensor(d_z))
    return z.detach(), m.grad, v.grad


# %% right: through the deviation first
def latent_backward(mu, log_var, noise, d_z, beta):
    variance = np.exp(log_var)
    std = variance**0.5
    d_std = noise * d_z + beta * (std - 1 / std)
    return [std * noise + mu, beta * mu + d_z, d_std * std * 0.5]
