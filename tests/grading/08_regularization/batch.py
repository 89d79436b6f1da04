# %% wrong: no epsilon
# message: ε is left out
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    y = gamma * (x - mean) / np.sqrt(var) + beta
    return y, running_mean, running_var


# %% wrong: epsilon outside
# message: outside of the root
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    y = gamma * (x - mean) / (np.sqrt(var) + epsilon) + beta
    return y, running_mean, running_var


# %% wrong: normalized with correction 1
# message: variance of correction 1
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0, ddof=1)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    y = gamma * (x - mean) / np.sqrt(var + epsilon) + beta
    return y, running_mean, running_var


# %% wrong: rows instead of columns
# message: rows are normalized
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean = x.mean(axis=1, keepdims=True)
        var = x.var(axis=1, keepdims=True)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    y = gamma * (x - mean) / np.sqrt(var + epsilon) + beta
    return y, running_mean, running_var


# %% wrong: no scale and shift
# message: γ and β are left out
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    y = (x - mean) / np.sqrt(var + epsilon)
    return y, running_mean, running_var


# %% wrong: running estimates in training
# message: used in training
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = running_mean, running_var
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    y = gamma * (x - mean) / np.sqrt(var + epsilon) + beta
    return y, running_mean, running_var


# %% wrong: the other momentum
# message: weight of the old estimate
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        new = x.var(axis=0, ddof=1)
        running_var = momentum * running_var + (1 - momentum) * new
    else:
        mean, var = running_mean, running_var
    y = gamma * (x - mean) / np.sqrt(var + epsilon) + beta
    return y, running_mean, running_var


# %% wrong: running variance with correction 0
# message: takes the variance with correction 0
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * var
    else:
        mean, var = running_mean, running_var
    y = gamma * (x - mean) / np.sqrt(var + epsilon) + beta
    return y, running_mean, running_var


# %% wrong: no update
# message: are not updated
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
    else:
        mean, var = running_mean, running_var
    y = gamma * (x - mean) / np.sqrt(var + epsilon) + beta
    return y, running_mean, running_var


# %% wrong: batch statistics in evaluation
# message: statistics of the batch are used in evaluation
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = x.mean(axis=0), x.var(axis=0)
    y = gamma * (x - mean) / np.sqrt(var + epsilon) + beta
    return y, running_mean, running_var


# %% wrong: an update in evaluation
# message: updated in evaluation too
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        new = x.var(axis=0, ddof=1)
        running_var = (1 - momentum) * running_var + momentum * new
    y = gamma * (x - mean) / np.sqrt(var + epsilon) + beta
    return y, running_mean, running_var


# %% wrong: evaluation is the identity
# message: returned unchanged in evaluation
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        return x, running_mean, running_var
    y = gamma * (x - mean) / np.sqrt(var + epsilon) + beta
    return y, running_mean, running_var


# %% wrong: one sample is normalized to zero
# message: should raise ValueError
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    y = gamma * (x - mean) / np.sqrt(var + epsilon) + beta
    return y, running_mean, running_var


# %% wrong: the running estimates are written into the arguments
# message: in place
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) < 2:
        raise ValueError("one sample")
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean += momentum * (mean - running_mean)
        running_var += momentum * (x.var(axis=0, ddof=1) - running_var)
    else:
        mean, var = running_mean, running_var
    y = gamma * (x - mean) / np.sqrt(var + epsilon) + beta
    return y, running_mean, running_var


# %% right: torch does it
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    if training and len(x) == 1:
        raise ValueError("a batch of one has no variance")
    x, gamma, beta, mean, var = (
        torch.tensor(v) for v in (x, gamma, beta, running_mean, running_var)
    )
    y = torch.nn.functional.batch_norm(
        x, mean, var, gamma, beta, training, momentum, epsilon
    )
    return y, mean, var


# %% right: folded into one scale and one shift
def batch_norm(
    x, gamma, beta, running_mean, running_var, training, momentum=0.1, epsilon=1e-5
):
    N = len(x)
    mean, var = running_mean, running_var
    if training:
        if N == 1:
            raise ValueError("a batch of one has no variance")
        mean = np.ones(N) @ x / N
        var = np.einsum("nd,nd->d", x - mean, x - mean) / N
        running_mean = running_mean + momentum * (mean - running_mean)
        running_var = running_var + momentum * (var * N / (N - 1) - running_var)
    scale = gamma / (var + epsilon) ** 0.5
    return [x * scale + (beta - mean * scale), running_mean, running_var]
