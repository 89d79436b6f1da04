# %% wrong: the inverse is formed
def least_squares(A, y):
    return np.linalg.inv(A.T @ A) @ A.T @ y


# %% wrong: a small ridge penalty hides the singular matrix
# message: penalty
def least_squares(A, y):
    return np.linalg.solve(A.T @ A + 1e-3 * np.eye(A.shape[1]), A.T @ y)


# %% wrong: the sign is lost in the normal equations
# message: sign is wrong
def least_squares(A, y):
    return np.linalg.lstsq(A, -y, rcond=None)[0]


# %% wrong: the square part of the system is solved
# message: only some of the rows
def least_squares(A, y):
    columns = A.shape[1]
    return np.linalg.lstsq(A[:columns], y[:columns], rcond=None)[0]


# %% wrong: a repeated feature is dropped
# message: one of two equal features
def least_squares(A, y):
    if np.linalg.matrix_rank(A) < A.shape[1]:
        return np.append(np.linalg.lstsq(A[:, :-1], y, rcond=None)[0], 0.0)
    return np.linalg.lstsq(A, y, rcond=None)[0]


# %% wrong: the targets are not projected
# message: not multiplied by the transposed
def least_squares(A, y):
    return np.linalg.pinv(A.T @ A) @ y[: A.shape[1]]


# %% right: the pseudo-inverse
def least_squares(A, y):
    return np.linalg.pinv(A) @ y


# %% right: eigenvectors of the normal matrix
def least_squares(A, y):
    values, vectors = np.linalg.eigh(A.T @ A)
    inverse = np.array([1 / v if v > 1e-9 * values.max() else 0.0 for v in values])
    return vectors @ (inverse * (vectors.T @ (A.T @ y)))
