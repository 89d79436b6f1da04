# %% wrong: slopes as weights
# message: instead of a change of slope
def relu_interpolant(knots, values):
    return -knots[:-1], np.diff(values) / np.diff(knots), values[0]


# %% wrong: bends on the other side of zero
# message: −t instead of t
def relu_interpolant(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return knots[:-1], np.diff(slopes, prepend=0.0), values[0]


# %% wrong: no height at the first knot
# message: starts at height 0
def relu_interpolant(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return -knots[:-1], np.diff(slopes, prepend=0.0), 0.0


# %% wrong: differences instead of slopes
# message: not divided by the distance
def relu_interpolant(knots, values):
    return -knots[:-1], np.diff(np.diff(values), prepend=0.0), values[0]


# %% wrong: heights as weights
# message: height of a knot
def relu_interpolant(knots, values):
    return -knots[:-1], values[:-1], 0.0


# %% wrong: bends at the right ends
# message: end of its piece
def relu_interpolant(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return -knots[1:], np.diff(slopes, prepend=0.0), values[0]


# %% wrong: a unit for every knot
# message: wrong shape
def relu_interpolant(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return -knots, np.append(np.diff(slopes, prepend=0.0), 0.0), values[0]


# %% wrong: the first piece gets no unit
# message: wrong shape
def relu_interpolant(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return -knots[1:-1], np.diff(slopes), values[0]


# %% right: a system of linear equations
def relu_interpolant(knots, values):
    H = np.maximum(knots[1:, None] - knots[:-1], 0)  # (K, K), lower triangle
    return -knots[:-1], np.linalg.solve(H, values[1:] - values[0]), values[0]


# %% right: from left to right, units in reverse
def relu_interpolant(knots, values):
    weights, slope = [], 0.0
    for k in range(len(knots) - 1):
        wanted = (values[k + 1] - values[k]) / (knots[k + 1] - knots[k])
        weights.append(wanted - slope)
        slope = wanted
    return [-t for t in knots[-2::-1]], weights[::-1], float(values[0])
