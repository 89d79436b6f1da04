# %% wrong: the best policy
# message: the best action is taken instead of the policy's
def evaluate(P, R, policy, gamma):
    V = np.zeros(len(R))
    for _ in range(500):
        V = (R + gamma * P @ V).max(axis=1)
    return V


# %% wrong: no discount
# message: there is no discount
def evaluate(P, R, policy, gamma):
    P_pi = np.einsum("sa,sat->st", policy, P)
    R_pi = (policy * R).sum(axis=1)
    return np.linalg.solve(np.eye(len(R)) - P_pi, R_pi)


# %% wrong: uniform actions
# message: all actions are taken equally often, whatever the policy says
def evaluate(P, R, policy, gamma):
    P_pi = P.mean(axis=1)
    R_pi = R.mean(axis=1)
    return np.linalg.solve(np.eye(len(R)) - gamma * P_pi, R_pi)


# %% wrong: first reward only
# message: only the first reward is counted
def evaluate(P, R, policy, gamma):
    return (policy * R).sum(axis=1)


# %% wrong: backwards
# message: values flow backwards: P is used from s' to s
def evaluate(P, R, policy, gamma):
    P_pi = np.einsum("sa,sat->st", policy, P)
    R_pi = (policy * R).sum(axis=1)
    return np.linalg.solve(np.eye(len(R)) - gamma * P_pi.T, R_pi)


# %% wrong: rewards discounted
# message: the reward of the step itself is discounted too
def evaluate(P, R, policy, gamma):
    P_pi = np.einsum("sa,sat->st", policy, P)
    R_pi = (policy * R).sum(axis=1)
    return np.linalg.solve(np.eye(len(R)) - gamma * P_pi, gamma * R_pi)


# %% wrong: two steps
# message: the equation is applied twice and not solved
def evaluate(P, R, policy, gamma):
    V = (policy * R).sum(axis=1)
    return (policy * (R + gamma * P @ V)).sum(axis=1)


# %% right: by iteration
def evaluate(P, R, policy, gamma):
    V = np.zeros(len(R))
    for _ in range(2000):
        V = (policy * (R + gamma * P @ V)).sum(axis=1)
    return V


# %% right: torch, Q first
def evaluate(P, R, policy, gamma):
    S, A = R.shape
    P, R, policy = (torch.as_tensor(v) for v in (P, R, policy))
    M = (P[:, :, :, None] * policy[None, None]).reshape(S * A, S * A)
    Q = torch.linalg.solve(torch.eye(S * A, dtype=M.dtype) - gamma * M, R.reshape(-1))
    return (policy * Q.reshape(S, A)).sum(dim=1)
