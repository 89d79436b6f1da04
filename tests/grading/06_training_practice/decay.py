# %% wrong: missing parentheses in the inverse decay
# message: parentheses around
def decayed(kind, initial, r, epoch):
    if kind == "inverse":
        return initial / 1 + r * epoch
    if kind == "root":
        return r * initial / np.sqrt(epoch + 1)
    return initial * (1 - r if kind == "step" else r) ** epoch


# %% wrong: an inverse decay that compounds
# message: decayed again
def decayed(kind, initial, r, epoch):
    if kind == "inverse":
        rate = initial
        for t in range(epoch + 1):
            rate /= 1 + r * t
        return rate
    if kind == "root":
        return r * initial / np.sqrt(epoch + 1)
    return initial * (1 - r if kind == "step" else r) ** epoch


# %% wrong: the step keeps what it should remove
# message: keeps the share
def decayed(kind, initial, r, epoch):
    if kind == "inverse":
        return initial / (1 + r * epoch)
    if kind == "root":
        return r * initial / np.sqrt(epoch + 1)
    return initial * r**epoch


# %% wrong: the step removes a share of the first rate
# message: share of the first rate
def decayed(kind, initial, r, epoch):
    return {
        "inverse": initial / (1 + r * epoch),
        "step": initial - r * initial * epoch,
        "exponential": initial * r**epoch,
        "root": r * initial / np.sqrt(epoch + 1),
    }[kind]


# %% wrong: the exponential decay removes what it should keep
# message: exponential decay removes
def decayed(kind, initial, r, epoch):
    return {
        "inverse": initial / (1 + r * epoch),
        "step": initial * (1 - r) ** epoch,
        "exponential": initial * (1 - r) ** epoch,
        "root": r * initial / np.sqrt(epoch + 1),
    }[kind]


# %% wrong: a division by zero in the first epoch
# message: divides by zero
def decayed(kind, initial, r, epoch):
    if kind == "root":
        with np.errstate(divide="ignore"):
            return r * initial / np.sqrt(np.float64(epoch))
    if kind == "inverse":
        return initial / (1 + r * epoch)
    return initial * (1 - r if kind == "step" else r) ** epoch


# %% right: repeated multiplication
def decayed(kind, initial, r, epoch):
    if kind == "inverse":
        return 1 / (1 / initial + r * epoch / initial)
    if kind == "root":
        return r * initial * (1 + epoch) ** -0.5
    rate = initial
    for _ in range(epoch):
        rate = rate - r * rate if kind == "step" else rate * r
    return rate


# %% right: a table of functions on tensors
def decayed(kind, initial, r, epoch):
    t = torch.tensor(float(epoch), dtype=torch.float64)
    rules = {
        "inverse": lambda: initial / (1 + r * t),
        "step": lambda: initial * (1 - r) ** t,
        "exponential": lambda: initial * torch.exp(t * np.log(r)),
        "root": lambda: r * initial / torch.sqrt(t + 1),
    }
    return rules[kind]().item()
