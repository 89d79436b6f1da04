# %% wrong: the two are swapped
# message: swapped
def best_constants(y):
    return np.median(y), np.mean(y)


# %% wrong: the mean for both
# message: the mean is returned for both
def best_constants(y):
    return y.mean(), y.mean()


# %% wrong: the median for both
# message: the median is returned for both
def best_constants(y):
    return np.median(y), np.median(y)


# %% wrong: the middle of the unsorted list
# message: without sorting
def best_constants(y):
    return y.mean(), y[len(y) // 2]


# %% wrong: halfway between the extremes
# message: midrange
def best_constants(y):
    return y.mean(), 0.5 * (y.max() + y.min())


# %% wrong: the upper of two middle values
# message: upper of two middle values
def best_constants(y):
    return y.mean(), sorted(y)[len(y) // 2]


# %% right: quantiles and sums
def best_constants(y):
    return sum(y) / len(y), np.quantile(y, 0.5)


# %% right: from the standard library
def best_constants(y):
    import statistics

    return [statistics.fmean(y), statistics.median(y.tolist())]
