# %% wrong: the favorite label
# message: every image gets its favorite label
def exact_labels(log_p, sizes):
    return log_p.argmax(axis=1)


# %% wrong: equal sizes
# message: all labels get the same size
def exact_labels(log_p, sizes):
    K = log_p.shape[1]
    places = np.repeat(np.arange(K), len(log_p) // K)
    return places[linear_sum_assignment(-log_p[:, places])[1]]


# %% wrong: the worst labels
# message: images get the labels that fit them worst
def exact_labels(log_p, sizes):
    places = np.repeat(np.arange(len(sizes)), sizes)
    return places[linear_sum_assignment(log_p[:, places])[1]]


# %% wrong: probabilities instead of logarithms
# message: probabilities are added up instead of their logarithms
def exact_labels(log_p, sizes):
    places = np.repeat(np.arange(len(sizes)), sizes)
    return places[linear_sum_assignment(np.exp(log_p)[:, places], maximize=True)[1]]


# %% wrong: first come, first served
# message: images choose in turn, first come, first served
def exact_labels(log_p, sizes):
    room = np.array(sizes).copy()
    labels = []
    for row in log_p:
        labels.append(int(np.argmax(np.where(room > 0, row, -np.inf))))
        room[labels[-1]] -= 1
    return np.array(labels)


# %% wrong: the surest image chooses first
# message: the largest entry left is taken again and again
def exact_labels(log_p, sizes):
    room, left, labels = list(sizes), set(range(len(log_p))), np.zeros(len(log_p), int)
    while left:
        best = max(
            ((i, k) for i in left for k in range(len(room)) if room[k] > 0),
            key=lambda place: log_p[place],
        )
        labels[best[0]] = best[1]
        room[best[1]] -= 1
        left.remove(best[0])
    return labels


# %% wrong: the number of the place
# message: the number of the place is returned, not its label
def exact_labels(log_p, sizes):
    places = np.repeat(np.arange(len(sizes)), sizes)
    return linear_sum_assignment(-log_p[:, places])[1]


# %% right: a linear program
def exact_labels(log_p, sizes):
    from scipy.optimize import linprog

    N, K = log_p.shape
    rows, columns = np.kron(np.eye(N), np.ones(K)), np.kron(np.ones(N), np.eye(K))
    sums = np.concatenate([np.ones(N), sizes])
    found = linprog(-log_p.ravel(), A_eq=np.vstack([rows, columns]), b_eq=sums)
    return found.x.reshape(N, K).argmax(axis=1)


# %% right: successive exchanges along negative cycles
def exact_labels(log_p, sizes):
    labels = np.repeat(np.arange(len(sizes)), sizes)
    K = len(sizes)
    while True:
        # cost of moving the cheapest image from label a to label b
        step, who = np.full((K, K), np.inf), np.zeros((K, K), int)
        for a in range(K):
            own = np.flatnonzero(labels == a)
            for b in range(K):
                if a != b and len(own):
                    change = log_p[own, a] - log_p[own, b]
                    step[a, b], who[a, b] = change.min(), own[change.argmin()]
        far, before = np.zeros(K), [-1] * K
        last = -1
        for _ in range(K):
            last = -1
            for a in range(K):
                for b in range(K):
                    if far[a] + step[a, b] < far[b] - 1e-12:
                        far[b], before[b], last = far[a] + step[a, b], a, b
        if last < 0:
            return labels
        for _ in range(K):
            last = before[last]
        b = last
        moves = []
        while True:
            a = before[b]
            moves.append((who[a, b], b))
            b = a
            if b == last:
                break
        for i, b in moves:
            labels[i] = b
