# %% wrong: added behind the ReLU
# message: behind the last ReLU
def residual_block(h, W1, W2, dy):
    a = h @ W1.T
    r = np.maximum(a, 0)
    z = r @ W2.T
    dz = dy * (z > 0)
    da = (dz @ W2) * (a > 0)
    dh = dy + da @ W1
    return h + np.maximum(z, 0), dh, da.T @ h, dz.T @ r


# %% wrong: no outer ReLU
# message: outer ReLU is left out
def residual_block(h, W1, W2, dy):
    a = h @ W1.T
    r = np.maximum(a, 0)
    z = h + r @ W2.T
    dz = dy
    da = (dz @ W2) * (a > 0)
    dh = dz + da @ W1
    return z, dh, da.T @ h, dz.T @ r


# %% wrong: no inner ReLU
# message: inner ReLU is left out
def residual_block(h, W1, W2, dy):
    a = h @ W1.T
    r = a
    z = h + r @ W2.T
    dz = dy * (z > 0)
    da = dz @ W2
    dh = dz + da @ W1
    return np.maximum(z, 0), dh, da.T @ h, dz.T @ r


# %% wrong: no skip
# message: there is no skip
def residual_block(h, W1, W2, dy):
    a = h @ W1.T
    r = np.maximum(a, 0)
    z = r @ W2.T
    dz = dy * (z > 0)
    da = (dz @ W2) * (a > 0)
    dh = da @ W1
    return np.maximum(z, 0), dh, da.T @ h, dz.T @ r


# %% wrong: no skip in the backward pass
# message: forgets the skip
def residual_block(h, W1, W2, dy):
    a = h @ W1.T
    r = np.maximum(a, 0)
    z = h + r @ W2.T
    dz = dy * (z > 0)
    da = (dz @ W2) * (a > 0)
    dh = da @ W1
    return np.maximum(z, 0), dh, da.T @ h, dz.T @ r


# %% wrong: the skip's gradient unmasked
# message: does not pass the outer
def residual_block(h, W1, W2, dy):
    a = h @ W1.T
    r = np.maximum(a, 0)
    z = h + r @ W2.T
    dz = dy * (z > 0)
    da = (dz @ W2) * (a > 0)
    dh = dy + da @ W1
    return np.maximum(z, 0), dh, da.T @ h, dz.T @ r


# %% wrong: backward without the outer mask
# message: forgets the outer ReLU
def residual_block(h, W1, W2, dy):
    a = h @ W1.T
    r = np.maximum(a, 0)
    z = h + r @ W2.T
    dz = dy
    da = (dz @ W2) * (a > 0)
    dh = dz + da @ W1
    return np.maximum(z, 0), dh, da.T @ h, dz.T @ r


# %% wrong: backward without the inner mask
# message: forgets the inner ReLU
def residual_block(h, W1, W2, dy):
    a = h @ W1.T
    r = np.maximum(a, 0)
    z = h + r @ W2.T
    dz = dy * (z > 0)
    da = dz @ W2
    dh = dz + da @ W1
    return np.maximum(z, 0), dh, da.T @ h, dz.T @ r


# %% wrong: only the skip in the backward pass
# message: only the skip carries
def residual_block(h, W1, W2, dy):
    a = h @ W1.T
    r = np.maximum(a, 0)
    z = h + r @ W2.T
    dz = dy * (z > 0)
    da = (dz @ W2) * (a > 0)
    dh = dz
    return np.maximum(z, 0), dh, da.T @ h, dz.T @ r


# %% wrong: mean gradients
# message: averaged over the samples
def residual_block(h, W1, W2, dy):
    a = h @ W1.T
    r = np.maximum(a, 0)
    z = h + r @ W2.T
    dz = dy * (z > 0)
    da = (dz @ W2) * (a > 0)
    dh = dz + da @ W1
    return np.maximum(z, 0), dh, da.T @ h / len(h), dz.T @ r / len(h)


# %% right: autograd
def residual_block(h, W1, W2, dy):
    leaves = [torch.tensor(part, requires_grad=True) for part in (h, W1, W2)]
    inner = torch.nn.functional.linear(leaves[0], leaves[1]).relu()
    out = (leaves[0] + inner @ leaves[2].T).relu()
    out.backward(torch.tensor(dy))
    return [out.detach(), *(leaf.grad for leaf in leaves)]


# %% right: sample by sample with Jacobians
def residual_block(h, W1, W2, dy):
    outs, slopes = [], []
    first, second = np.zeros_like(W1), np.zeros_like(W2)
    for x, given in zip(h, dy):
        on = np.diag((W1 @ x > 0) * 1.0)
        r = on @ W1 @ x
        z = x + W2 @ r
        back = np.where(z > 0, given, 0)
        J = np.eye(len(x)) + W2 @ on @ W1
        outs.append(np.where(z > 0, z, 0))
        slopes.append(J.T @ back)
        first += np.outer(on @ W2.T @ back, x)
        second += np.outer(back, r)
    return np.array(outs), np.array(slopes), first, second
