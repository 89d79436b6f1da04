# %% wrong: the slide: Q transposed
# message: takes the place of its inverse
def linear_memory(W, A_0, times):
    values, Q = np.linalg.eig(W)
    parts = Q.T @ A_0
    powers = values.astype(complex) ** np.asarray(times)[:, None]
    return (powers * parts @ Q.T).real, np.abs(values).max()


# %% wrong: eigh
# message: taken for symmetric
def linear_memory(W, A_0, times):
    values, Q = np.linalg.eigh(W)
    parts = np.linalg.solve(Q, A_0.astype(complex))
    powers = values.astype(complex) ** np.asarray(times)[:, None]
    return (powers * parts @ Q.T).real, np.abs(values).max()


# %% wrong: moduli instead of eigenvalues
# message: replaced by their moduli
def linear_memory(W, A_0, times):
    values, Q = np.linalg.eig(W)
    parts = np.linalg.solve(Q, A_0.astype(complex))
    powers = np.abs(values) ** np.asarray(times)[:, None]
    return (powers * parts @ Q.T).real, np.abs(values).max()


# %% wrong: real parts of the eigenvalues
# message: imaginary parts are dropped
def linear_memory(W, A_0, times):
    values, Q = np.linalg.eig(W)
    parts = np.linalg.solve(Q, A_0.astype(complex))
    powers = values.real ** np.asarray(times)[:, None]
    return (powers * parts @ Q.T).real, np.abs(values).max()


# %% wrong: entrywise powers
# message: every entry of W
def linear_memory(W, A_0, times):
    states = [W ** int(t) @ A_0 for t in times]
    return np.array(states), np.abs(np.linalg.eigvals(W)).max()


# %% wrong: W transposed
# message: W is transposed
def linear_memory(W, A_0, times):
    states = [A_0 @ np.linalg.matrix_power(W, int(t)) for t in times]
    return np.array(states), np.abs(np.linalg.eigvals(W)).max()


# %% wrong: times t
# message: multiplied by t
def linear_memory(W, A_0, times):
    values, Q = np.linalg.eig(W)
    parts = np.linalg.solve(Q, A_0.astype(complex))
    powers = values.astype(complex) * np.asarray(times)[:, None]
    return (powers * parts @ Q.T).real, np.abs(values).max()


# %% wrong: the largest real part
# message: real part
def linear_memory(W, A_0, times):
    values, Q = np.linalg.eig(W)
    parts = np.linalg.solve(Q, A_0.astype(complex))
    powers = values.astype(complex) ** np.asarray(times)[:, None]
    return (powers * parts @ Q.T).real, values.real.max()


# %% wrong: the largest singular value
# message: singular value
def linear_memory(W, A_0, times):
    values, Q = np.linalg.eig(W)
    parts = np.linalg.solve(Q, A_0.astype(complex))
    powers = values.astype(complex) ** np.asarray(times)[:, None]
    return (powers * parts @ Q.T).real, np.linalg.norm(W, 2)


# %% wrong: the smallest modulus
# message: smallest modulus
def linear_memory(W, A_0, times):
    values, Q = np.linalg.eig(W)
    parts = np.linalg.solve(Q, A_0.astype(complex))
    powers = values.astype(complex) ** np.asarray(times)[:, None]
    return (powers * parts @ Q.T).real, np.abs(values).min()


# %% right: matrix powers, no eigenvectors
def linear_memory(W, A_0, times):
    states = [np.linalg.matrix_power(W, int(t)) @ A_0 for t in times]
    return np.stack(states), max(abs(v) for v in np.linalg.eigvals(W))


# %% right: torch, step by step
def linear_memory(W, A_0, times):
    W, A = torch.tensor(W), torch.tensor(A_0)
    trail = [A]
    for _ in range(int(max(times))):
        trail.append(W @ trail[-1])
    return torch.stack([trail[int(t)] for t in times]), torch.linalg.eigvals(
        W
    ).abs().max()
