# %% wrong: the scores are averaged
# message: scores are averaged
def combine_passes(scores):
    def entropy(P):
        return -(P * np.log(np.where(P > 0, P, 1))).sum(axis=-1)

    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    P = odds / odds.sum(axis=-1, keepdims=True)
    Z = np.exp(scores.mean(0))
    Q = Z / Z.sum(axis=-1, keepdims=True)
    return Q, entropy(Q) - entropy(P).mean(0)


# %% wrong: the mean over the inputs
# message: over the inputs
def combine_passes(scores):
    def entropy(P):
        return -(P * np.log(np.where(P > 0, P, 1))).sum(axis=-1)

    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    P = odds / odds.sum(axis=-1, keepdims=True)
    return P.mean(1), entropy(P.mean(1))


# %% wrong: the total entropy
# message: entropy of the mean is returned
def combine_passes(scores):
    def entropy(P):
        return -(P * np.log(np.where(P > 0, P, 1))).sum(axis=-1)

    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    P = odds / odds.sum(axis=-1, keepdims=True)
    return P.mean(0), entropy(P.mean(0))


# %% wrong: the mean entropy
# message: mean entropy of the passes
def combine_passes(scores):
    def entropy(P):
        return -(P * np.log(np.where(P > 0, P, 1))).sum(axis=-1)

    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    P = odds / odds.sum(axis=-1, keepdims=True)
    return P.mean(0), entropy(P).mean(0)


# %% wrong: bits
# message: base 2
def combine_passes(scores):
    def entropy(P):
        return -(P * np.log(np.where(P > 0, P, 1))).sum(axis=-1)

    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    P = odds / odds.sum(axis=-1, keepdims=True)
    return P.mean(0), (entropy(P.mean(0)) - entropy(P).mean(0)) / np.log(2)


# %% wrong: the difference the other way round
# message: two entropies are exchanged
def combine_passes(scores):
    def entropy(P):
        return -(P * np.log(np.where(P > 0, P, 1))).sum(axis=-1)

    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    P = odds / odds.sum(axis=-1, keepdims=True)
    return P.mean(0), entropy(P).mean(0) - entropy(P.mean(0))


# %% wrong: the variance over the passes
# message: variance of the probabilities
def combine_passes(scores):
    def entropy(P):
        return -(P * np.log(np.where(P > 0, P, 1))).sum(axis=-1)

    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    P = odds / odds.sum(axis=-1, keepdims=True)
    return P.mean(0), P.var(0).sum(-1)


# %% wrong: the missing confidence
# message: one minus the largest
def combine_passes(scores):
    def entropy(P):
        return -(P * np.log(np.where(P > 0, P, 1))).sum(axis=-1)

    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    P = odds / odds.sum(axis=-1, keepdims=True)
    return P.mean(0), 1 - P.mean(0).max(-1)


# %% wrong: no maximum is subtracted
# message: exponential overflows
def combine_passes(scores):
    def entropy(P):
        return -(P * np.log(P)).sum(axis=-1)

    odds = np.exp(scores)
    P = odds / odds.sum(axis=-1, keepdims=True)
    return P.mean(0), entropy(P.mean(0)) - entropy(P).mean(0)


# %% wrong: the logarithm of zero
# message: 0 times the logarithm of 0
def combine_passes(scores):
    def entropy(P):
        return -(P * np.log(P)).sum(axis=-1)

    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    P = odds / odds.sum(axis=-1, keepdims=True)
    return P.mean(0), entropy(P.mean(0)) - entropy(P).mean(0)


# %% wrong: the largest score of the whole table is subtracted
# message: of the whole table
def combine_passes(scores):
    odds = np.exp(scores - scores.max())
    P = odds / odds.sum(axis=-1, keepdims=True)

    def entropy(P):
        return -(P * np.log(np.where(P > 0, P, 1))).sum(axis=-1)

    mean = P.mean(axis=0)
    return mean, entropy(mean) - entropy(P).mean(axis=0)


# %% right: torch and entr
def combine_passes(scores):
    P = torch.softmax(torch.tensor(scores), dim=-1)
    mean = P.mean(0)
    within = torch.special.entr(P).sum(-1).mean(0)
    return mean, torch.special.entr(mean).sum(-1) - within


# %% right: the divergence of each pass from the mean
def combine_passes(scores):
    Z = scores - scores.max(axis=-1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))
    P = np.exp(log_p)
    mean = P.mean(axis=0)
    safe = np.log(np.maximum(mean, 1e-300))
    return mean, (P * (log_p - safe)).sum(axis=-1).mean(axis=0)
