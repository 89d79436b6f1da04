# %% wrong: both move at once
# message: round before
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        made = a * z + b
        real = (sigmoid(w * x + c) - 1) / 2
        fake = sigmoid(w * made + c) / 2
        dw, dc = np.mean(real * x + fake * made), np.mean(real + fake)
        slope = sigmoid(w * made + c) - 1
        da, db = np.mean(slope * w * z), np.mean(slope * w)
        a, b = a - rate * da, b - rate * db
        w, c = w - rate * dw, c - rate * dc
        history.append([a, b, w, c])
    return np.array(history)


# %% wrong: the generator first
# message: moves first
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        slope = sigmoid(w * (a * z + b) + c) - 1
        a, b = a - rate * np.mean(slope * w * z), b - rate * np.mean(slope * w)
        made = a * z + b
        real = (sigmoid(w * x + c) - 1) / 2
        fake = sigmoid(w * made + c) / 2
        dw, dc = np.mean(real * x + fake * made), np.mean(real + fake)
        w, c = w - rate * dw, c - rate * dc
        history.append([a, b, w, c])
    return np.array(history)


# %% wrong: minimax
# message: minimax loss
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        made = a * z + b
        real = (sigmoid(w * x + c) - 1) / 2
        fake = sigmoid(w * made + c) / 2
        dw, dc = np.mean(real * x + fake * made), np.mean(real + fake)
        w, c = w - rate * dw, c - rate * dc
        slope = -sigmoid(w * made + c)
        da, db = np.mean(slope * w * z), np.mean(slope * w)
        a, b = a - rate * da, b - rate * db
        history.append([a, b, w, c])
    return np.array(history)


# %% wrong: a half for the generator
# message: gets a factor ½
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        made = a * z + b
        real = (sigmoid(w * x + c) - 1) / 2
        fake = sigmoid(w * made + c) / 2
        dw, dc = np.mean(real * x + fake * made), np.mean(real + fake)
        w, c = w - rate * dw, c - rate * dc
        slope = sigmoid(w * made + c) / 2 - 0.5
        da, db = np.mean(slope * w * z), np.mean(slope * w)
        a, b = a - rate * da, b - rate * db
        history.append([a, b, w, c])
    return np.array(history)


# %% wrong: minus J_D
# message: lowers -J_D
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        made = a * z + b
        real = (sigmoid(w * x + c) - 1) / 2
        fake = sigmoid(w * made + c) / 2
        dw, dc = np.mean(real * x + fake * made), np.mean(real + fake)
        w, c = w - rate * dw, c - rate * dc
        slope = -sigmoid(w * made + c) / 2
        da, db = np.mean(slope * w * z), np.mean(slope * w)
        a, b = a - rate * da, b - rate * db
        history.append([a, b, w, c])
    return np.array(history)


# %% wrong: the generator climbs
# message: climbs its loss
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        made = a * z + b
        real = (sigmoid(w * x + c) - 1) / 2
        fake = sigmoid(w * made + c) / 2
        dw, dc = np.mean(real * x + fake * made), np.mean(real + fake)
        w, c = w - rate * dw, c - rate * dc
        slope = sigmoid(w * made + c) - 1
        da, db = np.mean(slope * w * z), np.mean(slope * w)
        a, b = a + rate * da, b + rate * db
        history.append([a, b, w, c])
    return np.array(history)


# %% wrong: both climb
# message: both players climb
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        made = a * z + b
        real = (sigmoid(w * x + c) - 1) / 2
        fake = sigmoid(w * made + c) / 2
        dw, dc = np.mean(real * x + fake * made), np.mean(real + fake)
        w, c = w + rate * dw, c + rate * dc
        slope = sigmoid(w * made + c) - 1
        da, db = np.mean(slope * w * z), np.mean(slope * w)
        a, b = a + rate * da, b + rate * db
        history.append([a, b, w, c])
    return np.array(history)


# %% wrong: no halves in J_D
# message: factors ½ of J_D
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        made = a * z + b
        real = sigmoid(w * x + c) - 1
        fake = sigmoid(w * made + c)
        dw, dc = np.mean(real * x + fake * made), np.mean(real + fake)
        w, c = w - rate * dw, c - rate * dc
        slope = sigmoid(w * made + c) - 1
        da, db = np.mean(slope * w * z), np.mean(slope * w)
        a, b = a - rate * da, b - rate * db
        history.append([a, b, w, c])
    return np.array(history)


# %% wrong: sums
# message: summed over the batch
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        made = a * z + b
        real = (sigmoid(w * x + c) - 1) / 2
        fake = sigmoid(w * made + c) / 2
        dw, dc = np.sum(real * x + fake * made), np.sum(real + fake)
        w, c = w - rate * dw, c - rate * dc
        slope = sigmoid(w * made + c) - 1
        da, db = np.sum(slope * w * z), np.sum(slope * w)
        a, b = a - rate * da, b - rate * db
        history.append([a, b, w, c])
    return np.array(history)


# %% wrong: labels exchanged
# message: exchanged labels
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        made = a * z + b
        real = sigmoid(w * x + c) / 2
        fake = (sigmoid(w * made + c) - 1) / 2
        dw, dc = np.mean(real * x + fake * made), np.mean(real + fake)
        w, c = w - rate * dw, c - rate * dc
        slope = sigmoid(w * made + c) - 1
        da, db = np.mean(slope * w * z), np.mean(slope * w)
        a, b = a - rate * da, b - rate * db
        history.append([a, b, w, c])
    return np.array(history)


# %% wrong: only b is trained
# message: not trained
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        made = a * z + b
        real = (sigmoid(w * x + c) - 1) / 2
        fake = sigmoid(w * made + c) / 2
        dw, dc = np.mean(real * x + fake * made), np.mean(real + fake)
        w, c = w - rate * dw, c - rate * dc
        slope = sigmoid(w * made + c) - 1
        da, db = np.mean(slope * w * z), np.mean(slope * w)
        a, b = a, b - rate * db
        history.append([a, b, w, c])
    return np.array(history)


# %% wrong: numbers before the round
# message: before each round
def play(x, z, start, rate, rounds):
    def sigmoid(s):
        return 1 / (1 + np.exp(-s))

    a, b, w, c = start
    history = []
    for _ in range(rounds):
        history.append([a, b, w, c])
        made = a * z + b
        real = (sigmoid(w * x + c) - 1) / 2
        fake = sigmoid(w * made + c) / 2
        dw, dc = np.mean(real * x + fake * made), np.mean(real + fake)
        w, c = w - rate * dw, c - rate * dc
        slope = sigmoid(w * made + c) - 1
        da, db = np.mean(slope * w * z), np.mean(slope * w)
        a, b = a - rate * da, b - rate * db
    return np.array(history)


# %% right: torch modules and optimizers
def play(x, z, start, rate, rounds):
    x, z = torch.tensor(x)[:, None], torch.tensor(z)[:, None]
    G, D = torch.nn.Linear(1, 1).double(), torch.nn.Linear(1, 1).double()
    with torch.no_grad():
        places = [G.weight, G.bias, D.weight, D.bias]
        for place, value in zip(places, start):
            place.fill_(float(value))
    step_g = torch.optim.SGD(G.parameters(), lr=rate)
    step_d = torch.optim.SGD(D.parameters(), lr=rate)
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    one, zero, history = torch.ones_like(x), torch.zeros_like(x), []
    for _ in range(rounds):
        step_d.zero_grad()
        ((bce(D(x), one) + bce(D(G(z).detach()), zero)) / 2).backward()
        step_d.step()
        step_g.zero_grad()
        bce(D(G(z)), one).backward()
        step_g.step()
        history.append([place.item() for place in places])
    return history


# %% right: matrices instead of single numbers
def play(x, z, start, rate, rounds):
    from scipy.special import expit

    g, d = np.array(start[:2], dtype=float), np.array(start[2:], dtype=float)
    X, Z = np.stack([x, x**0], axis=1), np.stack([z, z**0], axis=1)
    rows = []
    for _ in range(rounds):
        M = np.stack([Z @ g, z**0], axis=1)
        d = d - rate / 2 * (M.T @ expit(M @ d) - X.T @ expit(-X @ d)) / len(z)
        g = g + rate * d[0] * Z.T @ expit(-M @ d) / len(z)
        rows.append(np.concatenate([g, d]))
    return np.stack(rows)
