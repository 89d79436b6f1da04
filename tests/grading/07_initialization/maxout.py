# %% wrong: the largest unit of each piece
# message: over the units
def maxout_layer(X, W, b):
    pieces = np.einsum("nd,kmd->knm", X, W) + b[:, None]
    return pieces.max(axis=2).T, W.size + b.size


# %% wrong: the sum of the pieces
# message: pieces are added
def maxout_layer(X, W, b):
    pieces = np.einsum("nd,kmd->knm", X, W) + b[:, None]
    return pieces.sum(axis=0), W.size + b.size


# %% wrong: biases after the maximum
# message: found separately
def maxout_layer(X, W, b):
    pieces = np.einsum("nd,kmd->knm", X, W) + b[:, None]
    return (pieces - b[:, None]).max(axis=0) + b.max(axis=0), W.size + b.size


# %% wrong: a ReLU behind it
# message: ReLU is applied
def maxout_layer(X, W, b):
    pieces = np.einsum("nd,kmd->knm", X, W) + b[:, None]
    return np.maximum(pieces.max(axis=0), 0), W.size + b.size


# %% wrong: no biases
# message: biases are left out
def maxout_layer(X, W, b):
    pieces = np.einsum("nd,kmd->knm", X, W) + b[:, None]
    return (pieces - b[:, None]).max(axis=0), W.size + b.size


# %% wrong: only weights are counted
# message: not counted
def maxout_layer(X, W, b):
    pieces = np.einsum("nd,kmd->knm", X, W) + b[:, None]
    return pieces.max(axis=0), W.size


# %% wrong: as many parameters as a dense layer
# message: single piece
def maxout_layer(X, W, b):
    pieces = np.einsum("nd,kmd->knm", X, W) + b[:, None]
    return pieces.max(axis=0), W[0].size + b[0].size


# %% right: unit by unit
def maxout_layer(X, W, b):
    pieces, units, inputs = W.shape
    output = np.empty((len(X), units))
    for m in range(units):
        output[:, m] = [max(W[k, m] @ x + b[k, m] for k in range(pieces)) for x in X]
    return output, pieces * units * (inputs + 1)


# %% right: torch
def maxout_layer(X, W, b):
    scores = torch.einsum("nd,kmd->nmk", torch.tensor(X), torch.tensor(W))
    return (scores + torch.tensor(b).T).amax(dim=-1), W.size + b.size
