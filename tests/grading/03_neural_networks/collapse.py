# %% wrong: the product in the order of the layers
# message: in the order of the layers
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, W_next @ b + b_next
    return W, b


# %% wrong: a sum of matrices
# message: matrices are added
def collapse(layers):
    return sum(W for W, b in layers), sum(b for W, b in layers)


# %% wrong: two layers, whatever is given
# message: only the first two layers
def collapse(layers):
    (W1, b1), (W2, b2) = layers[:2]
    return W2 @ W1, W2 @ b1 + b2


# %% wrong: a sum of biases
# message: biases are added
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W_next @ W, b + b_next
    return W, b


# %% wrong: the last bias alone
# message: only the last bias
def collapse(layers):
    W = layers[0][0]
    for W_next, _ in layers[1:]:
        W = W_next @ W
    return W, layers[-1][1]


# %% wrong: a bias goes through its own matrix
# message: matrix of its own layer
def collapse(layers):
    W, b = layers[0][0], layers[-1][1]
    for W_next, _ in layers[1:]:
        W = W_next @ W
    return W, b + sum(V @ c for V, c in layers[:-1])


# %% wrong: a bias goes through one layer only
# message: only the next layer
def collapse(layers):
    W, b = layers[0][0], layers[-1][1]
    for W_next, _ in layers[1:]:
        W = W_next @ W
    return W, b + sum(V @ c for (_, c), (V, _) in zip(layers, layers[1:]))


# %% right: probing the network with unit vectors
def collapse(layers):
    points = np.vstack([np.zeros(layers[0][0].shape[1]), np.eye(layers[0][0].shape[1])])
    for W, b in layers:
        points = points @ W.T + b
    return (points[1:] - points[0]).T, points[0]


# %% right: bordered matrices
def collapse(layers):
    total = np.eye(layers[0][0].shape[1] + 1)
    for W, b in layers:
        bordered = np.zeros((W.shape[0] + 1, W.shape[1] + 1))
        bordered[:-1, :-1], bordered[:-1, -1], bordered[-1, -1] = W, b, 1
        total = bordered @ total
    return total[:-1, :-1], total[:-1, -1]
