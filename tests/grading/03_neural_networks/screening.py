# %% wrong: statistics of all rows
# message: take part in the mean
def screening(X_train, y_train, X_test, y_test, epochs):
    both = np.vstack([X_train, X_test])
    mean, std = both.mean(axis=0), both.std(axis=0)
    A = np.column_stack([np.ones(len(X_train)), (X_train - mean) / std])
    B = np.column_stack([np.ones(len(X_test)), (X_test - mean) / std])
    theta = np.zeros(A.shape[1])
    for _ in range(epochs):
        updates = 0
        for a, y in zip(A, np.where(y_train == 0, 1, -1)):
            if (1 if a @ theta > 0 else -1) != y:
                theta, updates = theta + y * a, updates + 1
    alarm, sick = B @ theta > 0, y_test == 0
    return updates, np.mean(alarm == sick), np.mean(alarm[sick])


# %% wrong: the test rows have statistics of their own
# message: their own mean
def screening(X_train, y_train, X_test, y_test, epochs):
    A = np.insert((X_train - X_train.mean(0)) / X_train.std(0), 0, 1, axis=1)
    B = np.insert((X_test - X_test.mean(0)) / X_test.std(0), 0, 1, axis=1)
    theta = np.zeros(A.shape[1])
    for _ in range(epochs):
        updates = 0
        for a, y in zip(A, np.where(y_train == 0, 1, -1)):
            if (1 if a @ theta > 0 else -1) != y:
                theta, updates = theta + y * a, updates + 1
    alarm, sick = B @ theta > 0, y_test == 0
    return updates, np.mean(alarm == sick), np.mean(alarm[sick])


# %% wrong: a neuron without a bias
# message: no bias
def screening(X_train, y_train, X_test, y_test, epochs):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A, B = (X_train - mean) / std, (X_test - mean) / std
    w = np.zeros(A.shape[1])
    for _ in range(epochs):
        updates = 0
        for a, y in zip(A, np.where(y_train == 0, 1, -1)):
            if (1 if a @ w > 0 else -1) != y:
                w, updates = w + y * a, updates + 1
    alarm, sick = B @ w > 0, y_test == 0
    return updates, np.mean(alarm == sick), np.mean(alarm[sick])


# %% wrong: the updates of all passes
# message: updates of all passes
def screening(X_train, y_train, X_test, y_test, epochs):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A = np.insert((X_train - mean) / std, 0, 1, axis=1)
    B = np.insert((X_test - mean) / std, 0, 1, axis=1)
    theta, updates = np.zeros(A.shape[1]), 0
    for _ in range(epochs):
        for a, y in zip(A, np.where(y_train == 0, 1, -1)):
            if (1 if a @ theta > 0 else -1) != y:
                theta, updates = theta + y * a, updates + 1
    alarm, sick = B @ theta > 0, y_test == 0
    return updates, np.mean(alarm == sick), np.mean(alarm[sick])


# %% wrong: the share of alarms that are right
# message: share of alarms
def screening(X_train, y_train, X_test, y_test, epochs):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A = np.insert((X_train - mean) / std, 0, 1, axis=1)
    B = np.insert((X_test - mean) / std, 0, 1, axis=1)
    theta = np.zeros(A.shape[1])
    for _ in range(epochs):
        updates = 0
        for a, y in zip(A, np.where(y_train == 0, 1, -1)):
            if (1 if a @ theta > 0 else -1) != y:
                theta, updates = theta + y * a, updates + 1
    alarm, sick = B @ theta > 0, y_test == 0
    return updates, np.mean(alarm == sick), np.mean(sick[alarm])


# %% wrong: the rows with label 1 for the malignant ones
# message: looks at the benign
def screening(X_train, y_train, X_test, y_test, epochs):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A = np.insert((X_train - mean) / std, 0, 1, axis=1)
    B = np.insert((X_test - mean) / std, 0, 1, axis=1)
    theta = np.zeros(A.shape[1])
    for _ in range(epochs):
        updates = 0
        for a, y in zip(A, np.where(y_train == 0, 1, -1)):
            if (1 if a @ theta > 0 else -1) != y:
                theta, updates = theta + y * a, updates + 1
    right = (B @ theta > 0) == (y_test == 0)
    return updates, np.mean(right), np.mean(right[y_test == 1])


# %% wrong: measured on the training rows
# message: that of the training rows
def screening(X_train, y_train, X_test, y_test, epochs):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A = np.insert((X_train - mean) / std, 0, 1, axis=1)
    B = np.insert((X_test - mean) / std, 0, 1, axis=1)
    theta = np.zeros(A.shape[1])
    for _ in range(epochs):
        updates = 0
        for a, y in zip(A, np.where(y_train == 0, 1, -1)):
            if (1 if a @ theta > 0 else -1) != y:
                theta, updates = theta + y * a, updates + 1
    found = np.mean((B @ theta > 0)[y_test == 0])
    return updates, np.mean((A @ theta > 0) == (y_train == 0)), found


# %% wrong: three passes, whatever is asked
def screening(X_train, y_train, X_test, y_test, epochs):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A = np.insert((X_train - mean) / std, 0, 1, axis=1)
    B = np.insert((X_test - mean) / std, 0, 1, axis=1)
    theta = np.zeros(A.shape[1])
    for _ in range(3):
        updates = 0
        for a, y in zip(A, np.where(y_train == 0, 1, -1)):
            if (1 if a @ theta > 0 else -1) != y:
                theta, updates = theta + y * a, updates + 1
    alarm, sick = B @ theta > 0, y_test == 0
    return updates, np.mean(alarm == sick), np.mean(alarm[sick])


# %% right: weights and bias apart, with a step size
def screening(X_train, y_train, X_test, y_test, epochs):
    mean, std = np.mean(X_train, axis=0), np.std(X_train, axis=0)
    Z, w, b = (X_train - mean) / std, np.zeros(X_train.shape[1]), 0.0
    for _ in range(epochs):
        wrong = 0
        for x, y in zip(Z, 1 - 2 * y_train):
            if (w @ x + b > 0) != (y > 0):
                w, b, wrong = w + 0.5 * y * x, b + 0.5 * y, wrong + 1
    alarm = ((X_test - mean) / std) @ w + b > 0
    found = alarm[y_test == 0].sum() / (y_test == 0).sum()
    return wrong, np.mean(alarm == (y_test == 0)), found


# %% right: scikit-learn measures
def screening(X_train, y_train, X_test, y_test, epochs):
    from sklearn.metrics import accuracy_score, recall_score
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(X_train)
    A = np.hstack([scaler.transform(X_train), np.ones((len(X_train), 1))])
    B = np.hstack([scaler.transform(X_test), np.ones((len(X_test), 1))])
    theta, target = np.zeros(A.shape[1]), np.where(y_train == 0, 1, -1)
    history = []
    for _ in range(epochs):
        errors = 0
        for a, y in zip(A, target):
            answer = 1 if np.dot(a, theta) > 0 else -1
            errors += answer != y
            theta = theta + (y - answer) // 2 * a
        history.append(errors)
    guess = np.where(B @ theta > 0, 0, 1)
    return (
        history[-1],
        accuracy_score(y_test, guess),
        recall_score(y_test, guess, pos_label=0),
    )
