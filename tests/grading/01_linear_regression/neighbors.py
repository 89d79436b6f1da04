# %% wrong: the farthest points vote
# message: farthest
def vote(table, labels, k):
    nearest = np.argsort(table, axis=1)[:, -k:]
    return np.array([np.bincount(votes).argmax() for votes in labels[nearest]])


# %% wrong: ties go to the largest label
# message: largest label
def vote(table, labels, k):
    nearest = np.argsort(table, axis=1)[:, :k]
    return np.array(
        [
            max(set(v.tolist()), key=lambda c: ((v == c).sum(), c))
            for v in labels[nearest]
        ]
    )


# %% wrong: only the nearest point counts
# message: single nearest
def vote(table, labels, k):
    return labels[table.argmin(axis=1)]


# %% wrong: labels are averaged
# message: averaged
def vote(table, labels, k):
    nearest = np.argsort(table, axis=1)[:, :k]
    return np.round(labels[nearest].mean(axis=1))


# %% wrong: positions instead of labels
# message: positions
def vote(table, labels, k):
    return np.argsort(table, axis=1)[:, 0]


# %% wrong: one neighbor too many
# message: k + 1
def vote(table, labels, k):
    nearest = np.argsort(table, axis=1)[:, : k + 1]
    return np.array([np.bincount(votes).argmax() for votes in labels[nearest]])


# %% right: one-hot votes are summed
def vote(table, labels, k):
    one_hot = np.eye(labels.max() + 1)[labels]  # (M, C)
    nearest = np.argpartition(table, k - 1, axis=1)[:, :k]
    return one_hot[nearest].sum(axis=1).argmax(axis=1)


# %% right: the statistical mode
def vote(table, labels, k):
    from scipy.stats import mode

    nearest = np.argsort(table, axis=1)[:, :k]
    return mode(labels[nearest], axis=1).mode
