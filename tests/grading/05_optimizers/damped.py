# %% wrong: as it is printed
# message: twice as long
def levenberg_marquardt(J, r, theta, damping):
    N = J.T @ J
    return theta - np.linalg.solve(N + damping * np.diag(np.diag(N)), 2 * J.T @ r)


# %% wrong: Levenberg's identity
# message: λI
def levenberg_marquardt(J, r, theta, damping):
    N = J.T @ J
    return theta - np.linalg.solve(N + damping * np.eye(len(N)), J.T @ r)


# %% wrong: up
# message: goes up
def levenberg_marquardt(J, r, theta, damping):
    N = J.T @ J
    return theta + np.linalg.solve(N + damping * np.diag(np.diag(N)), J.T @ r)


# %% wrong: no damping
# message: no damping
def levenberg_marquardt(J, r, theta, damping):
    return theta - np.linalg.lstsq(J, r, rcond=None)[0]


# %% wrong: the damping is added before the division by two
# message: counted half
def levenberg_marquardt(J, r, theta, damping):
    N = J.T @ J
    return theta - np.linalg.solve(2 * N + damping * np.diag(np.diag(N)), 2 * J.T @ r)


# %% right: an augmented least-squares problem
def levenberg_marquardt(J, r, theta, damping):
    extra = np.sqrt(damping) * np.diag(np.linalg.norm(J, axis=0))
    rows = np.vstack([J, extra])
    right = np.append(r, np.zeros(len(theta)))
    return theta - np.linalg.lstsq(rows, right, rcond=None)[0]


# %% right: the diagonal is scaled in place of a copy
def levenberg_marquardt(J, r, theta, damping):
    N = J.T @ J
    N[np.diag_indices_from(N)] *= 1 + damping
    return theta - np.linalg.inv(N) @ J.T @ r
