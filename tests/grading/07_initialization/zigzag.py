# %% wrong: the arriving gradients are ignored
# message: arriving gradients are ignored
def same_sign_shares(X, delta, size):
    def same(table):
        return np.mean((table > 0).all(axis=-1) | (table < 0).all(axis=-1))

    G = X * delta[:, None]
    return same(X), same(X.reshape(-1, size, X.shape[1]).mean(axis=1))


# %% wrong: the book is believed
# message: bias's gradient
def same_sign_shares(X, delta, size):
    return 1.0, 1.0


# %% wrong: the shares of mixed signs
# message: shares of different signs
def same_sign_shares(X, delta, size):
    def same(table):
        return np.mean((table > 0).all(axis=-1) | (table < 0).all(axis=-1))

    G = X * delta[:, None]
    return 1 - same(G), 1 - same(G.reshape(-1, size, X.shape[1]).mean(axis=1))


# %% wrong: a batch agrees if each of its samples does
# message: judged by its samples
def same_sign_shares(X, delta, size):
    def same(table):
        return np.mean((table > 0).all(axis=-1) | (table < 0).all(axis=-1))

    G = X * delta[:, None]
    return same(G), np.mean(
        [same(rows) == 1 for rows in G.reshape(-1, size, X.shape[1])]
    )


# %% wrong: only rising weights count
# message: only positive signs
def same_sign_shares(X, delta, size):
    def same(table):
        return np.mean((table > 0).all(axis=-1) | (table < 0).all(axis=-1))

    G = X * delta[:, None]
    batches = G.reshape(-1, size, X.shape[1]).mean(axis=1)
    return np.mean((G > 0).all(axis=1)), np.mean((batches > 0).all(axis=1))


# %% wrong: one batch of everything
# message: one batch
def same_sign_shares(X, delta, size):
    def same(table):
        return np.mean((table > 0).all(axis=-1) | (table < 0).all(axis=-1))

    G = X * delta[:, None]
    return same(G), same(G.mean(axis=0, keepdims=True))


# %% right: smallest times largest
def same_sign_shares(X, delta, size):
    shares = []
    for k in (1, size):
        sums = np.add.reduceat(X * delta[:, None], np.arange(0, len(X), k))
        shares.append((sums.min(axis=1) * sums.max(axis=1) > 0).mean())
    return np.array(shares)


# %% right: a loop in plain Python
def same_sign_shares(X, delta, size):
    def agree(row):
        return all(v > 0 for v in row) or all(v < 0 for v in row)

    samples = [[d * v for v in x] for x, d in zip(X.tolist(), delta.tolist())]
    starts = range(0, len(samples), size)
    batches = [[sum(c) for c in zip(*samples[s : s + size])] for s in starts]
    return tuple(sum(map(agree, t)) / len(t) for t in (samples, batches))
