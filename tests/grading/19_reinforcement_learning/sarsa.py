# %% wrong: Q-learning
# message: the best action follows: this is Q-learning
def expected_sarsa(transitions, states, actions, alpha, gamma, epsilon):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        value = Q[after].max()
        target = r + gamma * value * (not terminated)
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: only random
# message: all actions follow equally often, as if ε were 1
def expected_sarsa(transitions, states, actions, alpha, gamma, epsilon):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        value = Q[after].mean()
        target = r + gamma * value * (not terminated)
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: ε exchanged
# message: ε and 1 − ε are exchanged
def expected_sarsa(transitions, states, actions, alpha, gamma, epsilon):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        value = (1 - epsilon) * Q[after].mean() + epsilon * Q[after].max()
        target = r + gamma * value * (not terminated)
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: no random part
# message: the random actions are left out of the mean
def expected_sarsa(transitions, states, actions, alpha, gamma, epsilon):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        value = (1 - epsilon) * Q[after].max()
        target = r + gamma * value * (not terminated)
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: state that was left
# message: the mean is that of the state that was left
def expected_sarsa(transitions, states, actions, alpha, gamma, epsilon):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        value = epsilon * Q[s].mean() + (1 - epsilon) * Q[s].max()
        target = r + gamma * value * (not terminated)
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: an end has a future
# message: a terminated episode has a future
def expected_sarsa(transitions, states, actions, alpha, gamma, epsilon):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        value = epsilon * Q[after].mean() + (1 - epsilon) * Q[after].max()
        target = r + gamma * value
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: truncated is an end
# message: a truncated episode is treated as terminated
def expected_sarsa(transitions, states, actions, alpha, gamma, epsilon):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, truncated in transitions:
        value = epsilon * Q[after].mean() + (1 - epsilon) * Q[after].max()
        target = r + gamma * value * (not (terminated or truncated))
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% wrong: a sum
# message: the values of the random actions are added up and not divided by their number
def expected_sarsa(transitions, states, actions, alpha, gamma, epsilon):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, _ in transitions:
        value = epsilon * Q[after].sum() + (1 - epsilon) * Q[after].max()
        target = r + gamma * value * (not terminated)
        Q[s, a] += alpha * (target - Q[s, a])
    return Q


# %% right: the policy written out
def expected_sarsa(transitions, states, actions, alpha, gamma, epsilon):
    Q = np.zeros((states, actions))
    for s, a, r, after, terminated, truncated in transitions:
        policy = np.full(actions, epsilon / actions)
        policy[np.argmax(Q[after])] += 1 - epsilon
        future = 0 if terminated else gamma * policy @ Q[after]
        Q[s, a] = (1 - alpha) * Q[s, a] + alpha * (r + future)
    return Q


# %% right: lists
def expected_sarsa(transitions, states, actions, alpha, gamma, epsilon):
    Q = [[0.0] * actions for _ in range(states)]
    for s, a, r, after, terminated, _ in transitions:
        best, rest = max(Q[after]), sum(Q[after]) / actions
        goal = r + (0 if terminated else gamma * (best + epsilon * (rest - best)))
        Q[s][a] -= alpha * (Q[s][a] - goal)
    return torch.tensor(Q, dtype=torch.float64)
