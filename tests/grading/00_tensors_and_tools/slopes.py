# %% wrong: the function itself
# message: values of f
def slopes(x):
    points = torch.tensor(x, dtype=torch.float64)
    return torch.exp(-(points**2)) * torch.sin(3 * points)


# %% wrong: backward from the mean
# message: divided by N
def slopes(x):
    points = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    (torch.exp(-(points**2)) * torch.sin(3 * points)).mean().backward()
    return points.grad


# %% wrong: gradients that are never cleared
# message: not cleared
def slopes(x):
    point = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    found = []
    for value in x:
        with torch.no_grad():
            point.fill_(float(value))
        (torch.exp(-(point**2)) * torch.sin(3 * point)).sum().backward()
        found.append(point.grad.item())
    return np.array(found)


# %% wrong: one slope for all points
# message: added up to one
def slopes(x):
    points = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    (torch.exp(-(points**2)) * torch.sin(3 * points)).sum().backward()
    return points.grad.sum()


# %% wrong: a factor is cut out of the record
# message: only one of the two factors
def slopes(x):
    points = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    bell = torch.exp(-(points**2)).detach()
    (bell * torch.sin(3 * points)).sum().backward()
    return points.grad


# %% wrong: integers cannot have gradients
# message: floating point
def slopes(x):
    points = torch.tensor(x, requires_grad=True)
    (torch.exp(-(points**2)) * torch.sin(3 * points)).sum().backward()
    return points.grad


# %% right: float32
def slopes(x):
    points = torch.tensor(x, dtype=torch.float32, requires_grad=True)
    values = torch.exp(-(points**2)) * torch.sin(3 * points)
    return torch.autograd.grad(values.sum(), points)[0]


# %% right: point by point, cleared each time
def slopes(x):
    found = []
    for value in x:
        point = torch.tensor(float(value), requires_grad=True)
        (torch.exp(-(point**2)) * torch.sin(3 * point)).backward()
        found.append(point.grad.item())
    return found


# %% right: a vector of ones instead of the sum
def slopes(x):
    points = torch.from_numpy(x.astype(float)).requires_grad_()
    values = torch.exp(-(points**2)) * torch.sin(3 * points)
    values.backward(torch.ones_like(values))
    return points.grad


# %% right: derived on paper
def slopes(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-(x**2)) * (3 * np.cos(3 * x) - 2 * x * np.sin(3 * x))
