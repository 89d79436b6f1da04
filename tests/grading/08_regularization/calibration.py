# %% wrong: signed gaps
# message: cancel
def calibration_error(P, y, bins):
    confidence, right = P.max(axis=1), P.argmax(axis=1) == y
    number = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps, sizes = [], []
    for b in range(bins):
        inside = number == b
        if inside.any():
            gaps.append(right[inside].mean() - confidence[inside].mean())
            sizes.append(inside.mean())
    return abs(np.dot(gaps, sizes))


# %% wrong: without bins
# message: case by case
def calibration_error(P, y, bins):
    return np.abs((P.argmax(axis=1) == y) - P.max(axis=1)).mean()


# %% wrong: bins of equal weight
# message: same weight
def calibration_error(P, y, bins):
    confidence, right = P.max(axis=1), P.argmax(axis=1) == y
    number = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps, sizes = [], []
    for b in range(bins):
        inside = number == b
        if inside.any():
            gaps.append(right[inside].mean() - confidence[inside].mean())
            sizes.append(inside.mean())
    return np.mean(np.abs(gaps))


# %% wrong: empty bins are counted
# message: divided by the number of bins
def calibration_error(P, y, bins):
    confidence, right = P.max(axis=1), P.argmax(axis=1) == y
    number = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps, sizes = [], []
    for b in range(bins):
        inside = number == b
        if inside.any():
            gaps.append(right[inside].mean() - confidence[inside].mean())
            sizes.append(inside.mean())
    return np.sum(np.abs(gaps)) / bins


# %% wrong: the worst bin
# message: largest gap
def calibration_error(P, y, bins):
    confidence, right = P.max(axis=1), P.argmax(axis=1) == y
    number = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps, sizes = [], []
    for b in range(bins):
        inside = number == b
        if inside.any():
            gaps.append(right[inside].mean() - confidence[inside].mean())
            sizes.append(inside.mean())
    return np.max(np.abs(gaps))


# %% wrong: the probability of the true class
# message: true class
def calibration_error(P, y, bins):
    confidence, right = P[np.arange(len(y)), y], P.argmax(axis=1) == y
    number = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps, sizes = [], []
    for b in range(bins):
        inside = number == b
        if inside.any():
            gaps.append(right[inside].mean() - confidence[inside].mean())
            sizes.append(inside.mean())
    return np.sum(np.abs(gaps) * np.array(sizes))


# %% wrong: the last bin is open
# message: falls out of the last bin
def calibration_error(P, y, bins):
    confidence, right = P.max(axis=1), P.argmax(axis=1) == y
    number = (confidence * bins).astype(int)
    gaps, sizes = [], []
    for b in range(bins):
        inside = number == b
        if inside.any():
            gaps.append(right[inside].mean() - confidence[inside].mean())
            sizes.append(inside.mean())
    return np.sum(np.abs(gaps) * np.array(sizes))


# %% wrong: always ten bins
def calibration_error(P, y, bins):
    bins = 10
    confidence, right = P.max(axis=1), P.argmax(axis=1) == y
    number = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps, sizes = [], []
    for b in range(bins):
        inside = number == b
        if inside.any():
            gaps.append(right[inside].mean() - confidence[inside].mean())
            sizes.append(inside.mean())
    return np.sum(np.abs(gaps) * np.array(sizes))


# %% right: histograms with weights
def calibration_error(P, y, bins):
    confidence = P.max(axis=1)
    surplus = (P.argmax(axis=1) == y) - confidence
    totals, _ = np.histogram(confidence, bins, range=(0, 1), weights=surplus)
    return np.abs(totals).sum() / len(y)


# %% right: torch and index_add
def calibration_error(P, y, bins):
    confidence, guess = torch.tensor(P).max(dim=1)
    surplus = (guess == torch.tensor(y)).double() - confidence
    place = (confidence * bins).long().clamp(max=bins - 1)
    sums = torch.zeros(bins, dtype=torch.float64).index_add(0, place, surplus)
    return sums.abs().sum() / len(y)
