# %% wrong: no projection
# message: nothing is projected: pixels go further than ε
def pgd(X, y, parameters, epsilon, step, steps, noise):
    X, y = torch.tensor(X), torch.as_tensor(y)
    moved = (X + torch.tensor(noise)).clamp(0, 1)
    for _ in range(steps):
        moved = moved.detach().requires_grad_()
        loss = torch.nn.functional.cross_entropy(scores(moved, parameters), y)
        (slope,) = torch.autograd.grad(loss, moved)
        moved = moved + step * slope.sign()
        moved = moved.clamp(0, 1)
    return moved.detach().numpy()


# %% wrong: around the noisy picture
# message: the box is put around the noisy picture, not around the original
def pgd(X, y, parameters, epsilon, step, steps, noise):
    X, y = torch.tensor(X), torch.as_tensor(y)
    moved = X = (X + torch.tensor(noise)).clamp(0, 1)
    for _ in range(steps):
        moved = moved.detach().requires_grad_()
        loss = torch.nn.functional.cross_entropy(scores(moved, parameters), y)
        (slope,) = torch.autograd.grad(loss, moved)
        moved = moved + step * slope.sign()
        moved = torch.clamp(moved, X - epsilon, X + epsilon).clamp(0, 1)
    return moved.detach().numpy()


# %% wrong: no noise
# message: the start is the original: the noise is not used
def pgd(X, y, parameters, epsilon, step, steps, noise):
    X, y = torch.tensor(X), torch.as_tensor(y)
    moved = X.clone()
    for _ in range(steps):
        moved = moved.detach().requires_grad_()
        loss = torch.nn.functional.cross_entropy(scores(moved, parameters), y)
        (slope,) = torch.autograd.grad(loss, moved)
        moved = moved + step * slope.sign()
        moved = torch.clamp(moved, X - epsilon, X + epsilon).clamp(0, 1)
    return moved.detach().numpy()


# %% wrong: steps of epsilon
# message: each step has the size ε
def pgd(X, y, parameters, epsilon, step, steps, noise):
    X, y = torch.tensor(X), torch.as_tensor(y)
    moved = (X + torch.tensor(noise)).clamp(0, 1)
    for _ in range(steps):
        moved = moved.detach().requires_grad_()
        loss = torch.nn.functional.cross_entropy(scores(moved, parameters), y)
        (slope,) = torch.autograd.grad(loss, moved)
        moved = moved + epsilon * slope.sign()
        moved = torch.clamp(moved, X - epsilon, X + epsilon).clamp(0, 1)
    return moved.detach().numpy()


# %% wrong: downhill
# message: the steps go downhill and help the true class
def pgd(X, y, parameters, epsilon, step, steps, noise):
    X, y = torch.tensor(X), torch.as_tensor(y)
    moved = (X + torch.tensor(noise)).clamp(0, 1)
    for _ in range(steps):
        moved = moved.detach().requires_grad_()
        loss = torch.nn.functional.cross_entropy(scores(moved, parameters), y)
        (slope,) = torch.autograd.grad(loss, moved)
        moved = moved - step * slope.sign()
        moved = torch.clamp(moved, X - epsilon, X + epsilon).clamp(0, 1)
    return moved.detach().numpy()


# %% wrong: one gradient for all steps
# message: the gradient is taken once, at the start
def pgd(X, y, parameters, epsilon, step, steps, noise):
    X, y = torch.tensor(X), torch.as_tensor(y)
    moved = (X + torch.tensor(noise)).clamp(0, 1).requires_grad_()
    loss = torch.nn.functional.cross_entropy(scores(moved, parameters), y)
    (slope,) = torch.autograd.grad(loss, moved)
    for _ in range(steps):
        moved = moved + step * slope.sign()
        moved = torch.clamp(moved, X - epsilon, X + epsilon).clamp(0, 1)
    return moved.detach().numpy()


# %% wrong: the gradient at the original
# message: every gradient is taken at the original picture
def pgd(X, y, parameters, epsilon, step, steps, noise):
    X, y = torch.tensor(X), torch.as_tensor(y)
    moved = (X + torch.tensor(noise)).clamp(0, 1)
    for _ in range(steps):
        moved = moved.detach().requires_grad_()
        at = X.clone().requires_grad_()
        loss = torch.nn.functional.cross_entropy(scores(at, parameters), y)
        (slope,) = torch.autograd.grad(loss, at)
        moved = moved + step * slope.sign()
        moved = torch.clamp(moved, X - epsilon, X + epsilon).clamp(0, 1)
    return moved.detach().numpy()


# %% wrong: not clipped
# message: the picture leaves [0, 1]: nothing is clipped
def pgd(X, y, parameters, epsilon, step, steps, noise):
    X, y = torch.tensor(X), torch.as_tensor(y)
    moved = X + torch.tensor(noise)
    for _ in range(steps):
        moved = moved.detach().requires_grad_()
        loss = torch.nn.functional.cross_entropy(scores(moved, parameters), y)
        (slope,) = torch.autograd.grad(loss, moved)
        moved = moved + step * slope.sign()
        moved = torch.clamp(moved, X - epsilon, X + epsilon)
    return moved.detach().numpy()


# %% wrong: projected to a sphere
# message: the change is shortened to the Euclidean length ε
def pgd(X, y, parameters, epsilon, step, steps, noise):
    X, y = torch.tensor(X), torch.as_tensor(y)
    moved = (X + torch.tensor(noise)).clamp(0, 1)
    for _ in range(steps):
        moved = moved.detach().requires_grad_()
        loss = torch.nn.functional.cross_entropy(scores(moved, parameters), y)
        (slope,) = torch.autograd.grad(loss, moved)
        moved = moved + step * slope.sign()
        change = (moved - X).flatten(1)
        change = change * (epsilon / change.norm(dim=1, keepdim=True)).clamp(max=1)
        moved = (X + change.reshape(X.shape)).clamp(0, 1)
    return moved.detach().numpy()


# %% wrong: without the sign
# message: the gradient itself is used and not its sign
def pgd(X, y, parameters, epsilon, step, steps, noise):
    X, y = torch.tensor(X), torch.as_tensor(y)
    moved = (X + torch.tensor(noise)).clamp(0, 1)
    for _ in range(steps):
        moved = moved.detach().requires_grad_()
        loss = torch.nn.functional.cross_entropy(scores(moved, parameters), y)
        (slope,) = torch.autograd.grad(loss, moved)
        moved = moved + step * slope
        moved = torch.clamp(moved, X - epsilon, X + epsilon).clamp(0, 1)
    return moved.detach().numpy()


# %% right: minimum and maximum, one box for both
def pgd(X, y, parameters, epsilon, step, steps, noise):
    X = torch.tensor(X)
    low, high = (X - epsilon).clamp(min=0), (X + epsilon).clamp(max=1)
    now = (X + torch.tensor(noise)).clamp(0, 1)
    for _ in range(steps):
        leaf = now.clone().requires_grad_()
        torch.nn.functional.cross_entropy(
            scores(leaf, parameters), torch.as_tensor(y)
        ).backward()
        now = torch.minimum(torch.maximum(now + step * leaf.grad.sign(), low), high)
    return now


# %% right: numpy, the change is kept
def pgd(X, y, parameters, epsilon, step, steps, noise):
    W1, b1, W2, b2 = parameters
    change = np.clip(X + noise, 0, 1) - X
    for _ in range(steps):
        z = (X + change).reshape(len(X), -1) @ W1.T + b1
        S = np.maximum(0, z) @ W2.T + b2
        p = np.exp(S - S.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True) - np.eye(len(W2))[np.asarray(y)]
        slope = (((p @ W2) * (z > 0)) @ W1).reshape(X.shape)
        change = np.clip(change + step * np.sign(slope), -epsilon, epsilon)
        change = np.clip(X + change, 0, 1) - X
    return X + change
