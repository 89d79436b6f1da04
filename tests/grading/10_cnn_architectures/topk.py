# %% wrong: scores are averaged
# message: scores are averaged
def top_k_errors(scores, y):
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    P = (odds / odds.sum(axis=2, keepdims=True)).mean(axis=1)
    P = scores.mean(axis=1)
    own = np.array([row[target] for row, target in zip(P, y)])[:, None]
    ranks = np.sum(P >= own, axis=1)
    k = np.arange(1, P.shape[1] + 1)
    return 100 * np.mean(ranks[:, None] > k, axis=0)


# %% wrong: the first crop
# message: first crop
def top_k_errors(scores, y):
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    P = (odds / odds.sum(axis=2, keepdims=True))[:, 0]
    own = np.array([row[target] for row, target in zip(P, y)])[:, None]
    ranks = np.sum(P >= own, axis=1)
    k = np.arange(1, P.shape[1] + 1)
    return 100 * np.mean(ranks[:, None] > k, axis=0)


# %% wrong: the most confident crop
# message: most confident crop
def top_k_errors(scores, y):
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    P = (odds / odds.sum(axis=2, keepdims=True)).max(axis=1)
    own = np.array([row[target] for row, target in zip(P, y)])[:, None]
    ranks = np.sum(P >= own, axis=1)
    k = np.arange(1, P.shape[1] + 1)
    return 100 * np.mean(ranks[:, None] > k, axis=0)


# %% wrong: softmax over the images
# message: over the images
def top_k_errors(scores, y):
    odds = np.exp(scores - scores.max(axis=0, keepdims=True))
    P = (odds / odds.sum(axis=0, keepdims=True)).mean(axis=1)
    own = np.array([row[target] for row, target in zip(P, y)])[:, None]
    ranks = np.sum(P >= own, axis=1)
    k = np.arange(1, P.shape[1] + 1)
    return 100 * np.mean(ranks[:, None] > k, axis=0)


# %% wrong: sorted upwards
# message: lowest probabilities
def top_k_errors(scores, y):
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    P = (odds / odds.sum(axis=2, keepdims=True)).mean(axis=1)
    own = np.array([row[target] for row, target in zip(P, y)])[:, None]
    ranks = np.sum(P <= own, axis=1)
    k = np.arange(1, P.shape[1] + 1)
    return 100 * np.mean(ranks[:, None] > k, axis=0)


# %% wrong: ties are hits
# message: ties count as hits
def top_k_errors(scores, y):
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    P = (odds / odds.sum(axis=2, keepdims=True)).mean(axis=1)
    own = np.array([row[target] for row, target in zip(P, y)])[:, None]
    ranks = np.sum(P > own, axis=1) + 1
    k = np.arange(1, P.shape[1] + 1)
    return 100 * np.mean(ranks[:, None] > k, axis=0)


# %% wrong: accuracies
# message: accuracies are returned
def top_k_errors(scores, y):
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    P = (odds / odds.sum(axis=2, keepdims=True)).mean(axis=1)
    own = np.array([row[target] for row, target in zip(P, y)])[:, None]
    ranks = np.sum(P >= own, axis=1)
    k = np.arange(1, P.shape[1] + 1)
    return 100 * np.mean(ranks[:, None] <= k, axis=0)


# %% wrong: one rank too strict
# message: rank of k counts
def top_k_errors(scores, y):
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    P = (odds / odds.sum(axis=2, keepdims=True)).mean(axis=1)
    own = np.array([row[target] for row, target in zip(P, y)])[:, None]
    ranks = np.sum(P >= own, axis=1)
    k = np.arange(1, P.shape[1] + 1)
    return 100 * np.mean(ranks[:, None] >= k, axis=0)


# %% wrong: shares of each rank
# message: with rank k
def top_k_errors(scores, y):
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    P = (odds / odds.sum(axis=2, keepdims=True)).mean(axis=1)
    own = np.array([row[target] for row, target in zip(P, y)])[:, None]
    ranks = np.sum(P >= own, axis=1)
    k = np.arange(1, P.shape[1] + 1)
    return 100 * np.mean(ranks[:, None] == k, axis=0)


# %% wrong: shares of one
# message: not percent
def top_k_errors(scores, y):
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    P = (odds / odds.sum(axis=2, keepdims=True)).mean(axis=1)
    own = np.array([row[target] for row, target in zip(P, y)])[:, None]
    ranks = np.sum(P >= own, axis=1)
    k = np.arange(1, P.shape[1] + 1)
    return np.mean(ranks[:, None] > k, axis=0)


# %% wrong: no maximum is subtracted
# message: exponential overflows
def top_k_errors(scores, y):
    odds = np.exp(scores)
    P = (odds / odds.sum(axis=2, keepdims=True)).mean(axis=1)
    own = np.array([row[target] for row, target in zip(P, y)])[:, None]
    ranks = np.sum(P >= own, axis=1)
    k = np.arange(1, P.shape[1] + 1)
    return 100 * np.mean(ranks[:, None] > k, axis=0)


# %% right: torch and sorting
def top_k_errors(scores, y):
    P = torch.softmax(torch.tensor(scores), dim=2).mean(dim=1)
    own = P.gather(1, torch.tensor(y)[:, None])
    better = (P >= own).sum(dim=1) - 1
    K = P.shape[1]
    hits = torch.stack([(better < k).double().mean() for k in range(1, K + 1)])
    return 100 * (1 - hits)


# %% right: image by image
def top_k_errors(scores, y):
    K = scores.shape[2]
    misses = np.zeros(K)
    for crops, target in zip(scores, y):
        P = np.zeros(K)
        for crop in crops:
            odds = np.exp(crop - crop.max())
            P += odds / odds.sum() / len(crops)
        rank = sum(1 for value in P if value >= P[target])
        misses[: rank - 1] += 1
    return misses / len(y) * 100
