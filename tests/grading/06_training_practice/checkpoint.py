# %% wrong: the longest segment is rounded down
# message: L // k
def checkpoint_plan(layers):
    peaks = {k: k + layers // k for k in range(1, layers + 1)}
    k = min(peaks, key=peaks.get)
    return k, peaks[k], layers / peaks[k]


# %% wrong: the inputs of the segments are forgotten
# message: forgotten in the peak
def checkpoint_plan(layers):
    return layers, 1, float(layers)


# %% wrong: the segment that is computed again is forgotten
# message: computed again are forgotten
def checkpoint_plan(layers):
    return 1, 1, layers / 1


# %% wrong: the root is rounded
# message: is rounded, whatever
def checkpoint_plan(layers):
    k = round(np.sqrt(layers))
    peak = k + int(np.ceil(layers / k))
    return k, peak, layers / peak


# %% wrong: the root is rounded down
# message: rounded down
def checkpoint_plan(layers):
    k = int(layers**0.5)
    peak = k + int(np.ceil(layers / k))
    return k, peak, layers / peak


# %% wrong: the largest of the best
# message: largest of several
def checkpoint_plan(layers):
    peaks = {k: k - (-layers // k) for k in range(layers, 0, -1)}
    k = min(peaks, key=peaks.get)
    return k, peaks[k], layers / peaks[k]


# %% wrong: the ratio is upside down
# message: upside down
def checkpoint_plan(layers):
    peaks = {k: k - (-layers // k) for k in range(1, layers + 1)}
    k = min(peaks, key=peaks.get)
    return k, peaks[k], peaks[k] / layers


# %% right: arrays
def checkpoint_plan(layers):
    k = np.arange(1, layers + 1)
    peaks = k + (layers + k - 1) // k
    best = peaks.argmin()
    return k[best], peaks[best], layers / peaks[best]


# %% right: down from the root
def checkpoint_plan(layers):
    def peak(k):
        return k + -(-layers // k)

    k = max(1, int(layers**0.5) + 2)
    lowest = min(peak(j) for j in range(1, k + 1))
    first = next(j for j in range(1, k + 1) if peak(j) == lowest)
    return [first, lowest, layers / lowest]
