# %% wrong: the bias is left out
# message: bias is left out
def predict(X, theta):
    return X @ theta[1:]


# %% wrong: the bias stands last
# message: taken for the bias
def predict(X, theta):
    return X @ theta[:-1] + theta[-1]


# %% wrong: the bias is added for every feature
# message: once for every feature
def predict(X, theta):
    return (X * theta[1:] + theta[0]).sum(axis=1)


# %% wrong: a column instead of a vector
# message: column
def predict(X, theta):
    A = np.column_stack([np.ones(len(X)), X])
    return A @ theta[:, None]


# %% wrong: nothing is returned
# message: is a return missing
def predict(X, theta):
    y_hat = theta[0] + X @ theta[1:]


# %% right: a column of ones in front
def predict(X, theta):
    A = np.hstack([np.ones((X.shape[0], 1)), X])
    return A @ theta


# %% right: einsum instead of a matrix product
def predict(X, theta):
    return np.einsum("nd,d->n", X, theta[1:]) + theta[0]
