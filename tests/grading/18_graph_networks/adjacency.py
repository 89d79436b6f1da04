# %% wrong: one direction
# message: each pair is entered in one direction only
def adjacency(edges, N):
    A = np.zeros((N, N))
    for i, j in np.asarray(edges).reshape(-1, 2).astype(int):
        if min(i, j) < 0 or max(i, j) >= N:
            raise ValueError("no such node")
        if i != j:
            A[i, j] = 1
    return A


# %% wrong: duplicates are counted
# message: pairs are counted instead of marked
def adjacency(edges, N):
    A = np.zeros((N, N))
    for i, j in np.asarray(edges).reshape(-1, 2).astype(int):
        if min(i, j) < 0 or max(i, j) >= N:
            raise ValueError("no such node")
        if i != j:
            A[i, j] += 1
            A[j, i] += 1
    return A


# %% wrong: loops stay
# message: people who name themselves keep a loop
def adjacency(edges, N):
    A = np.zeros((N, N))
    for i, j in np.asarray(edges).reshape(-1, 2).astype(int):
        if min(i, j) < 0 or max(i, j) >= N:
            raise ValueError("no such node")
        A[i, j] = A[j, i] = 1
    return A


# %% wrong: numpy's loops
# message: everybody gets a loop
def adjacency(edges, N):
    A = np.zeros((N, N))
    for i, j in np.asarray(edges).reshape(-1, 2).astype(int):
        if min(i, j) < 0 or max(i, j) >= N:
            raise ValueError("no such node")
        if i != j:
            A[i, j] = A[j, i] = 1
    return np.maximum(A, np.eye(N))


# %% wrong: only named nodes
# message: nodes without an edge are left out
def adjacency(edges, N):
    A = np.zeros((N, N))
    for i, j in np.asarray(edges).reshape(-1, 2).astype(int):
        if min(i, j) < 0 or max(i, j) >= N:
            raise ValueError("no such node")
        if i != j:
            A[i, j] = A[j, i] = 1
    keep = A.sum(axis=1) > 0
    return A[keep][:, keep]


# %% wrong: negative numbers
# message: should raise ValueError
def adjacency(edges, N):
    A = np.zeros((N, N))
    for i, j in np.asarray(edges).reshape(-1, 2).astype(int):
        if max(i, j) >= N:
            raise ValueError("no such node")
        if i != j:
            A[i, j] = A[j, i] = 1
    return A


# %% right: with fancy indices
def adjacency(edges, N):
    pairs = np.asarray(edges, dtype=int).reshape(-1, 2)
    if len(pairs) and (pairs.min() < 0 or pairs.max() > N - 1):
        raise ValueError("no such node")
    A = np.zeros((N, N))
    A[pairs[:, 0], pairs[:, 1]] = 1
    A = np.maximum(A, A.T)
    np.fill_diagonal(A, 0)
    return A


# %% right: networkx and torch
def adjacency(edges, N):
    import networkx as nx

    graph = nx.empty_graph(N)
    for i, j in edges:
        if not (0 <= i < N and 0 <= j < N):
            raise ValueError(f"{i}, {j}")
        if i != j:
            graph.add_edge(int(i), int(j))
    return torch.tensor(nx.to_numpy_array(graph, nodelist=range(N)))
