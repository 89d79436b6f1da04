# %% wrong: still over the samples
# message: still taken over the samples
def layer_norm(x, gamma, beta, epsilon=1e-5):
    x_hat = x - x.mean(axis=0, keepdims=True)
    x_hat = x_hat / np.sqrt(x.var(axis=0, keepdims=True) + epsilon)
    return gamma * x_hat + beta


# %% wrong: over the last two axes
# message: positions are mixed
def layer_norm(x, gamma, beta, epsilon=1e-5):
    x_hat = x - x.mean(axis=(-2, -1), keepdims=True)
    x_hat = x_hat / np.sqrt(x.var(axis=(-2, -1), keepdims=True) + epsilon)
    return gamma * x_hat + beta


# %% wrong: over the positions
# message: instead of the features
def layer_norm(x, gamma, beta, epsilon=1e-5):
    x_hat = x - x.mean(axis=-2, keepdims=True)
    x_hat = x_hat / np.sqrt(x.var(axis=-2, keepdims=True) + epsilon)
    return gamma * x_hat + beta


# %% wrong: epsilon still outside
# message: still added outside
def layer_norm(x, gamma, beta, epsilon=1e-5):
    x_hat = x - x.mean(axis=-1, keepdims=True)
    x_hat = x_hat / (x.std(axis=-1, keepdims=True) + epsilon)
    return gamma * x_hat + beta


# %% wrong: beta still scaled
# message: still multiplied by γ
def layer_norm(x, gamma, beta, epsilon=1e-5):
    x_hat = x - x.mean(axis=-1, keepdims=True)
    x_hat = x_hat / np.sqrt(x.var(axis=-1, keepdims=True) + epsilon)
    return gamma * (x_hat + beta)


# %% wrong: correction 1
# message: correction 1
def layer_norm(x, gamma, beta, epsilon=1e-5):
    x_hat = x - x.mean(axis=-1, keepdims=True)
    x_hat = x_hat / np.sqrt(x.var(axis=-1, keepdims=True, ddof=1) + epsilon)
    return gamma * x_hat + beta


# %% wrong: as it was
# message: nothing is repaired
def layer_norm(x, gamma, beta, epsilon=1e-5):
    x_hat = x - x.mean(axis=0, keepdims=True)
    x_hat = x_hat / (x.std(axis=0, keepdims=True) + epsilon)
    return gamma * (x_hat + beta)


# %% wrong: no scale and shift
# message: γ and β are left out
def layer_norm(x, gamma, beta, epsilon=1e-5):
    x_hat = x - x.mean(axis=-1, keepdims=True)
    x_hat = x_hat / np.sqrt(x.var(axis=-1, keepdims=True) + epsilon)
    return x_hat


# %% wrong: only for three axes
def layer_norm(x, gamma, beta, epsilon=1e-5):
    x_hat = x - x.mean(axis=2, keepdims=True)
    x_hat = x_hat / np.sqrt(x.var(axis=2, keepdims=True) + epsilon)
    return gamma * x_hat + beta


# %% right: torch does it
def layer_norm(x, gamma, beta, epsilon=1e-5):
    norm = torch.nn.functional.layer_norm
    parts = [torch.tensor(v) for v in (x, gamma, beta)]
    return norm(parts[0], gamma.shape, parts[1], parts[2], epsilon)


# %% right: a matrix of rows, variance by moments
def layer_norm(x, gamma, beta, epsilon=1e-5):
    rows = x.reshape(-1, x.shape[-1])
    out = np.empty(rows.shape)
    for i, row in enumerate(rows):
        mean = sum(row) / len(row)
        variance = sum((value - mean) ** 2 for value in row) / len(row)
        out[i] = (row - mean) / (variance + epsilon) ** 0.5 * gamma + beta
    return out.reshape(x.shape)
