# %% wrong: the leaky unit jumps to 0.01
# message: constant 0.01
def activation(name, x):
    on, s, t, low = x > 0, expit(x), np.tanh(x), np.minimum(x, 0)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return {
        "sigmoid": (s, s * (1 - s)),
        "tanh": (t, 1 - t**2),
        "relu": (np.where(on, x, 0.0), np.where(on, 1.0, 0.0)),
        "leaky": (np.where(on, x, 0.01), np.where(on, 1.0, 0.01)),
        "elu": (np.where(on, x, np.exp(low) - 1), np.where(on, 1.0, np.exp(low))),
        "gelu": (x * ndtr(x), ndtr(x) + x * density),
        "silu": (x * s, s + x * s * (1 - s)),
    }[name]


# %% wrong: SiLU with the printed factor 2
# message: factor 2
def activation(name, x):
    on, s, t, low = x > 0, expit(x), np.tanh(x), np.minimum(x, 0)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return {
        "sigmoid": (s, s * (1 - s)),
        "tanh": (t, 1 - t**2),
        "relu": (np.where(on, x, 0.0), np.where(on, 1.0, 0.0)),
        "leaky": (np.where(on, x, 0.01 * x), np.where(on, 1.0, 0.01)),
        "elu": (np.where(on, x, np.exp(low) - 1), np.where(on, 1.0, np.exp(low))),
        "gelu": (x * ndtr(x), ndtr(x) + x * density),
        "silu": (2 * x * s, 2 * (s + x * s * (1 - s))),
    }[name]


# %% wrong: GELU by the quick approximation
# message: approximation with the sigmoid
def activation(name, x):
    on, s, t, low = x > 0, expit(x), np.tanh(x), np.minimum(x, 0)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return {
        "sigmoid": (s, s * (1 - s)),
        "tanh": (t, 1 - t**2),
        "relu": (np.where(on, x, 0.0), np.where(on, 1.0, 0.0)),
        "leaky": (np.where(on, x, 0.01 * x), np.where(on, 1.0, 0.01)),
        "elu": (np.where(on, x, np.exp(low) - 1), np.where(on, 1.0, np.exp(low))),
        "gelu": (x * expit(1.702 * x), ndtr(x) + x * density),
        "silu": (x * s, s + x * s * (1 - s)),
    }[name]


# %% wrong: the slope of the sigmoid is its value
# message: factor 1 - σ
def activation(name, x):
    on, s, t, low = x > 0, expit(x), np.tanh(x), np.minimum(x, 0)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return {
        "sigmoid": (s, s),
        "tanh": (t, 1 - t**2),
        "relu": (np.where(on, x, 0.0), np.where(on, 1.0, 0.0)),
        "leaky": (np.where(on, x, 0.01 * x), np.where(on, 1.0, 0.01)),
        "elu": (np.where(on, x, np.exp(low) - 1), np.where(on, 1.0, np.exp(low))),
        "gelu": (x * ndtr(x), ndtr(x) + x * density),
        "silu": (x * s, s + x * s * (1 - s)),
    }[name]


# %% wrong: the slope of tanh without the square
# message: square is missing
def activation(name, x):
    on, s, t, low = x > 0, expit(x), np.tanh(x), np.minimum(x, 0)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return {
        "sigmoid": (s, s * (1 - s)),
        "tanh": (t, 1 - t),
        "relu": (np.where(on, x, 0.0), np.where(on, 1.0, 0.0)),
        "leaky": (np.where(on, x, 0.01 * x), np.where(on, 1.0, 0.01)),
        "elu": (np.where(on, x, np.exp(low) - 1), np.where(on, 1.0, np.exp(low))),
        "gelu": (x * ndtr(x), ndtr(x) + x * density),
        "silu": (x * s, s + x * s * (1 - s)),
    }[name]


# %% wrong: ReLU has slope 1 at zero
# message: right branch
def activation(name, x):
    on, s, t, low = x > 0, expit(x), np.tanh(x), np.minimum(x, 0)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return {
        "sigmoid": (s, s * (1 - s)),
        "tanh": (t, 1 - t**2),
        "relu": (np.where(on, x, 0.0), np.where(x >= 0, 1.0, 0.0)),
        "leaky": (np.where(on, x, 0.01 * x), np.where(on, 1.0, 0.01)),
        "elu": (np.where(on, x, np.exp(low) - 1), np.where(on, 1.0, np.exp(low))),
        "gelu": (x * ndtr(x), ndtr(x) + x * density),
        "silu": (x * s, s + x * s * (1 - s)),
    }[name]


# %% wrong: ELU's slope is its value
# message: slope of ELU
def activation(name, x):
    on, s, t, low = x > 0, expit(x), np.tanh(x), np.minimum(x, 0)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return {
        "sigmoid": (s, s * (1 - s)),
        "tanh": (t, 1 - t**2),
        "relu": (np.where(on, x, 0.0), np.where(on, 1.0, 0.0)),
        "leaky": (np.where(on, x, 0.01 * x), np.where(on, 1.0, 0.01)),
        "elu": (np.where(on, x, np.exp(low) - 1), np.where(on, 1.0, np.exp(low) - 1)),
        "gelu": (x * ndtr(x), ndtr(x) + x * density),
        "silu": (x * s, s + x * s * (1 - s)),
    }[name]


# %% wrong: GELU without the product rule
# message: slope of GELU
def activation(name, x):
    on, s, t, low = x > 0, expit(x), np.tanh(x), np.minimum(x, 0)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return {
        "sigmoid": (s, s * (1 - s)),
        "tanh": (t, 1 - t**2),
        "relu": (np.where(on, x, 0.0), np.where(on, 1.0, 0.0)),
        "leaky": (np.where(on, x, 0.01 * x), np.where(on, 1.0, 0.01)),
        "elu": (np.where(on, x, np.exp(low) - 1), np.where(on, 1.0, np.exp(low))),
        "gelu": (x * ndtr(x), ndtr(x)),
        "silu": (x * s, s + x * s * (1 - s)),
    }[name]


# %% wrong: SiLU without the product rule
# message: slope of SiLU
def activation(name, x):
    on, s, t, low = x > 0, expit(x), np.tanh(x), np.minimum(x, 0)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return {
        "sigmoid": (s, s * (1 - s)),
        "tanh": (t, 1 - t**2),
        "relu": (np.where(on, x, 0.0), np.where(on, 1.0, 0.0)),
        "leaky": (np.where(on, x, 0.01 * x), np.where(on, 1.0, 0.01)),
        "elu": (np.where(on, x, np.exp(low) - 1), np.where(on, 1.0, np.exp(low))),
        "gelu": (x * ndtr(x), ndtr(x) + x * density),
        "silu": (x * s, s),
    }[name]


# %% right: torch and autograd
def activation(name, x):
    functions = {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "leaky": nn.LeakyReLU(0.01),
        "elu": nn.ELU(),
        "gelu": nn.GELU(),
        "silu": nn.SiLU(),
    }
    point = torch.tensor(x, requires_grad=True)
    values = functions[name](point)
    (slopes,) = torch.autograd.grad(values.sum(), point)
    return values.detach(), slopes


# %% right: entry by entry with the math module
def activation(name, x):
    import math

    def one(u):
        s = 1 / (1 + math.exp(-u))
        cdf = 0.5 * (1 + math.erf(u / math.sqrt(2)))
        pdf = math.exp(-u * u / 2) / math.sqrt(2 * math.pi)
        if name == "sigmoid":
            return s, s - s * s
        if name == "tanh":
            return math.tanh(u), 1 / math.cosh(u) ** 2
        if name == "gelu":
            return u * cdf, cdf + u * pdf
        if name == "silu":
            return u * s, s * (1 + u * (1 - s))
        if u > 0:
            return u, 1
        return {
            "relu": (0, 0),
            "leaky": (0.01 * u, 0.01),
            "elu": (math.exp(u) - 1, math.exp(u)),
        }[name]

    pairs = [one(u) for u in x.tolist()]
    return [p[0] for p in pairs], [p[1] for p in pairs]
