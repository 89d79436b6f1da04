# %% wrong: no momentum
# message: there is no momentum
def train_softmax(X, y, classes, batches, learning_rate, rho):
    W, b = np.zeros((classes, X.shape[1])), np.zeros(classes)
    v_W, v_b, losses = np.zeros_like(W), np.zeros_like(b), []
    for batch in batches:
        S = X[batch] @ W.T + b
        P = np.exp(S - S.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        losses.append(-np.log(P[np.arange(len(batch)), y[batch]]).mean())
        dS = (P - np.eye(classes)[y[batch]]) / len(batch)
        v_W = dS.T @ X[batch]
        v_b = dS.sum(axis=0)
        W, b = W - learning_rate * v_W, b - learning_rate * v_b
    return W, b, np.array(losses)


# %% wrong: the velocity averages
# message: averages gradients
def train_softmax(X, y, classes, batches, learning_rate, rho):
    W, b = np.zeros((classes, X.shape[1])), np.zeros(classes)
    v_W, v_b, losses = np.zeros_like(W), np.zeros_like(b), []
    for batch in batches:
        S = X[batch] @ W.T + b
        P = np.exp(S - S.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        losses.append(-np.log(P[np.arange(len(batch)), y[batch]]).mean())
        dS = (P - np.eye(classes)[y[batch]]) / len(batch)
        v_W = rho * v_W + (1 - rho) * dS.T @ X[batch]
        v_b = rho * v_b + (1 - rho) * dS.sum(axis=0)
        W, b = W - learning_rate * v_W, b - learning_rate * v_b
    return W, b, np.array(losses)


# %% wrong: sums over the batch
# message: summed instead of averaged
def train_softmax(X, y, classes, batches, learning_rate, rho):
    W, b = np.zeros((classes, X.shape[1])), np.zeros(classes)
    v_W, v_b, losses = np.zeros_like(W), np.zeros_like(b), []
    for batch in batches:
        S = X[batch] @ W.T + b
        P = np.exp(S - S.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        losses.append(-np.log(P[np.arange(len(batch)), y[batch]]).sum())
        dS = (P - np.eye(classes)[y[batch]]) / 1
        v_W = rho * v_W + dS.T @ X[batch]
        v_b = rho * v_b + dS.sum(axis=0)
        W, b = W - learning_rate * v_W, b - learning_rate * v_b
    return W, b, np.array(losses)


# %% wrong: no bias
# message: bias is not trained
def train_softmax(X, y, classes, batches, learning_rate, rho):
    W, b = np.zeros((classes, X.shape[1])), np.zeros(classes)
    v_W, v_b, losses = np.zeros_like(W), np.zeros_like(b), []
    for batch in batches:
        S = X[batch] @ W.T + b
        P = np.exp(S - S.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        losses.append(-np.log(P[np.arange(len(batch)), y[batch]]).mean())
        dS = (P - np.eye(classes)[y[batch]]) / len(batch)
        v_W = rho * v_W + dS.T @ X[batch]
        v_b = 0 * v_b
        W, b = W - learning_rate * v_W, b - learning_rate * v_b
    return W, b, np.array(losses)


# %% wrong: divided by all samples
# message: divided by all samples
def train_softmax(X, y, classes, batches, learning_rate, rho):
    W, b = np.zeros((classes, X.shape[1])), np.zeros(classes)
    v_W, v_b, losses = np.zeros_like(W), np.zeros_like(b), []
    for batch in batches:
        S = X[batch] @ W.T + b
        P = np.exp(S - S.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        losses.append(-np.log(P[np.arange(len(batch)), y[batch]]).mean())
        dS = (P - np.eye(classes)[y[batch]]) / len(X)
        v_W = rho * v_W + dS.T @ X[batch]
        v_b = rho * v_b + dS.sum(axis=0)
        W, b = W - learning_rate * v_W, b - learning_rate * v_b
    return W, b, np.array(losses)


# %% right: torch
def train_softmax(X, y, classes, batches, learning_rate, rho):
    model = torch.nn.Linear(X.shape[1], classes).double()
    for p in model.parameters():
        torch.nn.init.zeros_(p)
    o = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=rho)
    losses = []
    for batch in batches:
        o.zero_grad()
        scores = model(torch.tensor(X[batch]))
        loss = torch.nn.functional.cross_entropy(scores, torch.tensor(y[batch]))
        loss.backward()
        o.step()
        losses.append(loss.item())
    return model.weight, model.bias, losses


# %% right: one matrix with a column for the bias
def train_softmax(X, y, classes, batches, learning_rate, rho):
    from scipy.special import logsumexp

    A = np.column_stack([X, np.ones(len(X))])
    theta = np.zeros((classes, A.shape[1]))
    before, losses = theta, []
    for batch in batches:
        S = A[batch] @ theta.T
        rows = np.arange(len(batch))
        losses.append(np.mean(logsumexp(S, axis=1) - S[rows, y[batch]]))
        G = np.exp(S - logsumexp(S, axis=1, keepdims=True))
        G[rows, y[batch]] -= 1
        step = rho * (theta - before) - learning_rate * G.T @ A[batch] / len(batch)
        before, theta = theta, theta + step
    return theta[:, :-1], theta[:, -1], losses
