# %% wrong: inputs as they are
# message: not centered
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = 0 * X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance[rule] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(train))[:-1]])
        spread = (before[-2]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: the test rows have their own mean
# message: own mean
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = X_test.mean(axis=0)
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance[rule] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(train))[:-1]])
        spread = (before[-2]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: fan-out
# message: inputs and outputs are swapped
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape[::-1]
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance[rule] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(train))[:-1]])
        spread = (before[-2]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: the variance as a factor
# message: variance instead of its root
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance[rule] * 1.0
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(train))[:-1]])
        spread = (before[-2]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: He for every rule
# message: He's rule
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance["he"] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(train))[:-1]])
        spread = (before[-2]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: LeCun for every rule
# message: LeCun's rule
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance["lecun"] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(train))[:-1]])
        spread = (before[-2]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: fixed biases
# message: biases are not trained
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance[rule] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (0.0, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(train))[:-1]])
        spread = (before[-2]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: measured too early
# message: measured before training
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance[rule] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((before)[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (before)[:-1]])
        spread = (before[-2]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: dead on the test rows
# message: counted on the test rows
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance[rule] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(test))[:-1]])
        spread = (before[-2]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: measured too late
# message: measured after training
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance[rule] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(train))[:-1]])
        spread = (forward(train)[-2]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: the first hidden layer
# message: first hidden layer
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance[rule] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(train))[:-1]])
        spread = (before[0]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: the outputs' deviation
# message: last layer's outputs
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance[rule] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(test)[-1]).argmax(dim=1) == torch.tensor(y_test)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(train))[:-1]])
        spread = (before[-1]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% wrong: training accuracy
# message: accuracy is measured on the training rows
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    center = X_train.mean(axis=0)
    other = center
    unit = (X_train - center).std()
    train = torch.tensor((X_train - center) / unit)
    test = torch.tensor((X_test - other) / unit)
    y = torch.tensor(y_train)
    weights, biases = [], []
    for normal in normals:
        n_out, n_in = normal.shape
        variance = {"lecun": 1 / n_in, "glorot": 2 / (n_in + n_out), "he": 2 / n_in}
        scale = variance[rule] ** 0.5
        weights.append(torch.tensor(normal * scale, requires_grad=True))
        zeros = torch.zeros(len(normal), dtype=torch.float64)
        biases.append(zeros.requires_grad_())

    def forward(H):
        layers = []
        for k, (W, b) in enumerate(zip(weights, biases)):
            H = H @ W.T + b
            if k < len(weights) - 1:
                H = torch.relu(H)
            layers.append(H)
        return layers

    before = [H.detach() for H in forward(train)]
    for _ in range(steps):
        nn.functional.cross_entropy(forward(train)[-1], y).backward()
        with torch.no_grad():
            for rate, group in ((learning_rate, weights), (learning_rate, biases)):
                for p in group:
                    p -= rate * p.grad
                    p.grad = None
    with torch.no_grad():
        loss = nn.functional.cross_entropy((forward(train))[-1], y)
        hits = (forward(train)[-1]).argmax(dim=1) == torch.tensor(y_train)
        dead = torch.cat([(H == 0).all(dim=0) for H in (forward(train))[:-1]])
        spread = (before[-2]).std(correction=0)
    return spread.item(), loss.item(), hits.double().mean().item(), dead.double().mean()


# %% right: torch modules in float64
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    mean = X_train.mean(0)
    unit = np.sqrt(((X_train - mean) ** 2).mean())
    train, test = (
        torch.tensor((X_train - mean) / unit),
        torch.tensor((X_test - mean) / unit),
    )
    modules = []
    for normal in normals:
        layer = nn.Linear(normal.shape[1], normal.shape[0]).double()
        fan = sum(normal.shape) / 2 if rule == "glorot" else normal.shape[1]
        gain = 2 if rule == "he" else 1
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(normal) * (gain / fan) ** 0.5)
            layer.bias.zero_()
        modules += [layer, nn.ReLU()]
    model = nn.Sequential(*modules[:-1])
    y, loss_function = torch.tensor(y_train), nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    with torch.no_grad():
        spread = model[:-1](train).std(correction=0).item()
    for _ in range(steps):
        optimizer.zero_grad()
        loss_function(model(train), y).backward()
        optimizer.step()
    dead = []
    with torch.no_grad():
        for k in range(2, len(model), 2):
            dead += (model[:k](train).amax(dim=0) == 0).tolist()
        hits = (model(test).argmax(1).numpy() == y_test).mean()
        return spread, loss_function(model(train), y), hits, np.mean(dead)


# %% right: numpy and a backward pass by hand
def experiment(X_train, y_train, X_test, y_test, normals, rule, learning_rate, steps):
    mean = X_train.mean(axis=0)
    X, V = X_train - mean, X_test - mean
    X, V = X / X.std(), V / X.std()
    fans = {"lecun": lambda o, i: i, "glorot": lambda o, i: (i + o) / 2}
    fan = fans.get(rule, lambda o, i: i / 2)
    Ws = [a / np.sqrt(fan(*a.shape)) for a in normals]
    bs = [np.zeros(len(W)) for W in Ws]

    def run(H):
        kept = [H]
        for W, b in zip(Ws[:-1], bs[:-1]):
            kept.append(np.maximum(kept[-1] @ W.T + b, 0))
        scores = kept[-1] @ Ws[-1].T + bs[-1]
        scores = scores - scores.max(axis=1, keepdims=True)
        return kept, scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))

    spread = run(X)[0][-1].std()
    rows = np.arange(len(y_train))
    for _ in range(steps):
        kept, log_p = run(X)
        d = np.exp(log_p)
        d[rows, y_train] -= 1
        d /= len(rows)
        for k in range(len(Ws) - 1, -1, -1):
            gW, gb = d.T @ kept[k], d.sum(axis=0)
            d = (d @ Ws[k]) * (kept[k] > 0)
            Ws[k], bs[k] = Ws[k] - learning_rate * gW, bs[k] - learning_rate * gb
    kept, log_p = run(X)
    dead = np.concatenate([H.max(axis=0) == 0 for H in kept[1:]])
    accuracy = np.mean(run(V)[1].argmax(axis=1) == y_test)
    return spread, -log_p[rows, y_train].mean(), accuracy, dead.mean()
