# %% wrong: a code predicts its own view too
# message: a code is predicted from its own view, too
def multi_crop_loss(scores):
    V, B, K = scores.shape
    Q = np.exp(scores[:2] / 0.05)
    for _ in range(3):
        Q = Q / (K * Q.sum(axis=1, keepdims=True))
        Q = Q / (B * Q.sum(axis=2, keepdims=True))
    log_p = scores / 0.1 - np.log(np.exp(scores / 0.1).sum(axis=2, keepdims=True))
    return np.mean([-(Q[t] * log_p[v]).sum() for t in range(2) for v in range(V)])


# %% wrong: not swapped
# message: each code is predicted from its own view only
def multi_crop_loss(scores):
    V, B, K = scores.shape
    Q = np.exp(scores[:2] / 0.05)
    for _ in range(3):
        Q = Q / (K * Q.sum(axis=1, keepdims=True))
        Q = Q / (B * Q.sum(axis=2, keepdims=True))
    log_p = scores / 0.1 - np.log(np.exp(scores / 0.1).sum(axis=2, keepdims=True))
    return np.mean([-(Q[t] * log_p[t]).sum() for t in range(2)])


# %% wrong: only large views are predicted
# message: the small views are left out
def multi_crop_loss(scores):
    V, B, K = scores.shape
    Q = np.exp(scores[:2] / 0.05)
    for _ in range(3):
        Q = Q / (K * Q.sum(axis=1, keepdims=True))
        Q = Q / (B * Q.sum(axis=2, keepdims=True))
    log_p = scores / 0.1 - np.log(np.exp(scores / 0.1).sum(axis=2, keepdims=True))
    return -((Q[0] * log_p[1]).sum() + (Q[1] * log_p[0]).sum()) / 2


# %% wrong: all views give codes
# message: the small views give codes, too
def multi_crop_loss(scores):
    V, B, K = scores.shape
    Q = np.exp(scores / 0.05)
    for _ in range(3):
        Q = Q / (K * Q.sum(axis=1, keepdims=True))
        Q = Q / (B * Q.sum(axis=2, keepdims=True))
    log_p = scores / 0.1 - np.log(np.exp(scores / 0.1).sum(axis=2, keepdims=True))
    pairs = [(t, v) for t in range(V) for v in range(V) if t != v]
    return np.mean([-(Q[t] * log_p[v]).sum() for t, v in pairs])


# %% wrong: a softmax instead of balance
# message: the codes are a softmax, without balance
def multi_crop_loss(scores):
    V, B, K = scores.shape
    Q = np.exp(scores[:2] / 0.05)
    Q = Q / (B * Q.sum(axis=2, keepdims=True))
    log_p = scores / 0.1 - np.log(np.exp(scores / 0.1).sum(axis=2, keepdims=True))
    pairs = [(t, v) for t in range(2) for v in range(V) if t != v]
    return np.mean([-(Q[t] * log_p[v]).sum() for t, v in pairs])


# %% wrong: one normalization
# message: rows and columns are scaled only once
def multi_crop_loss(scores):
    V, B, K = scores.shape
    Q = np.exp(scores[:2] / 0.05)
    Q = Q / (K * Q.sum(axis=1, keepdims=True))
    Q = Q / (B * Q.sum(axis=2, keepdims=True))
    log_p = scores / 0.1 - np.log(np.exp(scores / 0.1).sum(axis=2, keepdims=True))
    pairs = [(t, v) for t in range(2) for v in range(V) if t != v]
    return np.mean([-(Q[t] * log_p[v]).sum() for t, v in pairs])


# %% wrong: columns last
# message: the columns are scaled last, so that the rows do not sum to 1
def multi_crop_loss(scores):
    V, B, K = scores.shape
    Q = np.exp(scores[:2] / 0.05)
    for _ in range(3):
        Q = Q / (B * Q.sum(axis=2, keepdims=True))
        Q = Q / (K * Q.sum(axis=1, keepdims=True))
    log_p = scores / 0.1 - np.log(np.exp(scores / 0.1).sum(axis=2, keepdims=True))
    pairs = [(t, v) for t in range(2) for v in range(V) if t != v]
    return np.mean([-(Q[t] * log_p[v]).sum() for t, v in pairs])


# %% wrong: the same temperature everywhere
# message: codes and predictions have the same temperature 0.1
def multi_crop_loss(scores):
    V, B, K = scores.shape
    Q = np.exp(scores[:2] / 0.1)
    for _ in range(3):
        Q = Q / (K * Q.sum(axis=1, keepdims=True))
        Q = Q / (B * Q.sum(axis=2, keepdims=True))
    log_p = scores / 0.1 - np.log(np.exp(scores / 0.1).sum(axis=2, keepdims=True))
    pairs = [(t, v) for t in range(2) for v in range(V) if t != v]
    return np.mean([-(Q[t] * log_p[v]).sum() for t, v in pairs])


# %% wrong: no temperature in the prediction
# message: the predictions have no temperature
def multi_crop_loss(scores):
    V, B, K = scores.shape
    Q = np.exp(scores[:2] / 0.05)
    for _ in range(3):
        Q = Q / (K * Q.sum(axis=1, keepdims=True))
        Q = Q / (B * Q.sum(axis=2, keepdims=True))
    log_p = scores - np.log(np.exp(scores).sum(axis=2, keepdims=True))
    pairs = [(t, v) for t in range(2) for v in range(V) if t != v]
    return np.mean([-(Q[t] * log_p[v]).sum() for t, v in pairs])


# %% right: all pairs at once, the diagonal taken off
def multi_crop_loss(scores):
    V, B, K = scores.shape
    Q = np.exp((scores[:2] - scores[:2].max()) * 20)
    for _ in range(3):
        Q /= Q.sum(axis=1, keepdims=True)
        Q /= Q.sum(axis=2, keepdims=True)
    log_p = torch.log_softmax(torch.tensor(scores) * 10, dim=2).numpy()
    table = -np.einsum("tbk,vbk->tv", Q, log_p) / B
    return (table.sum() - table[0, 0] - table[1, 1]) / (2 * (V - 1))


# %% right: scalings as two vectors
def multi_crop_loss(scores):
    def code(s):
        M = np.exp(s / 0.05)
        row = np.ones(len(M))
        for _ in range(3):
            column = 1 / (M.T @ row)
            row = 1 / (M @ column)
        return row[:, None] * M * column

    total, pairs = 0.0, 0
    for t in (0, 1):
        q = torch.tensor(code(scores[t]))
        for v in range(len(scores)):
            if v == t:
                continue
            total += torch.nn.functional.cross_entropy(torch.tensor(scores[v]) / 0.1, q)
            pairs += 1
    return total / pairs
