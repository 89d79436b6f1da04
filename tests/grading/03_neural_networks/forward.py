# %% wrong: the output is activated
# message: last layer is activated too
def forward(X, layers, activation):
    for W, b in layers:
        X = activation(X @ W.T + b)
    return X


# %% wrong: no biases
# message: biases are left out
def forward(X, layers, activation):
    for W, b in layers[:-1]:
        X = activation(X @ W.T)
    return X @ layers[-1][0].T


# %% wrong: the matrix without its transpose
# message: transpose belongs
def forward(X, layers, activation):
    for W, b in layers[:-1]:
        X = activation(X @ W + b)
    return X @ layers[-1][0] + layers[-1][1]


# %% wrong: activation before each layer
# message: inputs are activated
def forward(X, layers, activation):
    for W, b in layers:
        X = activation(X) @ W.T + b
    return X


# %% wrong: no activation at all
# message: no layer is activated
def forward(X, layers, activation):
    for W, b in layers:
        X = X @ W.T + b
    return X


# %% wrong: always ReLU
# message: ReLU is used
def forward(X, layers, activation):
    for W, b in layers[:-1]:
        X = np.maximum(X @ W.T + b, 0)
    return X @ layers[-1][0].T + layers[-1][1]


# %% wrong: three layers, whatever is given
def forward(X, layers, activation):
    (W1, b1), (W2, b2), (W3, b3) = layers
    h = activation(activation(X @ W1.T + b1) @ W2.T + b2)
    return h @ W3.T + b3


# %% right: recursion from the back
def forward(X, layers, activation):
    *front, (W, b) = layers
    h = activation(forward(X, front, activation)) if front else X
    return np.einsum("nk,ck->nc", h, W) + b


# %% right: the identity for the last layer
def forward(X, layers, activation):
    activations = [activation] * (len(layers) - 1) + [lambda z: z]
    for (W, b), g in zip(layers, activations):
        X = g((W @ X.T + b[:, None]).T)
    return X
