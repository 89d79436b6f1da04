# %% wrong: whole return
# message: every step is weighted with the return of the whole episode
def policy_gradient(theta, states, actions, rewards, gamma, baseline):
    policy = np.exp(theta) / np.exp(theta).sum(axis=1, keepdims=True)
    G = sum(gamma**t * r for t, r in enumerate(rewards))
    gradient = np.zeros(theta.shape)
    for t, (s, a) in enumerate(zip(states, actions)):
        gradient[s] += (
            gamma**t * (G - baseline[s]) * (np.eye(theta.shape[1])[a] - policy[s])
        )
    return gradient


# %% wrong: descent
# message: the sign is that of a descent
def policy_gradient(theta, states, actions, rewards, gamma, baseline):
    policy = np.exp(theta - theta.max(axis=1, keepdims=True))
    policy /= policy.sum(axis=1, keepdims=True)
    gradient, tail = np.zeros(theta.shape), 0.0
    for t in reversed(range(len(rewards))):
        s, a = states[t], actions[t]
        tail = rewards[t] + gamma * tail
        score = np.eye(theta.shape[1])[a] - policy[s]
        gradient[s] -= gamma**t * (tail - baseline[s]) * score
    return gradient


# %% wrong: no baseline
# message: the baseline is left out
def policy_gradient(theta, states, actions, rewards, gamma, baseline):
    policy = np.exp(theta - theta.max(axis=1, keepdims=True))
    policy /= policy.sum(axis=1, keepdims=True)
    gradient, tail = np.zeros(theta.shape), 0.0
    for t in reversed(range(len(rewards))):
        s, a = states[t], actions[t]
        tail = rewards[t] + gamma * tail
        score = np.eye(theta.shape[1])[a] - policy[s]
        gradient[s] += gamma**t * tail * score
    return gradient


# %% wrong: baseline added
# message: the baseline is added
def policy_gradient(theta, states, actions, rewards, gamma, baseline):
    policy = np.exp(theta - theta.max(axis=1, keepdims=True))
    policy /= policy.sum(axis=1, keepdims=True)
    gradient, tail = np.zeros(theta.shape), 0.0
    for t in reversed(range(len(rewards))):
        s, a = states[t], actions[t]
        tail = rewards[t] + gamma * tail
        score = np.eye(theta.shape[1])[a] - policy[s]
        gradient[s] += gamma**t * (tail + baseline[s]) * score
    return gradient


# %% wrong: no discount of steps
# message: the factor γ^t before the score is left out
def policy_gradient(theta, states, actions, rewards, gamma, baseline):
    policy = np.exp(theta - theta.max(axis=1, keepdims=True))
    policy /= policy.sum(axis=1, keepdims=True)
    gradient, tail = np.zeros(theta.shape), 0.0
    for t in reversed(range(len(rewards))):
        s, a = states[t], actions[t]
        tail = rewards[t] + gamma * tail
        score = np.eye(theta.shape[1])[a] - policy[s]
        gradient[s] += (tail - baseline[s]) * score
    return gradient


# %% wrong: one-hot only
# message: the probabilities are not subtracted: the score is only the one-hot vector
def policy_gradient(theta, states, actions, rewards, gamma, baseline):
    policy = np.exp(theta - theta.max(axis=1, keepdims=True))
    policy /= policy.sum(axis=1, keepdims=True)
    gradient, tail = np.zeros(theta.shape), 0.0
    for t in reversed(range(len(rewards))):
        s, a = states[t], actions[t]
        tail = rewards[t] + gamma * tail
        score = np.eye(theta.shape[1])[a]
        gradient[s] += gamma**t * (tail - baseline[s]) * score
    return gradient


# %% wrong: gradient of the probability
# message: the gradient is that of π and not of log π
def policy_gradient(theta, states, actions, rewards, gamma, baseline):
    policy = np.exp(theta - theta.max(axis=1, keepdims=True))
    policy /= policy.sum(axis=1, keepdims=True)
    gradient, tail = np.zeros(theta.shape), 0.0
    for t in reversed(range(len(rewards))):
        s, a = states[t], actions[t]
        tail = rewards[t] + gamma * tail
        score = np.eye(theta.shape[1])[a] - policy[s]
        gradient[s] += gamma**t * (tail - baseline[s]) * score * policy[s, a]
    return gradient


# %% wrong: last visit only
# message: a later or earlier visit of the same state overwrites the other one
def policy_gradient(theta, states, actions, rewards, gamma, baseline):
    policy = np.exp(theta - theta.max(axis=1, keepdims=True))
    policy /= policy.sum(axis=1, keepdims=True)
    gradient, tail = np.zeros(theta.shape), 0.0
    for t in reversed(range(len(rewards))):
        s, a = states[t], actions[t]
        tail = rewards[t] + gamma * tail
        score = np.eye(theta.shape[1])[a] - policy[s]
        gradient[s] = gamma**t * (tail - baseline[s]) * score
    return gradient


# %% wrong: reward of the step
# message: only the reward of the step itself is used, not the return
def policy_gradient(theta, states, actions, rewards, gamma, baseline):
    policy = np.exp(theta - theta.max(axis=1, keepdims=True))
    policy /= policy.sum(axis=1, keepdims=True)
    gradient, tail = np.zeros(theta.shape), 0.0
    for t in reversed(range(len(rewards))):
        s, a = states[t], actions[t]
        tail = rewards[t]
        score = np.eye(theta.shape[1])[a] - policy[s]
        gradient[s] += gamma**t * (tail - baseline[s]) * score
    return gradient


# %% right: autograd
def policy_gradient(theta, states, actions, rewards, gamma, baseline):
    leaf = torch.tensor(theta, dtype=torch.float64, requires_grad=True)
    T = len(rewards)
    G = [sum(gamma**k * rewards[t + k] for k in range(T - t)) for t in range(T)]
    logs = torch.log_softmax(leaf, dim=1)
    total = sum(
        gamma**t * (G[t] - baseline[states[t]]) * logs[states[t], actions[t]]
        for t in range(T)
    )
    return torch.autograd.grad(total, leaf)[0].numpy()


# %% right: one scatter
def policy_gradient(theta, states, actions, rewards, gamma, baseline):
    T, (S, A) = len(rewards), theta.shape
    n = np.arange(T)
    G = np.triu(float(gamma) ** np.maximum(n - n[:, None], 0)) @ rewards
    w = gamma**n * (G - baseline[states])
    taken = np.zeros((S, A))
    np.add.at(taken, (states, actions), w)
    p = np.exp(theta) / np.exp(theta).sum(axis=1, keepdims=True)
    return taken - taken.sum(axis=1, keepdims=True) * p
