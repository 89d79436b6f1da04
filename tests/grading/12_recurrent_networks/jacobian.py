# %% wrong: the slide
# message: W_h is missing
def state_jacobian(states, W_h):
    product = np.eye(len(W_h))
    for h in states:
        product = np.diag(1 - h**2) @ product
    return product


# %% wrong: no slopes
# message: slopes of the tanh are left out
def state_jacobian(states, W_h):
    product = np.eye(len(W_h))
    for h in states:
        product = W_h @ product
    return product


# %% wrong: tanh twice
# message: once more
def state_jacobian(states, W_h):
    product = np.eye(len(W_h))
    for h in states:
        product = (1 - np.tanh(h) ** 2)[:, None] * W_h @ product
    return product


# %% wrong: the opposite order
# message: opposite order
def state_jacobian(states, W_h):
    product = np.eye(len(W_h))
    for h in states:
        product = product @ ((1 - h**2)[:, None] * W_h)
    return product


# %% wrong: slopes on the columns
# message: columns of W_h
def state_jacobian(states, W_h):
    product = np.eye(len(W_h))
    for h in states:
        product = (1 - h**2) * W_h @ product
    return product


# %% wrong: transposed
# message: transposed
def state_jacobian(states, W_h):
    product = np.eye(len(W_h))
    for h in states:
        product = (1 - h**2)[:, None] * W_h @ product
    return product.T


# %% wrong: one factor too few
# message: one factor is missing
def state_jacobian(states, W_h):
    product = np.eye(len(W_h))
    for h in states[1:]:
        product = (1 - h**2)[:, None] * W_h @ product
    return product


# %% wrong: entry by entry
# message: entry by entry
def state_jacobian(states, W_h):
    product = np.ones_like(W_h)
    for h in states:
        product = (1 - h**2)[:, None] * W_h * product
    return product


# %% right: autograd through the states
def state_jacobian(states, W_h):
    W = torch.tensor(W_h)

    def last(start):
        h = start
        for target in torch.tensor(states):
            a = W @ h
            h = torch.tanh(a + (torch.atanh(target) - a).detach())
        return h

    return torch.autograd.functional.jacobian(
        last, torch.zeros(len(W), dtype=torch.float64)
    )


# %% right: recursion from the last step
def state_jacobian(states, W_h):
    if len(states) == 0:
        return np.eye(len(W_h))
    slopes = np.diag(1 - states[-1] ** 2)
    return slopes @ W_h @ state_jacobian(states[:-1], W_h)
