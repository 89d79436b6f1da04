# %% wrong: the penalty is missing
# message: penalty is still missing
def batch_gradient(A, y, theta, penalty, batch):
    return 2 / len(batch) * A[batch].T @ (A[batch] @ theta - y[batch])


# %% wrong: the mean over all rows
# message: over all rows
def batch_gradient(A, y, theta, penalty, batch):
    r = A[batch] @ theta - y[batch]
    return 2 / len(y) * A[batch].T @ r + penalty * theta


# %% wrong: as it was
# message: nothing is repaired
def batch_gradient(A, y, theta, penalty, batch):
    return 2 / len(y) * A[batch].T @ (A[batch] @ theta - y[batch])


# %% wrong: twice the penalty
# message: another convention
def batch_gradient(A, y, theta, penalty, batch):
    r = A[batch] @ theta - y[batch]
    return 2 / len(batch) * A[batch].T @ r + 2 * penalty * theta


# %% wrong: the penalty is averaged too
# message: divided by the batch size
def batch_gradient(A, y, theta, penalty, batch):
    r = A[batch] @ theta - y[batch]
    return (2 * A[batch].T @ r + penalty * theta) / len(batch)


# %% wrong: a sum
# message: summed instead of averaged
def batch_gradient(A, y, theta, penalty, batch):
    r = A[batch] @ theta - y[batch]
    return 2 * A[batch].T @ r + penalty * theta


# %% right: row by row
def batch_gradient(A, y, theta, penalty, batch):
    total = np.zeros(len(theta))
    for i in batch:
        total += (2 * (A[i] @ theta - y[i]) * A[i] + penalty * theta) / len(batch)
    return total


# %% right: autograd
def batch_gradient(A, y, theta, penalty, batch):
    t = torch.tensor(theta, requires_grad=True)
    r = torch.tensor(A[batch]) @ t - torch.tensor(y[batch])
    (r.square().mean() + penalty / 2 * t.square().sum()).backward()
    return t.grad
