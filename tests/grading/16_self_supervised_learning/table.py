# %% wrong: the gain has the wrong sign
# message: the gain is the first setting minus the second
def read_table(scores):
    pairs = [
        (i, j)
        for i in range(len(scores))
        for j in range(i + 1, len(scores))
        if (scores[i, 0] - scores[j, 0]) * (scores[i, 1] - scores[j, 1]) < 0
    ]
    return scores[:, 0] - scores[:, 1], np.array(pairs).reshape(-1, 2)


# %% wrong: the gain is relative
# message: the gains are relative, in percent of the first setting
def read_table(scores):
    pairs = [
        (i, j)
        for i in range(len(scores))
        for j in range(i + 1, len(scores))
        if (scores[i, 0] - scores[j, 0]) * (scores[i, 1] - scores[j, 1]) < 0
    ]
    return 100 * (scores[:, 1] / scores[:, 0] - 1), np.array(pairs).reshape(-1, 2)


# %% wrong: ties count
# message: a tie is counted as another order
def read_table(scores):
    pairs = [
        (i, j)
        for i in range(len(scores))
        for j in range(i + 1, len(scores))
        if (scores[i, 0] - scores[j, 0]) * (scores[i, 1] - scores[j, 1]) <= 0
    ]
    return scores[:, 1] - scores[:, 0], np.array(pairs).reshape(-1, 2)


# %% wrong: nan is a bad score
# message: what was not measured is taken for 0
def read_table(scores):
    full = np.nan_to_num(scores)
    pairs = [
        (i, j)
        for i in range(len(full))
        for j in range(i + 1, len(full))
        if (full[i, 0] - full[j, 0]) * (full[i, 1] - full[j, 1]) < 0
    ]
    return scores[:, 1] - scores[:, 0], np.array(pairs).reshape(-1, 2)


# %% wrong: both directions
# message: each pair is listed in both directions
def read_table(scores):
    pairs = [
        (i, j)
        for i in range(len(scores))
        for j in range(len(scores))
        if (scores[i, 0] - scores[j, 0]) * (scores[i, 1] - scores[j, 1]) < 0
    ]
    return scores[:, 1] - scores[:, 0], np.array(pairs).reshape(-1, 2)


# %% wrong: pairs that keep their order
# message: the pairs are those that keep their order
def read_table(scores):
    pairs = [
        (i, j)
        for i in range(len(scores))
        for j in range(i + 1, len(scores))
        if (scores[i, 0] - scores[j, 0]) * (scores[i, 1] - scores[j, 1]) > 0
    ]
    return scores[:, 1] - scores[:, 0], np.array(pairs).reshape(-1, 2)


# %% wrong: only neighbors in the table
# message: only neighboring rows are compared
def read_table(scores):
    pairs = [
        (i, i + 1)
        for i in range(len(scores) - 1)
        if (scores[i, 0] - scores[i + 1, 0]) * (scores[i, 1] - scores[i + 1, 1]) < 0
    ]
    return scores[:, 1] - scores[:, 0], np.array(pairs).reshape(-1, 2)


# %% right: combinations
def read_table(scores):
    from itertools import combinations

    found = [
        [i, j]
        for i, j in combinations(range(len(scores)), 2)
        if (scores[i, 0] < scores[j, 0] and scores[i, 1] > scores[j, 1])
        or (scores[i, 0] > scores[j, 0] and scores[i, 1] < scores[j, 1])
    ]
    return np.diff(scores, axis=1)[:, 0], np.zeros((0, 2)) if not found else found


# %% right: torch
def read_table(scores):
    s = torch.tensor(scores)
    ahead = s[:, None] - s[None]
    change = torch.triu(ahead.prod(dim=2) < 0)
    return s[:, 1] - s[:, 0], change.nonzero()
