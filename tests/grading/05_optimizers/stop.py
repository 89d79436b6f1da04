# %% wrong: the length of the step decides
# message: length of the step
def descend(gradient, start, learning_rate, delta, limit):
    x = start
    for taken in range(limit):
        step = learning_rate * gradient(x)
        if np.linalg.norm(step) <= delta:
            return x, taken
        x = x - step
    return x, limit


# %% wrong: a step before the check
# message: check before you step
def descend(gradient, start, learning_rate, delta, limit):
    x = start
    for taken in range(limit):
        g = gradient(x)
        x = x - learning_rate * g
        if np.linalg.norm(g) <= delta:
            return x, taken + 1
    return x, limit


# %% wrong: the largest entry
# message: largest entry
def descend(gradient, start, learning_rate, delta, limit):
    x = start
    for taken in range(limit):
        g = gradient(x)
        if np.abs(g).max() <= delta:
            return x, taken
        x = x - learning_rate * g
    return x, limit


# %% wrong: never stops early
# message: all steps are taken
def descend(gradient, start, learning_rate, delta, limit):
    x = start
    for _ in range(limit):
        x = x - learning_rate * gradient(x)
    return x, limit


# %% wrong: the point decides
# message: size of the point
def descend(gradient, start, learning_rate, delta, limit):
    x = start
    for taken in range(limit):
        if np.linalg.norm(x) <= delta:
            return x, taken
        x = x - learning_rate * gradient(x)
    return x, limit


# %% wrong: the start is changed in place
# message: in place
def descend(gradient, start, learning_rate, delta, limit):
    for taken in range(limit):
        g = gradient(start)
        if np.linalg.norm(g) <= delta:
            return start, taken
        start -= learning_rate * g
    return start, limit


# %% right: a while loop with a counter
def descend(gradient, start, learning_rate, delta, limit):
    x, taken, g = np.array(start), 0, gradient(start)
    while taken < limit and np.sqrt(g @ g) > delta:
        x, taken = x - learning_rate * g, taken + 1
        g = gradient(x)
    return x, taken


# %% right: recursion
def descend(gradient, start, learning_rate, delta, limit):
    if limit == 0:
        return start, 0
    g = gradient(start)
    if np.linalg.norm(g) <= delta:
        return start, 0
    end, more = descend(
        gradient, start - learning_rate * g, learning_rate, delta, limit - 1
    )
    return end, more + 1
