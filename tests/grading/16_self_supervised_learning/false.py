# %% wrong: the anchor is counted
# message: the anchor is counted among its negatives
def false_negatives(shares, batch):
    return batch * np.sum(shares**2), np.sum(shares * (1 - (1 - shares) ** batch))


# %% wrong: equal classes
# message: the classes are taken for equally frequent
def false_negatives(shares, batch):
    s = 1 / len(shares)
    return (batch - 1) * s, 1 - (1 - s) ** (batch - 1)


# %% wrong: averaged too early
# message: the mean over the anchor's class is taken before the power
def false_negatives(shares, batch):
    s = np.sum(shares**2)
    return (batch - 1) * s, 1 - (1 - s) ** (batch - 1)


# %% wrong: the probability of none
# message: the probability is that of no false negative
def false_negatives(shares, batch):
    none = np.sum(shares * (1 - shares) ** (batch - 1))
    return (batch - 1) * np.sum(shares**2), none


# %% wrong: all are of the anchor's class
# message: the probability is that of false negatives only
def false_negatives(shares, batch):
    return (batch - 1) * np.sum(shares**2), np.sum(shares * shares ** (batch - 1))


# %% wrong: anchors of all classes equally often
# message: anchors of all classes are taken for equally likely
def false_negatives(shares, batch):
    return (batch - 1) * np.mean(shares), np.mean(1 - (1 - shares) ** (batch - 1))


# %% wrong: the number is taken for the probability
# message: the expected number is taken for the probability
def false_negatives(shares, batch):
    expected = (batch - 1) * np.sum(shares**2)
    return expected, min(1.0, expected)


# %% right: binomial distributions
def false_negatives(shares, batch):
    from scipy.stats import binom

    mean = np.dot(shares, binom.mean(batch - 1, shares))
    return mean, np.dot(shares, binom.sf(0, batch - 1, shares))


# %% right: torch
def false_negatives(shares, batch):
    s = torch.tensor(shares)
    return (batch - 1) * (s @ s), 1 - s @ torch.pow(1 - s, batch - 1)
