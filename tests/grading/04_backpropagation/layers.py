# %% wrong: a sum over the samples
# message: summed over the samples
def two_layer_gradients(X, Y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    dS2 = 1 / (1 + np.exp(-(H @ W2.T + b2))) - Y
    dS1 = dS2 @ W2 * H * (1 - H)
    return [dS1.T @ X, dS1.sum(0), dS2.T @ H, dS2.sum(0)]


# %% wrong: a mean over samples and outputs
# message: also taken over the outputs
def two_layer_gradients(X, Y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    dS2 = (1 / (1 + np.exp(-(H @ W2.T + b2))) - Y) / Y.size
    dS1 = dS2 @ W2 * H * (1 - H)
    return [dS1.T @ X, dS1.sum(0), dS2.T @ H, dS2.sum(0)]


# %% wrong: the output's sigmoid is derived twice
# message: second time
def two_layer_gradients(X, Y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    P = 1 / (1 + np.exp(-(H @ W2.T + b2)))
    dS2 = (P - Y) * P * (1 - P) / len(X)
    dS1 = dS2 @ W2 * H * (1 - H)
    return [dS1.T @ X, dS1.sum(0), dS2.T @ H, dS2.sum(0)]


# %% wrong: the hidden sigmoid is not derived
# message: hidden sigmoid is left out
def two_layer_gradients(X, Y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    dS2 = (1 / (1 + np.exp(-(H @ W2.T + b2))) - Y) / len(X)
    dS1 = dS2 @ W2
    return [dS1.T @ X, dS1.sum(0), dS2.T @ H, dS2.sum(0)]


# %% wrong: the outputs are summed twice in the hidden layer
# message: sum over the outputs
def two_layer_gradients(X, Y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    dS2 = (1 / (1 + np.exp(-(H @ W2.T + b2))) - Y) / len(X)
    dS1 = sum(dS2 @ W2 * H * (1 - H) for _ in range(Y.shape[1]))
    return [dS1.T @ X, dS1.sum(0), dS2.T @ H, dS2.sum(0)]


# %% wrong: the difference has the wrong sign
# message: y - ŷ
def two_layer_gradients(X, Y, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    dS2 = (Y - 1 / (1 + np.exp(-(H @ W2.T + b2)))) / len(X)
    dS1 = dS2 @ W2 * H * (1 - H)
    return [dS1.T @ X, dS1.sum(0), dS2.T @ H, dS2.sum(0)]


# %% right: sample by sample
def two_layer_gradients(X, Y, W1, b1, W2, b2):
    totals = [np.zeros(p.shape) for p in (W1, b1, W2, b2)]
    for x, y in zip(X, Y, strict=True):
        h = 1 / (1 + np.exp(-(W1 @ x + b1)))
        d2 = 1 / (1 + np.exp(-(W2 @ h + b2))) - y
        d1 = W2.T @ d2 * h * (1 - h)
        for total, part in zip(totals, (np.outer(d1, x), d1, np.outer(d2, h), d2)):
            total += part / len(X)
    return totals


# %% right: autograd with the loss written out
def two_layer_gradients(X, Y, W1, b1, W2, b2):
    p = [torch.tensor(v, requires_grad=True) for v in (W1, b1, W2, b2)]
    h = torch.sigmoid(torch.tensor(X) @ p[0].T + p[1])
    q = torch.sigmoid(h @ p[2].T + p[3])
    t = torch.tensor(Y)
    loss = -(t * q.log() + (1 - t) * (1 - q).log()).sum() / len(X)
    return torch.autograd.grad(loss, p)
