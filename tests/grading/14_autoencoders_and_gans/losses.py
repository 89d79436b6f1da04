# %% wrong: the formula as written
# message: rounded probability
def gan_losses(real, fake):
    D, of_fake = 1 / (1 + np.exp(-real)), 1 / (1 + np.exp(-fake))
    caught = np.log(1 - of_fake).mean()
    return np.array(
        [-np.log(D).mean() / 2 - caught / 2, caught, -np.log(of_fake).mean()]
    )


# %% wrong: clipped probabilities
# message: clipped
def gan_losses(real, fake):
    D, of_fake = (np.clip(1 / (1 + np.exp(-s)), 1e-7, 1 - 1e-7) for s in (real, fake))
    caught = np.log(1 - of_fake).mean()
    return np.array(
        [-np.log(D).mean() / 2 - caught / 2, caught, -np.log(of_fake).mean()]
    )


# %% wrong: no halves
# message: factors ½
def gan_losses(real, fake):
    found = np.logaddexp(0, -real).mean()
    caught = np.logaddexp(0, fake).mean()
    fooled = np.logaddexp(0, -fake).mean()
    J = found + caught
    return np.array([J, -caught, fooled])


# %% wrong: one mean for all
# message: averaged together
def gan_losses(real, fake):
    found = np.logaddexp(0, -real).mean()
    caught = np.logaddexp(0, fake).mean()
    fooled = np.logaddexp(0, -fake).mean()
    J = np.logaddexp(0, np.concatenate([-real, fake])).mean()
    return np.array([J, -caught, fooled])


# %% wrong: labels exchanged
# message: labels of real and fake
def gan_losses(real, fake):
    found = np.logaddexp(0, -real).mean()
    caught = np.logaddexp(0, fake).mean()
    fooled = np.logaddexp(0, -fake).mean()
    J = (np.logaddexp(0, real).mean() + fooled) / 2
    return np.array([J, -caught, fooled])


# %% wrong: J climbs
# message: sign of J_D
def gan_losses(real, fake):
    found = np.logaddexp(0, -real).mean()
    caught = np.logaddexp(0, fake).mean()
    fooled = np.logaddexp(0, -fake).mean()
    J = -(found + caught) / 2
    return np.array([J, -caught, fooled])


# %% wrong: sums
# message: summed, not averaged
def gan_losses(real, fake):
    found = np.logaddexp(0, -real).sum()
    caught = np.logaddexp(0, fake).sum()
    fooled = np.logaddexp(0, -fake).sum()
    J = (found + caught) / 2
    return np.array([J, -caught, fooled])


# %% wrong: minus J for the generator
# message: constant part
def gan_losses(real, fake):
    found = np.logaddexp(0, -real).mean()
    caught = np.logaddexp(0, fake).mean()
    fooled = np.logaddexp(0, -fake).mean()
    J = (found + caught) / 2
    return np.array([J, -J, fooled])


# %% wrong: minimax with plus
# message: sign of the minimax
def gan_losses(real, fake):
    found = np.logaddexp(0, -real).mean()
    caught = np.logaddexp(0, fake).mean()
    fooled = np.logaddexp(0, -fake).mean()
    J = (found + caught) / 2
    return np.array([J, caught, fooled])


# %% wrong: the mean logarithm of D
# message: sign of the non-saturating
def gan_losses(real, fake):
    found = np.logaddexp(0, -real).mean()
    caught = np.logaddexp(0, fake).mean()
    fooled = np.logaddexp(0, -fake).mean()
    J = (found + caught) / 2
    return np.array([J, -caught, -fooled])


# %% wrong: exchanged order
# message: generator's losses are exchanged
def gan_losses(real, fake):
    found = np.logaddexp(0, -real).mean()
    caught = np.logaddexp(0, fake).mean()
    fooled = np.logaddexp(0, -fake).mean()
    J = (found + caught) / 2
    return np.array([J, fooled, -caught])


# %% wrong: minimax twice
# message: both of the generator's
def gan_losses(real, fake):
    found = np.logaddexp(0, -real).mean()
    caught = np.logaddexp(0, fake).mean()
    fooled = np.logaddexp(0, -fake).mean()
    J = (found + caught) / 2
    return np.array([J, -caught, -caught])


# %% right: torch's cross-entropy with labels
def gan_losses(real, fake):
    real, fake = torch.tensor(real), torch.tensor(fake)
    bce = torch.nn.BCEWithLogitsLoss()
    zero, one = torch.zeros_like(fake), torch.ones_like(fake)
    caught = bce(fake, zero)
    return torch.stack(
        [(bce(real, real * 0 + 1) + caught) / 2, -caught, bce(fake, one)]
    )


# %% right: softplus by hand
def gan_losses(real, fake):
    def soft(s):
        return np.maximum(s, 0) + np.log1p(np.exp(-np.abs(s)))

    caught = np.average(soft(fake))
    J = np.average(soft(-real)) * 0.5 + caught * 0.5
    return J, -caught, np.average(soft(fake) - fake)
