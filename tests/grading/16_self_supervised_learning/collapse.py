# %% wrong: bits
# message: the entropies are measured in bits
def diagnose(q):
    def entropy(p):
        return -(p * np.log2(np.where(p > 0, p, 1))).sum(axis=-1)

    of_mean, mean_of, most = (
        entropy(q.mean(axis=0)),
        entropy(q).mean(),
        np.log(q.shape[1]),
    )
    if of_mean - mean_of > 0.1 * most:
        return of_mean, mean_of, 0
    return of_mean, mean_of, 1 if mean_of > 0.5 * most else 2


# %% wrong: the two are exchanged
# message: the two entropies are exchanged
def diagnose(q):
    def entropy(p):
        return -(p * np.log(np.where(p > 0, p, 1))).sum(axis=-1)

    of_mean, mean_of, most = (
        entropy(q.mean(axis=0)),
        entropy(q).mean(),
        np.log(q.shape[1]),
    )
    kind = 0 if of_mean - mean_of > 0.1 * most else 1 if mean_of > 0.5 * most else 2
    return mean_of, of_mean, kind


# %% wrong: the thresholds do not depend on K
# message: the thresholds are a tenth and a half, without the factor log K
def diagnose(q):
    def entropy(p):
        return -(p * np.log(np.where(p > 0, p, 1))).sum(axis=-1)

    of_mean, mean_of = entropy(q.mean(axis=0)), entropy(q).mean()
    kind = 0 if of_mean - mean_of > 0.1 else 1 if mean_of > 0.5 else 2
    return of_mean, mean_of, kind


# %% wrong: only hard targets count
# message: targets are rounded to their largest entry
def diagnose(q):
    def entropy(p):
        return -(p * np.log(np.where(p > 0, p, 1))).sum(axis=-1)

    hard = np.eye(q.shape[1])[q.argmax(axis=1)]
    of_mean, mean_of, most = (
        entropy(hard.mean(axis=0)),
        entropy(hard).mean(),
        np.log(q.shape[1]),
    )
    kind = 0 if of_mean - mean_of > 0.1 * most else 1 if mean_of > 0.5 * most else 2
    return of_mean, mean_of, kind


# %% wrong: 0 log 0
# message: nan or inf
def diagnose(q):
    with np.errstate(all="ignore"):
        of_mean = -(q.mean(axis=0) * np.log(q.mean(axis=0))).sum()
        mean_of = -(q * np.log(q)).sum(axis=1).mean()
    most = np.log(q.shape[1])
    kind = 0 if of_mean - mean_of > 0.1 * most else 1 if mean_of > 0.5 * most else 2
    return of_mean, mean_of, kind


# %% wrong: judged by the entropy of the mean
# message: all equal and few outputs are told apart by the entropy of the mean row
def diagnose(q):
    def entropy(p):
        return -(p * np.log(np.where(p > 0, p, 1))).sum(axis=-1)

    of_mean, mean_of, most = (
        entropy(q.mean(axis=0)),
        entropy(q).mean(),
        np.log(q.shape[1]),
    )
    kind = 0 if of_mean > 0.5 * most else 1 if mean_of > 0.5 * most else 2
    return of_mean, mean_of, kind if kind == 0 else (1 if of_mean > 0.25 * most else 2)


# %% wrong: healthy by confidence
# message: confident targets are taken for healthy ones
def diagnose(q):
    def entropy(p):
        return -(p * np.log(np.where(p > 0, p, 1))).sum(axis=-1)

    of_mean, mean_of, most = (
        entropy(q.mean(axis=0)),
        entropy(q).mean(),
        np.log(q.shape[1]),
    )
    return of_mean, mean_of, 0 if mean_of < 0.5 * most else 1


# %% wrong: kinds exchanged
# message: the numbers of the two collapses are exchanged
def diagnose(q):
    def entropy(p):
        return -(p * np.log(np.where(p > 0, p, 1))).sum(axis=-1)

    of_mean, mean_of, most = (
        entropy(q.mean(axis=0)),
        entropy(q).mean(),
        np.log(q.shape[1]),
    )
    kind = 0 if of_mean - mean_of > 0.1 * most else 2 if mean_of > 0.5 * most else 1
    return of_mean, mean_of, kind


# %% right: scipy's entropy
def diagnose(q):
    from scipy.stats import entropy

    of_mean, mean_of = entropy(q.mean(axis=0)), entropy(q, axis=1).mean()
    most = np.log(q.shape[1])
    healthy = of_mean - mean_of > most / 10
    return of_mean, mean_of, 0 if healthy else 2 - int(mean_of > most / 2)


# %% right: the information as a mean divergence
def diagnose(q):
    table = torch.tensor(q)
    middle = table.mean(dim=0)
    ratio = torch.where(table > 0, table / middle, 1.0)
    information = (table * ratio.log()).sum(dim=1).mean()
    of_mean = torch.special.entr(middle).sum()
    most = np.log(q.shape[1])
    kind = (
        0
        if information > 0.1 * most
        else 1
        if of_mean - information > 0.5 * most
        else 2
    )
    return of_mean, of_mean - information, kind
