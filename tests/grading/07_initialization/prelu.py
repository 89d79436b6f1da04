# %% wrong: the maximum
# message: right only for α ≤ 1
def prelu(X, alpha, G):
    Y = np.maximum(alpha * X, X)
    dX = np.where(X > 0, 1.0, alpha) * G
    dalpha = np.where(X > 0, 0, G * X).sum(axis=0)
    return Y, dX, dalpha


# %% wrong: a fixed slope
# message: fixed 0.01
def prelu(X, alpha, G):
    Y = np.where(X > 0, X, 0.01 * X)
    dX = np.where(X > 0, 1.0, alpha) * G
    dalpha = np.where(X > 0, 0, G * X).sum(axis=0)
    return Y, dX, dalpha


# %% wrong: the gradient of X forgets what arrives
# message: left out of the gradient of X
def prelu(X, alpha, G):
    Y = np.where(X > 0, X, alpha * X)
    dX = np.where(X > 0, 1.0, alpha)
    dalpha = np.where(X > 0, 0, G * X).sum(axis=0)
    return Y, dX, dalpha


# %% wrong: positive inputs move alpha
# message: positive inputs count
def prelu(X, alpha, G):
    Y = np.where(X > 0, X, alpha * X)
    dX = np.where(X > 0, 1.0, alpha) * G
    dalpha = (G * X).sum(axis=0)
    return Y, dX, dalpha


# %% wrong: one gradient for all slopes
# message: summed over the features
def prelu(X, alpha, G):
    Y = np.where(X > 0, X, alpha * X)
    dX = np.where(X > 0, 1.0, alpha) * G
    dalpha = np.where(X > 0, 0, G * X).sum()
    return Y, dX, dalpha


# %% wrong: alpha's gradient is a mean
# message: averaged over the samples
def prelu(X, alpha, G):
    Y = np.where(X > 0, X, alpha * X)
    dX = np.where(X > 0, 1.0, alpha) * G
    dalpha = np.where(X > 0, 0, G * X).mean(axis=0)
    return Y, dX, dalpha


# %% wrong: alpha's gradient forgets what arrives
# message: left out of the gradient of alpha
def prelu(X, alpha, G):
    Y = np.where(X > 0, X, alpha * X)
    dX = np.where(X > 0, 1.0, alpha) * G
    dalpha = np.where(X > 0, 0, X).sum(axis=0)
    return Y, dX, dalpha


# %% right: positive and negative part
def prelu(X, alpha, G):
    positive, negative = np.maximum(X, 0), np.minimum(X, 0)
    slopes = (X > 0) + (X <= 0) * alpha
    return positive + alpha * negative, slopes * G, np.einsum("nc,nc->c", G, negative)


# %% right: torch
def prelu(X, alpha, G):
    inputs = torch.tensor(X, requires_grad=True)
    slopes = torch.tensor(alpha, requires_grad=True)
    output = torch.where(inputs > 0, inputs, slopes * inputs)
    gradients = torch.autograd.grad(output, [inputs, slopes], torch.tensor(G))
    return output.detach(), *gradients
