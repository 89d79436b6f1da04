# %% wrong: derivative with respect to the input
# message: with respect to the input
def neuron(w, b, x):
    y = 1 / (1 + np.exp(-(w @ x + b)))
    return y, y * (1 - y) * w, y * (1 - y)


# %% wrong: the sigmoid is treated as linear
# message: derivative of the sigmoid is left out
def neuron(w, b, x):
    return 1 / (1 + np.exp(-(w @ x + b))), x, 1.0


# %% wrong: half of the sigmoid's derivative
# message: factor 1 - y
def neuron(w, b, x):
    y = 1 / (1 + np.exp(-(w @ x + b)))
    return y, y * x, y


# %% wrong: the inner derivative is forgotten
# message: factor x
def neuron(w, b, x):
    y = 1 / (1 + np.exp(-(w @ x + b)))
    return y, np.full(x.shape, y * (1 - y)), y * (1 - y)


# %% wrong: the bias is taken for a constant
# message: bias is zero
def neuron(w, b, x):
    y = 1 / (1 + np.exp(-(w @ x + b)))
    return y, y * (1 - y) * x, 0.0


# %% right: through the hyperbolic tangent
def neuron(w, b, x):
    t = np.tanh((np.dot(w, x) + b) / 2)
    slope = (1 - t**2) / 4
    return (1 + t) / 2, [slope * v for v in x], slope


# %% right: torch computes the derivatives
def neuron(w, b, x):
    wt = torch.tensor(w, requires_grad=True)
    bt = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    y = torch.sigmoid(wt @ torch.tensor(x) + bt)
    dw, db = torch.autograd.grad(y, [wt, bt])
    return y.item(), dw.numpy(), db.item()
