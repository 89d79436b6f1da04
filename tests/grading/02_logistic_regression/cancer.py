# %% wrong: the test rows have statistics of their own
# message: their own statistics
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - X_test.mean(0)) / X_test.std(0)
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        w, b = w - rate * (X.T @ error / len(X) + penalty * w), b - rate * error.mean()
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, z) - y_train * z) + penalty / 2 * w @ w
    y_hat = (T @ w + b > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_hat[y_test == 0] == 0)


# %% wrong: the bias is pulled to zero as well
# message: bias is penalized
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - mean) / std
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        w, b = (
            w - rate * (X.T @ error / len(X) + penalty * w),
            b - rate * (error.mean() + penalty * b),
        )
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, z) - y_train * z) + penalty / 2 * (w @ w + b * b)
    y_hat = (T @ w + b > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_hat[y_test == 0] == 0)


# %% wrong: the penalty is forgotten
# message: not penalized
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - mean) / std
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        w, b = w - rate * (X.T @ error / len(X)), b - rate * error.mean()
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, z) - y_train * z)
    y_hat = (T @ w + b > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_hat[y_test == 0] == 0)


# %% wrong: the penalty without its half
# message: gradient of 2λw
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - mean) / std
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        w, b = (
            w - rate * (X.T @ error / len(X) + 2 * penalty * w),
            b - rate * error.mean(),
        )
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, z) - y_train * z) + penalty * w @ w
    y_hat = (T @ w + b > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_hat[y_test == 0] == 0)


# %% wrong: the data loss is returned
# message: left out of the loss
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - mean) / std
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        w, b = w - rate * (X.T @ error / len(X) + penalty * w), b - rate * error.mean()
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, z) - y_train * z)
    y_hat = (T @ w + b > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_hat[y_test == 0] == 0)


# %% wrong: the bias is forgotten
# message: no bias
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - mean) / std
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w))) - y_train
        w, b = w - rate * (X.T @ error / len(X) + penalty * w), b - rate * error.mean()
    z = X @ w
    loss = np.mean(np.logaddexp(0, z) - y_train * z) + penalty / 2 * w @ w
    y_hat = (T @ w > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_hat[y_test == 0] == 0)


# %% wrong: the gradient is a sum
# message: summed over the samples
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - mean) / std
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        w, b = w - rate * (X.T @ error + penalty * w), b - rate * error.sum()
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, z) - y_train * z) + penalty / 2 * w @ w
    y_hat = (T @ w + b > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_hat[y_test == 0] == 0)


# %% wrong: the number of steps is ignored
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - mean) / std
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(100):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        w, b = w - rate * (X.T @ error / len(X) + penalty * w), b - rate * error.mean()
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, z) - y_train * z) + penalty / 2 * w @ w
    y_hat = (T @ w + b > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_hat[y_test == 0] == 0)


# %% wrong: the benign tumors are counted
# message: benign tumors is returned
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - mean) / std
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        w, b = w - rate * (X.T @ error / len(X) + penalty * w), b - rate * error.mean()
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, z) - y_train * z) + penalty / 2 * w @ w
    y_hat = (T @ w + b > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_hat[y_test == 1] == 1)


# %% wrong: precision instead of recall
# message: alarms that are right
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - mean) / std
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        w, b = w - rate * (X.T @ error / len(X) + penalty * w), b - rate * error.mean()
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, z) - y_train * z) + penalty / 2 * w @ w
    y_hat = (T @ w + b > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_test[y_hat == 0] == 0)


# %% wrong: the bias sees the new weights
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - mean) / std
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        w = w - rate * (X.T @ error / len(X) + penalty * w)
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        b = b - rate * error.mean()
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, z) - y_train * z) + penalty / 2 * w @ w
    y_hat = (T @ w + b > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_hat[y_test == 0] == 0)


# %% wrong: the model is fitted on all rows
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (X_train - mean) / std, (X_test - mean) / std
    w, b = np.zeros(X.shape[1]), 0.0
    X, seen = np.vstack([X, T]), X
    y_train, labels = np.concatenate([y_train, y_test]), y_train
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(X @ w + b))) - y_train
        w, b = w - rate * (X.T @ error / len(X) + penalty * w), b - rate * error.mean()
    X, y_train = seen, labels
    z = X @ w + b
    loss = np.mean(np.logaddexp(0, z) - y_train * z) + penalty / 2 * w @ w
    y_hat = (T @ w + b > 0).astype(int)
    return loss, np.mean(y_hat == y_test), np.mean(y_hat[y_test == 0] == 0)


# %% right: torch's automatic derivative
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    import torch

    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    X, T = (torch.from_numpy((part - mean) / std) for part in (X_train, X_test))
    y = torch.from_numpy(y_train).double()
    unit = torch.nn.Linear(X.shape[1], 1).double()
    for parameter in unit.parameters():
        torch.nn.init.zeros_(parameter)
    optimizer = torch.optim.SGD(unit.parameters(), lr=rate)

    def full_loss():
        entropy = torch.nn.functional.binary_cross_entropy_with_logits
        data = entropy(unit(X).squeeze(1), y)
        return data + 0.5 * penalty * unit.weight.square().sum()

    for _ in range(steps):
        optimizer.zero_grad()
        full_loss().backward()
        optimizer.step()
    y_hat = (unit(T).squeeze(1) > 0).long().numpy()
    right = y_hat == y_test
    return full_loss().item(), right.mean(), right[y_test == 0].mean()


# %% right: the bias in a column of ones
def cancer_experiment(X_train, y_train, X_test, y_test, penalty, rate, steps):
    from sklearn.metrics import accuracy_score, log_loss, recall_score
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(X_train)
    A = np.insert(scaler.transform(X_train), 0, 1.0, axis=1)
    B = np.insert(scaler.transform(X_test), 0, 1.0, axis=1)
    pull = np.full(A.shape[1], penalty)
    pull[0] = 0
    theta = np.zeros(A.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-A @ theta))
        theta = theta - rate * (A.T @ (p - y_train) / len(A) + pull * theta)
    p = 1 / (1 + np.exp(-A @ theta))
    loss = log_loss(y_train, p) + 0.5 * pull @ theta**2
    y_hat = 1 - (B @ theta <= 0)
    found = recall_score(y_test, y_hat, pos_label=0)
    return loss, accuracy_score(y_test, y_hat), found
