# %% wrong: the other half
# message: first one is changed
def coupling(x, log_scale, shift, inverse=False):
    x2, x1 = np.split(x, 2, axis=1)
    a, t = log_scale(x1), shift(x1)
    if inverse:
        return np.hstack([(x2 - t) * np.exp(-a), x1]), -a.sum(axis=1)
    return np.hstack([np.exp(a) * x2 + t, x1]), a.sum(axis=1)


# %% wrong: scale and shift of the changed half
# message: from the half that is changed
def coupling(x, log_scale, shift, inverse=False):
    x1, x2 = np.split(x, 2, axis=1)
    a, t = log_scale(x2), shift(x2)
    if inverse:
        return np.hstack([x1, (x2 - t) * np.exp(-a)]), -a.sum(axis=1)
    return np.hstack([x1, np.exp(a) * x2 + t]), a.sum(axis=1)


# %% wrong: no exponential
# message: not its exponential
def coupling(x, log_scale, shift, inverse=False):
    x1, x2 = np.split(x, 2, axis=1)
    a, t = log_scale(x1), shift(x1)
    if inverse:
        return np.hstack([x1, (x2 - t) / a]), -np.log(abs(a)).sum(axis=1)
    return np.hstack([x1, a * x2 + t]), np.log(abs(a)).sum(axis=1)


# %% wrong: shift before scale
# message: before the scale is applied
def coupling(x, log_scale, shift, inverse=False):
    x1, x2 = np.split(x, 2, axis=1)
    a, t = log_scale(x1), shift(x1)
    if inverse:
        return np.hstack([x1, x2 * np.exp(-a) - t]), -a.sum(axis=1)
    return np.hstack([x1, np.exp(a) * (x2 + t)]), a.sum(axis=1)


# %% wrong: inverse in the wrong order
# message: divides first
def coupling(x, log_scale, shift, inverse=False):
    x1, x2 = np.split(x, 2, axis=1)
    a, t = log_scale(x1), shift(x1)
    if inverse:
        return np.hstack([x1, x2 * np.exp(-a) - t]), -a.sum(axis=1)
    return np.hstack([x1, np.exp(a) * x2 + t]), a.sum(axis=1)


# %% wrong: inverse adds the shift
# message: adds the shift
def coupling(x, log_scale, shift, inverse=False):
    x1, x2 = np.split(x, 2, axis=1)
    a, t = log_scale(x1), shift(x1)
    if inverse:
        return np.hstack([x1, (x2 + t) * np.exp(-a)]), -a.sum(axis=1)
    return np.hstack([x1, np.exp(a) * x2 + t]), a.sum(axis=1)


# %% wrong: inverse is ignored
# message: no effect
def coupling(x, log_scale, shift, inverse=False):
    x1, x2 = np.split(x, 2, axis=1)
    a, t = log_scale(x1), shift(x1)
    return np.hstack([x1, np.exp(a) * x2 + t]), a.sum(axis=1)


# %% wrong: sign of the inverse
# message: sign of the forward layer
def coupling(x, log_scale, shift, inverse=False):
    x1, x2 = np.split(x, 2, axis=1)
    a, t = log_scale(x1), shift(x1)
    if inverse:
        return np.hstack([x1, (x2 - t) * np.exp(-a)]), a.sum(axis=1)
    return np.hstack([x1, np.exp(a) * x2 + t]), a.sum(axis=1)


# %% wrong: determinant without logarithm
# message: without its logarithm
def coupling(x, log_scale, shift, inverse=False):
    x1, x2 = np.split(x, 2, axis=1)
    a, t = log_scale(x1), shift(x1)
    if inverse:
        return np.hstack([x1, (x2 - t) * np.exp(-a)]), np.exp(-a).prod(axis=1)
    return np.hstack([x1, np.exp(a) * x2 + t]), np.exp(a).prod(axis=1)


# %% wrong: mean of the logarithms
# message: averaged over columns
def coupling(x, log_scale, shift, inverse=False):
    x1, x2 = np.split(x, 2, axis=1)
    a, t = log_scale(x1), shift(x1)
    if inverse:
        return np.hstack([x1, (x2 - t) * np.exp(-a)]), -a.mean(axis=1)
    return np.hstack([x1, np.exp(a) * x2 + t]), a.mean(axis=1)


# %% wrong: one number for all samples
# message: all samples
def coupling(x, log_scale, shift, inverse=False):
    x1, x2 = np.split(x, 2, axis=1)
    a, t = log_scale(x1), shift(x1)
    if inverse:
        return np.hstack([x1, (x2 - t) * np.exp(-a)]), -a.sum()
    return np.hstack([x1, np.exp(a) * x2 + t]), a.sum()


# %% wrong: no determinant
# message: always zero
def coupling(x, log_scale, shift, inverse=False):
    x1, x2 = np.split(x, 2, axis=1)
    a, t = log_scale(x1), shift(x1)
    if inverse:
        return np.hstack([x1, (x2 - t) * np.exp(-a)]), 0 * a.sum(axis=1)
    return np.hstack([x1, np.exp(a) * x2 + t]), 0 * a.sum(axis=1)


# %% right: torch, with a diagonal matrix for every sample
def coupling(x, log_scale, shift, inverse=False):
    half = x.shape[1] // 2
    x1, x2 = x[:, :half], torch.tensor(x[:, half:])
    D = torch.diag_embed(torch.tensor(log_scale(x1)).exp())
    t = torch.tensor(shift(x1))
    if inverse:
        D = torch.linalg.inv(D)
        moved = torch.einsum("nij,nj->ni", D, x2 - t)
    else:
        moved = torch.einsum("nij,nj->ni", D, x2) + t
    return torch.cat([torch.tensor(x1), moved], 1), torch.linalg.slogdet(D)[1]


# %% right: a loop over rows
def coupling(x, log_scale, shift, inverse=False):
    N, D = x.shape
    out, logdets = np.array(x, dtype=float), []
    scales, shifts = log_scale(x[:, : D // 2]), shift(x[:, : D // 2])
    sign = -1 if inverse else 1
    for n in range(N):
        total = 0.0
        for d in range(D // 2):
            value = out[n, D // 2 + d]
            if inverse:
                value = (value - shifts[n, d]) / np.exp(scales[n, d])
            else:
                value = value * np.exp(scales[n, d]) + shifts[n, d]
            out[n, D // 2 + d] = value
            total += sign * scales[n, d]
        logdets.append(total)
    return out, logdets
