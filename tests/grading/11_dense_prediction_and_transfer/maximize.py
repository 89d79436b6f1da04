# %% wrong: descent
# message: the score is minimized
def maximize(x, parameters, unit, rate, decay, steps):
    x = torch.tensor(x)
    found = []
    for _ in range(steps):
        x = x.detach().requires_grad_()
        score = scores(x, parameters)[0, unit]
        (slope,) = torch.autograd.grad(score, x)
        x = (x - rate * (slope + decay * x)).clamp(0, 1)
        found.append(score.item())
    return x.detach().numpy(), np.array(found)


# %% wrong: the penalty is added
# message: the penalty is added and not subtracted
def maximize(x, parameters, unit, rate, decay, steps):
    x = torch.tensor(x)
    found = []
    for _ in range(steps):
        x = x.detach().requires_grad_()
        score = scores(x, parameters)[0, unit]
        (slope,) = torch.autograd.grad(score, x)
        x = (x + rate * (slope + decay * x)).clamp(0, 1)
        found.append(score.item())
    return x.detach().numpy(), np.array(found)


# %% wrong: no penalty
# message: the penalty is left out
def maximize(x, parameters, unit, rate, decay, steps):
    x = torch.tensor(x)
    found = []
    for _ in range(steps):
        x = x.detach().requires_grad_()
        score = scores(x, parameters)[0, unit]
        (slope,) = torch.autograd.grad(score, x)
        x = (x + rate * (slope)).clamp(0, 1)
        found.append(score.item())
    return x.detach().numpy(), np.array(found)


# %% wrong: twice the penalty
# message: the gradient of the penalty is taken for 2λx: the ½ is forgotten
def maximize(x, parameters, unit, rate, decay, steps):
    x = torch.tensor(x)
    found = []
    for _ in range(steps):
        x = x.detach().requires_grad_()
        score = scores(x, parameters)[0, unit]
        (slope,) = torch.autograd.grad(score, x)
        x = (x + rate * (slope - 2 * decay * x)).clamp(0, 1)
        found.append(score.item())
    return x.detach().numpy(), np.array(found)


# %% wrong: no clipping
# message: the picture leaves [0, 1]: nothing is clipped
def maximize(x, parameters, unit, rate, decay, steps):
    x = torch.tensor(x)
    found = []
    for _ in range(steps):
        x = x.detach().requires_grad_()
        score = scores(x, parameters)[0, unit]
        (slope,) = torch.autograd.grad(score, x)
        x = x + rate * (slope - decay * x)
        found.append(score.item())
    return x.detach().numpy(), np.array(found)


# %% wrong: clipped at the end
# message: the picture is clipped at the end only
def maximize(x, parameters, unit, rate, decay, steps):
    x = torch.tensor(x)
    found = []
    for _ in range(steps):
        x = x.detach().requires_grad_()
        score = scores(x, parameters)[0, unit]
        (slope,) = torch.autograd.grad(score, x)
        x = x + rate * (slope - decay * x)
        found.append(score.item())
    return x.detach().clamp(0, 1).numpy(), np.array(found)


# %% wrong: the probability
# message: the probability after the softmax is maximized, not the score
def maximize(x, parameters, unit, rate, decay, steps):
    x = torch.tensor(x)
    found = []
    for _ in range(steps):
        x = x.detach().requires_grad_()
        score = scores(x, parameters).softmax(dim=1)[0, unit]
        (slope,) = torch.autograd.grad(score, x)
        x = (x + rate * (slope - decay * x)).clamp(0, 1)
        found.append(score.item())
    return x.detach().numpy(), np.array(found)


# %% wrong: the sign of the gradient
# message: the sign of the gradient is used, as in an attack
def maximize(x, parameters, unit, rate, decay, steps):
    x = torch.tensor(x)
    found = []
    for _ in range(steps):
        x = x.detach().requires_grad_()
        score = scores(x, parameters)[0, unit]
        (slope,) = torch.autograd.grad(score, x)
        x = (x + rate * (slope - decay * x).sign()).clamp(0, 1)
        found.append(score.item())
    return x.detach().numpy(), np.array(found)


# %% wrong: all classes together
# message: the scores of all classes are summed
def maximize(x, parameters, unit, rate, decay, steps):
    x = torch.tensor(x)
    found = []
    for _ in range(steps):
        x = x.detach().requires_grad_()
        score = scores(x, parameters).sum()
        (slope,) = torch.autograd.grad(score, x)
        x = (x + rate * (slope - decay * x)).clamp(0, 1)
        found.append(score.item())
    return x.detach().numpy(), np.array(found)


# %% wrong: in place
# message: in place
def maximize(x, parameters, unit, rate, decay, steps):
    x = torch.from_numpy(x).requires_grad_()
    found = []
    for _ in range(steps):
        score = scores(x, parameters)[0, unit]
        (slope,) = torch.autograd.grad(score, x)
        with torch.no_grad():
            x += rate * (slope - decay * x)
            x.clamp_(0, 1)
        found.append(score.item())
    return x.detach().numpy().copy(), np.array(found)


# %% right: an optimizer that descends on the negative
def maximize(x, parameters, unit, rate, decay, steps):
    x = torch.tensor(x, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=rate, weight_decay=decay)
    found = []
    for _ in range(steps):
        optimizer.zero_grad()
        score = scores(x, parameters)[0, unit]
        (-score).backward()
        optimizer.step()
        with torch.no_grad():
            x.clamp_(0, 1)
        found.append(score.item())
    return x.detach(), found


# %% right: numpy
def maximize(x, parameters, unit, rate, decay, steps):
    W1, b1, W2, b2 = parameters
    flat, found = np.array(x, dtype=float).ravel(), np.empty(steps)
    for step in range(steps):
        z = W1 @ flat + b1
        found[step] = W2[unit] @ np.where(z > 0, z, 0) + b2[unit]
        flat = np.clip(
            (1 - rate * decay) * flat + rate * (W2[unit] * (z > 0)) @ W1, 0, 1
        )
    return flat.reshape(x.shape), found
