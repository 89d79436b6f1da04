# %% wrong: only values outside of the claim count
# message: leaves the claimed range
def wrong_rows(functions, claims):
    x = np.concatenate([np.linspace(-20, 20, 40_001), [-1e6, 1e6]])
    found = []
    for position, function in enumerate(functions):
        low, high = np.clip([function(x).min(), function(x).max()], -1000, 1000)
        claimed_low, claimed_high = np.clip(claims[position], -1000, 1000)
        if low < claimed_low - 1e-3 or high > claimed_high + 1e-3:
            found.append(position)
    return found


# %% wrong: only the lower bound
# message: only the lower bounds
def wrong_rows(functions, claims):
    x = np.concatenate([np.linspace(-20, 20, 40_001), [-1e6, 1e6]])
    found = []
    for position, function in enumerate(functions):
        low, high = np.clip([function(x).min(), function(x).max()], -1000, 1000)
        claimed_low, claimed_high = np.clip(claims[position], -1000, 1000)
        if abs(low - claimed_low) > 1e-3:
            found.append(position)
    return found


# %% wrong: only the upper bound
# message: only the upper bounds
def wrong_rows(functions, claims):
    x = np.concatenate([np.linspace(-20, 20, 40_001), [-1e6, 1e6]])
    found = []
    for position, function in enumerate(functions):
        low, high = np.clip([function(x).min(), function(x).max()], -1000, 1000)
        claimed_low, claimed_high = np.clip(claims[position], -1000, 1000)
        if abs(high - claimed_high) > 1e-3:
            found.append(position)
    return found


# %% wrong: the right rows
# message: right rows are reported
def wrong_rows(functions, claims):
    x = np.concatenate([np.linspace(-20, 20, 40_001), [-1e6, 1e6]])
    found = []
    for position, function in enumerate(functions):
        low, high = np.clip([function(x).min(), function(x).max()], -1000, 1000)
        claimed_low, claimed_high = np.clip(claims[position], -1000, 1000)
        if abs(low - claimed_low) <= 1e-3 and abs(high - claimed_high) <= 1e-3:
            found.append(position)
    return found


# %% wrong: a wide grid that misses the dip
# message: misses the bottom of a dip
def wrong_rows(functions, claims):
    x = np.linspace(-1e6, 1e6, 10_001)
    found = []
    for position, function in enumerate(functions):
        low, high = np.clip([function(x).min(), function(x).max()], -1000, 1000)
        claimed_low, claimed_high = np.clip(claims[position], -1000, 1000)
        if abs(low - claimed_low) > 1e-3 or abs(high - claimed_high) > 1e-3:
            found.append(position)
    return found


# %% wrong: a grid that stops at 20
# message: before an unbounded function
def wrong_rows(functions, claims):
    x = np.linspace(-20, 20, 40_001)
    found = []
    for position, function in enumerate(functions):
        low, high = np.clip([function(x).min(), function(x).max()], -1000, 1000)
        claimed_low, claimed_high = np.clip(claims[position], -1000, 1000)
        if abs(low - claimed_low) > 1e-3 or abs(high - claimed_high) > 1e-3:
            found.append(position)
    return found


# %% wrong: the two rows of the printed table for every table
# message: no row is reported
def wrong_rows(functions, claims):
    return [5, 6] if len(functions) > 5 else []


# %% right: an even finer grid with logarithmic tails
def wrong_rows(functions, claims):
    tail = np.logspace(0, 6, 2_000)
    x = np.concatenate([-tail[::-1], np.linspace(-25, 25, 200_001), tail])
    y = np.array([function(x) for function in functions])  # (rows, points)
    bounds = np.stack([y.min(axis=1), y.max(axis=1)], axis=1)
    bounds = np.where(np.abs(bounds) > 1000, np.copysign(np.inf, bounds), bounds)
    fits = np.isclose(bounds, np.array(claims, dtype=float), rtol=0, atol=1e-3)
    return np.flatnonzero(~fits.all(axis=1))


# %% right: a set of positions, an optimizer for the dips
def wrong_rows(functions, claims):
    from scipy.optimize import minimize_scalar

    def smallest(function):
        coarse = np.append(np.linspace(-20, 20, 4001), [-1e6, 1e6])
        start = coarse[np.argmin(function(coarse))]
        if abs(start) > 20:
            value = float(function(np.array([start]))[0])
        else:
            value = minimize_scalar(
                lambda u: float(function(np.array([u]))[0]),
                bounds=(start - 0.01, start + 0.01),
                method="bounded",
            ).fun
            value = min(value, float(function(coarse).min()))
        return -np.inf if value < -1000 else value

    wrong = set()
    for position, (function, (low, high)) in enumerate(zip(functions, claims)):
        pairs = [(smallest(function), low)]
        pairs.append((-smallest(lambda u, g=function: -g(u)), high))
        for got, claim in pairs:
            if got != claim and not abs(got - claim) < 1e-3:
                wrong.add(position)
    return sorted(wrong)
