# %% wrong: nats
# message: in nats
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    length = len(codes) // streams
    rows = torch.as_tensor(codes)[: length * streams].reshape(streams, length)
    weights = [torch.tensor(p, requires_grad=True) for p in parameters]
    state, bits = torch.zeros(streams, len(parameters[1]), dtype=torch.float64), []
    for start in range(0, length - window, window):
        W_x, W_h, b, W_y, b_y = weights
        h, scores = state.detach(), []
        for t in range(start, start + window):
            h = torch.tanh(W_x.T[rows[:, t]] + h @ W_h.T + b)
            scores.append(h @ W_y.T + b_y)
        state = h
        targets = rows[:, start + 1 : start + window + 1]
        loss = torch.nn.functional.cross_entropy(
            torch.stack(scores, dim=1).flatten(0, 1), targets.flatten()
        )
        bits.append(loss.item())
        slopes = torch.autograd.grad(loss, weights)
        norm = torch.sqrt(sum(slope.square().sum() for slope in slopes))
        scale = torch.clamp(limit / norm, max=1)
        weights = [
            (w - learning_rate * scale * slope).detach().requires_grad_()
            for w, slope in zip(weights, slopes)
        ]
    return [w.detach().numpy() for w in weights], np.array(bits)


# %% wrong: zeros for every window
# message: starts from zeros
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    length = len(codes) // streams
    rows = torch.as_tensor(codes)[: length * streams].reshape(streams, length)
    weights = [torch.tensor(p, requires_grad=True) for p in parameters]
    state, bits = torch.zeros(streams, len(parameters[1]), dtype=torch.float64), []
    for start in range(0, length - window, window):
        W_x, W_h, b, W_y, b_y = weights
        h, scores = state.detach(), []
        for t in range(start, start + window):
            h = torch.tanh(W_x.T[rows[:, t]] + h @ W_h.T + b)
            scores.append(h @ W_y.T + b_y)
        state = 0 * h
        targets = rows[:, start + 1 : start + window + 1]
        loss = torch.nn.functional.cross_entropy(
            torch.stack(scores, dim=1).flatten(0, 1), targets.flatten()
        )
        bits.append(loss.item() / np.log(2))
        slopes = torch.autograd.grad(loss, weights)
        norm = torch.sqrt(sum(slope.square().sum() for slope in slopes))
        scale = torch.clamp(limit / norm, max=1)
        weights = [
            (w - learning_rate * scale * slope).detach().requires_grad_()
            for w, slope in zip(weights, slopes)
        ]
    return [w.detach().numpy() for w in weights], np.array(bits)


# %% wrong: the inputs as targets
# message: inputs themselves
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    length = len(codes) // streams
    rows = torch.as_tensor(codes)[: length * streams].reshape(streams, length)
    weights = [torch.tensor(p, requires_grad=True) for p in parameters]
    state, bits = torch.zeros(streams, len(parameters[1]), dtype=torch.float64), []
    for start in range(0, length - window, window):
        W_x, W_h, b, W_y, b_y = weights
        h, scores = state.detach(), []
        for t in range(start, start + window):
            h = torch.tanh(W_x.T[rows[:, t]] + h @ W_h.T + b)
            scores.append(h @ W_y.T + b_y)
        state = h
        targets = rows[:, start : start + window]
        loss = torch.nn.functional.cross_entropy(
            torch.stack(scores, dim=1).flatten(0, 1), targets.flatten()
        )
        bits.append(loss.item() / np.log(2))
        slopes = torch.autograd.grad(loss, weights)
        norm = torch.sqrt(sum(slope.square().sum() for slope in slopes))
        scale = torch.clamp(limit / norm, max=1)
        weights = [
            (w - learning_rate * scale * slope).detach().requires_grad_()
            for w, slope in zip(weights, slopes)
        ]
    return [w.detach().numpy() for w in weights], np.array(bits)


# %% wrong: no clipping
# message: never clipped
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    length = len(codes) // streams
    rows = torch.as_tensor(codes)[: length * streams].reshape(streams, length)
    weights = [torch.tensor(p, requires_grad=True) for p in parameters]
    state, bits = torch.zeros(streams, len(parameters[1]), dtype=torch.float64), []
    for start in range(0, length - window, window):
        W_x, W_h, b, W_y, b_y = weights
        h, scores = state.detach(), []
        for t in range(start, start + window):
            h = torch.tanh(W_x.T[rows[:, t]] + h @ W_h.T + b)
            scores.append(h @ W_y.T + b_y)
        state = h
        targets = rows[:, start + 1 : start + window + 1]
        loss = torch.nn.functional.cross_entropy(
            torch.stack(scores, dim=1).flatten(0, 1), targets.flatten()
        )
        bits.append(loss.item() / np.log(2))
        slopes = torch.autograd.grad(loss, weights)
        norm = torch.sqrt(sum(slope.square().sum() for slope in slopes))
        scale = 1.0
        weights = [
            (w - learning_rate * scale * slope).detach().requires_grad_()
            for w, slope in zip(weights, slopes)
        ]
    return [w.detach().numpy() for w in weights], np.array(bits)


# %% wrong: each one is clipped
# message: by itself
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    length = len(codes) // streams
    rows = torch.as_tensor(codes)[: length * streams].reshape(streams, length)
    weights = [torch.tensor(p, requires_grad=True) for p in parameters]
    state, bits = torch.zeros(streams, len(parameters[1]), dtype=torch.float64), []
    for start in range(0, length - window, window):
        W_x, W_h, b, W_y, b_y = weights
        h, scores = state.detach(), []
        for t in range(start, start + window):
            h = torch.tanh(W_x.T[rows[:, t]] + h @ W_h.T + b)
            scores.append(h @ W_y.T + b_y)
        state = h
        targets = rows[:, start + 1 : start + window + 1]
        loss = torch.nn.functional.cross_entropy(
            torch.stack(scores, dim=1).flatten(0, 1), targets.flatten()
        )
        bits.append(loss.item() / np.log(2))
        slopes = torch.autograd.grad(loss, weights)
        weights = [
            (w - learning_rate * slope * torch.clamp(limit / slope.norm(), max=1))
            .detach()
            .requires_grad_()
            for w, slope in zip(weights, slopes)
        ]
    return [w.detach().numpy() for w in weights], np.array(bits)


# %% wrong: entries are clipped
# message: every entry
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    length = len(codes) // streams
    rows = torch.as_tensor(codes)[: length * streams].reshape(streams, length)
    weights = [torch.tensor(p, requires_grad=True) for p in parameters]
    state, bits = torch.zeros(streams, len(parameters[1]), dtype=torch.float64), []
    for start in range(0, length - window, window):
        W_x, W_h, b, W_y, b_y = weights
        h, scores = state.detach(), []
        for t in range(start, start + window):
            h = torch.tanh(W_x.T[rows[:, t]] + h @ W_h.T + b)
            scores.append(h @ W_y.T + b_y)
        state = h
        targets = rows[:, start + 1 : start + window + 1]
        loss = torch.nn.functional.cross_entropy(
            torch.stack(scores, dim=1).flatten(0, 1), targets.flatten()
        )
        bits.append(loss.item() / np.log(2))
        slopes = torch.autograd.grad(loss, weights)
        norm = torch.sqrt(sum(slope.square().sum() for slope in slopes))
        scale = torch.clamp(limit / norm, max=1)
        weights = [
            (w - learning_rate * slope.clamp(-limit, limit)).detach().requires_grad_()
            for w, slope in zip(weights, slopes)
        ]
    return [w.detach().numpy() for w in weights], np.array(bits)


# %% wrong: always scaled
# message: even when it is shorter
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    length = len(codes) // streams
    rows = torch.as_tensor(codes)[: length * streams].reshape(streams, length)
    weights = [torch.tensor(p, requires_grad=True) for p in parameters]
    state, bits = torch.zeros(streams, len(parameters[1]), dtype=torch.float64), []
    for start in range(0, length - window, window):
        W_x, W_h, b, W_y, b_y = weights
        h, scores = state.detach(), []
        for t in range(start, start + window):
            h = torch.tanh(W_x.T[rows[:, t]] + h @ W_h.T + b)
            scores.append(h @ W_y.T + b_y)
        state = h
        targets = rows[:, start + 1 : start + window + 1]
        loss = torch.nn.functional.cross_entropy(
            torch.stack(scores, dim=1).flatten(0, 1), targets.flatten()
        )
        bits.append(loss.item() / np.log(2))
        slopes = torch.autograd.grad(loss, weights)
        norm = torch.sqrt(sum(slope.square().sum() for slope in slopes))
        scale = limit / norm
        weights = [
            (w - learning_rate * scale * slope).detach().requires_grad_()
            for w, slope in zip(weights, slopes)
        ]
    return [w.detach().numpy() for w in weights], np.array(bits)


# %% wrong: rows are columns
# message: different rows
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    length = len(codes) // streams
    rows = torch.as_tensor(codes)[: length * streams].reshape(length, streams).T
    weights = [torch.tensor(p, requires_grad=True) for p in parameters]
    state, bits = torch.zeros(streams, len(parameters[1]), dtype=torch.float64), []
    for start in range(0, length - window, window):
        W_x, W_h, b, W_y, b_y = weights
        h, scores = state.detach(), []
        for t in range(start, start + window):
            h = torch.tanh(W_x.T[rows[:, t]] + h @ W_h.T + b)
            scores.append(h @ W_y.T + b_y)
        state = h
        targets = rows[:, start + 1 : start + window + 1]
        loss = torch.nn.functional.cross_entropy(
            torch.stack(scores, dim=1).flatten(0, 1), targets.flatten()
        )
        bits.append(loss.item() / np.log(2))
        slopes = torch.autograd.grad(loss, weights)
        norm = torch.sqrt(sum(slope.square().sum() for slope in slopes))
        scale = torch.clamp(limit / norm, max=1)
        weights = [
            (w - learning_rate * scale * slope).detach().requires_grad_()
            for w, slope in zip(weights, slopes)
        ]
    return [w.detach().numpy() for w in weights], np.array(bits)


# %% wrong: a sum over places
# message: summed over the places
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    length = len(codes) // streams
    rows = torch.as_tensor(codes)[: length * streams].reshape(streams, length)
    weights = [torch.tensor(p, requires_grad=True) for p in parameters]
    state, bits = torch.zeros(streams, len(parameters[1]), dtype=torch.float64), []
    for start in range(0, length - window, window):
        W_x, W_h, b, W_y, b_y = weights
        h, scores = state.detach(), []
        for t in range(start, start + window):
            h = torch.tanh(W_x.T[rows[:, t]] + h @ W_h.T + b)
            scores.append(h @ W_y.T + b_y)
        state = h
        targets = rows[:, start + 1 : start + window + 1]
        loss = torch.nn.functional.cross_entropy(
            torch.stack(scores, dim=1).flatten(0, 1), targets.flatten()
        )
        bits.append(loss.item() / np.log(2))
        slopes = torch.autograd.grad(loss * window, weights)
        norm = torch.sqrt(sum(slope.square().sum() for slope in slopes))
        scale = torch.clamp(limit / norm, max=1)
        weights = [
            (w - learning_rate * scale * slope).detach().requires_grad_()
            for w, slope in zip(weights, slopes)
        ]
    return [w.detach().numpy() for w in weights], np.array(bits)


# %% wrong: the last window without a target
# message: wrong shape
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    length = len(codes) // streams
    rows = torch.as_tensor(codes)[: length * streams].reshape(streams, length)
    weights = [torch.tensor(p, requires_grad=True) for p in parameters]
    state, bits = torch.zeros(streams, len(parameters[1]), dtype=torch.float64), []
    for start in range(0, length - 2 * window, window):
        W_x, W_h, b, W_y, b_y = weights
        h, scores = state.detach(), []
        for t in range(start, start + window):
            h = torch.tanh(W_x.T[rows[:, t]] + h @ W_h.T + b)
            scores.append(h @ W_y.T + b_y)
        state = h
        targets = rows[:, start + 1 : start + window + 1]
        loss = torch.nn.functional.cross_entropy(
            torch.stack(scores, dim=1).flatten(0, 1), targets.flatten()
        )
        bits.append(loss.item() / np.log(2))
        slopes = torch.autograd.grad(loss, weights)
        norm = torch.sqrt(sum(slope.square().sum() for slope in slopes))
        scale = torch.clamp(limit / norm, max=1)
        weights = [
            (w - learning_rate * scale * slope).detach().requires_grad_()
            for w, slope in zip(weights, slopes)
        ]
    return [w.detach().numpy() for w in weights], np.array(bits)


# %% wrong: the given weights are changed
# message: in place
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    length = len(codes) // streams
    rows = torch.as_tensor(codes)[: length * streams].reshape(streams, length)
    weights = [torch.from_numpy(p).requires_grad_() for p in parameters]
    state, bits = torch.zeros(streams, len(parameters[1]), dtype=torch.float64), []
    for start in range(0, length - window, window):
        W_x, W_h, b, W_y, b_y = weights
        h, scores = state.detach(), []
        for t in range(start, start + window):
            h = torch.tanh(W_x.T[rows[:, t]] + h @ W_h.T + b)
            scores.append(h @ W_y.T + b_y)
        state = h
        targets = rows[:, start + 1 : start + window + 1]
        loss = torch.nn.functional.cross_entropy(
            torch.stack(scores, dim=1).flatten(0, 1), targets.flatten()
        )
        bits.append(loss.item() / np.log(2))
        slopes = torch.autograd.grad(loss, weights)
        norm = torch.sqrt(sum(slope.square().sum() for slope in slopes))
        scale = torch.clamp(limit / norm, max=1)
        with torch.no_grad():
            for w, slope in zip(weights, slopes):
                w -= learning_rate * scale * slope
    return [w.detach().numpy() for w in weights], np.array(bits)


# %% right: torch's RNN, optimizer and clipping
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    H, K = parameters[0].shape
    rnn = torch.nn.RNN(K, H, batch_first=True, dtype=torch.float64)
    read = torch.nn.Linear(H, K, dtype=torch.float64)
    rnn.bias_hh_l0.data.zero_()
    places = [
        rnn.weight_ih_l0,
        rnn.weight_hh_l0,
        rnn.bias_ih_l0,
        read.weight,
        read.bias,
    ]
    for place, value in zip(places, parameters):
        place.data.copy_(torch.tensor(value))
    optimizer = torch.optim.SGD(places, lr=learning_rate)
    M = len(codes) // streams
    rows = torch.tensor(codes[: M * streams]).view(streams, M)
    h, bits, start = torch.zeros(1, streams, H, dtype=torch.float64), [], 0
    eye = torch.eye(K, dtype=torch.float64)
    while start + window + 1 <= M:
        z, h = rnn(eye[rows[:, start : start + window]], h.detach())
        y = rows[:, start + 1 : start + 1 + window]
        loss = torch.nn.functional.cross_entropy(read(z).transpose(1, 2), y)
        bits.append(loss.item() / np.log(2))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(places, limit)
        optimizer.step()
        start += window
    return [p.detach() for p in places], bits


# %% right: numpy with backpropagation by hand
def train_on_text(codes, parameters, streams, window, limit, learning_rate):
    W_x, W_h, b, W_y, b_y = (p.copy() for p in parameters)
    M = len(codes) // streams
    rows = np.asarray(codes)[: M * streams].reshape(streams, M)
    h, bits = np.zeros((streams, len(W_h))), []
    for start in range(0, M - window, window):
        x, y = rows[:, start : start + window], rows[:, start + 1 : start + window + 1]
        states, first = [], h
        for t in range(window):
            h = np.tanh(W_x.T[x[:, t]] + h @ W_h.T + b)
            states.append(h)
        S = np.stack(states, 1) @ W_y.T + b_y
        S = S - S.max(-1, keepdims=True)
        P = np.exp(S) / np.exp(S).sum(-1, keepdims=True)
        own = np.take_along_axis(P, y[..., None], -1)
        bits.append(-np.log2(own).mean())
        dS = P.copy()
        np.put_along_axis(dS, y[..., None], own - 1, -1)
        dS /= y.size
        G = [np.zeros_like(p) for p in (W_x, W_h, b, W_y, b_y)]
        later = np.zeros_like(h)
        for t in reversed(range(window)):
            G[3] += dS[:, t].T @ states[t]
            G[4] += dS[:, t].sum(0)
            da = (dS[:, t] @ W_y + later) * (1 - states[t] ** 2)
            np.add.at(G[0].T, x[:, t], da)
            G[1] += da.T @ (states[t - 1] if t else first)
            G[2] += da.sum(0)
            later = da @ W_h
        norm = np.sqrt(sum((g**2).sum() for g in G))
        rate = learning_rate * min(1, limit / norm)
        W_x, W_h, b, W_y, b_y = (
            p - rate * g for p, g in zip((W_x, W_h, b, W_y, b_y), G)
        )
    return [W_x, W_h, b, W_y, b_y], np.array(bits)
