# %% wrong: a fixed small tolerance
# message: a fixed tolerance
def wrong_gradients(suspects):
    found = []
    for k, (f, g, x) in enumerate(suspects):
        steps = 1e-5 * np.eye(len(x))
        n = np.array([(f(x + s) - f(x - s)) / 2e-5 for s in steps])
        if np.abs(np.asarray(g(x)) - n).max() > 1e-6:
            found.append(k)
    return found


# %% wrong: a fixed larger tolerance
# message: 1e-4 overlooks
def wrong_gradients(suspects):
    found = []
    for k, (f, g, x) in enumerate(suspects):
        steps = 1e-5 * np.eye(len(x))
        n = np.array([(f(x + s) - f(x - s)) / 2e-5 for s in steps])
        if np.abs(np.asarray(g(x)) - n).max() > 1e-4:
            found.append(k)
    return found


# %% wrong: only the first entry
# message: only the first entry
def wrong_gradients(suspects):
    found = []
    for k, (f, g, x) in enumerate(suspects):
        step = np.zeros(len(x))
        step[0] = 1e-5
        n, c = (f(x + step) - f(x - step)) / 2e-5, np.asarray(g(x))[0]
        if abs(c - n) > 1e-4 * max(abs(c), abs(n)):
            found.append(k)
    return found


# %% wrong: the innocent are returned
# message: right ones
def wrong_gradients(suspects):
    found = []
    for k, (f, g, x) in enumerate(suspects):
        steps = 1e-5 * np.eye(len(x))
        n = np.array([(f(x + s) - f(x - s)) / 2e-5 for s in steps])
        c = np.asarray(g(x))
        if np.linalg.norm(c - n) <= 1e-4 * max(np.linalg.norm(c), np.linalg.norm(n)):
            found.append(k)
    return found


# %% wrong: lengths instead of vectors
# message: direction
def wrong_gradients(suspects):
    found = []
    for k, (f, g, x) in enumerate(suspects):
        steps = 1e-5 * np.eye(len(x))
        n = np.array([(f(x + s) - f(x - s)) / 2e-5 for s in steps])
        a, b = np.linalg.norm(g(x)), np.linalg.norm(n)
        if abs(a - b) > 1e-4 * b:
            found.append(k)
    return found


# %% right: a smaller step and a loop over entries
def wrong_gradients(suspects):
    guilty = set()
    for k, (f, g, x) in enumerate(suspects):
        numerical = []
        for j in range(x.size):
            up, down = x.astype(float).copy(), x.astype(float).copy()
            up[j] += 1e-6
            down[j] -= 1e-6
            numerical.append((f(up) - f(down)) / 2e-6)
        claimed, numerical = np.array(g(x), dtype=float), np.array(numerical)
        size = max(np.linalg.norm(claimed), np.linalg.norm(numerical))
        if size and np.linalg.norm(claimed - numerical) / size > 1e-4:
            guilty.add(k)
    return sorted(guilty)


# %% right: differences of fourth order
def wrong_gradients(suspects):
    def slope(f, x, s):
        return (8 * (f(x + s) - f(x - s)) - f(x + 2 * s) + f(x - 2 * s)) / (12 * 1e-4)

    errors = []
    for f, g, x in suspects:
        n = np.array([slope(f, x, s) for s in 1e-4 * np.eye(len(x))])
        c = np.asarray(g(x))
        bound = 1e-4 * np.maximum(np.linalg.norm(c), np.linalg.norm(n))
        errors.append(np.linalg.norm(c - n) > bound)
    return np.flatnonzero(errors)
