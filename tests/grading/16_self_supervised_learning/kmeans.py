# %% wrong: empty clusters stay
# message: an empty cluster stays where it was
def kmeans_round(Z, centers):
    labels = ((Z[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
    moved = centers.copy()
    for k in range(len(centers)):
        if np.any(labels == k):
            moved[k] = Z[labels == k].mean(axis=0)
    return labels, moved


# %% wrong: the mean of nothing
# message: nan or inf
def kmeans_round(Z, centers):
    labels = ((Z[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
    counts = np.bincount(labels, minlength=len(centers))
    with np.errstate(all="ignore"):
        moved = np.eye(len(centers))[labels].T @ Z / counts[:, None]
    return labels, moved


# %% wrong: the middle of everything
# message: an empty cluster moves to the mean of all features
def kmeans_round(Z, centers):
    labels = ((Z[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
    own = [Z[labels == k] for k in range(len(centers))]
    return labels, np.array([(z if len(z) else Z).mean(axis=0) for z in own])


# %% wrong: all empty clusters get the same feature
# message: two empty clusters get the same feature
def kmeans_round(Z, centers):
    squared = ((Z[:, None] - centers) ** 2).sum(axis=2)
    labels, far = squared.argmin(axis=1), squared.min(axis=1).argmax()
    own = [Z[labels == k] for k in range(len(centers))]
    return labels, np.array([z.mean(axis=0) if len(z) else Z[far] for z in own])


# %% wrong: the feature nearest to the empty center
# message: an empty cluster gets the feature nearest to it
def kmeans_round(Z, centers):
    squared = ((Z[:, None] - centers) ** 2).sum(axis=2)
    labels, moved = squared.argmin(axis=1), centers.copy()
    for k in range(len(centers)):
        own = labels == k
        moved[k] = Z[own].mean(axis=0) if own.any() else Z[squared[:, k].argmin()]
    return labels, moved


# %% wrong: the features that fit best
# message: an empty cluster gets a feature that fits well
def kmeans_round(Z, centers):
    squared = ((Z[:, None] - centers) ** 2).sum(axis=2)
    labels, order = squared.argmin(axis=1), iter(np.argsort(squared.min(axis=1)))
    own = [Z[labels == k] for k in range(len(centers))]
    return labels, np.array([z.mean(axis=0) if len(z) else Z[next(order)] for z in own])


# %% wrong: the labels follow the new centers
# message: the labels are those of the new centers
def kmeans_round(Z, centers):
    squared = ((Z[:, None] - centers) ** 2).sum(axis=2)
    labels, order = squared.argmin(axis=1), iter(np.argsort(-squared.min(axis=1)))
    own = [Z[labels == k] for k in range(len(centers))]
    moved = np.array([z.mean(axis=0) if len(z) else Z[next(order)] for z in own])
    return ((Z[:, None] - moved) ** 2).sum(axis=2).argmin(axis=1), moved


# %% wrong: far from the new centers
# message: the distances are measured to the new centers
def kmeans_round(Z, centers):
    labels = ((Z[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
    moved = centers.copy()
    used = [k for k in range(len(centers)) if np.any(labels == k)]
    for k in used:
        moved[k] = Z[labels == k].mean(axis=0)
    order = iter(np.argsort(-((Z - moved[labels]) ** 2).sum(axis=1)))
    for k in range(len(centers)):
        if k not in used:
            moved[k] = Z[next(order)]
    return labels, moved


# %% right: loops over features
def kmeans_round(Z, centers):
    labels, nearest = [], []
    for z in Z:
        apart = [np.linalg.norm(z - c) for c in centers]
        labels.append(int(np.argmin(apart)))
        nearest.append(min(apart))
    order = sorted(range(len(Z)), key=lambda i: -nearest[i])
    moved = []
    for k in range(len(centers)):
        own = [z for z, label in zip(Z, labels) if label == k]
        moved.append(sum(own) / len(own) if own else Z[order.pop(0)])
    return labels, moved


# %% right: torch
def kmeans_round(Z, centers):
    Z, centers = torch.tensor(Z), torch.tensor(centers)
    nearest, labels = torch.cdist(Z, centers).min(dim=1)
    counts = torch.bincount(labels, minlength=len(centers))
    sums = torch.zeros_like(centers).index_add(0, labels, Z)
    moved = sums / counts.clamp(min=1)[:, None]
    empty = counts == 0
    moved[empty] = Z[nearest.argsort(descending=True)[: int(empty.sum())]]
    return labels, moved
