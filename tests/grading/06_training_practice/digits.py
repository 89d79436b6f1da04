# %% wrong: all data are standardized together
# message: computed on all data
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    basis = np.concatenate([train[0], validation[0], test[0]])
    std = basis.std(axis=0)
    std[std == 0] = 1.0
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (torch.tensor((p[0] - basis.mean(axis=0)) / std), torch.tensor(p[1]))
        for p in (train, validation, test)
    )
    runs = []
    for rate in rates:
        layer = nn.Linear(X.shape[1], int(y.max()) + 1).double()
        for p in layer.parameters():
            nn.init.zeros_(p)
        for epoch, order in enumerate(orders):
            optimizer = torch.optim.SGD(layer.parameters(), lr=rate / (1 + r * epoch))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                loss = nn.functional.cross_entropy(layer(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
                optimizer.step()
            with torch.no_grad():
                held = nn.functional.cross_entropy(layer(X_val), y_val).item()
                decides = held
                right = (layer(X_test).argmax(dim=1) == y_test).double().mean().item()
            runs.append((decides, rate, epoch, held, right))
    return min(runs, key=lambda run: run[0])[1:]


# %% wrong: the last batch is left out
# message: last, smaller batch
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    basis = train[0]
    std = basis.std(axis=0)
    std[std == 0] = 1.0
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (torch.tensor((p[0] - basis.mean(axis=0)) / std), torch.tensor(p[1]))
        for p in (train, validation, test)
    )
    runs = []
    for rate in rates:
        layer = nn.Linear(X.shape[1], int(y.max()) + 1).double()
        for p in layer.parameters():
            nn.init.zeros_(p)
        for epoch, order in enumerate(orders):
            optimizer = torch.optim.SGD(layer.parameters(), lr=rate / (1 + r * epoch))
            for start in range(0, len(order) // batch_size * batch_size, batch_size):
                rows = order[start : start + batch_size]
                loss = nn.functional.cross_entropy(layer(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
                optimizer.step()
            with torch.no_grad():
                held = nn.functional.cross_entropy(layer(X_val), y_val).item()
                decides = held
                right = (layer(X_test).argmax(dim=1) == y_test).double().mean().item()
            runs.append((decides, rate, epoch, held, right))
    return min(runs, key=lambda run: run[0])[1:]


# %% wrong: weights and biases are clipped alone
# message: one by one
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    basis = train[0]
    std = basis.std(axis=0)
    std[std == 0] = 1.0
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (torch.tensor((p[0] - basis.mean(axis=0)) / std), torch.tensor(p[1]))
        for p in (train, validation, test)
    )
    runs = []
    for rate in rates:
        layer = nn.Linear(X.shape[1], int(y.max()) + 1).double()
        for p in layer.parameters():
            nn.init.zeros_(p)
        for epoch, order in enumerate(orders):
            optimizer = torch.optim.SGD(layer.parameters(), lr=rate / (1 + r * epoch))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                loss = nn.functional.cross_entropy(layer(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                for p in layer.parameters():
                    nn.utils.clip_grad_norm_([p], max_norm)
                optimizer.step()
            with torch.no_grad():
                held = nn.functional.cross_entropy(layer(X_val), y_val).item()
                decides = held
                right = (layer(X_test).argmax(dim=1) == y_test).double().mean().item()
            runs.append((decides, rate, epoch, held, right))
    return min(runs, key=lambda run: run[0])[1:]


# %% wrong: nothing is clipped
# message: not clipped
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    basis = train[0]
    std = basis.std(axis=0)
    std[std == 0] = 1.0
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (torch.tensor((p[0] - basis.mean(axis=0)) / std), torch.tensor(p[1]))
        for p in (train, validation, test)
    )
    runs = []
    for rate in rates:
        layer = nn.Linear(X.shape[1], int(y.max()) + 1).double()
        for p in layer.parameters():
            nn.init.zeros_(p)
        for epoch, order in enumerate(orders):
            optimizer = torch.optim.SGD(layer.parameters(), lr=rate / (1 + r * epoch))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                loss = nn.functional.cross_entropy(layer(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                pass
                optimizer.step()
            with torch.no_grad():
                held = nn.functional.cross_entropy(layer(X_val), y_val).item()
                decides = held
                right = (layer(X_test).argmax(dim=1) == y_test).double().mean().item()
            runs.append((decides, rate, epoch, held, right))
    return min(runs, key=lambda run: run[0])[1:]


# %% wrong: the rate does not decay
# message: does not decay
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    basis = train[0]
    std = basis.std(axis=0)
    std[std == 0] = 1.0
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (torch.tensor((p[0] - basis.mean(axis=0)) / std), torch.tensor(p[1]))
        for p in (train, validation, test)
    )
    runs = []
    for rate in rates:
        layer = nn.Linear(X.shape[1], int(y.max()) + 1).double()
        for p in layer.parameters():
            nn.init.zeros_(p)
        for epoch, order in enumerate(orders):
            optimizer = torch.optim.SGD(layer.parameters(), lr=rate)
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                loss = nn.functional.cross_entropy(layer(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
                optimizer.step()
            with torch.no_grad():
                held = nn.functional.cross_entropy(layer(X_val), y_val).item()
                decides = held
                right = (layer(X_test).argmax(dim=1) == y_test).double().mean().item()
            runs.append((decides, rate, epoch, held, right))
    return min(runs, key=lambda run: run[0])[1:]


# %% wrong: the test set chooses
# message: test set chooses
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    basis = train[0]
    std = basis.std(axis=0)
    std[std == 0] = 1.0
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (torch.tensor((p[0] - basis.mean(axis=0)) / std), torch.tensor(p[1]))
        for p in (train, validation, test)
    )
    runs = []
    for rate in rates:
        layer = nn.Linear(X.shape[1], int(y.max()) + 1).double()
        for p in layer.parameters():
            nn.init.zeros_(p)
        for epoch, order in enumerate(orders):
            optimizer = torch.optim.SGD(layer.parameters(), lr=rate / (1 + r * epoch))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                loss = nn.functional.cross_entropy(layer(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
                optimizer.step()
            with torch.no_grad():
                held = nn.functional.cross_entropy(layer(X_val), y_val).item()
                decides = nn.functional.cross_entropy(layer(X_test), y_test).item()
                right = (layer(X_test).argmax(dim=1) == y_test).double().mean().item()
            runs.append((decides, rate, epoch, held, right))
    return min(runs, key=lambda run: run[0])[1:]


# %% wrong: the training loss chooses
# message: training loss chooses
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    basis = train[0]
    std = basis.std(axis=0)
    std[std == 0] = 1.0
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (torch.tensor((p[0] - basis.mean(axis=0)) / std), torch.tensor(p[1]))
        for p in (train, validation, test)
    )
    runs = []
    for rate in rates:
        layer = nn.Linear(X.shape[1], int(y.max()) + 1).double()
        for p in layer.parameters():
            nn.init.zeros_(p)
        for epoch, order in enumerate(orders):
            optimizer = torch.optim.SGD(layer.parameters(), lr=rate / (1 + r * epoch))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                loss = nn.functional.cross_entropy(layer(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
                optimizer.step()
            with torch.no_grad():
                held = nn.functional.cross_entropy(layer(X_val), y_val).item()
                decides = nn.functional.cross_entropy(layer(X), y).item()
                right = (layer(X_test).argmax(dim=1) == y_test).double().mean().item()
            runs.append((decides, rate, epoch, held, right))
    return min(runs, key=lambda run: run[0])[1:]


# %% wrong: only last epochs
# message: only last epochs
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    basis = train[0]
    std = basis.std(axis=0)
    std[std == 0] = 1.0
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (torch.tensor((p[0] - basis.mean(axis=0)) / std), torch.tensor(p[1]))
        for p in (train, validation, test)
    )
    runs = []
    for rate in rates:
        layer = nn.Linear(X.shape[1], int(y.max()) + 1).double()
        for p in layer.parameters():
            nn.init.zeros_(p)
        for epoch, order in enumerate(orders):
            optimizer = torch.optim.SGD(layer.parameters(), lr=rate / (1 + r * epoch))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                loss = nn.functional.cross_entropy(layer(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
                optimizer.step()
            with torch.no_grad():
                held = nn.functional.cross_entropy(layer(X_val), y_val).item()
                decides = held
                right = (layer(X_test).argmax(dim=1) == y_test).double().mean().item()
            runs.append((decides, rate, epoch, held, right))
    last = [run for run in runs if run[2] == len(orders) - 1]
    return min(last, key=lambda run: run[0])[1:]


# %% wrong: the best test accuracy of all
# message: best test accuracy of all
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    basis = train[0]
    std = basis.std(axis=0)
    std[std == 0] = 1.0
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (torch.tensor((p[0] - basis.mean(axis=0)) / std), torch.tensor(p[1]))
        for p in (train, validation, test)
    )
    runs = []
    for rate in rates:
        layer = nn.Linear(X.shape[1], int(y.max()) + 1).double()
        for p in layer.parameters():
            nn.init.zeros_(p)
        for epoch, order in enumerate(orders):
            optimizer = torch.optim.SGD(layer.parameters(), lr=rate / (1 + r * epoch))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                loss = nn.functional.cross_entropy(layer(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
                optimizer.step()
            with torch.no_grad():
                held = nn.functional.cross_entropy(layer(X_val), y_val).item()
                decides = held
                right = (layer(X_test).argmax(dim=1) == y_test).double().mean().item()
            runs.append((decides, rate, epoch, held, right))
    best = min(runs, key=lambda run: run[0])[1:4]
    return (*best, max(run[4] for run in runs))


# %% wrong: pixels that never change give nan
# message: nan
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    basis = train[0]
    std = basis.std(axis=0)
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (torch.tensor((p[0] - basis.mean(axis=0))) / std, torch.tensor(p[1]))
        for p in (train, validation, test)
    )
    runs = []
    for rate in rates:
        layer = nn.Linear(X.shape[1], int(y.max()) + 1).double()
        for p in layer.parameters():
            nn.init.zeros_(p)
        for epoch, order in enumerate(orders):
            optimizer = torch.optim.SGD(layer.parameters(), lr=rate / (1 + r * epoch))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                loss = nn.functional.cross_entropy(layer(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
                optimizer.step()
            with torch.no_grad():
                held = nn.functional.cross_entropy(layer(X_val), y_val).item()
                decides = held
                right = (layer(X_test).argmax(dim=1) == y_test).double().mean().item()
            runs.append((decides, rate, epoch, held, right))
    return min(runs, key=lambda run: run[0])[1:]


# %% right: one optimizer whose rate is set, the first of equals by min
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    basis = train[0]
    std = basis.std(axis=0)
    std[std == 0] = 1.0
    (X, y), (X_val, y_val), (X_test, y_test) = (
        (torch.tensor((p[0] - basis.mean(axis=0)) / std), torch.tensor(p[1]))
        for p in (train, validation, test)
    )
    runs = []
    for rate in rates:
        layer = nn.Linear(X.shape[1], int(y.max()) + 1).double()
        for p in layer.parameters():
            nn.init.zeros_(p)
        for epoch, order in enumerate(orders):
            optimizer = torch.optim.SGD(layer.parameters(), lr=rate / (1 + r * epoch))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                loss = nn.functional.cross_entropy(layer(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(layer.parameters(), max_norm)
                optimizer.step()
            with torch.no_grad():
                held = nn.functional.cross_entropy(layer(X_val), y_val).item()
                decides = held
                right = (layer(X_test).argmax(dim=1) == y_test).double().mean().item()
            runs.append((decides, rate, epoch, held, right))
    return min(runs, key=lambda run: run[0])[1:]


# %% right: numpy, the bias apart
def experiment(train, validation, test, rates, orders, batch_size, r, max_norm):
    from scipy.special import log_softmax

    spread = train[0].std(axis=0)
    spread = spread + (spread == 0)
    X, X_val, X_test = (
        (part[0] - train[0].mean(axis=0)) / spread for part in (train, validation, test)
    )
    y, (_, y_val), (_, y_test) = train[1], validation, test
    best = None
    for rate in rates:
        W, b = np.zeros((len(np.unique(y)), X.shape[1])), np.zeros(len(np.unique(y)))
        for t in range(len(orders)):
            for k in range(int(np.ceil(len(X) / batch_size))):
                rows = orders[t][k * batch_size : (k + 1) * batch_size]
                P = np.exp(log_softmax(X[rows] @ W.T + b, axis=1))
                P[np.arange(len(rows)), y[rows]] -= 1
                dW, db = P.T @ X[rows] / len(rows), P.mean(axis=0)
                length = np.sqrt((dW**2).sum() + (db**2).sum())
                step = rate / (1 + r * t) / max(1.0, length / max_norm)
                W, b = W - step * dW, b - step * db
            log_p = log_softmax(X_val @ W.T + b, axis=1)
            loss = -log_p[np.arange(len(y_val)), y_val].mean()
            if best is None or loss < best[2]:
                best = rate, t, loss, W, b
    rate, t, loss, W, b = best
    return rate, t, loss, np.mean(np.argmax(X_test @ W.T + b, axis=1) == y_test)
