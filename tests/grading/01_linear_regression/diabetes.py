# %% wrong: the test rows have statistics of their own
# message: their own mean
def regression_experiment(X_train, y_train, X_test, y_test):
    A = np.column_stack(
        [np.ones(len(X_train)), (X_train - X_train.mean(0)) / X_train.std(0)]
    )
    B = np.column_stack(
        [np.ones(len(X_test)), (X_test - X_test.mean(0)) / X_test.std(0)]
    )
    theta = np.linalg.lstsq(A, y_train, rcond=None)[0]
    test = np.mean((B @ theta - y_test) ** 2)
    return np.mean((A @ theta - y_train) ** 2), test, 1 - test / np.var(y_test)


# %% wrong: the bias is missing
# message: no bias
def regression_experiment(X_train, y_train, X_test, y_test):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A, B = (X_train - mean) / std, (X_test - mean) / std
    theta = np.linalg.lstsq(A, y_train, rcond=None)[0]
    test = np.mean((B @ theta - y_test) ** 2)
    return np.mean((A @ theta - y_train) ** 2), test, 1 - test / np.var(y_test)


# %% wrong: fitted on the test rows
# message: fitted on the test rows
def regression_experiment(X_train, y_train, X_test, y_test):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A = np.column_stack([np.ones(len(X_train)), (X_train - mean) / std])
    B = np.column_stack([np.ones(len(X_test)), (X_test - mean) / std])
    theta = np.linalg.lstsq(B, y_test, rcond=None)[0]
    test = np.mean((B @ theta - y_test) ** 2)
    return np.mean((A @ theta - y_train) ** 2), test, 1 - test / np.var(y_test)


# %% wrong: the mean of the training targets in R²
# message: mean of the training targets
def regression_experiment(X_train, y_train, X_test, y_test):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A = np.column_stack([np.ones(len(X_train)), (X_train - mean) / std])
    B = np.column_stack([np.ones(len(X_test)), (X_test - mean) / std])
    theta = np.linalg.lstsq(A, y_train, rcond=None)[0]
    test = np.mean((B @ theta - y_test) ** 2)
    spread = np.mean((y_test - y_train.mean()) ** 2)
    return np.mean((A @ theta - y_train) ** 2), test, 1 - test / spread


# %% wrong: the two errors are swapped
# message: swapped
def regression_experiment(X_train, y_train, X_test, y_test):
    A = np.column_stack([np.ones(len(X_train)), X_train])
    B = np.column_stack([np.ones(len(X_test)), X_test])
    theta = np.linalg.lstsq(A, y_train, rcond=None)[0]
    train, test = (
        np.mean((A @ theta - y_train) ** 2),
        np.mean((B @ theta - y_test) ** 2),
    )
    return test, train, 1 - test / np.var(y_test)


# %% wrong: the unexplained share
# message: not explained
def regression_experiment(X_train, y_train, X_test, y_test):
    A = np.column_stack([np.ones(len(X_train)), X_train])
    B = np.column_stack([np.ones(len(X_test)), X_test])
    theta = np.linalg.lstsq(A, y_train, rcond=None)[0]
    train, test = (
        np.mean((A @ theta - y_train) ** 2),
        np.mean((B @ theta - y_test) ** 2),
    )
    return train, test, test / np.var(y_test)


# %% right: scikit-learn
def regression_experiment(X_train, y_train, X_test, y_test):
    from sklearn.linear_model import LinearRegression
    from sklearn.metrics import mean_squared_error, r2_score
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(X_train)
    model = LinearRegression().fit(scaler.transform(X_train), y_train)
    on_train = model.predict(scaler.transform(X_train))
    on_test = model.predict(scaler.transform(X_test))
    return (
        mean_squared_error(y_train, on_train),
        mean_squared_error(y_test, on_test),
        r2_score(y_test, on_test),
    )


# %% right: the mean instead of a column of ones
def regression_experiment(X_train, y_train, X_test, y_test):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A, B = (X_train - mean) / std, (X_test - mean) / std
    slope = np.linalg.pinv(A) @ (y_train - y_train.mean())
    train = y_train - y_train.mean() - A @ slope
    test = y_test - y_train.mean() - B @ slope
    r2 = 1 - (test @ test) / np.sum((y_test - y_test.mean()) ** 2)
    return train @ train / len(train), test @ test / len(test), r2
