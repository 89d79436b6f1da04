# %% wrong: every image is compared with itself as well
# message: the distance of each image to itself is counted
def alignment_uniformity(a, b):
    squared = ((a[:, None] - a) ** 2).sum(axis=2)
    return ((a - b) ** 2).sum(axis=1).mean(), np.log(np.exp(-2 * squared).mean())


# %% wrong: the diagonal is zeroed, the mean is over N²
# message: the sum without the diagonal is divided by N², not by N(N − 1)
def alignment_uniformity(a, b):
    squared = ((a[:, None] - a) ** 2).sum(axis=2)
    powers = np.exp(-2 * squared) - np.eye(len(a))
    return ((a - b) ** 2).sum(axis=1).mean(), np.log(powers.mean())


# %% wrong: distances are not squared
# message: the distances are not squared
def alignment_uniformity(a, b):
    apart = np.sqrt(((a[:, None] - a) ** 2).sum(axis=2))[~np.eye(len(a), dtype=bool)]
    return np.linalg.norm(a - b, axis=1).mean(), np.log(np.exp(-2 * apart).mean())


# %% wrong: the mean of logarithms
# message: the mean of logarithms is taken, not the logarithm of the mean
def alignment_uniformity(a, b):
    squared = ((a[:, None] - a) ** 2).sum(axis=2)[~np.eye(len(a), dtype=bool)]
    return ((a - b) ** 2).sum(axis=1).mean(), (-2 * squared).mean()


# %% wrong: the factor 2 is missing
# message: the factor 2 in the exponent is missing
def alignment_uniformity(a, b):
    squared = ((a[:, None] - a) ** 2).sum(axis=2)[~np.eye(len(a), dtype=bool)]
    return ((a - b) ** 2).sum(axis=1).mean(), np.log(np.exp(-squared).mean())


# %% wrong: first views against second views
# message: the uniformity compares first views with second ones
def alignment_uniformity(a, b):
    squared = ((a[:, None] - b) ** 2).sum(axis=2)[~np.eye(len(a), dtype=bool)]
    return ((a - b) ** 2).sum(axis=1).mean(), np.log(np.exp(-2 * squared).mean())


# %% wrong: the mean over dimensions too
# message: the alignment is averaged over the dimensions as well
def alignment_uniformity(a, b):
    squared = ((a[:, None] - a) ** 2).sum(axis=2)[~np.eye(len(a), dtype=bool)]
    return ((a - b) ** 2).mean(), np.log(np.exp(-2 * squared).mean())


# %% right: cosines
def alignment_uniformity(a, b):
    n = len(a)
    powers = np.exp(4 * (a @ a.T) - 4)
    total = (powers.sum() - np.trace(powers)) / (n * (n - 1))
    return 2 - 2 * (a * b).sum() / n, np.log(total)


# %% right: scipy's distances of pairs
def alignment_uniformity(a, b):
    from scipy.spatial.distance import pdist

    alignment = sum(np.dot(u - v, u - v) for u, v in zip(a, b)) / len(a)
    return alignment, np.log(np.mean(np.exp(-2 * pdist(a, "sqeuclidean"))))
