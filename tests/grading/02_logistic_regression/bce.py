# %% wrong: only the overflow is repaired
# message: second minus sign
def bce_from_scores(z, y):
    return -np.mean(np.logaddexp(0, z) - y * z)


# %% wrong: only the sign is repaired
# message: rounded to 0
def bce_from_scores(z, y):
    p = 1 / (1 + np.exp(-z))
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))


# %% wrong: probabilities are clipped
# message: moved away from 0 by 1e-12
def bce_from_scores(z, y):
    p = np.clip(1 / (1 + np.exp(-z)), 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% wrong: a sum instead of a mean
# message: summed instead of averaged
def bce_from_scores(z, y):
    return np.sum(np.logaddexp(0, z) - y * z)


# %% wrong: the labels are exchanged
# message: labels are confused
def bce_from_scores(z, y):
    return np.mean(np.logaddexp(0, -z) + y * z)


# %% wrong: samples with label 0 are forgotten
# message: label 0 cost nothing
def bce_from_scores(z, y):
    return np.mean(y * np.logaddexp(0, -z))


# %% wrong: a loss of scores is given probabilities
# message: sigmoid is applied twice
def bce_from_scores(z, y):
    p = 0.5 * (1 + np.tanh(z / 2))
    return np.mean(np.logaddexp(0, p) - y * p)


# %% wrong: scores are cut off where the sigmoid rounds to 1
def bce_from_scores(z, y):
    z = np.clip(z, -36, 36)
    return np.mean(np.logaddexp(0, z) - y * z)


# %% right: the margin with labels plus and minus one
def bce_from_scores(z, y):
    return np.logaddexp(0, -(2 * y - 1) * z).mean()


# %% right: the absolute value keeps powers small
def bce_from_scores(z, y):
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))


# %% right: softmax cross-entropy of the scores 0 and z
def bce_from_scores(z, y):
    import torch

    scores = torch.stack([torch.zeros(len(z)).double(), torch.from_numpy(z)], dim=1)
    return torch.nn.functional.cross_entropy(scores, torch.from_numpy(y).long())
