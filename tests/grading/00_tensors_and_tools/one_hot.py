# %% wrong: as many columns as the labels need
# message: taken from the labels
def one_hot(y, classes):
    return np.eye(y.max() + 1)[y]


# %% wrong: classes are rows
# message: transposed
def one_hot(y, classes):
    return (np.arange(classes)[:, None] == y).astype(int)


# %% wrong: labels are thought to start at one
# message: counted from 1
def one_hot(y, classes):
    return np.eye(classes)[y - 1]


# %% wrong: a slice where a list of rows is needed
# message: in all rows
def one_hot(y, classes):
    table = np.zeros((len(y), classes))
    table[:, y] = 1
    return table


# %% wrong: the label is written into its place
# message: label itself
def one_hot(y, classes):
    table = np.zeros((len(y), classes))
    table[np.arange(len(y)), y] = y
    return table


# %% wrong: only the rows of the visible example
def one_hot(y, classes):
    return np.array([[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0]])


# %% right: rows of an identity matrix
def one_hot(y, classes):
    return np.eye(classes)[y]


# %% right: torch
def one_hot(y, classes):
    return torch.nn.functional.one_hot(torch.as_tensor(y), classes)


# %% right: a loop
def one_hot(y, classes):
    rows = [[0] * classes for _ in y]
    for row, label in zip(rows, y):
        row[label] = 1
    return rows
