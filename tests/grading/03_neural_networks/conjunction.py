# %% wrong: all inputs are counted in the threshold
# message: do not matter are counted
def conjunction(signs):
    return signs, 1 - len(signs)


# %% wrong: the score only reaches the threshold
# message: zero counts as −1
def conjunction(signs):
    return signs, -np.abs(signs).sum()


# %% wrong: one condition is enough
# message: an OR
def conjunction(signs):
    n = np.abs(signs).sum()
    return signs, n - 1 if n else -1


# %% wrong: the bias for inputs 0 and 1
# message: inputs 0 and 1
def conjunction(signs):
    return signs, 0.5 - np.sum(signs == 1)


# %% wrong: forbidden inputs are demanded
# message: as those that must be true
def conjunction(signs):
    return np.abs(signs), 1 - np.abs(signs).sum()


# %% wrong: the weights have the opposite signs
# message: no condition holds
def conjunction(signs):
    return -signs, 1 - np.abs(signs).sum()


# %% wrong: only the two conditions of the example
def conjunction(signs):
    w = np.zeros(len(signs))
    w[:2] = signs[:2]
    return w, 1 - np.abs(w).sum()


# %% right: the threshold half way between
def conjunction(signs):
    w = 3.0 * signs
    return w, 3.0 - np.abs(w).sum()


# %% right: a small bias above the best score
def conjunction(signs):
    return [10.0 * s for s in signs], 0.001 - 10.0 * np.count_nonzero(signs)
