# %% wrong: only positive output weights
# message: computes OR
def parity_network(inputs):
    k = np.arange(1, inputs + 1)
    return np.ones((inputs, inputs)), 0.5 - k, np.ones(inputs), -0.5


# %% wrong: one for an even number
# message: even number
def parity_network(inputs):
    k = np.arange(1, inputs + 1)
    return np.ones((inputs, inputs)), 0.5 - k, (-1.0) ** k, 0.5


# %% wrong: thresholds on whole numbers
# message: threshold is too high
def parity_network(inputs):
    k = np.arange(1, inputs + 1)
    return np.ones((inputs, inputs)), -k, (-1.0) ** (k + 1), -0.5


# %% wrong: the network of the lecture for two of the inputs
# message: only the first two inputs
def parity_network(inputs):
    W1 = np.zeros((min(inputs, 2), inputs))
    W1[:, :2] = 1
    b1 = np.array([-0.5, -1.5])[: len(W1)]
    return W1, b1, np.array([1.0, -1.0])[: len(W1)], -0.5


# %% wrong: exactly one
# message: exactly one 1
def parity_network(inputs):
    k = np.arange(1, inputs + 1)
    return np.ones((inputs, inputs)), 0.5 - k, np.where(k == 1, 1.0, -1.0), -0.5


# %% wrong: one unit for each odd row
# message: doubles with every input
def parity_network(inputs):
    rows = all_rows(inputs, low=0)
    odd = rows[rows.sum(axis=1) % 2 == 1]
    W1 = 2.0 * odd - 1
    return W1, 0.5 - odd.sum(axis=1), np.ones(len(odd)), -0.5


# %% wrong: W1 for three inputs, whatever is asked
# message: wrong shape
def parity_network(inputs):
    return np.ones((3, 3)), np.array([-0.5, -1.5, -2.5]), np.array([1, -1, 1]), -0.5


# %% wrong: two and three inputs by heart
def parity_network(inputs):
    b1, w2 = np.array([-0.5, -1.5, -2.5]), np.array([1.0, -1.0, 1.0])
    units = {2: 2, 3: 3}[inputs]
    return np.ones((units, inputs)), b1[:units], w2[:units], -0.5


# %% right: large weights and reversed order
def parity_network(inputs):
    k = np.arange(inputs, 0, -1)
    W1 = np.full((inputs, inputs), 10.0)
    return W1, 5.0 - 10.0 * k, np.where(k % 2 == 1, 7.0, -7.0), -1.0


# %% right: units that fire for at most k ones
def parity_network(inputs):
    W1 = [[-1] * inputs for _ in range(inputs)]
    b1 = [k + 0.5 for k in range(inputs)]  # at most k ones
    w2 = [(-1) ** (k + 1) for k in range(inputs)]
    # all units fire for no ones, then one after the other falls silent
    start = -sum(w2) - 0.5
    return W1, b1, w2, start
