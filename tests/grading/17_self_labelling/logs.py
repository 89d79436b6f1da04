# %% wrong: P to the power of the sharpness
# message: nan or inf
def log_sinkhorn(log_p, sharpness, tolerance, limit):
    with np.errstate(all="ignore"):
        M, alpha = np.exp(sharpness * log_p), np.ones(len(log_p))
        N, K = M.shape
        for count in range(1, limit + 1):
            beta = 1 / K / (M.T @ alpha)
            alpha = 1 / N / (M @ beta)
            Q = alpha[:, None] * M * beta
            if np.abs(K * Q.sum(axis=0) - 1).max() <= tolerance:
                break
        return np.log(Q), count


# %% wrong: the columns are exact
# message: the columns are scaled last
def log_sinkhorn(log_p, sharpness, tolerance, limit):
    M = sharpness * torch.tensor(log_p)
    N, K = M.shape
    v = torch.zeros(1, K, dtype=torch.float64)
    for count in range(1, limit + 1):
        u = -np.log(N) - torch.logsumexp(M + v, dim=1, keepdim=True)
        v = -np.log(K) - torch.logsumexp(M + u, dim=0, keepdim=True)
        if (N * (M + u + v).exp().sum(dim=1) - 1).abs().max() <= tolerance:
            break
    return (M + u + v).numpy(), count


# %% wrong: the error is absolute
# message: the error is absolute, not relative
def log_sinkhorn(log_p, sharpness, tolerance, limit):
    M = sharpness * torch.tensor(log_p)
    N, K = M.shape
    u = torch.zeros(N, 1, dtype=torch.float64)
    for count in range(1, limit + 1):
        v = -np.log(K) - torch.logsumexp(M + u, dim=0, keepdim=True)
        u = -np.log(N) - torch.logsumexp(M + v, dim=1, keepdim=True)
        if ((M + u + v).exp().sum(dim=0) - 1 / K).abs().max() <= tolerance:
            break
    return (M + u + v).numpy(), count


# %% wrong: it never stops early
# message: it goes on to the limit although the sums are good enough
def log_sinkhorn(log_p, sharpness, tolerance, limit):
    M = sharpness * torch.tensor(log_p)
    N, K = M.shape
    u = torch.zeros(N, 1, dtype=torch.float64)
    for count in range(1, limit + 1):
        v = -np.log(K) - torch.logsumexp(M + u, dim=0, keepdim=True)
        u = -np.log(N) - torch.logsumexp(M + v, dim=1, keepdim=True)
    return (M + u + v).numpy(), limit


# %% wrong: the errors are added up
# message: the errors of all columns are added up
def log_sinkhorn(log_p, sharpness, tolerance, limit):
    M = sharpness * torch.tensor(log_p)
    N, K = M.shape
    u = torch.zeros(N, 1, dtype=torch.float64)
    for count in range(1, limit + 1):
        v = -np.log(K) - torch.logsumexp(M + u, dim=0, keepdim=True)
        u = -np.log(N) - torch.logsumexp(M + v, dim=1, keepdim=True)
        if (K * (M + u + v).exp().sum(dim=0) - 1).abs().sum() <= tolerance:
            break
    return (M + u + v).numpy(), count


# %% wrong: the sharpness is left out
# message: the logarithms are not multiplied by the sharpness
def log_sinkhorn(log_p, sharpness, tolerance, limit):
    M = torch.tensor(log_p)
    N, K = M.shape
    u = torch.zeros(N, 1, dtype=torch.float64)
    for count in range(1, limit + 1):
        v = -np.log(K) - torch.logsumexp(M + u, dim=0, keepdim=True)
        u = -np.log(N) - torch.logsumexp(M + v, dim=1, keepdim=True)
        if (K * (M + u + v).exp().sum(dim=0) - 1).abs().max() <= tolerance:
            break
    return (M + u + v).numpy(), count


# %% wrong: Q instead of its logarithm
# message: Q is returned instead of its logarithm
def log_sinkhorn(log_p, sharpness, tolerance, limit):
    M = sharpness * torch.tensor(log_p)
    N, K = M.shape
    u = torch.zeros(N, 1, dtype=torch.float64)
    for count in range(1, limit + 1):
        v = -np.log(K) - torch.logsumexp(M + u, dim=0, keepdim=True)
        u = -np.log(N) - torch.logsumexp(M + v, dim=1, keepdim=True)
        if (K * (M + u + v).exp().sum(dim=0) - 1).abs().max() <= tolerance:
            break
    return (M + u + v).exp().numpy(), count


# %% wrong: iterations counted from zero
# message: the iterations are counted from zero
def log_sinkhorn(log_p, sharpness, tolerance, limit):
    M = sharpness * torch.tensor(log_p)
    N, K = M.shape
    u = torch.zeros(N, 1, dtype=torch.float64)
    for count in range(limit):
        v = -np.log(K) - torch.logsumexp(M + u, dim=0, keepdim=True)
        u = -np.log(N) - torch.logsumexp(M + v, dim=1, keepdim=True)
        if (K * (M + u + v).exp().sum(dim=0) - 1).abs().max() <= tolerance:
            break
    return (M + u + v).numpy(), count


# %% right: scipy's logsumexp on the table itself
def log_sinkhorn(log_p, sharpness, tolerance, limit):
    from scipy.special import logsumexp

    L = sharpness * log_p
    N, K = L.shape
    count, error = 0, np.inf
    while error > tolerance and count < limit:
        L = L - logsumexp(L, axis=0) - np.log(K)
        L = L - logsumexp(L, axis=1, keepdims=True) - np.log(N)
        error = np.max(np.abs(np.exp(logsumexp(L, axis=0)) * K - 1))
        count += 1
    return L, count


# %% right: a scaled kernel whose largest entry of each row is one
def log_sinkhorn(log_p, sharpness, tolerance, limit):
    L = sharpness * log_p
    N, K = L.shape
    v = -np.log(K) - L.max(axis=0) - np.log(np.exp(L - L.max(axis=0)).sum(axis=0))
    for count in range(1, limit + 1):
        Z = L + v
        top = Z.max(axis=1, keepdims=True)
        R = np.exp(Z - top)
        R /= N * R.sum(axis=1, keepdims=True)
        sums = K * R.sum(axis=0)
        if np.abs(sums - 1).max() <= tolerance or count == limit:
            u = -np.log(N) - np.log(np.exp(Z - top).sum(axis=1, keepdims=True)) - top
            return Z + u, count
        v = v - np.log(sums)
