# %% wrong: bottlenecks beside
# message: beside their bottleneck
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    layers = [(C, a, 1), (C, b0, 1), (C, b, 9), (C, c0, 1), (C, c, 25), (C, d, 1)]
    weights = sum(before * after * size for before, after, size in layers)
    biases = sum(after for _, after, _ in layers)
    return a + b + c + d, weights + biases, weights * H * W


# %% wrong: a chain
# message: one after the other
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    layers = [(C, a, 1), (a, b0, 1), (b0, b, 9), (b, c0, 1), (c0, c, 25), (c, d, 1)]
    weights = sum(before * after * size for before, after, size in layers)
    biases = sum(after for _, after, _ in layers)
    return a + b + c + d, weights + biases, weights * H * W


# %% wrong: no projection
# message: behind the pooling
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    layers = [(C, a, 1), (C, b0, 1), (b0, b, 9), (C, c0, 1), (c0, c, 25)]
    weights = sum(before * after * size for before, after, size in layers)
    biases = sum(after for _, after, _ in layers)
    return a + b + c + d, weights + biases, weights * H * W


# %% wrong: no bottlenecks
# message: there are no bottlenecks
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    layers = [(C, a, 1), (C, b, 9), (C, c, 25), (C, d, 1)]
    weights = sum(before * after * size for before, after, size in layers)
    biases = sum(after for _, after, _ in layers)
    return a + b + c + d, weights + biases, weights * H * W


# %% wrong: sides instead of areas
# message: as its side is long
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    layers = [(C, a, 1), (C, b0, 1), (b0, b, 3), (C, c0, 1), (c0, c, 5), (C, d, 1)]
    weights = sum(before * after * size for before, after, size in layers)
    biases = sum(after for _, after, _ in layers)
    return a + b + c + d, weights + biases, weights * H * W


# %% wrong: pooling has weights
# message: pooling has weights
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    layers = [(C, a, 1), (C, b0, 1), (b0, b, 9), (C, c0, 1), (c0, c, 25), (C, d, 1)]
    weights = sum(before * after * size for before, after, size in layers)
    layers.append((C, C, 9))
    weights += 9 * C * C
    biases = sum(after for _, after, _ in layers)
    return a + b + c + d, weights + biases, weights * H * W


# %% wrong: no biases
# message: biases are forgotten
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    layers = [(C, a, 1), (C, b0, 1), (b0, b, 9), (C, c0, 1), (c0, c, 25), (C, d, 1)]
    weights = sum(before * after * size for before, after, size in layers)
    biases = sum(after for _, after, _ in layers)
    return a + b + c + d, weights, weights * H * W


# %% wrong: biases are multiplied
# message: counted as multiplications
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    layers = [(C, a, 1), (C, b0, 1), (b0, b, 9), (C, c0, 1), (c0, c, 25), (C, d, 1)]
    weights = sum(before * after * size for before, after, size in layers)
    biases = sum(after for _, after, _ in layers)
    return a + b + c + d, weights + biases, (weights + biases) * H * W


# %% wrong: bottlenecks are joined
# message: joined to the output
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    layers = [(C, a, 1), (C, b0, 1), (b0, b, 9), (C, c0, 1), (c0, c, 25), (C, d, 1)]
    weights = sum(before * after * size for before, after, size in layers)
    biases = sum(after for _, after, _ in layers)
    return sum(widths), weights + biases, weights * H * W


# %% wrong: branches are added
# message: widest one counts
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    layers = [(C, a, 1), (C, b0, 1), (b0, b, 9), (C, c0, 1), (c0, c, 25), (C, d, 1)]
    weights = sum(before * after * size for before, after, size in layers)
    biases = sum(after for _, after, _ in layers)
    return max(a, b, c, d), weights + biases, weights * H * W


# %% wrong: one position
# message: single position
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    layers = [(C, a, 1), (C, b0, 1), (b0, b, 9), (C, c0, 1), (c0, c, 25), (C, d, 1)]
    weights = sum(before * after * size for before, after, size in layers)
    biases = sum(after for _, after, _ in layers)
    return a + b + c + d, weights + biases, weights


# %% right: torch without memory
def inception_cost(shape, widths):
    C, H, W = shape
    a, b0, b, c0, c, d = widths
    with torch.device("meta"):
        convs = [torch.nn.Conv2d(C, out, 1) for out in (a, b0, c0, d)]
        convs += [torch.nn.Conv2d(b0, b, 3), torch.nn.Conv2d(c0, c, 5)]
    parameters = sum(p.numel() for conv in convs for p in conv.parameters())
    work = sum(conv.weight.numel() for conv in convs) * H * W
    return np.array([a + b + c + d, parameters, work])


# %% right: branch by branch
def inception_cost(shape, widths):
    def way(channels, *steps):
        numbers = work = 0
        for out, kernel in steps:
            each = channels * kernel**2
            numbers, work = numbers + out * (each + 1), work + out * each
            channels = out
        return np.array([channels, numbers, work * shape[1] * shape[2]])

    a, b0, b, c0, c, d = widths
    C = shape[0]
    middle = way(C, (b0, 1), (b, 3)) + way(C, (c0, 1), (c, 5))
    return way(C, (a, 1)) + middle + way(C, (d, 1))
