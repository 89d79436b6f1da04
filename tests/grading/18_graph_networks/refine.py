# %% wrong: one round
# message: there is only one round: the colors are degrees
def stable_colors(A):
    N = len(A)
    colors = [0] * N
    for _ in range(1):
        heard = [
            (colors[i], tuple(sorted(colors[j] for j in range(N) if A[i][j])))
            for i in range(N)
        ]
        names = {}
        colors = [names.setdefault(h, len(names)) for h in heard]
    return np.array(colors)


# %% wrong: two rounds
# message: it stops after two rounds
def stable_colors(A):
    N = len(A)
    colors = [0] * N
    for _ in range(2):
        heard = [
            (colors[i], tuple(sorted(colors[j] for j in range(N) if A[i][j])))
            for i in range(N)
        ]
        names = {}
        colors = [names.setdefault(h, len(names)) for h in heard]
    return np.array(colors)


# %% wrong: sets
# message: a color is heard once, however many neighbors have it
def stable_colors(A):
    N = len(A)
    colors = [0] * N
    for _ in range(N):
        heard = [
            (colors[i], tuple(sorted({colors[j] for j in range(N) if A[i][j]})))
            for i in range(N)
        ]
        names = {}
        colors = [names.setdefault(h, len(names)) for h in heard]
    return np.array(colors)


# %% wrong: sums of names
# message: the numbers of the colors are added, so that different lists agree
def stable_colors(A):
    N = len(A)
    colors = [1] * N
    for _ in range(N):
        heard = [
            (colors[i], sum(colors[j] for j in range(N) if A[i][j])) for i in range(N)
        ]
        names = {}
        colors = [names.setdefault(h, len(names)) for h in heard]
    return np.array(colors)


# %% wrong: unsorted
# message: the neighbors' colors are not sorted: the order of the nodes decides
def stable_colors(A):
    N = len(A)
    colors = [0] * N
    for _ in range(N):
        heard = [
            (colors[i], tuple(colors[j] for j in range(N) if A[i][j])) for i in range(N)
        ]
        names = {}
        colors = [names.setdefault(h, len(names)) for h in heard]
    return np.array(colors)


# %% wrong: node numbers
# message: the nodes start with different colors
def stable_colors(A):
    N = len(A)
    colors = list(range(N))
    for _ in range(N):
        heard = [
            (colors[i], tuple(sorted(colors[j] for j in range(N) if A[i][j])))
            for i in range(N)
        ]
        names = {}
        colors = [names.setdefault(h, len(names)) for h in heard]
    return np.array(colors)


# %% right: own color forgotten
def stable_colors(A):
    # The old color need not be kept: equal lists now were equal lists before.
    colors = np.zeros(len(A), dtype=int)
    for _ in range(len(A) + 1):
        lists = [tuple(np.sort(colors[np.flatnonzero(row)])) for row in A]
        order = list(dict.fromkeys(lists))
        colors = np.array([order.index(one) for one in lists])
    return colors


# %% right: real numbers instead of names
def stable_colors(A):
    A = np.asarray(A, dtype=float)
    x = np.ones(len(A))
    for _ in range(len(A)):
        x = np.round(np.sin(3.7 * x) + A @ np.exp(np.cos(17.3 * x)) / 7, 9)
    _, first, inverse = np.unique(x, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


# %% right: until nothing splits
def stable_colors(A):
    N, colors, before = len(A), [0] * len(A), 0
    while len(set(colors)) > before:
        before = len(set(colors))
        lists = [
            [colors[i], *sorted(colors[j] for j in range(N) if A[i, j] == 1)]
            for i in range(N)
        ]
        seen = []
        for one in lists:
            if one not in seen:
                seen.append(one)
        colors = [seen.index(one) for one in lists]
    return torch.tensor(colors)
