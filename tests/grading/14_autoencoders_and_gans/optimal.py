# %% wrong: probability of a sample
# message: probability of a sample
def best_discriminator(p, q):
    D, J, jsd = right_one(p, q)
    return 1 - D, J, jsd


def right_one(p, q):
    whole = p + q
    D = np.where(whole > 0, p / np.where(whole > 0, whole, 1), 0.5)
    J_D = -0.5 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 0.5 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return D, J_D, np.log(2) - J_D


# %% wrong: the ratio of the densities
# message: ratio p/q
def best_discriminator(p, q):
    whole = p + q
    D = np.where(whole > 0, p / np.where(whole > 0, whole, 1), 0.5)
    J_D = -0.5 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 0.5 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return np.where(q > 0, p / np.where(q > 0, q, 1), 1.0), J_D, np.log(2) - J_D


# %% wrong: hard decisions
# message: decides hard
def best_discriminator(p, q):
    whole = p + q
    D = np.where(whole > 0, p / np.where(whole > 0, whole, 1), 0.5)
    J_D = -0.5 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 0.5 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return np.where(p == q, 0.5, 1.0 * (p > q)), J_D, np.log(2) - J_D


# %% wrong: zero by zero
# message: zero is divided
def best_discriminator(p, q):
    whole = p + q
    D = p / whole
    J_D = -0.5 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 0.5 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return D, J_D, np.log(2) - J_D


# %% wrong: zero where nothing is
# message: D is 0 where
def best_discriminator(p, q):
    whole = p + q
    D = np.where(whole > 0, p / np.where(whole > 0, whole, 1), 0.0)
    J_D = -0.5 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 0.5 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return D, J_D, np.log(2) - J_D


# %% wrong: no halves
# message: factors ½
def best_discriminator(p, q):
    whole = p + q
    D = np.where(whole > 0, p / np.where(whole > 0, whole, 1), 0.5)
    J_D = -1 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 1 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return D, J_D, 2 * np.log(2) - J_D


# %% wrong: J with the wrong sign
# message: sign of J_D
def best_discriminator(p, q):
    whole = p + q
    D = np.where(whole > 0, p / np.where(whole > 0, whole, 1), 0.5)
    J_D = -0.5 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 0.5 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return D, -J_D, np.log(2) - J_D


# %% wrong: bits
# message: in bits
def best_discriminator(p, q):
    whole = p + q
    D = np.where(whole > 0, p / np.where(whole > 0, whole, 1), 0.5)
    J_D = -0.5 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 0.5 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return D, J_D, 1 - J_D / np.log(2)


# %% wrong: KL for JSD
# message: KL(p‖q)
def best_discriminator(p, q):
    whole = p + q
    D = np.where(whole > 0, p / np.where(whole > 0, whole, 1), 0.5)
    J_D = -0.5 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 0.5 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return D, J_D, np.sum(np.where(p > 0, p * np.log(np.where(p > 0, p, 1) / q), 0))


# %% wrong: one half of the JSD
# message: only one of the two
def best_discriminator(p, q):
    whole = p + q
    D = np.where(whole > 0, p / np.where(whole > 0, whole, 1), 0.5)
    J_D = -0.5 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 0.5 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return D, J_D, np.sum(p * np.log(np.where(p > 0, 2 * D, 1)))


# %% wrong: the distance
# message: root of the JSD
def best_discriminator(p, q):
    whole = p + q
    D = np.where(whole > 0, p / np.where(whole > 0, whole, 1), 0.5)
    J_D = -0.5 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 0.5 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return D, J_D, np.sqrt(max(0, np.log(2) - J_D))


# %% wrong: the loss for the divergence
# message: returned as the JSD
def best_discriminator(p, q):
    whole = p + q
    D = np.where(whole > 0, p / np.where(whole > 0, whole, 1), 0.5)
    J_D = -0.5 * np.sum(p * np.log(np.where(p > 0, D, 1)))
    J_D -= 0.5 * np.sum(q * np.log(np.where(q > 0, 1 - D, 1)))
    return D, J_D, J_D


# %% right: scipy's functions
def best_discriminator(p, q):
    from scipy.spatial.distance import jensenshannon
    from scipy.special import xlogy

    D = np.full(len(p), 0.5)
    np.divide(p, p + q, out=D, where=p + q > 0)
    J = -(xlogy(p, D) + xlogy(q, 1 - D)).sum() / 2
    return D, J, jensenshannon(p, q) ** 2


# %% right: a loop over places
def best_discriminator(p, q):
    D, J, jsd = [], 0.0, 0.0
    for a, b in zip(p, q):
        D.append(a / (a + b) if a + b > 0 else 0.5)
        if a > 0:
            J -= a * np.log(D[-1]) / 2
            jsd += a * np.log(a / ((a + b) / 2)) / 2
        if b > 0:
            J -= b * np.log(1 - D[-1]) / 2
            jsd += b * np.log(b / ((a + b) / 2)) / 2
    return torch.tensor(np.array(D)), J, jsd
