# %% wrong: weights without biases
# message: biases are left out
def count_parameters(widths):
    return sum(n * m for n, m in zip(widths, widths[1:]))


# %% wrong: one bias for each layer
# message: one bias instead of one for each unit
def count_parameters(widths):
    return sum(n * m + 1 for n, m in zip(widths, widths[1:]))


# %% wrong: biases for the inputs
# message: inputs get biases too
def count_parameters(widths):
    return widths[0] + sum(n * m + m for n, m in zip(widths, widths[1:]))


# %% wrong: a bias for each unit that a layer reads
# message: each unit that a layer reads
def count_parameters(widths):
    return sum(n * (m + 1) for n, m in zip(widths, widths[1:]))


# %% wrong: the number of units
# message: units are counted
def count_parameters(widths):
    return sum(widths[1:])


# %% wrong: the three visible networks by heart
def count_parameters(widths):
    return {2: 56, 3: 13, 5: 67_461}[len(widths)]


# %% right: torch counts
def count_parameters(widths):
    from torch import nn

    layers = [nn.Linear(n, m) for n, m in zip(widths, widths[1:])]
    return sum(p.numel() for p in nn.Sequential(*layers).parameters())


# %% right: a scalar product
def count_parameters(widths):
    w = np.array(widths, dtype=np.int64)
    return (w[:-1] + 1) @ w[1:]
