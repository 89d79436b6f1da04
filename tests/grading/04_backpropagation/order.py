# %% wrong: level by level
# message: before all of its users
def backward_order(parents, output):
    order, queue = [], [output]
    while queue:
        if len(queue) > 10_000:
            raise ValueError
        node = queue.pop(0)
        if node not in order:
            order.append(node)
            queue.extend(sorted(parents[node], reverse=True))
    return order


# %% wrong: one path to its end
# message: one path is followed
def backward_order(parents, output):
    order, stack = [], [output]
    while stack:
        node = stack.pop()
        if node not in order:
            order.append(node)
            stack.extend(parents[node])
    return order


# %% wrong: sorted by number
# message: sorted by their number
def backward_order(parents, output):
    needed, stack = set(), [output]
    while stack:
        node = stack.pop()
        if node not in needed:
            needed.add(node)
            stack.extend(parents[node])
    return sorted(needed, reverse=True)


# %% wrong: unneeded nodes are visited
# message: does not depend on
def backward_order(parents, output):
    return list(range(len(parents)))[::-1]


# %% wrong: the forward order
# message: forward pass
def backward_order(parents, output):
    needed, stack = set(), [output]
    while stack:
        node = stack.pop()
        if node not in needed:
            needed.add(node)
            stack.extend(parents[node])
    return sorted(needed)


# %% wrong: a cycle gives a part of an order
# message: cycle
def backward_order(parents, output):
    needed, stack = set(), [output]
    while stack:
        node = stack.pop()
        if node not in needed:
            needed.add(node)
            stack.extend(parents[node])
    order = []
    while True:
        left = [n for n in needed if n not in order]
        ready = [n for n in left if not any(n in parents[m] for m in left if m != n)]
        if not ready:
            return order
        order.append(max(ready))


# %% right: repeatedly the largest node without a waiting user
def backward_order(parents, output):
    needed = {output}
    while True:
        more = {p for node in needed for p in parents[node]} | needed
        if more == needed:
            break
        needed = more
    order = []
    while len(order) < len(needed):
        waiting = needed - set(order)
        ready = [n for n in waiting if not any(n in parents[m] for m in waiting)]
        if not ready:
            raise ValueError("cycle")
        order.append(max(ready))
    return order


# %% right: the standard library's sorter with a list of ready nodes
def backward_order(parents, output):
    import graphlib

    needed, stack = set(), [output]
    while stack:
        node = stack.pop()
        if node not in needed:
            needed.add(node)
            stack.extend(parents[node])
    users = {n: [m for m in needed if n in parents[m]] for n in needed}
    sorter = graphlib.TopologicalSorter(users)
    sorter.prepare()
    ready, order = list(sorter.get_ready()), []
    while ready:
        node = max(ready)
        ready.remove(node)
        order.append(node)
        sorter.done(node)
        ready.extend(sorter.get_ready())
    return order
