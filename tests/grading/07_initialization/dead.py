# %% wrong: off for one sample is dead
# message: off for some sample
def rescue(X, W, b):
    z = X @ W.T + b
    dead = (z <= 0).any(axis=0)
    return dead, np.where(dead, b - z.max(axis=0) + 0.1, b)


# %% wrong: judged by the mean
# message: mean pre-activation
def rescue(X, W, b):
    z = X @ W.T + b
    dead = z.mean(axis=0) <= 0
    return dead, np.where(dead, b - z.max(axis=0) + 0.1, b)


# %% wrong: judged by the majority
# message: off for most samples
def rescue(X, W, b):
    z = X @ W.T + b
    dead = np.mean(z <= 0, axis=0) >= 0.5
    return dead, np.where(dead, b - z.max(axis=0) + 0.1, b)


# %% wrong: living units are marked
# message: living units are marked
def rescue(X, W, b):
    z = X @ W.T + b
    dead = (z > 0).any(axis=0)
    return dead, np.where(~dead, b - z.max(axis=0) + 0.1, b)


# %% wrong: the bias is left out
# message: bias is left out
def rescue(X, W, b):
    highest = (X @ W.T).max(axis=0)
    dead = highest <= 0
    return dead, np.where(dead, 0.1 - highest, b)


# %% wrong: all units are moved
# message: living units are changed
def rescue(X, W, b):
    z = X @ W.T + b
    dead = z.max(axis=0) <= 0
    return dead, b - z.max(axis=0) + 0.1


# %% wrong: a small positive bias
# message: set to 0.1
def rescue(X, W, b):
    z = X @ W.T + b
    dead = z.max(axis=0) <= 0
    return dead, np.where(dead, 0.1, b)


# %% wrong: a little more bias
# message: grow by 0.1
def rescue(X, W, b):
    z = X @ W.T + b
    dead = z.max(axis=0) <= 0
    return dead, np.where(dead, b + 0.1, b)


# %% wrong: the old bias is dropped
# message: old bias
def rescue(X, W, b):
    z = X @ W.T + b
    dead = z.max(axis=0) <= 0
    return dead, np.where(dead, 0.1 - z.max(axis=0), b)


# %% right: unit by unit
def rescue(X, W, b):
    dead, biases = [], []
    for w, old in zip(W, b):
        top = max(float(w @ x) for x in X)
        dead.append(not top + old > 0)
        biases.append(0.1 - top if dead[-1] else old)
    return dead, biases


# %% right: with torch's relu
def rescue(X, W, b):
    z = nn.functional.linear(torch.tensor(X), torch.tensor(W), torch.tensor(b))
    dead = torch.relu(z).sum(dim=0) == 0
    return dead, torch.tensor(b) + dead * (0.1 - z.amax(dim=0))
