# %% wrong: the value is added
# message: the value is added to the pixel and not put in its place
def one_pixel(x, label, parameters, values):
    W1, b1, W2, b2 = parameters
    best = None
    now = x.copy()
    for i, j in np.ndindex(*x.shape):
        for value in values:
            now[i, j] += value
            S = scores(now[None], parameters)[0].numpy()
            p = np.exp(S - S.max()) / np.exp(S - S.max()).sum()
            key = p[label]
            if best is None or key < best[0]:
                best = (key, (i, j, value, float(p[label])))
            now = x.copy()
    return best[1]


# %% wrong: the largest probability
# message: the probability of the true class is made as large as possible
def one_pixel(x, label, parameters, values):
    W1, b1, W2, b2 = parameters
    best = None
    now = x.copy()
    for i, j in np.ndindex(*x.shape):
        for value in values:
            now[i, j] = value
            S = scores(now[None], parameters)[0].numpy()
            p = np.exp(S - S.max()) / np.exp(S - S.max()).sum()
            key = -p[label]
            if best is None or key < best[0]:
                best = (key, (i, j, value, float(p[label])))
            now = x.copy()
    return best[1]


# %% wrong: another class as sure as possible
# message: the change is chosen that makes another class most probable
def one_pixel(x, label, parameters, values):
    W1, b1, W2, b2 = parameters
    best = None
    now = x.copy()
    for i, j in np.ndindex(*x.shape):
        for value in values:
            now[i, j] = value
            S = scores(now[None], parameters)[0].numpy()
            p = np.exp(S - S.max()) / np.exp(S - S.max()).sum()
            key = -np.delete(p, label).max()
            if best is None or key < best[0]:
                best = (key, (i, j, value, float(p[label])))
            now = x.copy()
    return best[1]


# %% wrong: the score
# message: the score of the true class is compared and not its probability
def one_pixel(x, label, parameters, values):
    W1, b1, W2, b2 = parameters
    best = None
    now = x.copy()
    for i, j in np.ndindex(*x.shape):
        for value in values:
            now[i, j] = value
            S = scores(now[None], parameters)[0].numpy()
            p = np.exp(S - S.max()) / np.exp(S - S.max()).sum()
            key = S[label]
            if best is None or key < best[0]:
                best = (key, (i, j, value, float(p[label])))
            now = x.copy()
    return best[1]


# %% wrong: the old value is not put back
# message: the changes before stay: more than one pixel is changed
def one_pixel(x, label, parameters, values):
    W1, b1, W2, b2 = parameters
    best = None
    now = x.copy()
    for i, j in np.ndindex(*x.shape):
        for value in values:
            now[i, j] = value
            S = scores(now[None], parameters)[0].numpy()
            p = np.exp(S - S.max()) / np.exp(S - S.max()).sum()
            key = p[label]
            if best is None or key < best[0]:
                best = (key, (i, j, value, float(p[label])))
            pass
    return best[1]


# %% wrong: the gradient chooses
# message: the pixel with the largest gradient is chosen
def one_pixel(x, label, parameters, values):
    leaf = torch.tensor(x)[None].requires_grad_()
    p = torch.softmax(scores(leaf, parameters), dim=1)[0, label]
    (slope,) = torch.autograd.grad(p, leaf)
    i, j = divmod(int(slope.abs().argmax()), x.shape[1])
    found = []
    for value in values:
        copy = x.copy()
        copy[i, j] = value
        p = torch.softmax(scores(copy[None], parameters), dim=1)[0, label]
        found.append((p.item(), value))
    p, value = min(found)
    return i, j, value, p


# %% wrong: row and column exchanged
# message: row and column are exchanged
def one_pixel(x, label, parameters, values):
    W1, b1, W2, b2 = parameters
    best = None
    now = x.copy()
    for i, j in np.ndindex(*x.shape):
        for value in values:
            now[i, j] = value
            S = scores(now[None], parameters)[0].numpy()
            p = np.exp(S - S.max()) / np.exp(S - S.max()).sum()
            key = p[label]
            if best is None or key < best[0]:
                best = (key, (j, i, value, float(p[label])))
            now = x.copy()
    return best[1]


# %% wrong: the probability before
# message: the probability before the change is returned
def one_pixel(x, label, parameters, values):
    W1, b1, W2, b2 = parameters
    best = None
    now = x.copy()
    for i, j in np.ndindex(*x.shape):
        for value in values:
            now[i, j] = value
            S = scores(now[None], parameters)[0].numpy()
            p = np.exp(S - S.max()) / np.exp(S - S.max()).sum()
            key = p[label]
            if best is None or key < best[0]:
                best = (key, (i, j, value, float(p[label])))
            now = x.copy()
    return (
        *best[1][:3],
        float(torch.softmax(scores(x[None], parameters), dim=1)[0, label]),
    )


# %% wrong: the last value only
# message: only the last of the values is tried
def one_pixel(x, label, parameters, values):
    W1, b1, W2, b2 = parameters
    best = None
    now = x.copy()
    for i, j in np.ndindex(*x.shape):
        for value in values[-1:]:
            now[i, j] = value
            S = scores(now[None], parameters)[0].numpy()
            p = np.exp(S - S.max()) / np.exp(S - S.max()).sum()
            key = p[label]
            if best is None or key < best[0]:
                best = (key, (i, j, value, float(p[label])))
            now = x.copy()
    return best[1]


# %% right: a loop with Python's own minimum
def one_pixel(x, label, parameters, values):
    def after(change):
        i, j, value = change
        copy = torch.tensor(x)
        copy[i, j] = value
        return float(scores(copy[None], parameters).softmax(1)[0, label])

    rows, columns = x.shape
    changes = [(i, j, v) for i in range(rows) for j in range(columns) for v in values]
    best = min(changes, key=after)
    return [*best, after(best)]


# %% right: numpy, by the log of the odds
def one_pixel(x, label, parameters, values):
    W1, b1, W2, b2 = parameters
    table = np.empty((x.size, len(values)))
    for k in range(x.size):
        for m, value in enumerate(values):
            flat = x.ravel().copy()
            flat[k] = value
            S = W2 @ np.maximum(0, W1 @ flat + b1) + b2
            table[k, m] = 1 / np.exp(S - S[label]).sum()
    k, m = np.unravel_index(table.argmin(), table.shape)
    return k // x.shape[1], k % x.shape[1], values[m], table[k, m]
