# %% wrong: M not transposed
# message: the gradient passes M instead of its transpose
def conv_backward(dY, M, X, W):
    Z = M @ X @ W.T
    dZ = dY * (Z > 0)  # (N, out)
    return M @ dZ @ W, dZ.T @ (M @ X)


# %% wrong: no gate
# message: the ReLU is forgotten
def conv_backward(dY, M, X, W):
    Z = M @ X @ W.T
    dZ = dY  # (N, out)
    return M.T @ dZ @ W, dZ.T @ (M @ X)


# %% wrong: gate by dY
# message: the sign of dY opens the gate instead of that of Z
def conv_backward(dY, M, X, W):
    Z = M @ X @ W.T
    dZ = dY * (dY > 0)  # (N, out)
    return M.T @ dZ @ W, dZ.T @ (M @ X)


# %% wrong: no M for X
# message: the gradient of X does not pass M at all
def conv_backward(dY, M, X, W):
    Z = M @ X @ W.T
    dZ = dY * (Z > 0)  # (N, out)
    return dZ @ W, dZ.T @ (M @ X)


# %% wrong: W without messages
# message: the gradient of W meets X instead of MX
def conv_backward(dY, M, X, W):
    Z = M @ X @ W.T
    dZ = dY * (Z > 0)  # (N, out)
    return M.T @ dZ @ W, dZ.T @ X


# %% wrong: mean over nodes
# message: the gradients are divided by the number of nodes
def conv_backward(dY, M, X, W):
    Z = M @ X @ W.T
    dZ = dY * (Z > 0)  # (N, out)
    return M.T @ dZ @ W / len(X), dZ.T @ (M @ X) / len(X)


# %% wrong: dW transposed
# message: the gradient of W is transposed
def conv_backward(dY, M, X, W):
    Z = M @ X @ W.T
    dZ = dY * (Z > 0)  # (N, out)
    return M.T @ dZ @ W, (M @ X).T @ dZ


# %% right: autograd
def conv_backward(dY, M, X, W):
    dY, M = torch.as_tensor(dY), torch.as_tensor(M)
    X, W = (torch.tensor(a, requires_grad=True) for a in (X, W))
    return torch.autograd.grad(torch.relu(M @ (X @ W.T)), (X, W), dY)


# %% right: einsum
def conv_backward(dY, M, X, W):
    gate = np.heaviside(np.einsum("ij,jd,od->io", M, X, W), 0)
    dZ = gate * dY
    dX = np.einsum("io,ij,od->jd", dZ, M, W)
    return dX, np.einsum("io,ij,jd->od", dZ, M, X)
