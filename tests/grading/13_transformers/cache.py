# %% wrong: not to itself
# message: does not attend to itself
def cached_step(x, keys, values, W_q, W_k, W_v):
    scores = keys @ (W_q @ x) / np.sqrt(keys.shape[1])  # (t + 1,)
    powers = np.exp(scores - scores.max(initial=-1e9))
    out = powers / powers.sum() @ values
    return out, np.vstack([keys, W_k @ x]), np.vstack([values, W_v @ x])


# %% wrong: to itself only
# message: itself only
def cached_step(x, keys, values, W_q, W_k, W_v):
    keys = np.vstack([keys, W_k @ x])
    values = np.vstack([values, W_v @ x])
    scores = keys @ (W_q @ x) / np.sqrt(keys.shape[1])  # (t + 1,)
    powers = np.exp(scores - scores.max())
    return values[-1], keys, values


# %% wrong: no scale
# message: not divided by √d
def cached_step(x, keys, values, W_q, W_k, W_v):
    keys = np.vstack([keys, W_k @ x])
    values = np.vstack([values, W_v @ x])
    scores = keys @ (W_q @ x)  # (t + 1,)
    powers = np.exp(scores - scores.max())
    return powers / powers.sum() @ values, keys, values


# %% wrong: put in front
# message: before the old ones
def cached_step(x, keys, values, W_q, W_k, W_v):
    keys = np.vstack([W_k @ x, keys])
    values = np.vstack([W_v @ x, values])
    scores = keys @ (W_q @ x) / np.sqrt(keys.shape[1])  # (t + 1,)
    powers = np.exp(scores - scores.max())
    return powers / powers.sum() @ values, keys, values


# %% wrong: queries kept
# message: queries are kept
def cached_step(x, keys, values, W_q, W_k, W_v):
    keys = np.vstack([keys, W_q @ x])
    values = np.vstack([values, W_v @ x])
    scores = keys @ (W_q @ x) / np.sqrt(keys.shape[1])  # (t + 1,)
    powers = np.exp(scores - scores.max())
    return powers / powers.sum() @ values, keys, values


# %% wrong: cache not extended
# message: without the new token
def cached_step(x, keys, values, W_q, W_k, W_v):
    old = keys, values
    keys = np.vstack([keys, W_k @ x])
    values = np.vstack([values, W_v @ x])
    scores = keys @ (W_q @ x) / np.sqrt(keys.shape[1])  # (t + 1,)
    powers = np.exp(scores - scores.max())
    return powers / powers.sum() @ values, *old


# %% wrong: equal weights
# message: same weight
def cached_step(x, keys, values, W_q, W_k, W_v):
    keys = np.vstack([keys, W_k @ x])
    values = np.vstack([values, W_v @ x])
    scores = keys @ (W_q @ x) / np.sqrt(keys.shape[1])  # (t + 1,)
    powers = np.exp(scores - scores.max())
    return values.mean(axis=0), keys, values


# %% wrong: wrong order
# message: wrong order
def cached_step(x, keys, values, W_q, W_k, W_v):
    keys = np.vstack([keys, W_k @ x])
    values = np.vstack([values, W_v @ x])
    scores = keys @ (W_q @ x) / np.sqrt(keys.shape[1])  # (t + 1,)
    powers = np.exp(scores - scores.max())
    return powers / powers.sum() @ values, values, keys


# %% right: torch
def cached_step(x, keys, values, W_q, W_k, W_v):
    x, keys, values, W_q, W_k, W_v = map(torch.tensor, (x, keys, values, W_q, W_k, W_v))
    keys, values = (
        torch.cat([keys, (W_k @ x)[None]]),
        torch.cat([values, (W_v @ x)[None]]),
    )
    out = torch.nn.functional.scaled_dot_product_attention(
        (W_q @ x)[None], keys, values
    )
    return out[0], keys, values


# %% right: a running softmax
def cached_step(x, keys, values, W_q, W_k, W_v):
    q, best, total = W_q @ x, -np.inf, 0.0
    out = np.zeros(len(W_v))
    keys = np.concatenate([keys, [W_k @ x]])
    values = np.concatenate([values, [W_v @ x]])
    for k, v in zip(keys, values):
        s = float(q @ k) / math.sqrt(len(k))
        new = max(best, s)
        total = total * math.exp(best - new) + math.exp(s - new)
        out = out * math.exp(best - new) + math.exp(s - new) * v
        best = new
    return out / total, keys, values
