# %% wrong: greedy
# message: there is no bonus
def ucb(rewards, c):
    T, K = rewards.shape
    counts, sums, chosen = np.zeros(K), np.zeros(K), []
    for t in range(T):
        arm = t if t < K else int(np.argmax(sums / counts))
        counts[arm] += 1
        sums[arm] += rewards[t, arm]
        chosen.append(arm)
    return np.array(chosen)


# %% wrong: no root
# message: the bonus has no square root
def ucb(rewards, c):
    T, K = rewards.shape
    counts, sums, chosen = np.zeros(K), np.zeros(K), []
    for t in range(T):
        arm = t if t < K else int(np.argmax(sums / counts + c * (np.log(t) / counts)))
        counts[arm] += 1
        sums[arm] += rewards[t, arm]
        chosen.append(arm)
    return np.array(chosen)


# %% wrong: no logarithm
# message: the logarithm is left out of the bonus
def ucb(rewards, c):
    T, K = rewards.shape
    counts, sums, chosen = np.zeros(K), np.zeros(K), []
    for t in range(T):
        arm = t if t < K else int(np.argmax(sums / counts + c * np.sqrt(1 / counts)))
        counts[arm] += 1
        sums[arm] += rewards[t, arm]
        chosen.append(arm)
    return np.array(chosen)


# %% wrong: no c
# message: the bonus is not multiplied by c
def ucb(rewards, c):
    T, K = rewards.shape
    counts, sums, chosen = np.zeros(K), np.zeros(K), []
    for t in range(T):
        arm = (
            t if t < K else int(np.argmax(sums / counts + np.sqrt(np.log(t) / counts)))
        )
        counts[arm] += 1
        sums[arm] += rewards[t, arm]
        chosen.append(arm)
    return np.array(chosen)


# %% wrong: sums
# message: sums of rewards are compared, not means
def ucb(rewards, c):
    T, K = rewards.shape
    counts, sums, chosen = np.zeros(K), np.zeros(K), []
    for t in range(T):
        arm = t if t < K else int(np.argmax(sums + c * np.sqrt(np.log(t) / counts)))
        counts[arm] += 1
        sums[arm] += rewards[t, arm]
        chosen.append(arm)
    return np.array(chosen)


# %% wrong: pessimist
# message: the bonus is subtracted: a lower bound
def ucb(rewards, c):
    T, K = rewards.shape
    counts, sums, chosen = np.zeros(K), np.zeros(K), []
    for t in range(T):
        arm = (
            t
            if t < K
            else int(np.argmax(sums / counts - c * np.sqrt(np.log(t) / counts)))
        )
        counts[arm] += 1
        sums[arm] += rewards[t, arm]
        chosen.append(arm)
    return np.array(chosen)


# %% wrong: unseen rewards
# message: rewards of arms that were not pulled are used
def ucb(rewards, c):
    T, K = rewards.shape
    counts, sums, chosen = np.zeros(K), np.zeros(K), []
    for t in range(T):
        arm = (
            t
            if t < K
            else int(
                np.argmax(rewards[:t].mean(axis=0) + c * np.sqrt(np.log(t) / counts))
            )
        )
        counts[arm] += 1
        sums[arm] += rewards[t, arm]
        chosen.append(arm)
    return np.array(chosen)


# %% right: means updated on the way
def ucb(rewards, c):
    T, K = rewards.shape
    mean, n, chosen = (
        rewards[np.arange(K), np.arange(K)].astype(float),
        np.ones(K),
        list(range(K)),
    )
    for t in range(K, T):
        bounds = [mean[a] + c * (np.log(t) / n[a]) ** 0.5 for a in range(K)]
        arm = bounds.index(max(bounds))
        n[arm] += 1
        mean[arm] += (rewards[t, arm] - mean[arm]) / n[arm]
        chosen.append(arm)
    return chosen


# %% right: history of each arm
def ucb(rewards, c):
    import math

    T, K = rewards.shape
    history, chosen = [[] for _ in range(K)], []
    for t in range(T):

        def bound(a):
            own = history[a]
            return (
                math.inf
                if not own
                else sum(own) / len(own) + c * math.sqrt(math.log(t) / len(own))
            )

        arm = max(range(K), key=bound)
        history[arm].append(float(rewards[t, arm]))
        chosen.append(arm)
    return torch.tensor(chosen)
