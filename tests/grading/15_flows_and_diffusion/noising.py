# %% wrong: product of the betas
# message: product is of the betas
def add_noise(x0, t, betas, noise):
    alpha_bar = np.concatenate([[1.0], np.cumprod(betas)])[t][:, None]
    return np.sqrt(alpha_bar) * x0 + np.sqrt(1 - alpha_bar) * noise


# %% wrong: one step too late
# message: one step too late
def add_noise(x0, t, betas, noise):
    alpha_bar = np.cumprod(1 - betas)[np.minimum(t, len(betas) - 1)][:, None]
    return np.sqrt(alpha_bar) * x0 + np.sqrt(1 - alpha_bar) * noise


# %% wrong: the last alpha only
# message: α_t of the last step
def add_noise(x0, t, betas, noise):
    alpha_bar = np.concatenate([[1.0], 1 - betas])[t][:, None]
    return np.sqrt(alpha_bar) * x0 + np.sqrt(1 - alpha_bar) * noise


# %% wrong: no roots
# message: roots are missing
def add_noise(x0, t, betas, noise):
    alpha_bar = np.concatenate([[1.0], np.cumprod(1 - betas)])[t][:, None]
    return alpha_bar * x0 + (1 - alpha_bar) * noise


# %% wrong: no root at the image
# message: at x0 is missing
def add_noise(x0, t, betas, noise):
    alpha_bar = np.concatenate([[1.0], np.cumprod(1 - betas)])[t][:, None]
    return alpha_bar * x0 + np.sqrt(1 - alpha_bar) * noise


# %% wrong: no root at the noise
# message: at the noise is missing
def add_noise(x0, t, betas, noise):
    alpha_bar = np.concatenate([[1.0], np.cumprod(1 - betas)])[t][:, None]
    return np.sqrt(alpha_bar) * x0 + (1 - alpha_bar) * noise


# %% wrong: weights that add up to one
# message: 1 − √ᾱ
def add_noise(x0, t, betas, noise):
    alpha_bar = np.concatenate([[1.0], np.cumprod(1 - betas)])[t][:, None]
    return np.sqrt(alpha_bar) * x0 + (1 - np.sqrt(alpha_bar)) * noise


# %% wrong: image and noise exchanged
# message: image and noise
def add_noise(x0, t, betas, noise):
    alpha_bar = np.concatenate([[1.0], np.cumprod(1 - betas)])[t][:, None]
    return np.sqrt(alpha_bar) * noise + np.sqrt(1 - alpha_bar) * x0


# %% right: step weights in logarithms, with torch
def add_noise(x0, t, betas, noise):
    logs = torch.log1p(-torch.tensor(betas)).cumsum(0)
    logs = torch.cat([torch.zeros(1, dtype=logs.dtype), logs])[torch.tensor(t)][:, None]
    x0, noise = torch.tensor(x0), torch.tensor(noise)
    return (logs / 2).exp() * x0 + (-torch.expm1(logs)).sqrt() * noise


# %% right: a loop over samples
def add_noise(x0, t, betas, noise):
    rows = []
    for clean, step, draw in zip(x0, t, noise):
        left = 1.0
        for beta in betas[:step]:
            left *= 1 - beta
        rows.append(left**0.5 * clean + (1 - left) ** 0.5 * draw)
    return rows
