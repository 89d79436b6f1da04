# %% wrong: as printed on the slide
# message: the minus sign is missing
def label_loss(q, scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return (q * log_p).sum(axis=1).mean()


# %% wrong: a sum over images
# message: the losses of the images are added up
def label_loss(q, scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(q * log_p).sum()


# %% wrong: a mean over the whole table
# message: the mean is taken over all N·K entries, not over images
def label_loss(q, scores):
    return -np.mean(q * torch.log_softmax(torch.tensor(scores), dim=1).numpy())


# %% wrong: softmax over the images
# message: the softmax runs over the images, not over the labels
def label_loss(q, scores):
    return -np.mean(
        np.sum(q * torch.log_softmax(torch.tensor(scores), dim=0).numpy(), axis=1)
    )


# %% wrong: the scores are taken for log-probabilities
# message: the scores are taken for log-probabilities, without a softmax
def label_loss(q, scores):
    return -np.mean(np.sum(q * scores, axis=1))


# %% wrong: only the favorite label of the table counts
# message: only the largest label of each row counts
def label_loss(q, scores):
    log_p = torch.log_softmax(torch.tensor(scores), dim=1).numpy()
    return -np.mean(log_p[np.arange(len(q)), q.argmax(axis=1)])


# %% wrong: the favorite label of the network counts
# message: the network's own favorite label is taken, not the table's
def label_loss(q, scores):
    return -np.mean(torch.log_softmax(torch.tensor(scores), dim=1).numpy().max(axis=1))


# %% wrong: the logarithm of a softmax that underflows
# message: nan or inf
def label_loss(q, scores):
    with np.errstate(all="ignore"):
        p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        return -np.mean(np.sum(q * np.log(p), axis=1))


# %% right: torch's cross-entropy takes soft targets
def label_loss(q, scores):
    return torch.nn.functional.cross_entropy(
        torch.tensor(scores), torch.tensor(q)
    ).item()


# %% right: image by image
def label_loss(q, scores):
    total = 0.0
    for row, z in zip(q, scores):
        top = max(z)
        log_sum = top + np.log(sum(np.exp(one - top) for one in z))
        total += sum(share * (log_sum - one) for share, one in zip(row, z))
    return total / len(q)
