# %% wrong: sender first
# message: the edge layer gets the sender first, then the receiver
def message_round(X, E, pairs, We, be, Wv, bv):
    i, j = np.asarray(pairs).T
    messages = np.maximum(0, np.hstack([X[j], E, X[i]]) @ We.T + be)  # (E, M)
    m = np.zeros((len(X), messages.shape[1]))
    np.add.at(m, i, messages)
    return messages, np.maximum(0, np.hstack([m, X]) @ Wv.T + bv)


# %% wrong: edge features last
# message: the edge features come last instead of between the two nodes
def message_round(X, E, pairs, We, be, Wv, bv):
    i, j = np.asarray(pairs).T
    messages = np.maximum(0, np.hstack([X[i], X[j], E]) @ We.T + be)  # (E, M)
    m = np.zeros((len(X), messages.shape[1]))
    np.add.at(m, i, messages)
    return messages, np.maximum(0, np.hstack([m, X]) @ Wv.T + bv)


# %% wrong: receiver twice
# message: the receiver's features are used twice and the sender's never
def message_round(X, E, pairs, We, be, Wv, bv):
    i, j = np.asarray(pairs).T
    messages = np.maximum(0, np.hstack([X[i], E, X[i]]) @ We.T + be)  # (E, M)
    m = np.zeros((len(X), messages.shape[1]))
    np.add.at(m, i, messages)
    return messages, np.maximum(0, np.hstack([m, X]) @ Wv.T + bv)


# %% wrong: collected at the sender
# message: the messages are collected by the sender
def message_round(X, E, pairs, We, be, Wv, bv):
    i, j = np.asarray(pairs).T
    messages = np.maximum(0, np.hstack([X[i], E, X[j]]) @ We.T + be)  # (E, M)
    m = np.zeros((len(X), messages.shape[1]))
    np.add.at(m, j, messages)
    return messages, np.maximum(0, np.hstack([m, X]) @ Wv.T + bv)


# %% wrong: fancy index
# message: only the last message of each node is kept
def message_round(X, E, pairs, We, be, Wv, bv):
    i, j = np.asarray(pairs).T
    messages = np.maximum(0, np.hstack([X[i], E, X[j]]) @ We.T + be)  # (E, M)
    m = np.zeros((len(X), messages.shape[1]))
    m[i] += messages
    return messages, np.maximum(0, np.hstack([m, X]) @ Wv.T + bv)


# %% wrong: mean
# message: the mean is taken instead of the sum
def message_round(X, E, pairs, We, be, Wv, bv):
    i, j = np.asarray(pairs).T
    messages = np.maximum(0, np.hstack([X[i], E, X[j]]) @ We.T + be)  # (E, M)
    m = np.zeros((len(X), messages.shape[1]))
    np.add.at(m, i, messages)
    m /= np.maximum(np.bincount(i, minlength=len(X)), 1)[:, None]
    return messages, np.maximum(0, np.hstack([m, X]) @ Wv.T + bv)


# %% wrong: node first
# message: the node layer gets the old features first, then the messages
def message_round(X, E, pairs, We, be, Wv, bv):
    i, j = np.asarray(pairs).T
    messages = np.maximum(0, np.hstack([X[i], E, X[j]]) @ We.T + be)  # (E, M)
    m = np.zeros((len(X), messages.shape[1]))
    np.add.at(m, i, messages)
    return messages, np.maximum(0, np.hstack([X, m]) @ Wv.T + bv)


# %% wrong: no ReLU on edges
# message: the messages have no ReLU
def message_round(X, E, pairs, We, be, Wv, bv):
    i, j = np.asarray(pairs).T
    messages = np.hstack([X[i], E, X[j]]) @ We.T + be  # (E, M)
    m = np.zeros((len(X), messages.shape[1]))
    np.add.at(m, i, messages)
    return messages, np.maximum(0, np.hstack([m, X]) @ Wv.T + bv)


# %% wrong: no ReLU on nodes
# message: the new features have no ReLU
def message_round(X, E, pairs, We, be, Wv, bv):
    i, j = np.asarray(pairs).T
    messages = np.maximum(0, np.hstack([X[i], E, X[j]]) @ We.T + be)  # (E, M)
    m = np.zeros((len(X), messages.shape[1]))
    np.add.at(m, i, messages)
    return messages, np.hstack([m, X]) @ Wv.T + bv


# %% right: edge by edge
def message_round(X, E, pairs, We, be, Wv, bv):
    messages = np.zeros((len(pairs), len(be)))
    m = np.zeros((len(X), len(be)))
    for k, (i, j) in enumerate(pairs):
        z = We @ np.concatenate((X[i], E[k], X[j])) + be
        messages[k] = z * (z > 0)
        m[i] = m[i] + messages[k]
    new = [np.maximum(Wv @ np.r_[m[v], X[v]] + bv, 0) for v in range(len(X))]
    return messages, np.array(new)


# %% right: split weights, torch
def message_round(X, E, pairs, We, be, Wv, bv):
    X, E, We, be, Wv, bv = (torch.as_tensor(a) for a in (X, E, We, be, Wv, bv))
    i, j = torch.as_tensor(pairs).T
    D, M = X.shape[1], len(be)
    own, other = X @ We[:, :D].T, X @ We[:, -D:].T
    messages = torch.relu(own[i] + E @ We[:, D:-D].T + other[j] + be)
    m = torch.zeros(len(X), M, dtype=messages.dtype).index_add(0, i, messages)
    return messages, torch.relu(m @ Wv[:, :M].T + X @ Wv[:, M:].T + bv)
