# %% wrong: softmax over columns
# message: the softmax runs over the receivers, so that columns sum to 1
def graph_attention(X, A, W, a_own, a_other):
    H = X @ W.T  # (N, out)
    e = (H @ a_own)[:, None] + (H @ a_other)[None, :]  # e[i, j]: i hears from j
    e = np.where(e > 0, e, 0.2 * e)
    e = np.where(A + np.eye(len(A)) > 0, e, -np.inf)
    alpha = np.exp(e - e.max(axis=0, keepdims=True))
    alpha = alpha / alpha.sum(axis=0, keepdims=True)
    return alpha, alpha @ H


# %% wrong: zeros as mask
# message: scores without an edge are set to 0, whose exponential is 1
def graph_attention(X, A, W, a_own, a_other):
    H = X @ W.T  # (N, out)
    e = (H @ a_own)[:, None] + (H @ a_other)[None, :]  # e[i, j]: i hears from j
    e = np.where(e > 0, e, 0.2 * e)
    e = np.where(A + np.eye(len(A)) > 0, e, 0.0)
    alpha = np.exp(e - e.max(axis=1, keepdims=True))
    alpha = alpha / alpha.sum(axis=1, keepdims=True)
    return alpha, alpha @ H


# %% wrong: mask after softmax
# message: the mask comes after the softmax, so that rows do not sum to 1
def graph_attention(X, A, W, a_own, a_other):
    H = X @ W.T  # (N, out)
    e = (H @ a_own)[:, None] + (H @ a_other)[None, :]  # e[i, j]: i hears from j
    e = np.where(e > 0, e, 0.2 * e)
    alpha = np.exp(e - e.max(axis=1, keepdims=True))
    alpha = alpha / alpha.sum(axis=1, keepdims=True)
    alpha = alpha * (A + np.eye(len(A)) > 0)
    return alpha, alpha @ H


# %% wrong: everybody
# message: everybody hears everybody
def graph_attention(X, A, W, a_own, a_other):
    H = X @ W.T  # (N, out)
    e = (H @ a_own)[:, None] + (H @ a_other)[None, :]  # e[i, j]: i hears from j
    e = np.where(e > 0, e, 0.2 * e)
    alpha = np.exp(e - e.max(axis=1, keepdims=True))
    alpha = alpha / alpha.sum(axis=1, keepdims=True)
    return alpha, alpha @ H


# %% wrong: own and other
# message: own and other are exchanged
def graph_attention(X, A, W, a_own, a_other):
    H = X @ W.T  # (N, out)
    e = (H @ a_other)[:, None] + (H @ a_own)[None, :]  # e[i, j]: i hears from j
    e = np.where(e > 0, e, 0.2 * e)
    e = np.where(A + np.eye(len(A)) > 0, e, -np.inf)
    alpha = np.exp(e - e.max(axis=1, keepdims=True))
    alpha = alpha / alpha.sum(axis=1, keepdims=True)
    return alpha, alpha @ H


# %% wrong: no LeakyReLU
# message: the LeakyReLU is left out
def graph_attention(X, A, W, a_own, a_other):
    H = X @ W.T  # (N, out)
    e = (H @ a_own)[:, None] + (H @ a_other)[None, :]  # e[i, j]: i hears from j
    e = np.where(A + np.eye(len(A)) > 0, e, -np.inf)
    alpha = np.exp(e - e.max(axis=1, keepdims=True))
    alpha = alpha / alpha.sum(axis=1, keepdims=True)
    return alpha, alpha @ H


# %% wrong: slope 0.01
# message: the slope is 0.01 instead of 0.2
def graph_attention(X, A, W, a_own, a_other):
    H = X @ W.T  # (N, out)
    e = (H @ a_own)[:, None] + (H @ a_other)[None, :]  # e[i, j]: i hears from j
    e = np.where(e > 0, e, 0.01 * e)
    e = np.where(A + np.eye(len(A)) > 0, e, -np.inf)
    alpha = np.exp(e - e.max(axis=1, keepdims=True))
    alpha = alpha / alpha.sum(axis=1, keepdims=True)
    return alpha, alpha @ H


# %% wrong: no loop
# message: the nodes do not hear themselves
def graph_attention(X, A, W, a_own, a_other):
    H = X @ W.T  # (N, out)
    e = (H @ a_own)[:, None] + (H @ a_other)[None, :]  # e[i, j]: i hears from j
    e = np.where(e > 0, e, 0.2 * e)
    e = np.where(A > 0, e, -np.inf)
    alpha = np.exp(e - e.max(axis=1, keepdims=True))
    alpha = alpha / alpha.sum(axis=1, keepdims=True)
    return alpha, alpha @ H


# %% wrong: messages without W
# message: the old features are summed instead of Wx
def graph_attention(X, A, W, a_own, a_other):
    H = X @ W.T  # (N, out)
    e = (H @ a_own)[:, None] + (H @ a_other)[None, :]  # e[i, j]: i hears from j
    e = np.where(e > 0, e, 0.2 * e)
    e = np.where(A + np.eye(len(A)) > 0, e, -np.inf)
    alpha = np.exp(e - e.max(axis=1, keepdims=True))
    alpha = alpha / alpha.sum(axis=1, keepdims=True)
    return alpha, alpha @ X


# %% wrong: overflow
# message: with large scores
def graph_attention(X, A, W, a_own, a_other):
    H = X @ W.T  # (N, out)
    e = (H @ a_own)[:, None] + (H @ a_other)[None, :]  # e[i, j]: i hears from j
    e = np.where(e > 0, e, 0.2 * e)
    e = np.where(A + np.eye(len(A)) > 0, e, -np.inf)
    alpha = np.exp(e)
    alpha = alpha / alpha.sum(axis=1, keepdims=True)
    return alpha, alpha @ H


# %% right: torch with a mask
def graph_attention(X, A, W, a_own, a_other):
    X, A, W, own, other = map(torch.as_tensor, (X, A, W, a_own, a_other))
    H = X @ W.T
    e = torch.nn.functional.leaky_relu((H @ own).unsqueeze(1) + H @ other, 0.2)
    allowed = A.bool() | torch.eye(len(A), dtype=torch.bool)
    alpha = e.masked_fill(~allowed, float("-inf")).softmax(dim=-1)
    return alpha, alpha @ H


# %% right: node by node
def graph_attention(X, A, W, a_own, a_other):
    N = len(X)
    H = [W @ x for x in X]
    alpha, Y = np.zeros((N, N)), []
    for i in range(N):
        near = sorted({i, *np.flatnonzero(A[i]).tolist()})
        score = np.array([a_own @ H[i] + a_other @ H[j] for j in near])
        score = np.maximum(score, 0.2 * score)
        share = np.exp(score - score.max())
        alpha[i, near] = share / share.sum()
        Y.append(sum(alpha[i, j] * H[j] for j in near))
    return alpha, np.array(Y)
