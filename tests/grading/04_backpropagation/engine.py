# %% wrong: gradients are assigned instead of added
# message: gradient of value 0
def tape_gradients(tape, values):
    return _walk(tape, values, add=False)


def _fit(gradient, shape):
    gradient = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    for axis, n in enumerate(shape):
        if n == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


def _walk(tape, values, add=True):
    values = [np.asarray(v) for v in values]
    out = [np.zeros(v.shape) for v in values]
    out[-1] = np.ones(values[-1].shape)

    def send(i, g):
        out[i] = (out[i] if add else 0) + _fit(g, values[i].shape)

    for k in range(len(tape) - 1, -1, -1):
        op, *args = tape[k]
        g = out[k]
        if op == "add":
            send(args[0], g)
            send(args[1], g)
        elif op == "mul":
            send(args[0], g * values[args[1]])
            send(args[1], g * values[args[0]])
        elif op == "matmul":
            send(args[0], g @ values[args[1]].T)
            send(args[1], values[args[0]].T @ g)
        elif op == "relu":
            send(args[0], g * (values[args[0]] > 0))
        elif op == "tanh":
            send(args[0], g * (1 - values[k] ** 2))
        elif op == "rows":
            table = np.zeros(values[args[0]].shape)
            np.add.at(table, args[1], g)
            send(args[0], table)
        elif op == "sum":
            g = g if args[1] is None else np.expand_dims(g, args[1])
            send(args[0], np.broadcast_to(g, values[args[0]].shape))
    return out


# %% wrong: nothing flows at all
# message: no gradient has arrived
def tape_gradients(tape, values):
    return [np.zeros(np.shape(v)) for v in values[:-1]] + [
        np.ones(np.shape(values[-1]))
    ]


# %% wrong: broadcasts are not undone
# message: wrong shape
def tape_gradients(tape, values):
    out = [np.zeros(np.shape(v)) for v in values]
    out[-1] = np.ones(np.shape(values[-1]))
    for k in reversed(range(len(tape))):
        op, *args = tape[k]
        if op == "input":
            continue
        a, g = args[0], out[k]
        if op == "add":
            out[a] = out[a] + g
            out[args[1]] = out[args[1]] + g
        elif op == "mul":
            out[a] = out[a] + g * values[args[1]]
            out[args[1]] = out[args[1]] + g * values[a]
        elif op == "matmul":
            out[a] = out[a] + g @ values[args[1]].T
            out[args[1]] = out[args[1]] + values[a].T @ g
        elif op == "relu":
            out[a] = out[a] + g * (values[a] > 0)
        elif op == "tanh":
            out[a] = out[a] + g * (1 - values[k] ** 2)
        elif op == "rows":
            np.add.at(out[a], args[1], g)
        elif args[1] is None:
            out[a] = out[a] + g * np.ones(np.shape(values[a]))
        else:
            out[a] = out[a] + np.expand_dims(g, args[1]) * np.ones(np.shape(values[a]))
    return out


# %% wrong: a row that is picked twice counts once
# message: repeated rows
def tape_gradients(tape, values):
    values = [np.asarray(v) for v in values]
    out = [np.zeros(v.shape) for v in values]
    out[-1] = np.ones(values[-1].shape)

    def send(i, g):
        g = g.sum(axis=tuple(range(g.ndim - values[i].ndim)))
        for axis, n in enumerate(values[i].shape):
            if n == 1:
                g = g.sum(axis=axis, keepdims=True)
        out[i] = out[i] + g

    for k in range(len(tape) - 1, -1, -1):
        op, *args = tape[k]
        g = out[k]
        if op == "add":
            send(args[0], g)
            send(args[1], g)
        elif op == "mul":
            send(args[0], g * values[args[1]])
            send(args[1], g * values[args[0]])
        elif op == "matmul":
            send(args[0], g @ values[args[1]].T)
            send(args[1], values[args[0]].T @ g)
        elif op == "relu":
            send(args[0], g * (values[args[0]] > 0))
        elif op == "tanh":
            send(args[0], g * (1 - values[k] ** 2))
        elif op == "rows":
            table = np.zeros(values[args[0]].shape)
            table[args[1]] = g
            send(args[0], table)
        elif op == "sum":
            g = g if args[1] is None else np.expand_dims(g, args[1])
            send(args[0], np.broadcast_to(g, values[args[0]].shape))
    return out


# %% wrong: relu passes everything
# message: a product and relu
def tape_gradients(tape, values):
    leaves = [torch.tensor(np.asarray(v), requires_grad=True) for v in values]
    rules = {
        "add": torch.add,
        "mul": torch.mul,
        "matmul": torch.matmul,
        "relu": lambda a: a,
        "tanh": torch.tanh,
        "rows": lambda a, index: a[index],
        "sum": lambda a, axis: a.sum() if axis is None else a.sum(dim=axis),
    }
    grads = [torch.zeros_like(v) for v in leaves]
    grads[-1] = torch.ones_like(leaves[-1])
    for k in reversed(range(len(tape))):
        op, *args = tape[k]
        if op == "input":
            continue
        links = args[:2] if op in ("add", "mul", "matmul") else args[:1]
        parts = [leaves[i].detach().clone().requires_grad_() for i in links]
        value = rules[op](*parts, *args[len(links) :])
        for i, g in zip(
            links, torch.autograd.grad(value, parts, grads[k]), strict=True
        ):
            grads[i] = grads[i] + g
    return grads


# %% right: torch's rules, one entry at a time
def tape_gradients(tape, values):
    leaves = [torch.tensor(np.asarray(v)) for v in values]
    rules = {
        "add": torch.add,
        "mul": torch.mul,
        "matmul": torch.matmul,
        "relu": torch.relu,
        "tanh": torch.tanh,
        "rows": lambda a, index: a[index],
        "sum": lambda a, axis: a.sum() if axis is None else a.sum(dim=axis),
    }
    grads = [torch.zeros_like(v) for v in leaves]
    grads[-1] = torch.ones_like(leaves[-1])
    for k in reversed(range(len(tape))):
        op, *args = tape[k]
        if op == "input":
            continue
        links = args[:2] if op in ("add", "mul", "matmul") else args[:1]
        parts = [leaves[i].detach().clone().requires_grad_() for i in links]
        value = rules[op](*parts, *args[len(links) :])
        for i, g in zip(
            links, torch.autograd.grad(value, parts, grads[k]), strict=True
        ):
            grads[i] = grads[i] + g
    return grads


# %% right: the walk with a helper that undoes broadcasts
def tape_gradients(tape, values):
    values = [np.asarray(v, dtype=float) for v in values]
    grads = [np.zeros_like(v) for v in values]
    grads[-1] = np.ones_like(values[-1])
    for k, (op, *args) in reversed(list(enumerate(tape))):
        g, sent = grads[k], []
        if op == "add":
            sent = [(args[0], g), (args[1], g)]
        elif op == "mul":
            sent = [(args[0], g * values[args[1]]), (args[1], g * values[args[0]])]
        elif op == "matmul":
            sent = [(args[0], g @ values[args[1]].T), (args[1], values[args[0]].T @ g)]
        elif op == "relu":
            sent = [(args[0], np.where(values[args[0]] > 0, g, 0.0))]
        elif op == "tanh":
            sent = [(args[0], g - g * values[k] ** 2)]
        elif op == "rows":
            sent = [(args[0], np.eye(len(values[args[0]]))[args[1]].T @ g)]
        elif op == "sum":
            wide = g if args[1] is None else np.expand_dims(g, args[1])
            sent = [(args[0], wide + np.zeros_like(values[args[0]]))]
        for i, part in sent:
            while part.ndim > values[i].ndim:
                part = part.sum(axis=0)
            for axis, n in enumerate(values[i].shape):
                part = part if part.shape[axis] == n else part.sum(axis, keepdims=True)
            grads[i] = grads[i] + part
    return grads
