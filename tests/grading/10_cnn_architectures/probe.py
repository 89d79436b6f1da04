# %% wrong: pooled maps go on
# message: pooled maps of the layer before
def probe_layers(layers, windows, train, test, penalty):
    (h, y), (g, y_test) = train, test
    T = 2.0 * np.eye(10)[y] - 1

    def pool(maps, w):
        N, C, H, W = maps.shape
        cut = maps.reshape(N, C, H // w, w, W // w, w)
        return cut.mean(axis=(3, 5)).reshape(N, -1)

    sizes, found = [], []
    for layer, w in zip(layers, windows):
        h, g = layer(h), layer(g)
        A, B = pool(h, w), pool(g, w)
        side = h.shape[2] // w
        h = A.reshape(len(h), -1, side, side)
        g = B.reshape(len(g), -1, side, side)
        center, spread = A.mean(0), A.std(0)
        spread = np.where(np.ptp(A, axis=0) == 0, 1, spread)
        A, B = (A - center) / spread, (B - center) / spread
        V = np.linalg.solve(A.T @ A + penalty * np.eye(A.shape[1]), A.T @ T)
        sizes.append(A.shape[1])
        found.append(np.mean((B @ V).argmax(1) == y_test))
    return np.array(sizes), np.array(found)


# %% wrong: max pooling
# message: maximum of each window
def probe_layers(layers, windows, train, test, penalty):
    (h, y), (g, y_test) = train, test
    T = 2.0 * np.eye(10)[y] - 1

    def pool(maps, w):
        N, C, H, W = maps.shape
        cut = maps.reshape(N, C, H // w, w, W // w, w)
        return cut.max(axis=(3, 5)).reshape(N, -1)

    sizes, found = [], []
    for layer, w in zip(layers, windows):
        h, g = layer(h), layer(g)
        A, B = pool(h, w), pool(g, w)
        center, spread = A.mean(0), A.std(0)
        spread = np.where(np.ptp(A, axis=0) == 0, 1, spread)
        A, B = (A - center) / spread, (B - center) / spread
        V = np.linalg.solve(A.T @ A + penalty * np.eye(A.shape[1]), A.T @ T)
        sizes.append(A.shape[1])
        found.append(np.mean((B @ V).argmax(1) == y_test))
    return np.array(sizes), np.array(found)


# %% wrong: test statistics
# message: with its own numbers
def probe_layers(layers, windows, train, test, penalty):
    (h, y), (g, y_test) = train, test
    T = 2.0 * np.eye(10)[y] - 1

    def pool(maps, w):
        N, C, H, W = maps.shape
        cut = maps.reshape(N, C, H // w, w, W // w, w)
        return cut.mean(axis=(3, 5)).reshape(N, -1)

    sizes, found = [], []
    for layer, w in zip(layers, windows):
        h, g = layer(h), layer(g)
        A, B = pool(h, w), pool(g, w)
        center, spread = A.mean(0), A.std(0)
        spread = np.where(np.ptp(A, axis=0) == 0, 1, spread)
        A, B = (
            (A - center) / spread,
            (B - B.mean(0)) / np.where(B.std(0) == 0, 1, B.std(0)),
        )
        V = np.linalg.solve(A.T @ A + penalty * np.eye(A.shape[1]), A.T @ T)
        sizes.append(A.shape[1])
        found.append(np.mean((B @ V).argmax(1) == y_test))
    return np.array(sizes), np.array(found)


# %% wrong: only centered
# message: centered but not scaled
def probe_layers(layers, windows, train, test, penalty):
    (h, y), (g, y_test) = train, test
    T = 2.0 * np.eye(10)[y] - 1

    def pool(maps, w):
        N, C, H, W = maps.shape
        cut = maps.reshape(N, C, H // w, w, W // w, w)
        return cut.mean(axis=(3, 5)).reshape(N, -1)

    sizes, found = [], []
    for layer, w in zip(layers, windows):
        h, g = layer(h), layer(g)
        A, B = pool(h, w), pool(g, w)
        center, spread = A.mean(0), A.std(0)
        spread = np.where(np.ptp(A, axis=0) == 0, 1, spread)
        A, B = A - center, B - center
        V = np.linalg.solve(A.T @ A + penalty * np.eye(A.shape[1]), A.T @ T)
        sizes.append(A.shape[1])
        found.append(np.mean((B @ V).argmax(1) == y_test))
    return np.array(sizes), np.array(found)


# %% wrong: raw features
# message: not standardized
def probe_layers(layers, windows, train, test, penalty):
    (h, y), (g, y_test) = train, test
    T = 2.0 * np.eye(10)[y] - 1

    def pool(maps, w):
        N, C, H, W = maps.shape
        cut = maps.reshape(N, C, H // w, w, W // w, w)
        return cut.mean(axis=(3, 5)).reshape(N, -1)

    sizes, found = [], []
    for layer, w in zip(layers, windows):
        h, g = layer(h), layer(g)
        A, B = pool(h, w), pool(g, w)
        center, spread = A.mean(0), A.std(0)
        spread = np.where(np.ptp(A, axis=0) == 0, 1, spread)
        V = np.linalg.solve(A.T @ A + penalty * np.eye(A.shape[1]), A.T @ T)
        sizes.append(A.shape[1])
        found.append(np.mean((B @ V).argmax(1) == y_test))
    return np.array(sizes), np.array(found)


# %% wrong: penalty times samples
# message: mean loss is penalized
def probe_layers(layers, windows, train, test, penalty):
    (h, y), (g, y_test) = train, test
    T = 2.0 * np.eye(10)[y] - 1

    def pool(maps, w):
        N, C, H, W = maps.shape
        cut = maps.reshape(N, C, H // w, w, W // w, w)
        return cut.mean(axis=(3, 5)).reshape(N, -1)

    sizes, found = [], []
    for layer, w in zip(layers, windows):
        h, g = layer(h), layer(g)
        A, B = pool(h, w), pool(g, w)
        center, spread = A.mean(0), A.std(0)
        spread = np.where(np.ptp(A, axis=0) == 0, 1, spread)
        A, B = (A - center) / spread, (B - center) / spread
        V = np.linalg.solve(A.T @ A + penalty * len(A) * np.eye(A.shape[1]), A.T @ T)
        sizes.append(A.shape[1])
        found.append(np.mean((B @ V).argmax(1) == y_test))
    return np.array(sizes), np.array(found)


# %% wrong: no penalty
# message: there is no penalty
def probe_layers(layers, windows, train, test, penalty):
    (h, y), (g, y_test) = train, test
    T = 2.0 * np.eye(10)[y] - 1

    def pool(maps, w):
        N, C, H, W = maps.shape
        cut = maps.reshape(N, C, H // w, w, W // w, w)
        return cut.mean(axis=(3, 5)).reshape(N, -1)

    sizes, found = [], []
    for layer, w in zip(layers, windows):
        h, g = layer(h), layer(g)
        A, B = pool(h, w), pool(g, w)
        center, spread = A.mean(0), A.std(0)
        spread = np.where(np.ptp(A, axis=0) == 0, 1, spread)
        A, B = (A - center) / spread, (B - center) / spread
        V = np.linalg.solve(A.T @ A + 1e-6 * np.eye(A.shape[1]), A.T @ T)
        sizes.append(A.shape[1])
        found.append(np.mean((B @ V).argmax(1) == y_test))
    return np.array(sizes), np.array(found)


# %% wrong: training accuracy
# message: accuracy is that of the training
def probe_layers(layers, windows, train, test, penalty):
    (h, y), (g, y_test) = train, test
    T = 2.0 * np.eye(10)[y] - 1

    def pool(maps, w):
        N, C, H, W = maps.shape
        cut = maps.reshape(N, C, H // w, w, W // w, w)
        return cut.mean(axis=(3, 5)).reshape(N, -1)

    sizes, found = [], []
    for layer, w in zip(layers, windows):
        h, g = layer(h), layer(g)
        A, B = pool(h, w), pool(g, w)
        center, spread = A.mean(0), A.std(0)
        spread = np.where(np.ptp(A, axis=0) == 0, 1, spread)
        A, B = (A - center) / spread, (B - center) / spread
        V = np.linalg.solve(A.T @ A + penalty * np.eye(A.shape[1]), A.T @ T)
        sizes.append(A.shape[1])
        found.append(np.mean((A @ V).argmax(1) == y))
    return np.array(sizes), np.array(found)


# %% wrong: errors
# message: errors are returned
def probe_layers(layers, windows, train, test, penalty):
    (h, y), (g, y_test) = train, test
    T = 2.0 * np.eye(10)[y] - 1

    def pool(maps, w):
        N, C, H, W = maps.shape
        cut = maps.reshape(N, C, H // w, w, W // w, w)
        return cut.mean(axis=(3, 5)).reshape(N, -1)

    sizes, found = [], []
    for layer, w in zip(layers, windows):
        h, g = layer(h), layer(g)
        A, B = pool(h, w), pool(g, w)
        center, spread = A.mean(0), A.std(0)
        spread = np.where(np.ptp(A, axis=0) == 0, 1, spread)
        A, B = (A - center) / spread, (B - center) / spread
        V = np.linalg.solve(A.T @ A + penalty * np.eye(A.shape[1]), A.T @ T)
        sizes.append(A.shape[1])
        found.append(np.mean((B @ V).argmax(1) != y_test))
    return np.array(sizes), np.array(found)


# %% wrong: inputs are probed
# message: input of each layer
def probe_layers(layers, windows, train, test, penalty):
    (h, y), (g, y_test) = train, test
    T = 2.0 * np.eye(10)[y] - 1

    def pool(maps, w):
        N, C, H, W = maps.shape
        cut = maps.reshape(N, C, H // w, w, W // w, w)
        return cut.mean(axis=(3, 5)).reshape(N, -1)

    sizes, found = [], []
    for layer, w in zip(layers, windows):
        A, B = pool(h, w), pool(g, w)
        h, g = layer(h), layer(g)
        center, spread = A.mean(0), A.std(0)
        spread = np.where(np.ptp(A, axis=0) == 0, 1, spread)
        A, B = (A - center) / spread, (B - center) / spread
        V = np.linalg.solve(A.T @ A + penalty * np.eye(A.shape[1]), A.T @ T)
        sizes.append(A.shape[1])
        found.append(np.mean((B @ V).argmax(1) == y_test))
    return np.array(sizes), np.array(found)


# %% wrong: constant features become nan
# message: divided by its deviation
def probe_layers(layers, windows, train, test, penalty):
    (h, y), (g, y_test) = train, test
    T = 2.0 * np.eye(10)[y] - 1

    def pool(maps, w):
        N, C, H, W = maps.shape
        cut = maps.reshape(N, C, H // w, w, W // w, w)
        return cut.mean(axis=(3, 5)).reshape(N, -1)

    sizes, found = [], []
    for layer, w in zip(layers, windows):
        h, g = layer(h), layer(g)
        A, B = pool(h, w), pool(g, w)
        center, spread = A.mean(0), A.std(0)
        A, B = (A - center) / spread, (B - center) / spread
        V = np.linalg.solve(A.T @ A + penalty * np.eye(A.shape[1]), A.T @ T)
        sizes.append(A.shape[1])
        found.append(np.mean((B @ V).argmax(1) == y_test))
    return np.array(sizes), np.array(found)


# %% right: torch
def probe_layers(layers, windows, train, test, penalty):
    T = torch.full((len(train[1]), 10), -1.0, dtype=torch.float64)
    T[torch.arange(len(T)), torch.tensor(train[1])] = 1
    both, n = np.concatenate([train[0], test[0]]), len(T)
    sizes, scores = [], []
    for layer, window in zip(layers, windows):
        both = layer(both)
        pooled = torch.nn.functional.avg_pool2d(torch.tensor(both), window).flatten(1)
        mean, spread = pooled[:n].mean(0), pooled[:n].std(0, correction=0)
        same = pooled[:n].amax(0) == pooled[:n].amin(0)
        Z = (pooled - mean) / spread.masked_fill(same, 1)
        A, B = Z[:n], Z[n:]
        eye = torch.eye(A.shape[1], dtype=torch.float64)
        V = torch.linalg.solve(A.T @ A + penalty * eye, A.T @ T)
        guess = (B @ V).argmax(dim=1).numpy()
        sizes.append(A.shape[1])
        scores.append(float((guess == test[1]).mean()))
    return sizes, scores


# %% right: the dual problem
def probe_layers(layers, windows, train, test, penalty):
    T = np.where(np.arange(10) == np.asarray(train[1])[:, None], 1.0, -1.0)
    now = [train[0], test[0]]
    result = []
    for layer, w in zip(layers, windows):
        now = [layer(part) for part in now]
        A, B = (
            np.stack(
                [
                    part[:, :, i : i + w, j : j + w].mean(axis=(2, 3))
                    for i in range(0, part.shape[2], w)
                    for j in range(0, part.shape[3], w)
                ],
                axis=2,
            ).reshape(len(part), -1)
            for part in now
        )
        scale = A.std(axis=0)
        scale[np.ptp(A, axis=0) == 0] = 1
        B = (B - A.mean(axis=0)) / scale
        A = (A - A.mean(axis=0)) / scale
        alpha = np.linalg.solve(A @ A.T + penalty * np.eye(len(A)), T)
        right = (B @ A.T @ alpha).argmax(axis=1) == test[1]
        result.append((A.shape[1], right.mean()))
    sizes, scores = zip(*result)
    return list(sizes), list(scores)
