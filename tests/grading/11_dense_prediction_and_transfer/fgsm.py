# %% wrong: downhill
# message: the step goes downhill and helps the true class
def fgsm(X, y, parameters, epsilon):
    X = torch.tensor(X, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(scores(X, parameters), torch.as_tensor(y))
    (slope,) = torch.autograd.grad(loss, X)
    return (X - epsilon * slope.sign()).clamp(0, 1).detach().numpy()


# %% wrong: without the sign
# message: the gradient itself is used and not its sign
def fgsm(X, y, parameters, epsilon):
    X = torch.tensor(X, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(scores(X, parameters), torch.as_tensor(y))
    (slope,) = torch.autograd.grad(loss, X)
    return (X + epsilon * slope).clamp(0, 1).detach().numpy()


# %% wrong: a step of length epsilon
# message: the gradient is divided by its length, not replaced by its sign
def fgsm(X, y, parameters, epsilon):
    X = torch.tensor(X, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(scores(X, parameters), torch.as_tensor(y))
    (slope,) = torch.autograd.grad(loss, X)
    return (
        (
            X
            + epsilon
            * slope
            / slope.flatten(1).norm(dim=1).reshape(-1, *[1] * (X.ndim - 1))
        )
        .clamp(0, 1)
        .detach()
        .numpy()
    )


# %% wrong: not clipped
# message: the picture leaves [0, 1]: nothing is clipped
def fgsm(X, y, parameters, epsilon):
    X = torch.tensor(X, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(scores(X, parameters), torch.as_tensor(y))
    (slope,) = torch.autograd.grad(loss, X)
    return (X + epsilon * slope.sign()).detach().numpy()


# %% wrong: the change alone
# message: the change alone is returned
def fgsm(X, y, parameters, epsilon):
    X = torch.tensor(X, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(scores(X, parameters), torch.as_tensor(y))
    (slope,) = torch.autograd.grad(loss, X)
    return (epsilon * slope.sign()).detach().numpy()


# %% wrong: toward the predicted class
# message: the predicted class is attacked and not the true one
def fgsm(X, y, parameters, epsilon):
    X = torch.tensor(X, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(
        scores(X, parameters), scores(X, parameters).argmax(dim=1)
    )
    (slope,) = torch.autograd.grad(loss, X)
    return (X + epsilon * slope.sign()).clamp(0, 1).detach().numpy()


# %% wrong: the score of the true class grows
# message: the score of the true class is made larger
def fgsm(X, y, parameters, epsilon):
    X = torch.tensor(X, requires_grad=True)
    loss = scores(X, parameters)[range(len(y)), torch.as_tensor(y)].sum()
    (slope,) = torch.autograd.grad(loss, X)
    return (X + epsilon * slope.sign()).clamp(0, 1).detach().numpy()


# %% wrong: random signs of the same size
# message: is not right
def fgsm(X, y, parameters, epsilon):
    X = torch.tensor(X, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(scores(X, parameters), torch.as_tensor(y))
    (slope,) = torch.autograd.grad(loss, X)
    return (
        (
            X
            + epsilon
            * torch.where(
                torch.arange(slope[0].numel()).reshape(slope.shape[1:]) % 2 == 0,
                1.0,
                -1.0,
            )
        )
        .clamp(0, 1)
        .detach()
        .numpy()
    )


# %% right: backward and a sum
def fgsm(X, y, parameters, epsilon):
    leaf = torch.tensor(X).requires_grad_(True)
    p = torch.log_softmax(scores(leaf, parameters), dim=1)
    (-p[torch.arange(len(X)), torch.as_tensor(y)]).sum().backward()
    return torch.clip(leaf.detach() + epsilon * torch.sign(leaf.grad), 0.0, 1.0)


# %% right: numpy, sample by sample
def fgsm(X, y, parameters, epsilon):
    W1, b1, W2, b2 = parameters
    out = []
    for x, label in zip(X, y):
        z = W1 @ x.ravel() + b1
        S = W2 @ np.maximum(z, 0) + b2
        p = np.exp(S - S.max()) / np.exp(S - S.max()).sum()
        slope = W1.T @ ((W2.T @ (p - np.eye(len(S))[label])) * (z > 0))
        out.append(np.clip(x + epsilon * np.sign(slope).reshape(x.shape), 0, 1))
    return np.array(out)
