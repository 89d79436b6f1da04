# %% wrong: root of D
# message: root of D, not
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    Q, K, V = (
        part.reshape(N, T, heads, D // heads).transpose(0, 2, 1, 3)
        for part in np.split(X @ W_in.T + b_in, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(D)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=3, keepdims=True))
    mixed = powers / powers.sum(axis=3, keepdims=True) @ V
    return mixed.transpose(0, 2, 1, 3).reshape(N, T, D) @ W_out.T + b_out


# %% wrong: no scale
# message: not divided at all
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    Q, K, V = (
        part.reshape(N, T, heads, D // heads).transpose(0, 2, 1, 3)
        for part in np.split(X @ W_in.T + b_in, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=3, keepdims=True))
    mixed = powers / powers.sum(axis=3, keepdims=True) @ V
    return mixed.transpose(0, 2, 1, 3).reshape(N, T, D) @ W_out.T + b_out


# %% wrong: one head
# message: single head
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    heads = 1
    Q, K, V = (
        part.reshape(N, T, heads, D // heads).transpose(0, 2, 1, 3)
        for part in np.split(X @ W_in.T + b_in, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(D / heads)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=3, keepdims=True))
    mixed = powers / powers.sum(axis=3, keepdims=True) @ V
    return mixed.transpose(0, 2, 1, 3).reshape(N, T, D) @ W_out.T + b_out


# %% wrong: reshape alone
# message: reshape alone
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    Q, K, V = (
        part.reshape(N, heads, T, D // heads)
        for part in np.split(X @ W_in.T + b_in, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(D / heads)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=3, keepdims=True))
    mixed = powers / powers.sum(axis=3, keepdims=True) @ V
    return mixed.reshape(N, T, D) @ W_out.T + b_out


# %% wrong: every h-th entry
# message: every h-th entry
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    Q, K, V = (
        part.reshape(N, T, D // heads, heads).transpose(0, 3, 1, 2)
        for part in np.split(X @ W_in.T + b_in, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(D / heads)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=3, keepdims=True))
    mixed = powers / powers.sum(axis=3, keepdims=True) @ V
    return mixed.transpose(0, 2, 3, 1).reshape(N, T, D) @ W_out.T + b_out


# %% wrong: joined without exchange
# message: exchanging the axes back
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    Q, K, V = (
        part.reshape(N, T, heads, D // heads).transpose(0, 2, 1, 3)
        for part in np.split(X @ W_in.T + b_in, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(D / heads)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=3, keepdims=True))
    mixed = powers / powers.sum(axis=3, keepdims=True) @ V
    return mixed.reshape(N, T, D) @ W_out.T + b_out


# %% wrong: no output weights
# message: output weights are left out
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    Q, K, V = (
        part.reshape(N, T, heads, D // heads).transpose(0, 2, 1, 3)
        for part in np.split(X @ W_in.T + b_in, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(D / heads)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=3, keepdims=True))
    mixed = powers / powers.sum(axis=3, keepdims=True) @ V
    return mixed.transpose(0, 2, 1, 3).reshape(N, T, D)


# %% wrong: output weights transposed
# message: output weights are transposed
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    Q, K, V = (
        part.reshape(N, T, heads, D // heads).transpose(0, 2, 1, 3)
        for part in np.split(X @ W_in.T + b_in, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(D / heads)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=3, keepdims=True))
    mixed = powers / powers.sum(axis=3, keepdims=True) @ V
    return mixed.transpose(0, 2, 1, 3).reshape(N, T, D) @ W_out + b_out


# %% wrong: no input bias
# message: biases of queries
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    Q, K, V = (
        part.reshape(N, T, heads, D // heads).transpose(0, 2, 1, 3)
        for part in np.split(X @ W_in.T, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(D / heads)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=3, keepdims=True))
    mixed = powers / powers.sum(axis=3, keepdims=True) @ V
    return mixed.transpose(0, 2, 1, 3).reshape(N, T, D) @ W_out.T + b_out


# %% wrong: no output bias
# message: bias of the output
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    Q, K, V = (
        part.reshape(N, T, heads, D // heads).transpose(0, 2, 1, 3)
        for part in np.split(X @ W_in.T + b_in, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(D / heads)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=3, keepdims=True))
    mixed = powers / powers.sum(axis=3, keepdims=True) @ V
    return mixed.transpose(0, 2, 1, 3).reshape(N, T, D) @ W_out.T


# %% wrong: order Q, V, K
# message: values and keys
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    Q, V, K = (
        part.reshape(N, T, heads, D // heads).transpose(0, 2, 1, 3)
        for part in np.split(X @ W_in.T + b_in, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(D / heads)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=3, keepdims=True))
    mixed = powers / powers.sum(axis=3, keepdims=True) @ V
    return mixed.transpose(0, 2, 1, 3).reshape(N, T, D) @ W_out.T + b_out


# %% wrong: softmax over the queries
# message: over the queries
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    N, T, D = X.shape
    Q, K, V = (
        part.reshape(N, T, heads, D // heads).transpose(0, 2, 1, 3)
        for part in np.split(X @ W_in.T + b_in, 3, axis=2)
    )  # (N, heads, T, D / heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(D / heads)  # (N, heads, T, T)
    powers = np.exp(scores - scores.max(axis=2, keepdims=True))
    mixed = powers / powers.sum(axis=2, keepdims=True) @ V
    return mixed.transpose(0, 2, 1, 3).reshape(N, T, D) @ W_out.T + b_out


# %% right: a loop over heads with slices
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    D = X.shape[-1]
    size = D // heads
    W_q, W_k, W_v = W_in[:D], W_in[D : 2 * D], W_in[2 * D :]
    b_q, b_k, b_v = b_in[:D], b_in[D : 2 * D], b_in[2 * D :]
    total = np.zeros(X.shape) + b_out
    for h in range(heads):
        part = slice(h * size, (h + 1) * size)
        q = X @ W_q[part].T + b_q[part]
        k = X @ W_k[part].T + b_k[part]
        v = X @ W_v[part].T + b_v[part]
        e = np.exp(np.einsum("ntd,nsd->nts", q, k) / size**0.5)
        total = total + (e / e.sum(-1, keepdims=True)) @ v @ W_out[:, part].T
    return total


# %% right: torch's functional attention
def multi_head(X, W_in, b_in, W_out, b_out, heads):
    X, W_in, b_in, W_out, b_out = map(torch.tensor, (X, W_in, b_in, W_out, b_out))
    parts = (X @ W_in.T + b_in).chunk(3, dim=-1)
    q, k, v = (p.unflatten(-1, (heads, -1)).movedim(-2, 1) for p in parts)
    mixed = torch.nn.functional.scaled_dot_product_attention(q, k, v)
    return mixed.movedim(1, -2).flatten(-2) @ W_out.T + b_out
