# %% wrong: the given state in every step
# message: not fed back
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in range(X.shape[1]):
        new = np.tanh(X[:, t] @ W_x.T + h @ W_h.T + b)
        states.append(new)
    return np.stack(states, axis=1)


# %% wrong: no recurrence
# message: last state is left out
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ W_x.T + 0 * h @ W_h.T + b)
        states.append(h)
    return np.stack(states, axis=1)


# %% wrong: no tanh
# message: tanh is left out
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in range(X.shape[1]):
        h = X[:, t] @ W_x.T + h @ W_h.T + b
        states.append(h)
    return np.stack(states, axis=1)


# %% wrong: sigmoid
# message: sigmoid
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in range(X.shape[1]):
        h = expit(X[:, t] @ W_x.T + h @ W_h.T + b)
        states.append(h)
    return np.stack(states, axis=1)


# %% wrong: ReLU
# message: ReLU
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in range(X.shape[1]):
        h = np.maximum(0, X[:, t] @ W_x.T + h @ W_h.T + b)
        states.append(h)
    return np.stack(states, axis=1)


# %% wrong: W_h not transposed
# message: without its transpose
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ W_x.T + h @ W_h + b)
        states.append(h)
    return np.stack(states, axis=1)


# %% wrong: the bias twice, as two of them
# message: added twice
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ W_x.T + h @ W_h.T + b + b)
        states.append(h)
    return np.stack(states, axis=1)


# %% wrong: no bias
# message: bias is left out
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ W_x.T + h @ W_h.T)
        states.append(h)
    return np.stack(states, axis=1)


# %% wrong: from the end
# message: from its end
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in reversed(range(X.shape[1])):
        h = np.tanh(X[:, t] @ W_x.T + h @ W_h.T + b)
        states.append(h)
    return np.stack(states, axis=1)


# %% wrong: states before the steps
# message: before each step
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in range(X.shape[1]):
        states.append(h)
        h = np.tanh(X[:, t] @ W_x.T + h @ W_h.T + b)
    return np.stack(states, axis=1)


# %% wrong: time first
# message: wrong shape
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ W_x.T + h @ W_h.T + b)
        states.append(h)
    return np.stack(states, axis=0)


# %% wrong: the last state only
# message: wrong shape
def rnn_states(X, h, W_x, W_h, b):
    states = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ W_x.T + h @ W_h.T + b)
        states.append(h)
    return h


# %% right: torch.nn.RNN with the weights put in
def rnn_states(X, h, W_x, W_h, b):
    rnn = torch.nn.RNN(W_x.shape[1], len(W_h), batch_first=True).double()
    values = [W_x, W_h, b, np.zeros(len(b))]
    rnn.load_state_dict({k: torch.tensor(v) for k, v in zip(rnn.state_dict(), values)})
    with torch.no_grad():
        return rnn(torch.tensor(X), torch.tensor(h)[None])[0]


# %% right: inputs of all steps at once, states in place
def rnn_states(X, h, W_x, W_h, b):
    a = np.einsum("ntd,hd->nth", X, W_x) + b
    out = np.empty(a.shape)
    for t in range(a.shape[1]):
        before = out[:, t - 1] if t else h
        out[:, t] = np.tanh(a[:, t] + np.einsum("nk,hk->nh", before, W_h))
    return out
