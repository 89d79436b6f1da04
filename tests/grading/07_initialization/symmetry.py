# %% wrong: equal on the way forward is enough
# message: incoming weights and biases
def different_units(W1, b1, W2):
    return len(np.unique(np.column_stack([W1, b1]), axis=0))


# %% wrong: equal on the way back is enough
# message: only the outgoing
def different_units(W1, b1, W2):
    return len(np.unique(W2.T, axis=0))


# %% wrong: biases do not matter
# message: biases are ignored
def different_units(W1, b1, W2):
    return len(np.unique(np.column_stack([W1, W2.T]), axis=0))


# %% wrong: one output is enough
# message: first outgoing
def different_units(W1, b1, W2):
    return len(np.unique(np.column_stack([W1, b1, W2[0]]), axis=0))


# %% wrong: every unit counts
# message: all units count
def different_units(W1, b1, W2):
    return len(W1)


# %% wrong: twins are removed altogether
# message: have a twin
def different_units(W1, b1, W2):
    units = np.column_stack([W1, b1, W2.T])
    counts = np.unique(units, axis=0, return_counts=True)[1]
    return int((counts == 1).sum())


# %% wrong: the rank
# message: rank
def different_units(W1, b1, W2):
    return int(np.linalg.matrix_rank(np.column_stack([W1, b1, W2.T])))


# %% right: a set of tuples
def different_units(W1, b1, W2):
    return len({(tuple(w), c, tuple(v)) for w, c, v in zip(W1, b1, W2.T)})


# %% right: two steps of gradient descent in two worlds
def different_units(W1, b1, W2):
    draw = np.random.default_rng(0)
    W, b, V = W1.astype(float), b1.astype(float), W2.astype(float)
    for _ in range(3):
        H = np.tanh(W @ draw.normal(size=W.shape[1]) * 0.1 + b)
        delta = draw.normal(size=len(V))
        dz = (delta @ V) * (1 - H**2)
        x = draw.normal(size=W.shape[1])
        W, b, V = W - np.outer(dz, x), b - dz, V - np.outer(delta, H)
    rows = np.column_stack([W, b, V.T])
    seen = []
    for row in rows:
        if not any(np.abs(row - other).max() < 1e-9 for other in seen):
            seen.append(row)
    return len(seen)
