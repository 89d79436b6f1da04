# %% wrong: columns stacked as rows
# message: upper triangular
def jacobian_report(f, x, h=1e-5):
    columns = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))]
    J = np.stack(columns, axis=0)
    return np.linalg.slogdet(J)[1], bool(np.abs(np.triu(J, 1)).max() <= 1e-6)


# %% wrong: divided by h
# message: not by 2h
def jacobian_report(f, x, h=1e-5):
    columns = [(f(x + h * e) - f(x - h * e)) / h for e in np.eye(len(x))]
    J = np.stack(columns, axis=1)
    return np.linalg.slogdet(J)[1], bool(np.abs(np.triu(J, 1)).max() <= 1e-6)


# %% wrong: diagonal only
# message: diagonal alone
def jacobian_report(f, x, h=1e-5):
    columns = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))]
    J = np.stack(columns, axis=1)
    with np.errstate(all="ignore"):
        return np.log(np.abs(np.diag(J))).sum(), bool(
            np.abs(np.triu(J, 1)).max() <= 1e-6
        )


# %% wrong: signed determinant
# message: absolute value
def jacobian_report(f, x, h=1e-5):
    columns = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))]
    J = np.stack(columns, axis=1)
    with np.errstate(all="ignore"):
        return np.log(np.linalg.det(J)), bool(np.abs(np.triu(J, 1)).max() <= 1e-6)


# %% wrong: no logarithm
# message: logarithm is forgotten
def jacobian_report(f, x, h=1e-5):
    columns = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))]
    J = np.stack(columns, axis=1)
    return abs(np.linalg.det(J)), bool(np.abs(np.triu(J, 1)).max() <= 1e-6)


# %% wrong: of the inverse map
# message: log-determinant of the inverse
def jacobian_report(f, x, h=1e-5):
    columns = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))]
    J = np.stack(columns, axis=1)
    return -np.linalg.slogdet(J)[1], bool(np.abs(np.triu(J, 1)).max() <= 1e-6)


# %% wrong: with the diagonal
# message: diagonal counts
def jacobian_report(f, x, h=1e-5):
    columns = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))]
    J = np.stack(columns, axis=1)
    return np.linalg.slogdet(J)[1], bool(np.abs(np.triu(J)).max() <= 1e-6)


# %% wrong: diagonal instead of triangular
# message: must vanish, too
def jacobian_report(f, x, h=1e-5):
    columns = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))]
    J = np.stack(columns, axis=1)
    return np.linalg.slogdet(J)[1], bool(np.abs(J - np.diag(np.diag(J))).max() <= 1e-6)


# %% wrong: signs overlooked
# message: negative entries
def jacobian_report(f, x, h=1e-5):
    columns = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))]
    J = np.stack(columns, axis=1)
    return np.linalg.slogdet(J)[1], bool(np.triu(J, 1).max() <= 1e-6)


# %% wrong: not triangular
# message: exchanged
def jacobian_report(f, x, h=1e-5):
    columns = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))]
    J = np.stack(columns, axis=1)
    return np.linalg.slogdet(J)[1], bool(np.abs(np.triu(J, 1)).max() > 1e-6)


# %% right: torch, with entry-by-entry loops
def jacobian_report(f, x, h=1e-5):
    D = len(x)
    J = torch.zeros(D, D, dtype=torch.float64)
    for j in range(D):
        step = np.zeros(D)
        step[j] = h
        change = f(x + step) - f(x - step)
        for i in range(D):
            J[i, j] = float(change[i]) / (2 * h)
    flat = all(abs(J[i, j]) <= 1e-6 for i in range(D) for j in range(i + 1, D))
    return torch.linalg.svdvals(J).log().sum(), flat


# %% right: the transposed matrix and tril
def jacobian_report(f, x, h=1e-5):
    rows = np.array([f(x + h * e) - f(x - h * e) for e in np.eye(len(x))]) / (2 * h)
    above = rows - np.triu(rows)
    return np.log(abs(np.linalg.det(rows.T))), 1 if abs(above).max() <= 1e-6 else 0
