# %% wrong: chosen on the training rows
# message: rows that the classifier remembers
def choose_k(accuracy, train, validation, candidates):
    scores = [accuracy(train, train, k) for k in candidates]
    return candidates[int(np.argmax(scores))]


# %% wrong: the worst candidate
# message: worst
def choose_k(accuracy, train, validation, candidates):
    scores = [accuracy(train, validation, k) for k in candidates]
    return candidates[int(np.argmin(scores))]


# %% wrong: the position instead of the candidate
# message: position of the candidate
def choose_k(accuracy, train, validation, candidates):
    return int(np.argmax([accuracy(train, validation, k) for k in candidates]))


# %% wrong: the accuracy instead of the candidate
# message: score is returned
def choose_k(accuracy, train, validation, candidates):
    return max(accuracy(train, validation, k) for k in candidates)


# %% wrong: the middle candidate, whatever the accuracy
def choose_k(accuracy, train, validation, candidates):
    return sorted(candidates)[len(candidates) // 2]


# %% wrong: the last of equals
# message: last of equally good
def choose_k(accuracy, train, validation, candidates):
    scores = {k: accuracy(train, validation, k) for k in candidates}
    return [k for k in candidates if scores[k] == max(scores.values())][-1]


# %% right: the maximum by a key
def choose_k(accuracy, train, validation, candidates):
    return max(candidates, key=lambda k: accuracy(train, validation, k))


# %% right: a running best
def choose_k(accuracy, train, validation, candidates):
    best, best_score = None, -np.inf
    for k in candidates:
        score = accuracy(train, validation, k)
        if score > best_score:
            best, best_score = k, score
    return best
