# %% wrong: every hidden unit is a bend
# message: every hidden unit counts
def count_pieces(layers, low, high):
    return 1 + sum(len(b) for W, b in layers[:-1])


# %% wrong: a product over the layers
# message: pieces of the layers are multiplied
def count_pieces(layers, low, high):
    return int(np.prod([len(b) + 1 for W, b in layers[:-1]]))


# %% wrong: the first layer alone
# message: only the bends of the first layer
def count_pieces(layers, low, high):
    W, b = layers[0]
    bends = -b / W[:, 0]
    return 1 + len(set(bends[(low < bends) & (bends < high)]))


# %% wrong: ends of the interval count
# message: at the ends of the interval
def count_pieces(layers, low, high):
    width = 1e-3 * (high - low)
    x = np.linspace(low - width, high + width, 400_001)[:, None]
    for W, b in layers[:-1]:
        x = np.maximum(x @ W.T + b, 0)
    y = (x @ layers[-1][0].T)[:, 0]
    slopes = np.diff(y) / (high - low + 2 * width) * 400_000
    return count_levels(slopes)


def count_levels(slopes):
    steps = np.abs(np.diff(slopes)) > 1e-6
    return 1 + int(np.sum(steps & ~np.insert(steps[:-1], 0, False)))


# %% wrong: the interval is ignored
# message: outside the interval
def count_pieces(layers, low, high):
    x = np.linspace(min(low, -0.0) - 1e-9, max(high, 1.0), 400_001)[:, None]
    x = np.linspace(-4.0, 4.0, 400_002)[:, None] if low > 0 else x[1:]
    for W, b in layers[:-1]:
        x = np.maximum(x @ W.T + b, 0)
    steps = np.abs(np.diff((x @ layers[-1][0].T)[:, 0], n=2)) > 1e-9
    return 1 + int(np.sum(steps & ~np.insert(steps[:-1], 0, False)))


# %% wrong: patterns of hidden units
# message: output does not see
def count_pieces(layers, low, high):
    x = np.linspace(low, high, 400_001)[1:-1, None]
    patterns = []
    for W, b in layers[:-1]:
        x = x @ W.T + b
        patterns.append(x > 0)
        x = np.maximum(x, 0)
    patterns = np.hstack(patterns)
    return 1 + int(np.any(patterns[1:] != patterns[:-1], axis=1).sum())


# %% wrong: common bends count twice
# message: counted twice
def count_pieces(layers, low, high):
    x = np.linspace(low, high, 400_001)[1:-1, None]
    bends = 0
    for W, b in layers[:-1]:
        x = x @ W.T + b
        seen = np.abs(layers[-1][0]).sum(axis=0) > 0
        seen = seen if len(seen) == len(b) else np.full(len(b), True)
        changes = np.diff(x > 0, axis=0).sum(axis=0)
        bends += int(changes[seen].sum()) if len(layers) == 2 else 0
        if len(layers) > 2:
            bends += int(np.any(np.diff(x > 0, axis=0), axis=1).sum())
        x = np.maximum(x, 0)
    return 1 + bends


# %% wrong: a coarse grid
def count_pieces(layers, low, high):
    x = np.linspace(low, high, 41)[:, None]
    for W, b in layers[:-1]:
        x = np.maximum(x @ W.T + b, 0)
    y = (x @ layers[-1][0].T)[:, 0]
    bends = np.abs(np.diff(y, n=2)) > 1e-7
    return 1 + int(np.sum(bends & ~np.insert(bends[:-1], 0, False)))


# %% right: straight pieces carried through the layers
def count_pieces(layers, low, high):
    pieces = [(low, high, np.array([1.0]), np.array([0.0]))]  # value = s·x + c
    for number, (W, b) in enumerate(layers, start=1):
        refined = []
        for left, right, s, c in pieces:
            slope, offset = W @ s, W @ c + b
            cuts = []
            if number < len(layers):
                zeros = [-o / m for m, o in zip(slope, offset) if m != 0]
                cuts = [z for z in zeros if left < z < right]
            edges = [left, *sorted(cuts), right]
            for start, end in zip(edges, edges[1:]):
                if end - start < 1e-10:
                    continue
                on = np.ones(len(b))
                if number < len(layers):
                    on = (slope * (start + end) / 2 + offset > 0).astype(float)
                refined.append((start, end, on * slope, on * offset))
        pieces = refined
    slopes = [piece[2][0] for piece in pieces]
    return 1 + sum(abs(a - b) > 1e-7 for a, b in zip(slopes, slopes[1:]))


# %% right: exact slopes on a fine grid
def count_pieces(layers, low, high):
    total = 400_000
    x = low + (high - low) * (np.arange(total) + 0.5) / total
    h, slope = x[:, None], np.ones((total, 1))
    for W, b in layers[:-1]:
        z = h @ W.T + b
        slope = (slope @ W.T) * (z > 0)
        h = np.maximum(z, 0)
    slope = (slope @ layers[-1][0].T)[:, 0]
    return 1 + int(np.sum(np.abs(np.diff(slope)) > 1e-7))
