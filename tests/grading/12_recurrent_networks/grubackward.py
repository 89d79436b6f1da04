# %% wrong: no direct path
# message: is forgotten
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    dan = d_h * (1 - z) * (1 - n**2)
    daz = d_h * (h - n) * z * (1 - z)
    dar = dan * q * r * (1 - r)
    of_x = np.hstack((dar, daz, dan))
    of_h = np.hstack((dar, daz, dan * r))
    return of_x @ W, of_h @ U, of_x.T @ x, of_h.T @ h


# %% wrong: the direct path only
# message: only the direct path
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    dan = d_h * (1 - z) * (1 - n**2)
    daz = d_h * (h - n) * z * (1 - z)
    dar = dan * q * r * (1 - r)
    of_x = np.hstack((dar, daz, dan))
    of_h = np.hstack((dar, daz, dan * r))
    return of_x @ W, d_h * z, of_x.T @ x, of_h.T @ h


# %% wrong: no r on the way to U
# message: missing on the way back
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    dan = d_h * (1 - z) * (1 - n**2)
    daz = d_h * (h - n) * z * (1 - z)
    dar = dan * q * r * (1 - r)
    of_x = np.hstack((dar, daz, dan))
    of_h = np.hstack((dar, daz, dan))
    return of_x @ W, of_h @ U + d_h * z, of_x.T @ x, of_h.T @ h


# %% wrong: no gradient for r
# message: gets no gradient
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    dan = d_h * (1 - z) * (1 - n**2)
    daz = d_h * (h - n) * z * (1 - z)
    dar = 0 * dan
    of_x = np.hstack((dar, daz, dan))
    of_h = np.hstack((dar, daz, dan * r))
    return of_x @ W, of_h @ U + d_h * z, of_x.T @ x, of_h.T @ h


# %% wrong: h instead of q
# message: uses h instead of q
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    dan = d_h * (1 - z) * (1 - n**2)
    daz = d_h * (h - n) * z * (1 - z)
    dar = dan * h * r * (1 - r)
    of_x = np.hstack((dar, daz, dan))
    of_h = np.hstack((dar, daz, dan * r))
    return of_x @ W, of_h @ U + d_h * z, of_x.T @ x, of_h.T @ h


# %% wrong: the sign of z
# message: is turned
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    dan = d_h * (1 - z) * (1 - n**2)
    daz = d_h * (n - h) * z * (1 - z)
    dar = dan * q * r * (1 - r)
    of_x = np.hstack((dar, daz, dan))
    of_h = np.hstack((dar, daz, dan * r))
    return of_x @ W, of_h @ U + d_h * z, of_x.T @ x, of_h.T @ h


# %% wrong: z without n
# message: forgets n
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    dan = d_h * (1 - z) * (1 - n**2)
    daz = d_h * h * z * (1 - z)
    dar = dan * q * r * (1 - r)
    of_x = np.hstack((dar, daz, dan))
    of_h = np.hstack((dar, daz, dan * r))
    return of_x @ W, of_h @ U + d_h * z, of_x.T @ x, of_h.T @ h


# %% wrong: z and 1 - z
# message: exchanged
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    dan = d_h * z * (1 - n**2)
    daz = d_h * (h - n) * z * (1 - z)
    dar = dan * q * r * (1 - r)
    of_x = np.hstack((dar, daz, dan))
    of_h = np.hstack((dar, daz, dan * r))
    return of_x @ W, of_h @ U + d_h * (1 - z), of_x.T @ x, of_h.T @ h


# %% wrong: the copied slope
# message: (1 - n)²
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    dan = d_h * (1 - z) * (1 - n) ** 2
    daz = d_h * (h - n) * z * (1 - z)
    dar = dan * q * r * (1 - r)
    of_x = np.hstack((dar, daz, dan))
    of_h = np.hstack((dar, daz, dan * r))
    return of_x @ W, of_h @ U + d_h * z, of_x.T @ x, of_h.T @ h


# %% wrong: no slope
# message: slope of the tanh is left out
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    dan = d_h * (1 - z)
    daz = d_h * (h - n) * z * (1 - z)
    dar = dan * q * r * (1 - r)
    of_x = np.hstack((dar, daz, dan))
    of_h = np.hstack((dar, daz, dan * r))
    return of_x @ W, of_h @ U + d_h * z, of_x.T @ x, of_h.T @ h


# %% wrong: order z, r, n
# message: order z, r, n
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    dan = d_h * (1 - z) * (1 - n**2)
    daz = d_h * (h - n) * z * (1 - z)
    dar = dan * q * r * (1 - r)
    of_x = np.hstack((daz, dar, dan))
    of_h = np.hstack((daz, dar, dan * r))
    return of_x @ W, of_h @ U + d_h * z, of_x.T @ x, of_h.T @ h


# %% right: autograd
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    rest = [np.log(r / (1 - r)), np.log(z / (1 - z)), np.arctanh(n) - r * q]
    rest = torch.tensor(np.hstack(rest) - x @ W.T)
    b = -h @ U.T
    b[:, : 2 * h.shape[1]] *= 1
    b[:, 2 * h.shape[1] :] += q
    leaves = [torch.tensor(v, requires_grad=True) for v in (x, h, W, U)]
    x, h, W, U = leaves
    a, d = (x @ W.T + rest).chunk(3, 1), (h @ U.T + torch.tensor(b)).chunk(3, 1)
    r, z = torch.sigmoid(a[0] + d[0]), torch.sigmoid(a[1] + d[1])
    new = (1 - z) * torch.tanh(a[2] + r * d[2]) + z * h
    new.backward(torch.tensor(d_h))
    return [leaf.grad for leaf in leaves]


# %% right: block by block
def gru_step_backward(d_h, x, h, W, U, r, z, n, q):
    wn = d_h * (1 - z) * (1 - n) * (1 + n)
    wz = d_h * (z - z**2) * (h - n)
    wr = wn * q * (r - r**2)
    Wr, Wz, Wn = np.split(W, 3)
    Ur, Uz, Un = np.split(U, 3)
    dx = wr @ Wr + wz @ Wz + wn @ Wn
    dh = d_h * z + wr @ Ur + wz @ Uz + (r * wn) @ Un
    dW = np.vstack([part.T @ x for part in (wr, wz, wn)])
    dU = np.vstack([part.T @ h for part in (wr, wz, r * wn)])
    return dx, dh, dW, dU
