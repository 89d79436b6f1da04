# %% wrong: a slice where a list of rows is needed
# message: whole columns
def probability_of_right_class(P, y):
    return P[:, y]


# %% wrong: the most probable class
# message: largest number
def probability_of_right_class(P, y):
    return P.max(axis=1)


# %% wrong: the two lists are exchanged
# message: exchanged
def probability_of_right_class(P, y):
    return P[y, np.arange(len(y))]


# %% wrong: labels are thought to start at one
# message: counted from 1
def probability_of_right_class(P, y):
    return P[np.arange(len(y)), y - 1]


# %% wrong: the labels are forgotten
# message: diagonal
def probability_of_right_class(P, y):
    return P[np.arange(len(y)), np.arange(len(y))]


# %% wrong: one number for all samples
# message: added up
def probability_of_right_class(P, y):
    return (P * np.eye(P.shape[1])[y]).sum()


# %% right: a product with one-hot labels
def probability_of_right_class(P, y):
    return (P * (y[:, None] == np.arange(P.shape[1]))).sum(axis=1)


# %% right: take along an axis
def probability_of_right_class(P, y):
    return np.take_along_axis(P, y[:, None], axis=1).squeeze(1)


# %% right: the diagonal of the large table
def probability_of_right_class(P, y):
    return np.diagonal(P[:, y])
