# %% wrong: the sizes of Q
# message: the sizes are the sums of Q, not counts of labels
def round_labels(Q, limit):
    sizes = np.round(len(Q) * Q.sum(axis=0))
    return Q.argmax(axis=1), sizes, sizes.max() <= limit * len(Q) / Q.shape[1]


# %% wrong: labels that nobody has are not counted
# message: wrong shape
def round_labels(Q, limit):
    labels = Q.argmax(axis=1)
    sizes = np.unique(labels, return_counts=True)[1]
    return labels, sizes, sizes.max() <= limit * len(Q) / Q.shape[1]


# %% wrong: the smallest label is watched
# message: the smallest label is compared with the limit
def round_labels(Q, limit):
    labels = Q.argmax(axis=1)
    sizes = np.bincount(labels, minlength=Q.shape[1])
    return labels, sizes, sizes.min() <= limit * len(Q) / Q.shape[1]


# %% wrong: compared with all images
# message: the largest label is compared with a multiple of N
def round_labels(Q, limit):
    labels = Q.argmax(axis=1)
    sizes = np.bincount(labels, minlength=Q.shape[1])
    return labels, sizes, sizes.max() <= limit * len(Q)


# %% wrong: a label with exactly the limit is refused
# message: a label that holds exactly the limit is refused
def round_labels(Q, limit):
    labels = Q.argmax(axis=1)
    sizes = np.bincount(labels, minlength=Q.shape[1])
    return labels, sizes, sizes.max() < limit * len(Q) / Q.shape[1]


# %% wrong: the columns choose
# message: wrong shape
def round_labels(Q, limit):
    labels = Q.argmax(axis=0)
    sizes = np.bincount(labels, minlength=Q.shape[1])
    return labels, sizes, sizes.max() <= limit * len(Q) / Q.shape[1]


# %% wrong: compared with the labels in use
# message: N is divided by the number of labels in use
def round_labels(Q, limit):
    labels = Q.argmax(axis=1)
    sizes = np.bincount(labels, minlength=Q.shape[1])
    return labels, sizes, sizes.max() <= limit * len(Q) / np.sum(sizes > 0)


# %% right: torch
def round_labels(Q, limit):
    labels = torch.tensor(Q).max(dim=1).indices
    sizes = torch.nn.functional.one_hot(labels, Q.shape[1]).sum(dim=0)
    return labels, sizes, bool(sizes.max() * Q.shape[1] <= limit * len(Q))


# %% right: lists
def round_labels(Q, limit):
    labels = [int(np.argmax(row)) for row in Q]
    sizes = [labels.count(k) for k in range(Q.shape[1])]
    return labels, sizes, max(sizes) <= limit * len(labels) / len(sizes)
