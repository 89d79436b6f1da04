# %% wrong: the gradient in z
# message: the derivative of the normalization is missing
def anchor_gradient(h, candidates, partner, temperature):
    z = h / np.linalg.norm(h)
    p = np.exp(candidates @ z / temperature)
    p = p / p.sum()
    p[partner] -= 1
    return p @ candidates / temperature


# %% wrong: the length is missing
# message: the gradient does not shrink with the length of h
def anchor_gradient(h, candidates, partner, temperature):
    z = h / np.linalg.norm(h)
    p = np.exp(candidates @ z / temperature)
    p = p / p.sum()
    p[partner] -= 1
    g = p @ candidates / temperature
    return g - (g @ z) * z


# %% wrong: not projected
# message: the part along h is not removed
def anchor_gradient(h, candidates, partner, temperature):
    z = h / np.linalg.norm(h)
    p = np.exp(candidates @ z / temperature)
    p = p / p.sum()
    p[partner] -= 1
    return p @ candidates / temperature / np.linalg.norm(h)


# %% wrong: projected with h itself
# message: the projection uses h, which has not length 1
def anchor_gradient(h, candidates, partner, temperature):
    length = np.linalg.norm(h)
    z = h / length
    p = np.exp(candidates @ z / temperature)
    p = p / p.sum()
    p[partner] -= 1
    g = p @ candidates / temperature
    return (g - (g @ h) * h) / length


# %% wrong: no 1/τ
# message: the factor 1/τ of the scores is missing
def anchor_gradient(h, candidates, partner, temperature):
    length = np.linalg.norm(h)
    z = h / length
    p = np.exp(candidates @ z / temperature)
    p = p / p.sum()
    p[partner] -= 1
    g = p @ candidates
    return (g - (g @ z) * z) / length


# %% wrong: the force instead of the gradient
# message: the sign is that of the force, minus the gradient
def anchor_gradient(h, candidates, partner, temperature):
    length = np.linalg.norm(h)
    z = h / length
    p = np.exp(candidates @ z / temperature)
    p = p / p.sum()
    p[partner] -= 1
    g = -p @ candidates / temperature
    return (g - (g @ z) * z) / length


# %% wrong: only the push
# message: the pull of the partner is missing
def anchor_gradient(h, candidates, partner, temperature):
    length = np.linalg.norm(h)
    z = h / length
    p = np.exp(candidates @ z / temperature)
    p = p / p.sum()
    g = p @ candidates / temperature
    return (g - (g @ z) * z) / length


# %% wrong: softmax of the unnormalized anchor
# message: the scores are made with h instead of z
def anchor_gradient(h, candidates, partner, temperature):
    length = np.linalg.norm(h)
    z = h / length
    p = np.exp(candidates @ h / temperature)
    p = p / p.sum()
    p[partner] -= 1
    g = p @ candidates / temperature
    return (g - (g @ z) * z) / length


# %% right: autograd
def anchor_gradient(h, candidates, partner, temperature):
    own = torch.tensor(h, requires_grad=True)
    scores = torch.tensor(candidates) @ torch.nn.functional.normalize(own, dim=0)
    loss = torch.nn.functional.cross_entropy(
        scores[None] / temperature, torch.tensor([partner])
    )
    loss.backward()
    return own.grad


# %% right: the Jacobian as a matrix
def anchor_gradient(h, candidates, partner, temperature):
    length = np.sqrt(h @ h)
    jacobian = np.eye(len(h)) / length - np.outer(h, h) / length**3  # (d, d)
    scores = candidates @ h / (length * temperature)
    weights = np.exp(scores - np.logaddexp.reduce(scores))
    weights = weights - (np.arange(len(candidates)) == partner)
    return jacobian @ candidates.T @ weights / temperature
