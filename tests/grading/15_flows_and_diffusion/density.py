# %% wrong: the other direction
# message: other sign
def affine_log_density(X, A, b):
    Z = np.linalg.solve(A, (X - b).T).T
    log_normal = -0.5 * (Z**2 + np.log(2 * np.pi)).sum(axis=1)
    return log_normal + np.linalg.slogdet(A)[1]


# %% wrong: rows times the inverse
# message: transposed matrix
def affine_log_density(X, A, b):
    Z = (X - b) @ np.linalg.inv(A)
    log_normal = -0.5 * (Z**2 + np.log(2 * np.pi)).sum(axis=1)
    return log_normal - np.linalg.slogdet(A)[1]


# %% wrong: no constant
# message: constant of the normal density is left out
def affine_log_density(X, A, b):
    Z = np.linalg.solve(A, (X - b).T).T
    log_normal = -0.5 * (Z**2).sum(axis=1)
    return log_normal - np.linalg.slogdet(A)[1]


# %% wrong: constant once
# message: counted once
def affine_log_density(X, A, b):
    Z = np.linalg.solve(A, (X - b).T).T
    log_normal = -0.5 * ((Z**2).sum(axis=1) + np.log(2 * np.pi))
    return log_normal - np.linalg.slogdet(A)[1]


# %% wrong: no absolute value
# message: absolute value of the determinant
def affine_log_density(X, A, b):
    Z = np.linalg.solve(A, (X - b).T).T
    log_normal = -0.5 * (Z**2 + np.log(2 * np.pi)).sum(axis=1)
    with np.errstate(all="ignore"):
        return log_normal - np.log(np.linalg.det(A))


# %% wrong: no correction of the volume
# message: change of volume
def affine_log_density(X, A, b):
    Z = np.linalg.solve(A, (X - b).T).T
    log_normal = -0.5 * (Z**2 + np.log(2 * np.pi)).sum(axis=1)
    return log_normal


# %% wrong: the determinant itself
# message: without its logarithm
def affine_log_density(X, A, b):
    Z = np.linalg.solve(A, (X - b).T).T
    log_normal = -0.5 * (Z**2 + np.log(2 * np.pi)).sum(axis=1)
    return log_normal - abs(np.linalg.det(A))


# %% wrong: as the colleague left it
# message: nothing is repaired
def affine_log_density(X, A, b):
    Z = (X - b) @ np.linalg.inv(A)
    log_normal = -0.5 * (Z**2).sum(axis=1)
    with np.errstate(all="ignore"):
        return log_normal + np.log(np.linalg.det(A))


# %% right: the multivariate normal density of scipy
def affine_log_density(X, A, b):
    from scipy.stats import multivariate_normal

    density = multivariate_normal(b, A @ A.T)
    return np.atleast_1d(density.logpdf(X))


# %% right: torch, point by point
def affine_log_density(X, A, b):
    A, b = torch.tensor(A), torch.tensor(b)
    normal = torch.distributions.Normal(0.0, 1.0)
    volume = torch.linalg.svdvals(A).log().sum()
    inverse = torch.linalg.inv(A)
    return torch.stack(
        [normal.log_prob(inverse @ (torch.tensor(x) - b)).sum() - volume for x in X]
    )
