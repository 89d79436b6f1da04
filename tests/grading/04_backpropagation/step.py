# %% wrong: only the order of the updates is repaired
# message: switched by the input
def step(x, y, w1, w2, learning_rate):
    h = max(0.0, x * w1)
    d = 2 * (h * w2 - y)
    d_z = d * w2 if x > 0 else 0.0
    return w1 - learning_rate * d_z * x, w2 - learning_rate * d * h


# %% wrong: only the switch is repaired
# message: uses the new w2
def step(x, y, w1, w2, learning_rate):
    h = max(0.0, x * w1)
    d = 2 * (h * w2 - y)
    w2 = w2 - learning_rate * d * h
    d_z = d * w2 if x * w1 > 0 else 0.0
    return w1 - learning_rate * d_z * x, w2


# %% wrong: the output's weight is moved along the input
# message: along x instead of along h
def step(x, y, w1, w2, learning_rate):
    h = max(0.0, x * w1)
    d = 2 * (h * w2 - y)
    d_z = d * w2 if x * w1 > 0 else 0.0
    return w1 - learning_rate * d_z * x, w2 - learning_rate * d * x


# %% wrong: the factor two disappears
# message: factor 2
def step(x, y, w1, w2, learning_rate):
    h = max(0.0, x * w1)
    d = h * w2 - y
    d_z = d * w2 if x * w1 > 0 else 0.0
    return w1 - learning_rate * d_z * x, w2 - learning_rate * d * h


# %% wrong: the step goes up
# message: goes up
def step(x, y, w1, w2, learning_rate):
    h = max(0.0, x * w1)
    d = 2 * (h * w2 - y)
    d_z = d * w2 if x * w1 > 0 else 0.0
    return w1 + learning_rate * d_z * x, w2 + learning_rate * d * h


# %% right: autograd
def step(x, y, w1, w2, learning_rate):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    loss = (torch.relu(x * w[0]) * w[1] - y) ** 2
    loss.backward()
    return w.detach() - learning_rate * w.grad


# %% right: the two cases written out
def step(x, y, w1, w2, learning_rate):
    z = x * w1
    if z <= 0:
        return (w1, w2)
    error = z * w2 - y
    return [w1 - 2 * learning_rate * error * w2 * x, w2 - 2 * learning_rate * error * z]
