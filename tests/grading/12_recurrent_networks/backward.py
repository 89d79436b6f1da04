# %% wrong: only the harm is repaired
# message: nothing is repaired but
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    whole = d_c + o * (1 - np.tanh(new_c) ** 2) * d_h
    di, df, dg = g * whole, new_c * whole, i * whole
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - g) ** 2 * dg
    da = np.hstack((dai, daf, dao, dag))
    return da @ W, da @ U, f * whole, da.T @ x, da.T @ h, da.sum(axis=0)


# %% wrong: the slope
# message: still (1 - g)²
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    whole = d_c + o * (1 - np.tanh(new_c) ** 2) * d_h
    di, df, dg = g * whole, c * whole, i * whole
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - g) ** 2 * dg
    da = np.hstack((dai, daf, dag, dao))
    return da @ W, da @ U, f * whole, da.T @ x, da.T @ h, da.sum(axis=0)


# %% wrong: the forget gate
# message: still uses the new cell
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    whole = d_c + o * (1 - np.tanh(new_c) ** 2) * d_h
    di, df, dg = g * whole, new_c * whole, i * whole
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - g**2) * dg
    da = np.hstack((dai, daf, dag, dao))
    return da @ W, da @ U, f * whole, da.T @ x, da.T @ h, da.sum(axis=0)


# %% wrong: the order
# message: still in the order
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    whole = d_c + o * (1 - np.tanh(new_c) ** 2) * d_h
    di, df, dg = g * whole, c * whole, i * whole
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - g**2) * dg
    da = np.hstack((dai, daf, dao, dag))
    return da @ W, da @ U, f * whole, da.T @ x, da.T @ h, da.sum(axis=0)


# %% wrong: slope and order
# message: slope and order are not
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    whole = d_c + o * (1 - np.tanh(new_c) ** 2) * d_h
    di, df, dg = g * whole, c * whole, i * whole
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - g) ** 2 * dg
    da = np.hstack((dai, daf, dao, dag))
    return da @ W, da @ U, f * whole, da.T @ x, da.T @ h, da.sum(axis=0)


# %% wrong: the caller's array changes
# message: in place
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    d_c += o * (1 - np.tanh(new_c) ** 2) * d_h
    di, df, dg = g * d_c, c * d_c, i * d_c
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - g**2) * dg
    da = np.hstack((dai, daf, dag, dao))
    return da @ W, da @ U, f * d_c, da.T @ x, da.T @ h, da.sum(axis=0)


# %% wrong: tanh of g
# message: which is a tanh already
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    whole = d_c + o * (1 - np.tanh(new_c) ** 2) * d_h
    di, df, dg = g * whole, c * whole, i * whole
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - np.tanh(g) ** 2) * dg
    da = np.hstack((dai, daf, dag, dao))
    return da @ W, da @ U, f * whole, da.T @ x, da.T @ h, da.sum(axis=0)


# %% wrong: the output sends nothing
# message: sends no gradient
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    whole = d_c
    di, df, dg = g * whole, c * whole, i * whole
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - g**2) * dg
    da = np.hstack((dai, daf, dag, dao))
    return da @ W, da @ U, f * whole, da.T @ x, da.T @ h, da.sum(axis=0)


# %% wrong: the cell's gradient is lost
# message: new cell is lost
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    whole = o * (1 - np.tanh(new_c) ** 2) * d_h
    di, df, dg = g * whole, c * whole, i * whole
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - g**2) * dg
    da = np.hstack((dai, daf, dag, dao))
    return da @ W, da @ U, f * whole, da.T @ x, da.T @ h, da.sum(axis=0)


# %% wrong: no slope of the cell's tanh
# message: not differentiated
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    whole = d_c + o * d_h
    di, df, dg = g * whole, c * whole, i * whole
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - g**2) * dg
    da = np.hstack((dai, daf, dag, dao))
    return da @ W, da @ U, f * whole, da.T @ x, da.T @ h, da.sum(axis=0)


# %% wrong: the given gradient only
# message: given gradient only
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    whole = d_c + o * (1 - np.tanh(new_c) ** 2) * d_h
    di, df, dg = g * whole, c * whole, i * whole
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - g**2) * dg
    da = np.hstack((dai, daf, dag, dao))
    return da @ W, da @ U, f * d_c, da.T @ x, da.T @ h, da.sum(axis=0)


# %% wrong: means
# message: means over the samples
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    do = np.tanh(new_c) * d_h
    whole = d_c + o * (1 - np.tanh(new_c) ** 2) * d_h
    di, df, dg = g * whole, c * whole, i * whole
    dai, daf, dao = i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do
    dag = (1 - g**2) * dg
    da = np.hstack((dai, daf, dag, dao))
    return (
        da @ W,
        da @ U,
        f * whole,
        da.T @ x / len(x),
        da.T @ h / len(x),
        da.mean(axis=0),
    )


# %% right: autograd
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, *values = cache
    i, f, g, o, _ = values
    leaves = [torch.tensor(v, requires_grad=True) for v in (x, h, c, W, U)]
    a = np.hstack(
        [np.log(i / (1 - i)), np.log(f / (1 - f)), np.arctanh(g), np.log(o / (1 - o))]
    )
    rest = torch.tensor(a - x @ W.T - h @ U.T, requires_grad=True)
    x, h, c, W, U = leaves
    i, f, g, o = (x @ W.T + h @ U.T + rest).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    loss = (c * torch.tensor(d_c)).sum()
    loss = loss + (torch.sigmoid(o) * torch.tanh(c) * torch.tensor(d_h)).sum()
    loss.backward()
    return [leaf.grad for leaf in leaves] + [rest.grad.sum(0)]


# %% right: block by block
def lstm_step_backward(d_h, d_c, cache):
    x, h, c, W, U, i, f, g, o, new_c = cache
    t = np.tanh(new_c)
    into = d_c + d_h * o * (1 - t) * (1 + t)
    blocks = [
        into * g * (i - i**2),
        into * c * (f - f**2),
        into * i * (1 + g) * (1 - g),
        d_h * t * (o - o**2),
    ]
    dx = sum(part @ w for part, w in zip(blocks, np.split(W, 4)))
    dh = sum(part @ u for part, u in zip(blocks, np.split(U, 4)))
    dW = np.vstack([part.T @ x for part in blocks])
    dU = np.vstack([part.T @ h for part in blocks])
    return dx, dh, into * f, dW, dU, np.hstack([part.sum(0) for part in blocks])
