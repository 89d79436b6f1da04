# %% wrong: the first paper's place
# message: before the product
def gru_step(x, h, W, U, b_x, b_h):
    r_x, z_x, n_x = np.split(x @ W.T + b_x, 3, axis=1)
    r_h, z_h, n_h = np.split(h @ U.T + b_h, 3, axis=1)
    r, z = expit(r_x + r_h), expit(z_x + z_h)
    n_h = (r * h) @ np.split(U, 3)[2].T + np.split(b_h, 3)[2]
    n = np.tanh(n_x + n_h)
    return (1 - z) * n + z * h


# %% wrong: the bias outside
# message: outside of the reset gate
def gru_step(x, h, W, U, b_x, b_h):
    r_x, z_x, n_x = np.split(x @ W.T + b_x, 3, axis=1)
    r_h, z_h, n_h = np.split(h @ U.T + b_h, 3, axis=1)
    r, z = expit(r_x + r_h), expit(z_x + z_h)
    n = np.tanh(n_x + r * (h @ np.split(U, 3)[2].T) + np.split(b_h, 3)[2])
    return (1 - z) * n + z * h


# %% wrong: no second bias
# message: second bias of n is left out
def gru_step(x, h, W, U, b_x, b_h):
    r_x, z_x, n_x = np.split(x @ W.T + b_x, 3, axis=1)
    r_h, z_h, n_h = np.split(h @ U.T + b_h, 3, axis=1)
    r, z = expit(r_x + r_h), expit(z_x + z_h)
    n = np.tanh(n_x + r * (h @ np.split(U, 3)[2].T))
    return (1 - z) * n + z * h


# %% wrong: z and 1 - z
# message: exchanged
def gru_step(x, h, W, U, b_x, b_h):
    r_x, z_x, n_x = np.split(x @ W.T + b_x, 3, axis=1)
    r_h, z_h, n_h = np.split(h @ U.T + b_h, 3, axis=1)
    r, z = expit(r_x + r_h), expit(z_x + z_h)
    n = np.tanh(n_x + r * n_h)
    return z * n + (1 - z) * h


# %% wrong: order z, r, n
# message: order z, r, n
def gru_step(x, h, W, U, b_x, b_h):
    z_x, r_x, n_x = np.split(x @ W.T + b_x, 3, axis=1)
    z_h, r_h, n_h = np.split(h @ U.T + b_h, 3, axis=1)
    r, z = expit(r_x + r_h), expit(z_x + z_h)
    n = np.tanh(n_x + r * n_h)
    return (1 - z) * n + z * h


# %% wrong: no reset
# message: reset gate is not used
def gru_step(x, h, W, U, b_x, b_h):
    r_x, z_x, n_x = np.split(x @ W.T + b_x, 3, axis=1)
    r_h, z_h, n_h = np.split(h @ U.T + b_h, 3, axis=1)
    r, z = expit(r_x + r_h), expit(z_x + z_h)
    n = np.tanh(n_x + n_h)
    return (1 - z) * n + z * h


# %% wrong: the input is reset, too
# message: input's part
def gru_step(x, h, W, U, b_x, b_h):
    r_x, z_x, n_x = np.split(x @ W.T + b_x, 3, axis=1)
    r_h, z_h, n_h = np.split(h @ U.T + b_h, 3, axis=1)
    r, z = expit(r_x + r_h), expit(z_x + z_h)
    n = np.tanh(r * (n_x + n_h))
    return (1 - z) * n + z * h


# %% wrong: sigmoid
# message: n goes through a sigmoid
def gru_step(x, h, W, U, b_x, b_h):
    r_x, z_x, n_x = np.split(x @ W.T + b_x, 3, axis=1)
    r_h, z_h, n_h = np.split(h @ U.T + b_h, 3, axis=1)
    r, z = expit(r_x + r_h), expit(z_x + z_h)
    n = expit(n_x + r * n_h)
    return (1 - z) * n + z * h


# %% wrong: no 1 - z
# message: added whole
def gru_step(x, h, W, U, b_x, b_h):
    r_x, z_x, n_x = np.split(x @ W.T + b_x, 3, axis=1)
    r_h, z_h, n_h = np.split(h @ U.T + b_h, 3, axis=1)
    r, z = expit(r_x + r_h), expit(z_x + z_h)
    n = np.tanh(n_x + r * n_h)
    return n + z * h


# %% right: torch's cell
def gru_step(x, h, W, U, b_x, b_h):
    x, h, W, U, b_x, b_h = map(torch.tensor, (x, h, W, U, b_x, b_h))
    return torch._VF.gru_cell(x, h, W, U, b_x, b_h)


# %% right: one step towards n, sample by sample
def gru_step(x, h, W, U, b_x, b_h):
    H, out = h.shape[1], []
    for one, state in zip(x, h):
        a, d = W @ one + b_x, U @ state + b_h
        gates = 1 / (1 + np.exp(-(a + d)[: 2 * H]))
        n = np.tanh(a[2 * H :] + gates[:H] * d[2 * H :])
        out.append(n + gates[H:] * (state - n))
    return out
