# %% wrong: one over k for every ensemble
# message: correlation is ignored
def members_needed(variance, correlation, target):
    return int(np.ceil(variance / target))


# %% wrong: only the part that falls
# message: part of the error that stays is forgotten
def members_needed(variance, correlation, target):
    if correlation * variance >= target:
        raise ValueError("never")
    return max(1, int(np.ceil(variance * (1 - correlation) / target)))


# %% wrong: rounded down
# message: rounded down
def members_needed(variance, correlation, target):
    if correlation * variance >= target:
        raise ValueError("never")
    stays = correlation * variance
    return max(1, int((variance - stays) / (target - stays)))


# %% wrong: one over the root of k
# message: root of k
def members_needed(variance, correlation, target):
    if correlation * variance >= target:
        raise ValueError("never")
    stays = correlation * variance
    ratio = (variance - stays) / (target - stays)
    return max(1, int(np.ceil(ratio**2)))


# %% wrong: the whole variance is divided
# message: whole variance is divided by k
def members_needed(variance, correlation, target):
    if correlation * variance >= target:
        raise ValueError("never")
    return max(1, int(np.ceil(variance / (target - correlation * variance))))


# %% wrong: the root of the error is compared
# message: standard deviation is compared
def members_needed(variance, correlation, target):
    if correlation * variance >= target:
        raise ValueError("never")
    k = 1
    while np.sqrt(variance * (correlation + (1 - correlation) / k)) > target:
        k += 1
        if k > 1000:
            raise ValueError("never")
    return k


# %% wrong: no end is in sight, so a large number is returned
# message: should raise ValueError
def members_needed(variance, correlation, target):
    for k in range(1, 10_000):
        if variance * (correlation + (1 - correlation) / k) <= target:
            return k
    return 10_000


# %% wrong: a good single model is not recognized
# message: never enough
def members_needed(variance, correlation, target):
    if correlation * variance >= target:
        raise ValueError("never")
    stays = correlation * variance
    return max(2, int(np.ceil((variance - stays) / (target - stays))))


# %% wrong: the formula alone, which says zero for identical models
# message: whether one model is good enough
def members_needed(variance, correlation, target):
    if correlation * variance >= target and variance > target:
        raise ValueError("never")
    stays = correlation * variance
    room = max(target - stays, 1e-9)
    return int(np.ceil((variance - stays) / room))


# %% wrong: a target at the limit is tried
# message: at the limit, which no number of models reaches
def members_needed(variance, correlation, target):
    if variance <= target:
        return 1
    stays = correlation * variance
    if target < stays:
        raise ValueError("never")
    return int(np.ceil((variance - stays) / max(target - stays, 1e-12)))


# %% right: the number is searched
def members_needed(variance, correlation, target):
    if target < variance and target <= correlation * variance:
        raise ValueError("the common part of the errors does not average out")
    k = 1
    while variance * (1 + (k - 1) * correlation) / k > target:
        k += 1
    return k


# %% right: minus the floor of the negative
def members_needed(variance, correlation, target):
    if variance <= target:
        return 1
    falls, room = variance * (1 - correlation), target - correlation * variance
    if room <= 0:
        raise ValueError("more models do not help")
    return -int(-falls // room)
