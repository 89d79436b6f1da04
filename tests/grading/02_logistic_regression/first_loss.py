# %% wrong: bits instead of nats
# message: base 2
def first_losses(counts):
    shares = counts[counts > 0] / counts.sum()
    return np.log2(len(counts)), -np.sum(shares * np.log2(shares))


# %% wrong: the order is reversed
# message: swapped
def first_losses(counts):
    shares = counts[counts > 0] / counts.sum()
    return -np.sum(shares * np.log(shares)), np.log(len(counts))


# %% wrong: the counts are ignored
# message: make no difference
def first_losses(counts):
    return np.log(len(counts)), np.log(len(counts))


# %% wrong: counts that are not normalized
# message: counts are used
def first_losses(counts):
    return np.log(len(counts)), -np.sum(counts * np.log(counts))


# %% wrong: nan for an empty class
# message: 0 · log 0
def first_losses(counts):
    shares = counts / counts.sum()
    return np.log(len(counts)), -np.sum(shares * np.log(shares))


# %% wrong: the logarithm of the number of samples
# message: number of samples is taken
def first_losses(counts):
    shares = counts[counts > 0] / counts.sum()
    return np.log(counts.sum()), -np.sum(shares * np.log(shares))


# %% wrong: empty classes are dropped everywhere
# message: classes without samples
def first_losses(counts):
    counts = counts[counts > 0]
    shares = counts / counts.sum()
    return np.log(len(counts)), -np.sum(shares * np.log(shares))


# %% wrong: the cost of the most frequent class
# message: most frequent class
def first_losses(counts):
    return np.log(len(counts)), -np.log(counts.max() / counts.sum())


# %% wrong: the costs are not weighted
# message: without their shares
def first_losses(counts):
    return np.log(len(counts)), -np.log(counts / counts.sum()).mean()


# %% right: log N minus the mean logarithm of the counts
def first_losses(counts):
    total = counts.sum()
    logs = np.log(np.maximum(counts, 1))
    return np.log(counts.size), np.log(total) - counts @ logs / total


# %% right: the loss of every single sample
def first_losses(counts):
    import torch

    y = torch.from_numpy(np.repeat(np.arange(len(counts)), counts))
    equal = torch.zeros(len(y), len(counts), dtype=torch.float64)
    best = torch.from_numpy(np.maximum(counts, 1e-30)).log().expand(len(y), -1)
    loss = torch.nn.functional.cross_entropy
    return loss(equal, y).item(), loss(best, y).item()
