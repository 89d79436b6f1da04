# %% wrong: as if there were one softmax
# message: second softmax is forgotten
def smallest_loss(classes):
    return 0.0


# %% wrong: the loss of a guess
# message: know nothing
def smallest_loss(classes):
    return np.log(classes)


# %% wrong: one class too many
# message: counted among the others
def smallest_loss(classes):
    return np.log(1 + classes / np.e)


# %% wrong: the numerator is dropped
# message: numerator
def smallest_loss(classes):
    return np.log(np.e + classes - 1)


# %% wrong: the scores are exchanged
# message: exchanged
def smallest_loss(classes):
    return np.log(1 + (classes - 1) * np.e)


# %% wrong: the number from the lecture
# message: value for ten classes
def smallest_loss(classes):
    return 1.461150171734475


# %% wrong: bits instead of nats
# message: base 2
def smallest_loss(classes):
    return np.log2(1 + (classes - 1) / np.e)


# %% wrong: the three visible values
def smallest_loss(classes):
    known = {2: 0.31326169, 10: 1.46115017, 1000: 5.90947209}
    return known.get(classes, np.log(classes) - 1)


# %% right: torch computes it
def smallest_loss(classes):
    import torch

    best = torch.zeros(1, classes, dtype=torch.float64)
    best[0, 0] = 1.0
    return torch.nn.functional.cross_entropy(best, torch.tensor([0])).item()


# %% right: a product over the classes
def smallest_loss(classes):
    p_true = np.e / (np.e + sum(np.exp(0.0) for _ in range(classes - 1)))
    return -np.log(p_true)
