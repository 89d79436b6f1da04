# %% wrong: multiplied
# message: multiplied by the temperature
def sample(scores, temperature, k, u):
    if temperature == 0:
        best = np.argmax(scores)
        return np.eye(len(scores))[best], best
    lowest = np.sort(scores)[-min(k, len(scores))]
    kept = np.where(scores >= lowest, scores, -np.inf) * temperature
    powers = np.exp(kept - kept.max())
    probabilities = powers / powers.sum()
    return probabilities, np.argmax(np.cumsum(probabilities) > u)


# %% wrong: temperature ignored
# message: temperature is ignored
def sample(scores, temperature, k, u):
    if temperature == 0:
        best = np.argmax(scores)
        return np.eye(len(scores))[best], best
    lowest = np.sort(scores)[-min(k, len(scores))]
    kept = np.where(scores >= lowest, scores, -np.inf)
    powers = np.exp(kept - kept.max())
    probabilities = powers / powers.sum()
    return probabilities, np.argmax(np.cumsum(probabilities) > u)


# %% wrong: no top-k
# message: top-k is ignored
def sample(scores, temperature, k, u):
    if temperature == 0:
        best = np.argmax(scores)
        return np.eye(len(scores))[best], best
    lowest = np.sort(scores)[-min(k, len(scores))]
    kept = scores / temperature
    powers = np.exp(kept - kept.max())
    probabilities = powers / powers.sum()
    return probabilities, np.argmax(np.cumsum(probabilities) > u)


# %% wrong: deleted after the softmax
# message: sum is below 1
def sample(scores, temperature, k, u):
    if temperature == 0:
        best = np.argmax(scores)
        return np.eye(len(scores))[best], best
    lowest = np.sort(scores)[-min(k, len(scores))]
    kept = scores / temperature
    powers = np.exp(kept - kept.max())
    probabilities = np.where(scores >= lowest, powers / powers.sum(), 0.0)
    return probabilities, np.argmax(np.cumsum(probabilities) > u)


# %% wrong: score 0
# message: score 0
def sample(scores, temperature, k, u):
    if temperature == 0:
        best = np.argmax(scores)
        return np.eye(len(scores))[best], best
    lowest = np.sort(scores)[-min(k, len(scores))]
    kept = np.where(scores >= lowest, scores, 0.0) / temperature
    powers = np.exp(kept - kept.max())
    probabilities = powers / powers.sum()
    return probabilities, np.argmax(np.cumsum(probabilities) > u)


# %% wrong: lowest kept
# message: lowest scores
def sample(scores, temperature, k, u):
    if temperature == 0:
        best = np.argmax(scores)
        return np.eye(len(scores))[best], best
    lowest = np.sort(scores)[min(k, len(scores)) - 1]
    kept = np.where(scores <= lowest, scores, -np.inf) / temperature
    powers = np.exp(kept - kept.max())
    probabilities = powers / powers.sum()
    return probabilities, np.argmax(np.cumsum(probabilities) > u)


# %% wrong: always the best
# message: most probable token
def sample(scores, temperature, k, u):
    if temperature == 0:
        best = np.argmax(scores)
        return np.eye(len(scores))[best], best
    lowest = np.sort(scores)[-min(k, len(scores))]
    kept = np.where(scores >= lowest, scores, -np.inf) / temperature
    powers = np.exp(kept - kept.max())
    probabilities = powers / powers.sum()
    return probabilities, np.argmax(probabilities)


# %% wrong: draw by probability
# message: by probability, not by number
def sample(scores, temperature, k, u):
    if temperature == 0:
        best = np.argmax(scores)
        return np.eye(len(scores))[best], best
    lowest = np.sort(scores)[-min(k, len(scores))]
    kept = np.where(scores >= lowest, scores, -np.inf) / temperature
    powers = np.exp(kept - kept.max())
    probabilities = powers / powers.sum()
    order = np.argsort(-probabilities)
    return probabilities, order[np.argmax(np.cumsum(probabilities[order]) > u)]


# %% wrong: no rule for τ = 0
# message: no rule of its own
def sample(scores, temperature, k, u):
    lowest = np.sort(scores)[-min(k, len(scores))]
    kept = np.where(scores >= lowest, scores, -np.inf) / temperature
    powers = np.exp(kept - kept.max())
    probabilities = powers / powers.sum()
    return probabilities, np.argmax(np.cumsum(probabilities) > u)


# %% right: torch, topk and searchsorted
def sample(scores, temperature, k, u):
    scores = torch.tensor(scores)
    best = scores.topk(min(k, len(scores)))
    out = torch.zeros_like(scores)
    if temperature == 0:
        out[best.indices[0]] = 1.0
    else:
        out[best.indices] = (best.values / temperature).softmax(0)
    return out, int(torch.searchsorted(out.cumsum(0), u, right=True))


# %% right: a loop
def sample(scores, temperature, k, u):
    order = sorted(range(len(scores)), key=lambda i: -scores[i])[:k]
    top = scores[order[0]]
    if temperature == 0:
        weights = {order[0]: 1.0}
    else:
        weights = {i: math.exp((scores[i] - top) / temperature) for i in order}
    total, below = sum(weights.values()), 0.0
    chances = [weights.get(i, 0.0) / total for i in range(len(scores))]
    for token, chance in enumerate(chances):
        below += chance
        if below > u:
            break
    return chances, token
