# %% wrong: columns before rows
# message: the columns are scaled before the rows
def sinkhorn(P, sharpness, row_sums, column_sums, iterations):
    M, alpha, errors = P**sharpness, np.ones(len(P)), []
    for _ in range(iterations):
        beta = column_sums / (M.T @ alpha)
        alpha = row_sums / (M @ beta)
        Q = alpha[:, None] * M * beta
        errors.append(np.abs(Q.sum(axis=1) - row_sums).max())
    return Q, np.array(errors)


# %% wrong: the sharpness is forgotten
# message: the sharpness is forgotten
def sinkhorn(P, sharpness, row_sums, column_sums, iterations):
    M, beta, errors = P, np.ones(P.shape[1]), []
    for _ in range(iterations):
        alpha = row_sums / (M @ beta)
        beta = column_sums / (M.T @ alpha)
        Q = alpha[:, None] * M * beta
        errors.append(np.abs(Q.sum(axis=1) - row_sums).max())
    return Q, np.array(errors)


# %% wrong: exp of minus the probabilities
# message: the kernel is exp(-λP), as if the cost were P
def sinkhorn(P, sharpness, row_sums, column_sums, iterations):
    M, beta, errors = np.exp(-sharpness * P), np.ones(P.shape[1]), []
    for _ in range(iterations):
        alpha = row_sums / (M @ beta)
        beta = column_sums / (M.T @ alpha)
        Q = alpha[:, None] * M * beta
        errors.append(np.abs(Q.sum(axis=1) - row_sums).max())
    return Q, np.array(errors)


# %% wrong: both scalings from the old ones
# message: the columns are scaled with the old row scalings
def sinkhorn(P, sharpness, row_sums, column_sums, iterations):
    M, alpha, beta, errors = P**sharpness, np.ones(len(P)), np.ones(P.shape[1]), []
    for _ in range(iterations):
        alpha, beta = row_sums / (M @ beta), column_sums / (M.T @ alpha)
        Q = alpha[:, None] * M * beta
        errors.append(np.abs(Q.sum(axis=1) - row_sums).max())
    return Q, np.array(errors)


# %% wrong: uniform sums
# message: the sums are 1/N and 1/K whatever was asked for
def sinkhorn(P, sharpness, row_sums, column_sums, iterations):
    M, beta, errors = P**sharpness, np.ones(P.shape[1]), []
    for _ in range(iterations):
        alpha = 1 / len(P) / (M @ beta)
        beta = 1 / P.shape[1] / (M.T @ alpha)
        Q = alpha[:, None] * M * beta
        errors.append(np.abs(Q.sum(axis=1) - row_sums).max())
    return Q, np.array(errors)


# %% wrong: the errors of the columns
# message: the error is measured at the columns
def sinkhorn(P, sharpness, row_sums, column_sums, iterations):
    M, beta, errors = P**sharpness, np.ones(P.shape[1]), []
    for _ in range(iterations):
        alpha = row_sums / (M @ beta)
        beta = column_sums / (M.T @ alpha)
        Q = alpha[:, None] * M * beta
        errors.append(np.abs(Q.sum(axis=0) - column_sums).max())
    return Q, np.array(errors)


# %% wrong: the errors are added up
# message: the errors of all rows are added up
def sinkhorn(P, sharpness, row_sums, column_sums, iterations):
    M, beta, errors = P**sharpness, np.ones(P.shape[1]), []
    for _ in range(iterations):
        alpha = row_sums / (M @ beta)
        beta = column_sums / (M.T @ alpha)
        Q = alpha[:, None] * M * beta
        errors.append(np.abs(Q.sum(axis=1) - row_sums).sum())
    return Q, np.array(errors)


# %% wrong: the sharpness after the scaling
# message: the power is taken in every iteration anew
def sinkhorn(P, sharpness, row_sums, column_sums, iterations):
    Q, errors = P, []
    for _ in range(iterations):
        Q = Q**sharpness
        Q = Q * (row_sums / Q.sum(axis=1))[:, None]
        Q = Q * (column_sums / Q.sum(axis=0))
        errors.append(np.abs(Q.sum(axis=1) - row_sums).max())
    return Q, np.array(errors)


# %% right: the table itself is scaled
def sinkhorn(P, sharpness, row_sums, column_sums, iterations):
    Q, errors = P**sharpness, []
    for _ in range(iterations):
        Q = Q * (row_sums / Q.sum(axis=1))[:, None]
        Q = Q * (column_sums / Q.sum(axis=0))
        errors.append(max(abs(Q.sum(axis=1) - row_sums)))
    return Q, errors


# %% right: torch, with logarithms
def sinkhorn(P, sharpness, row_sums, column_sums, iterations):
    M = sharpness * torch.tensor(P).log()
    r, c = torch.tensor(row_sums), torch.tensor(column_sums)
    v, errors = torch.zeros(1, P.shape[1], dtype=torch.float64), []
    for _ in range(iterations):
        u = r.log()[:, None] - torch.logsumexp(M + v, dim=1, keepdim=True)
        v = c.log() - torch.logsumexp(M + u, dim=0, keepdim=True)
        errors.append(((M + u + v).exp().sum(dim=1) - r).abs().max())
    return (M + u + v).exp(), torch.stack(errors)
