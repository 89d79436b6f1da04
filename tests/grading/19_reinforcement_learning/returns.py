# %% wrong: the past is counted
# message: the sums run from the first step to t instead of from t to the end
def returns_to_go(rewards, gamma):
    return np.cumsum(rewards * gamma ** np.arange(len(rewards)))


# %% wrong: no discount
# message: the rewards are not discounted
def returns_to_go(rewards, gamma):
    return np.cumsum(rewards[::-1])[::-1]


# %% wrong: discount from the beginning
# message: rewards are discounted from the start of the episode instead of from step t
def returns_to_go(rewards, gamma):
    return np.cumsum((rewards * gamma ** np.arange(len(rewards)))[::-1])[::-1]


# %% wrong: the own reward is left out
# message: the own reward of a step is left out
def returns_to_go(rewards, gamma):
    G, tail = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        G[t] = tail = tail
        tail = rewards[t] + gamma * tail
    return G


# %% wrong: one return for all
# message: every step gets the return of the whole episode
def returns_to_go(rewards, gamma):
    G, tail = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        G[t] = tail = rewards[t] + gamma * tail
    return np.full(len(G), G[0])


# %% wrong: own reward discounted
# message: the own reward is discounted too
def returns_to_go(rewards, gamma):
    G, tail = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        G[t] = tail = gamma * (rewards[t] + tail)
    return G


# %% right: a matrix of powers
def returns_to_go(rewards, gamma):
    n = np.arange(len(rewards))
    powers = np.triu(float(gamma) ** np.maximum(n[None] - n[:, None], 0))
    return powers @ rewards


# %% right: torch, sum by sum
def returns_to_go(rewards, gamma):
    r = torch.as_tensor(rewards, dtype=torch.float64)
    weights = gamma ** torch.arange(len(r), dtype=torch.float64)
    return torch.stack([(r[t:] * weights[: len(r) - t]).sum() for t in range(len(r))])
