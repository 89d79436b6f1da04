# %% wrong: order i, f, o, g
# message: order i, f, o, g
def lstm_step(x, h, c, W, U, b):
    i, f, o, g = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new, f


# %% wrong: order f, i, g, o
# message: order f, i, g, o
def lstm_step(x, h, c, W, U, b):
    f, i, g, o = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new, f


# %% wrong: order f, i, o, g
# message: order f, i, o, g
def lstm_step(x, h, c, W, U, b):
    f, i, o, g = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new, f


# %% wrong: the slide: gates see the cell
# message: as on the slide
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W.T + c @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new, f


# %% wrong: no recurrence
# message: last output is left out
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new, f


# %% wrong: no bias
# message: bias is left out
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W.T + h @ U.T, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new, f


# %% wrong: sigmoid for the candidate
# message: candidate goes through a sigmoid
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), expit(g), expit(o)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new, f


# %% wrong: coupled gates
# message: place of the input gate
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + (1 - f) * g
    return o * np.tanh(c_new), c_new, f


# %% wrong: nothing is forgotten
# message: nothing is forgotten
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = c + i * g
    return o * np.tanh(c_new), c_new, f


# %% wrong: the old cell is shown
# message: old cell
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + i * g
    return o * np.tanh(c), c_new, f


# %% wrong: no tanh at the output
# message: lacks its tanh
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + i * g
    return o * c_new, c_new, f


# %% wrong: the slope of the forget gate
# message: slope of the forget gate
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new, f * (1 - f)


# %% wrong: the input gate as factor
# message: factor is the input gate
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new, i


# %% wrong: what is kept
# message: not its derivative
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    i, f, g, o = expit(i), expit(f), np.tanh(g), expit(o)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new, f * c


# %% right: torch's cell, and its gates once more
def lstm_step(x, h, c, W, U, b):
    x, h, c, W, U, b = map(torch.tensor, (x, h, c, W, U, b))
    h_new, c_new = torch._VF.lstm_cell(x, (h, c), W, U, b, torch.zeros_like(b))
    H = h.shape[1]
    f = torch.sigmoid((x @ W.T + h @ U.T + b)[:, H : 2 * H])
    return h_new, c_new, f


# %% right: sigmoid as a tanh, blocks by slices
def lstm_step(x, h, c, W, U, b):
    H = h.shape[1]
    a = np.hstack([x, h]) @ np.hstack([W, U]).T + b

    def gate(k):
        return 0.5 + 0.5 * np.tanh(a[:, k * H : (k + 1) * H] / 2)

    c = gate(1) * c + gate(0) * np.tanh(a[:, 2 * H : 3 * H])
    return [gate(3) * np.tanh(c), c, gate(1)]
