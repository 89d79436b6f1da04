# %% wrong: the most frequent class of each cluster
# message: each cluster takes its most frequent class
def name_clusters(y, clusters, new_clusters, K, C):
    table = np.zeros((K, C), int)
    np.add.at(table, (clusters, y), 1)
    names = table.argmax(axis=1)
    return names[new_clusters]


# %% wrong: greedy
# message: the largest counts are taken one after the other
def name_clusters(y, clusters, new_clusters, K, C):
    table = np.zeros((K, C))
    np.add.at(table, (clusters, y), 1)
    names = np.full(K, -1)
    for _ in range(min(K, C)):
        k, c = np.unravel_index(table.argmax(), table.shape)
        names[k] = c
        table[k], table[:, c] = -1, -1
    return names[new_clusters]


# %% wrong: the matching is as bad as possible
# message: the matching minimizes the agreement
def name_clusters(y, clusters, new_clusters, K, C):
    table = np.zeros((K, C))
    np.add.at(table, (clusters, y), 1)
    rows, columns = linear_sum_assignment(table)
    names = np.full(K, -1)
    names[rows] = columns
    return names[new_clusters]


# %% wrong: clusters without a class get class 0
# message: a cluster that is left over is called class 0
def name_clusters(y, clusters, new_clusters, K, C):
    table = np.zeros((K, C))
    np.add.at(table, (clusters, y), 1)
    rows, columns = linear_sum_assignment(table, maximize=True)
    names = np.zeros(K, int)
    names[rows] = columns
    return names[new_clusters]


# %% wrong: the number of the cluster is the name
# message: the number of the cluster is taken for its class
def name_clusters(y, clusters, new_clusters, K, C):
    return new_clusters


# %% wrong: clusters and classes are exchanged
# message: the matching is read from classes to clusters
def name_clusters(y, clusters, new_clusters, K, C):
    table = np.zeros((K, C))
    np.add.at(table, (clusters, y), 1)
    rows, columns = linear_sum_assignment(table, maximize=True)
    names = np.full(max(K, C), -1)
    names[columns] = rows
    return names[new_clusters]


# %% wrong: shares of a cluster instead of counts
# message: shares within a cluster are matched instead of counts
def name_clusters(y, clusters, new_clusters, K, C):
    table = np.zeros((K, C))
    np.add.at(table, (clusters, y), 1)
    table = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    rows, columns = linear_sum_assignment(table, maximize=True)
    names = np.full(K, -1)
    names[rows] = columns
    return names[new_clusters]


# %% right: a dictionary
def name_clusters(y, clusters, new_clusters, K, C):
    from collections import Counter

    pairs = Counter(zip(np.asarray(clusters).tolist(), np.asarray(y).tolist()))
    costs = [[-pairs[k, c] for c in range(C)] for k in range(K)]
    names = dict(zip(*linear_sum_assignment(costs)))
    return [int(names.get(k, -1)) for k in np.asarray(new_clusters)]


# %% right: scikit-learn's contingency and a linear program
def name_clusters(y, clusters, new_clusters, K, C):
    from scipy.optimize import linprog

    table = np.array(
        [[np.sum((clusters == k) & (y == c)) for c in range(C)] for k in range(K)]
    )
    rows, columns = np.kron(np.eye(K), np.ones(C)), np.kron(np.ones(K), np.eye(C))
    few = {"A_eq": columns, "b_eq": np.ones(C), "A_ub": rows, "b_ub": np.ones(K)}
    if K < C:
        few = {"A_eq": rows, "b_eq": np.ones(K), "A_ub": columns, "b_ub": np.ones(C)}
    plan = linprog(-table.ravel(), **few).x.reshape(K, C).round()
    names = np.where(plan.sum(axis=1) > 0, plan.argmax(axis=1), -1)
    return torch.tensor(names)[torch.tensor(new_clusters)]
