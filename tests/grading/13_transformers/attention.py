# %% wrong: no scale
# message: not divided by √d_k
def attention(Q, K, V, mask):
    scores = np.where(mask, Q @ K.T, -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return weights @ V, weights


# %% wrong: divided by d_k
# message: not by its root
def attention(Q, K, V, mask):
    scores = np.where(mask, Q @ K.T / K.shape[1], -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return weights @ V, weights


# %% wrong: root of the number of keys
# message: number of keys
def attention(Q, K, V, mask):
    scores = np.where(mask, Q @ K.T / np.sqrt(len(K)), -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return weights @ V, weights


# %% wrong: root of the length of a value
# message: length of a value
def attention(Q, K, V, mask):
    scores = np.where(mask, Q @ K.T / np.sqrt(V.shape[1]), -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return weights @ V, weights


# %% wrong: softmax over the queries
# message: over the queries
def attention(Q, K, V, mask):
    scores = np.where(mask, Q @ K.T / np.sqrt(K.shape[1]), -np.inf)
    powers = np.exp(scores - scores.max(axis=0, keepdims=True))
    weights = powers / powers.sum(axis=0, keepdims=True)
    return weights @ V, weights


# %% wrong: no mask
# message: mask is ignored
def attention(Q, K, V, mask):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return weights @ V, weights


# %% wrong: mask inverted
# message: may not attend
def attention(Q, K, V, mask):
    scores = np.where(mask, -np.inf, Q @ K.T / np.sqrt(K.shape[1]))
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return weights @ V, weights


# %% wrong: mask after the softmax
# message: no longer sum to 1
def attention(Q, K, V, mask):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True) * mask
    return weights @ V, weights


# %% wrong: hidden scores are zero
# message: 0 instead of minus infinity
def attention(Q, K, V, mask):
    scores = np.where(mask, Q @ K.T / np.sqrt(K.shape[1]), 0.0)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return weights @ V, weights


# %% wrong: overflow
# message: overflows
def attention(Q, K, V, mask):
    scores = np.where(mask, Q @ K.T / np.sqrt(K.shape[1]), -np.inf)
    powers = np.exp(scores)
    weights = powers / powers.sum(axis=1, keepdims=True)
    return weights @ V, weights


# %% right: torch
def attention(Q, K, V, mask):
    Q, K, V, mask = (torch.tensor(part) for part in (Q, K, V, mask))
    scores = (Q @ K.T) * K.shape[1] ** -0.5
    weights = torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)
    return weights @ V, weights


# %% right: a loop over queries, with the mask as a list of keys
def attention(Q, K, V, mask):
    outputs, weights = [], np.zeros(mask.shape)
    for t, q in enumerate(Q):
        keys = np.flatnonzero(mask[t])
        s = [float(np.dot(q, K[j])) / len(q) ** 0.5 for j in keys]
        e = [math.exp(one - max(s)) for one in s]
        weights[t, keys] = np.array(e) / sum(e)
        outputs.append(weights[t, keys] @ V[keys])
    return np.array(outputs), weights
