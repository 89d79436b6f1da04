# %% wrong: the own maximum
# message: the maximum is that of the state that was left, not of the next one
def q_learning(transitions, states, actions, alpha, gamma):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        target = r if terminated else r + gamma * Q[s].max()
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: an end has a future
# message: a terminated episode has a future
def q_learning(transitions, states, actions, alpha, gamma):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        target = r + gamma * Q[after].max()
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: truncated is an end
# message: a truncated episode is treated as terminated
def q_learning(transitions, states, actions, alpha, gamma):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, truncated in transitions:
        target = r if terminated or truncated else r + gamma * Q[after].max()
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: truncated only
# message: the future is left out after truncated episodes instead of terminated ones
def q_learning(transitions, states, actions, alpha, gamma):
    Q = np.zeros((states, actions))
    for s, a, r, after, _, truncated in transitions:
        target = r if truncated else r + gamma * Q[after].max()
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: no difference
# message: the old value is not subtracted
def q_learning(transitions, states, actions, alpha, gamma):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        target = r if terminated else r + gamma * Q[after].max()
        Q[s, a] += alpha * target
    return Q


# %% wrong: no discount
# message: the next value is not discounted
def q_learning(transitions, states, actions, alpha, gamma):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        target = r if terminated else r + Q[after].max()
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: no step size
# message: the step size is left out: the old value is replaced
def q_learning(transitions, states, actions, alpha, gamma):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        target = r if terminated else r + gamma * Q[after].max()
        Q[s, a] += target - Q[s, a]
    return Q


# %% wrong: nothing repaired
# message: nothing is repaired
def q_learning(transitions, states, actions, alpha, gamma):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, truncated in transitions:
        target = r + gamma * Q[s].max()
        if truncated:
            target = r
        Q[s, a] += alpha * target
    return Q


# %% right: a mean of old and new
def q_learning(transitions, states, actions, alpha, gamma):
    Q = [[0.0] * actions for _ in range(states)]
    for s, a, r, after, terminated, truncated in transitions:
        future = 0.0 if terminated else max(Q[after])
        Q[s][a] = (1 - alpha) * Q[s][a] + alpha * (r + gamma * future)
    return Q


# %% right: torch
def q_learning(transitions, states, actions, alpha, gamma):
    Q = torch.zeros(states, actions, dtype=torch.float64)
    for s, a, r, after, terminated, _ in transitions:
        Q[s, a] = torch.lerp(
            Q[s, a], r + gamma * Q[after].amax() * (not terminated), alpha
        )
    return Q
