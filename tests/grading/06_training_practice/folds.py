# %% wrong: the parts are swapped
# message: swapped
def cross_validate(score, order, k):
    folds = np.array_split(order, k)
    rest = [np.concatenate(folds[:i] + folds[i + 1 :]) for i in range(k)]
    return np.array([score(f, r) for f, r in zip(folds, rest)])


# %% wrong: left-over rows are never validated
# message: never validated
def cross_validate(score, order, k):
    size, scores = len(order) // k, []
    for i in range(k):
        held = slice(i * size, (i + 1) * size)
        scores.append(score(np.delete(order, held), order[held]))
    return np.array(scores)


# %% wrong: the last fold takes the rest
# message: last fold
def cross_validate(score, order, k):
    size, scores = len(order) // k, []
    for i in range(k):
        held = slice(i * size, (i + 1) * size if i < k - 1 else None)
        scores.append(score(np.delete(order, held), order[held]))
    return np.array(scores)


# %% wrong: fitted on all rows
# message: fitted on all rows
def cross_validate(score, order, k):
    return np.array([score(order, fold) for fold in np.array_split(order, k)])


# %% wrong: the shuffled order is ignored
# message: order is ignored
def cross_validate(score, order, k):
    rows = np.arange(len(order))
    folds = np.array_split(rows, k)
    return np.array([score(np.setdiff1d(rows, fold), fold) for fold in folds])


# %% wrong: interleaved folds
# message: every k-th row
def cross_validate(score, order, k):
    return np.array(
        [score(np.setdiff1d(order, order[i::k]), order[i::k]) for i in range(k)]
    )


# %% wrong: the mean of the scores
# message: wrong shape
def cross_validate(score, order, k):
    folds = np.array_split(order, k)
    return np.mean([score(np.setdiff1d(order, fold), fold) for fold in folds])


# %% right: folds of scikit-learn
def cross_validate(score, order, k):
    from sklearn.model_selection import KFold

    return [score(order[a], order[b]) for a, b in KFold(k).split(order)]


# %% right: a mask and explicit borders
def cross_validate(score, order, k):
    n, start, scores = len(order), 0, []
    for i in range(k):
        end = start + n // k + (1 if i < n % k else 0)
        inside = np.zeros(n, dtype=bool)
        inside[start:end] = True
        scores.append(score(order[~inside], order[inside]))
        start = end
    return torch.tensor(scores)
