# %% wrong: transposed
# message: rows and columns are exchanged
def transition_matrix(states, count):
    pairs = np.zeros((count, count))
    np.add.at(pairs, (states[1:], states[:-1]), 1)
    total = pairs.sum(axis=0, keepdims=True)
    return np.where(total > 0, pairs / np.maximum(total, 1), 1 / count)


# %% wrong: joint
# message: pairs are divided by the number of all steps: the joint probability
def transition_matrix(states, count):
    pairs = np.zeros((count, count))
    np.add.at(pairs, (states[:-1], states[1:]), 1)
    total = pairs.sum(axis=1, keepdims=True)
    return np.where(total > 0, pairs / (len(states) - 1), 1 / count)


# %% wrong: last state counted
# message: the last state is counted as if a step out of it had been seen
def transition_matrix(states, count):
    pairs = np.zeros((count, count))
    np.add.at(pairs, (states[:-1], states[1:]), 1)
    total = np.bincount(states, minlength=count)[:, None]
    return np.where(total > 0, pairs / np.maximum(total, 1), 1 / count)


# %% wrong: rows of zeros
# message: a state without a step has a row of zeros
def transition_matrix(states, count):
    pairs = np.zeros((count, count))
    np.add.at(pairs, (states[:-1], states[1:]), 1)
    total = pairs.sum(axis=1, keepdims=True)
    return np.where(total > 0, pairs / np.maximum(total, 1), 0.0)


# %% wrong: both directions
# message: each step is counted in both directions
def transition_matrix(states, count):
    pairs = np.zeros((count, count))
    np.add.at(pairs, (states[:-1], states[1:]), 1)
    pairs = pairs + pairs.T
    total = pairs.sum(axis=1, keepdims=True)
    return np.where(total > 0, pairs / np.maximum(total, 1), 1 / count)


# %% right: loops over a dictionary
def transition_matrix(states, count):
    following = {i: [] for i in range(count)}
    for now, after in zip(states[:-1], states[1:]):
        following[int(now)].append(int(after))
    return [
        [f.count(j) / len(f) if f else 1 / count for j in range(count)]
        for f in following.values()
    ]


# %% right: one-hot product
def transition_matrix(states, count):
    hot = np.eye(count)[states]
    pairs = hot[:-1].T @ hot[1:]
    pairs[pairs.sum(axis=1) == 0] = 1
    return pairs / pairs.sum(axis=1, keepdims=True)
