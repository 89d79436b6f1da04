# %% wrong: a repeated row keeps one gradient
# message: only one of its gradients
def rows_gradient(shape, index, gradient):
    result = np.zeros(shape)
    result[index] += gradient
    return result


# %% wrong: repeated rows are averaged
# message: the mean of their gradients
def rows_gradient(shape, index, gradient):
    result = np.zeros(shape)
    for row in set((index % shape[0]).tolist()):
        result[row] = gradient[index % shape[0] == row].mean(axis=0)
    return result


# %% wrong: picked instead of scattered
# message: picked instead of scattered
def rows_gradient(shape, index, gradient):
    return np.resize(gradient[index % len(gradient)], shape)


# %% wrong: every row gets everything
# message: sum of all gradients
def rows_gradient(shape, index, gradient):
    return np.tile(gradient.sum(axis=0), (shape[0], 1))


# %% wrong: the picks are counted
# message: number of picks
def rows_gradient(shape, index, gradient):
    result = np.zeros(shape)
    np.add.at(result, index, np.ones(gradient.shape))
    return result


# %% right: a product with one-hot rows
def rows_gradient(shape, index, gradient):
    return np.eye(shape[0])[index].T @ gradient


# %% right: a loop
def rows_gradient(shape, index, gradient):
    result = [[0.0] * shape[1] for _ in range(shape[0])]
    for row, arriving in zip(index, gradient, strict=True):
        for column, value in enumerate(arriving):
            result[row][column] += value
    return result
