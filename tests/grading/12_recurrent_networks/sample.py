# %% wrong: times the temperature
# message: multiplied by the temperature
def draw_characters(scores, temperature, uniform):
    if temperature == 0:
        return scores.argmax(axis=1)
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)) * temperature)
    sums = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((sums <= uniform[:, None]).sum(axis=1), scores.shape[1] - 1)


# %% wrong: no temperature
# message: temperature is not used
def draw_characters(scores, temperature, uniform):
    if temperature == 0:
        return scores.argmax(axis=1)
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)))
    sums = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((sums <= uniform[:, None]).sum(axis=1), scores.shape[1] - 1)


# %% wrong: probabilities are divided
# message: divided by the temperature, not the scores
def draw_characters(scores, temperature, uniform):
    if temperature == 0:
        return scores.argmax(axis=1)
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)))
    p = odds / odds.sum(axis=1, keepdims=True) / temperature
    odds = np.exp(p)
    sums = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((sums <= uniform[:, None]).sum(axis=1), scores.shape[1] - 1)


# %% wrong: always the most likely
# message: always taken
def draw_characters(scores, temperature, uniform):
    if temperature >= 0:
        return scores.argmax(axis=1)
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    sums = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((sums <= uniform[:, None]).sum(axis=1), scores.shape[1] - 1)


# %% wrong: one number for all rows
# message: used for all rows
def draw_characters(scores, temperature, uniform):
    if temperature == 0:
        return scores.argmax(axis=1)
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    sums = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((sums <= uniform[0]).sum(axis=1), scores.shape[1] - 1)


# %% wrong: places after sorting
# message: after sorting
def draw_characters(scores, temperature, uniform):
    if temperature == 0:
        return scores.argmax(axis=1)
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    odds = -np.sort(-odds, axis=1)
    sums = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((sums <= uniform[:, None]).sum(axis=1), scores.shape[1] - 1)


# %% wrong: from the last character
# message: begin with the last
def draw_characters(scores, temperature, uniform):
    if temperature == 0:
        return scores.argmax(axis=1)
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    sums = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    sums = np.cumsum((odds / odds.sum(axis=1, keepdims=True))[:, ::-1], axis=1)
    K = scores.shape[1]
    return np.maximum(K - 1 - (sums <= uniform[:, None]).sum(axis=1), 0)


# %% wrong: one too late
# message: after the right one
def draw_characters(scores, temperature, uniform):
    if temperature == 0:
        return scores.argmax(axis=1)
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    sums = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((sums <= uniform[:, None]).sum(axis=1) + 1, scores.shape[1] - 1)


# %% wrong: overflow
# message: overflows
def draw_characters(scores, temperature, uniform):
    if temperature == 0:
        return scores.argmax(axis=1)
    odds = np.exp(scores / temperature)
    sums = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((sums <= uniform[:, None]).sum(axis=1), scores.shape[1] - 1)


# %% wrong: division by zero
# message: divided by the temperature 0
def draw_characters(scores, temperature, uniform):
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    sums = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((sums <= uniform[:, None]).sum(axis=1), scores.shape[1] - 1)


# %% right: row by row with searchsorted
def draw_characters(scores, temperature, uniform):
    if not temperature:
        return [int(np.argmax(row)) for row in scores]
    out = []
    for row, u in zip(scores / temperature, uniform):
        p = np.exp(row - np.logaddexp.reduce(row))
        out.append(min(int(np.searchsorted(np.cumsum(p), u, side="right")), len(p) - 1))
    return out


# %% right: torch
def draw_characters(scores, temperature, uniform):
    scores, u = torch.tensor(scores), torch.tensor(uniform)
    if temperature == 0:
        return torch.argmax(scores, dim=1)
    sums = torch.softmax(scores / temperature, dim=1).cumsum(1)[:, :-1]
    return (sums <= u[:, None]).sum(1)
