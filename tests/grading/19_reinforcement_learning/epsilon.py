# %% wrong: only others are random
# message: a random action is never the greedy one: ε is shared among the others
def epsilon_greedy(Q, epsilon):
    policy = np.full(Q.shape, epsilon / (Q.shape[1] - 1))
    policy[np.arange(len(Q)), Q.argmax(axis=1)] = 1 - epsilon
    return policy


# %% wrong: share forgotten
# message: the greedy action has 1 − ε only, and the rows do not sum to 1
def epsilon_greedy(Q, epsilon):
    policy = np.full(Q.shape, epsilon / Q.shape[1])
    policy[np.arange(len(Q)), Q.argmax(axis=1)] = 1 - epsilon
    return policy


# %% wrong: exchanged
# message: ε and 1 − ε are exchanged
def epsilon_greedy(Q, epsilon):
    policy = np.full(Q.shape, (1 - epsilon) / Q.shape[1])
    policy[np.arange(len(Q)), Q.argmax(axis=1)] += epsilon
    return policy


# %% wrong: all of the largest
# message: all of several equal largest values get the greedy part
def epsilon_greedy(Q, epsilon):
    return np.full(Q.shape, epsilon / Q.shape[1]) + (1 - epsilon) * (
        Q == Q.max(axis=1, keepdims=True)
    )


# %% wrong: smallest
# message: the smallest value is taken for the best
def epsilon_greedy(Q, epsilon):
    policy = np.full(Q.shape, epsilon / Q.shape[1])
    policy[np.arange(len(Q)), Q.argmin(axis=1)] += 1 - epsilon
    return policy


# %% wrong: best state
# message: the best state of each action is marked, not the best action of each state
def epsilon_greedy(Q, epsilon):
    policy = np.full(Q.shape, epsilon / Q.shape[1])
    policy[Q.argmax(axis=0), np.arange(Q.shape[1])] += 1 - epsilon
    return policy


# %% wrong: softmax
# message: a softmax of the values is mixed in, not the best action
def epsilon_greedy(Q, epsilon):
    e = np.exp(Q - Q.max(axis=1, keepdims=True))
    return epsilon / Q.shape[1] + (1 - epsilon) * e / e.sum(axis=1, keepdims=True)


# %% right: rows of the identity
def epsilon_greedy(Q, epsilon):
    A = Q.shape[1]
    return epsilon * np.ones((1, A)) / A + (1 - epsilon) * np.eye(A)[Q.argmax(axis=1)]


# %% right: a list for each state
def epsilon_greedy(Q, epsilon):
    rows = []
    for q in Q.tolist():
        row = [epsilon / len(q)] * len(q)
        row[q.index(max(q))] += 1 - epsilon
        rows.append(row)
    return torch.tensor(rows)
