# %% wrong: in place
# message: new values are used within the same sweep
def value_iteration(P, R, gamma, sweeps):
    V = np.zeros(len(R))
    for _ in range(sweeps):
        for s in range(len(R)):
            V[s] = (R[s] + gamma * P[s] @ V).max()
    return V


# %% wrong: mean over actions
# message: the mean over the actions is taken, not the maximum
def value_iteration(P, R, gamma, sweeps):
    V = np.zeros(len(R))
    for _ in range(sweeps):
        V = (R + gamma * P @ V).mean(axis=1)
    return V


# %% wrong: minimum
# message: the worst action is taken
def value_iteration(P, R, gamma, sweeps):
    V = np.zeros(len(R))
    for _ in range(sweeps):
        V = (R + gamma * P @ V).min(axis=1)
    return V


# %% wrong: no discount
# message: there is no discount
def value_iteration(P, R, gamma, sweeps):
    V = np.zeros(len(R))
    for _ in range(sweeps):
        V = (R + P @ V).max(axis=1)
    return V


# %% wrong: two maxima
# message: reward and next value are maximized by different actions
def value_iteration(P, R, gamma, sweeps):
    V = np.zeros(len(R))
    for _ in range(sweeps):
        V = R.max(axis=1) + gamma * (P @ V).max(axis=1)
    return V


# %% wrong: one sweep less
# message: there is one sweep too few
def value_iteration(P, R, gamma, sweeps):
    V = np.zeros(len(R))
    for _ in range(sweeps - 1):
        V = (R + gamma * P @ V).max(axis=1)
    return V


# %% wrong: one sweep more
# message: there is one sweep too many
def value_iteration(P, R, gamma, sweeps):
    V = np.zeros(len(R))
    for _ in range(sweeps + 1):
        V = (R + gamma * P @ V).max(axis=1)
    return V


# %% wrong: best next state
# message: the best next state is taken for granted, instead of the mean over next states
def value_iteration(P, R, gamma, sweeps):
    V = np.zeros(len(R))
    for _ in range(sweeps):
        V = (R + gamma * np.where(P > 0, V, -np.inf).max(axis=2, initial=0)).max(axis=1)
    return V


# %% right: Q is kept
def value_iteration(P, R, gamma, sweeps):
    Q = np.zeros(R.shape)
    for _ in range(sweeps):
        Q = R + gamma * np.einsum("sat,t->sa", P, Q.max(axis=1))
    return Q.max(axis=1)


# %% right: plain loops
def value_iteration(P, R, gamma, sweeps):
    V = [0.0] * len(R)
    for _ in range(sweeps):
        V = [
            max(
                R[s][a] + gamma * sum(P[s][a][t] * V[t] for t in range(len(V)))
                for a in range(len(R[s]))
            )
            for s in range(len(V))
        ]
    return V
