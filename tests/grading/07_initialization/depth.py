# %% wrong: pre-activations are measured
# message: pre-activations are noted
def depth_profile(X, matrices, g, slope, G):
    H, stored, forward, backward = X, [], [], []
    for W in matrices:
        Z = H @ W.T
        H = g(Z)
        stored.append((W, Z, H))
        forward.append(Z.std())
    for W, Z, H in reversed(stored):
        dZ = G * slope(Z)
        backward.append(dZ.std())
        G = dZ @ W
    return forward, backward[::-1]


# %% wrong: the slope is forgotten
# message: slope of the activation is left out
def depth_profile(X, matrices, g, slope, G):
    H, stored, forward, backward = X, [], [], []
    for W in matrices:
        Z = H @ W.T
        H = g(Z)
        stored.append((W, Z, H))
        forward.append(H.std())
    for W, Z, H in reversed(stored):
        dZ = G * 1
        backward.append(dZ.std())
        G = dZ @ W
    return forward, backward[::-1]


# %% wrong: the slope at the output
# message: taken at the output
def depth_profile(X, matrices, g, slope, G):
    H, stored, forward, backward = X, [], [], []
    for W in matrices:
        Z = H @ W.T
        H = g(Z)
        stored.append((W, Z, H))
        forward.append(H.std())
    for W, Z, H in reversed(stored):
        dZ = G * slope(H)
        backward.append(dZ.std())
        G = dZ @ W
    return forward, backward[::-1]


# %% wrong: the gradient of the activations
# message: gradients of H
def depth_profile(X, matrices, g, slope, G):
    H, stored, forward, backward = X, [], [], []
    for W in matrices:
        Z = H @ W.T
        H = g(Z)
        stored.append((W, Z, H))
        forward.append(H.std())
    for W, Z, H in reversed(stored):
        dZ = G * slope(Z)
        backward.append(G.std())
        G = dZ @ W
    return forward, backward[::-1]


# %% wrong: the wrong transpose
# message: transposed weights
def depth_profile(X, matrices, g, slope, G):
    H, stored, forward, backward = X, [], [], []
    for W in matrices:
        Z = H @ W.T
        H = g(Z)
        stored.append((W, Z, H))
        forward.append(H.std())
    for W, Z, H in reversed(stored):
        dZ = G * slope(Z)
        backward.append(dZ.std())
        G = dZ @ W.T
    return forward, backward[::-1]


# %% wrong: the order of the walk back
# message: from the last layer
def depth_profile(X, matrices, g, slope, G):
    H, stored, forward, backward = X, [], [], []
    for W in matrices:
        Z = H @ W.T
        H = g(Z)
        stored.append((W, Z, H))
        forward.append(H.std())
    for W, Z, H in reversed(stored):
        dZ = G * slope(Z)
        backward.append(dZ.std())
        G = dZ @ W
    return forward, backward


# %% wrong: lists swapped
# message: lists are swapped
def depth_profile(X, matrices, g, slope, G):
    H, stored, forward, backward = X, [], [], []
    for W in matrices:
        Z = H @ W.T
        H = g(Z)
        stored.append((W, Z, H))
        forward.append(H.std())
    for W, Z, H in reversed(stored):
        dZ = G * slope(Z)
        backward.append(dZ.std())
        G = dZ @ W
    return backward[::-1], forward


# %% wrong: root mean squares
# message: root of the mean square
def depth_profile(X, matrices, g, slope, G):
    H, stored, forward, backward = X, [], [], []
    for W in matrices:
        Z = H @ W.T
        H = g(Z)
        stored.append((W, Z, H))
        forward.append(np.sqrt((H**2).mean()))
    for W, Z, H in reversed(stored):
        dZ = G * slope(Z)
        backward.append(np.sqrt((dZ**2).mean()))
        G = dZ @ W
    return forward, backward[::-1]


# %% right: recursion
def depth_profile(X, matrices, g, slope, G):
    def walk(H, rest):
        if not rest:
            return [], [], G
        Z = H @ rest[0].T
        forward, backward, arriving = walk(g(Z), rest[1:])
        dZ = arriving * slope(Z)
        return [g(Z).std(), *forward], [dZ.std(), *backward], dZ @ rest[0]

    return walk(X, matrices)[:2]


# %% right: arrays filled in place
def depth_profile(X, matrices, g, slope, G):
    result = np.zeros((2, len(matrices)))
    pre = []
    for k in range(len(matrices)):
        pre.append(np.einsum("nd,md->nm", X, matrices[k]))
        X = g(pre[k])
        result[0, k] = np.sqrt(np.mean((X - X.mean()) ** 2))
    for k in range(len(matrices) - 1, -1, -1):
        G = slope(pre[k]) * G
        result[1, k] = np.var(G) ** 0.5
        G = (matrices[k].T @ G.T).T
    return result[0], result[1]
