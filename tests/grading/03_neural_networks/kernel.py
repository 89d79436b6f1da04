# %% wrong: the labels are missing in the score
# message: leaves out the labels
def kernel_perceptron(K, y, epochs):
    alpha = np.zeros(len(y))
    for _ in range(epochs):
        for i in range(len(y)):
            if (1 if K[i] @ alpha > 0 else -1) != y[i]:
                alpha[i] += 1
    return alpha


# %% wrong: scores once a pass
# message: before its first update
def kernel_perceptron(K, y, epochs):
    alpha = np.zeros(len(y))
    for _ in range(epochs):
        answers = np.where(K @ (alpha * y) > 0, 1, -1)
        alpha = alpha + (answers != y)
    return alpha


# %% wrong: zero is a yes
# message: score of 0 counts as the answer +1
def kernel_perceptron(K, y, epochs):
    alpha = np.zeros(len(y))
    for _ in range(epochs):
        for i in range(len(y)):
            if (1 if K[i] @ (alpha * y) >= 0 else -1) != y[i]:
                alpha[i] += 1
    return alpha


# %% wrong: every sample is counted
# message: right answers are counted
def kernel_perceptron(K, y, epochs):
    alpha = np.zeros(len(y))
    for _ in range(epochs):
        for i in range(len(y)):
            score = K[i] @ (alpha * y)
            alpha[i] += 1
    return alpha


# %% wrong: signed counts
# message: labels are put into α
def kernel_perceptron(K, y, epochs):
    signed = np.zeros(len(y))
    for _ in range(epochs):
        for i in range(len(y)):
            if (1 if K[i] @ signed > 0 else -1) != y[i]:
                signed[i] += y[i]
    return signed


# %% wrong: one pass, whatever is asked
# message: only the first pass
def kernel_perceptron(K, y, epochs):
    alpha = np.zeros(len(y))
    for i in range(len(y)):
        if (1 if K[i] @ (alpha * y) > 0 else -1) != y[i]:
            alpha[i] += 1
    return alpha


# %% wrong: a hundred passes, whatever is asked
# message: never settle
def kernel_perceptron(K, y, epochs):
    alpha = np.zeros(len(y))
    for _ in range(100):
        for i in range(len(y)):
            if (1 if K[i] @ (alpha * y) > 0 else -1) != y[i]:
                alpha[i] += 1
    return alpha


# %% right: scores that are kept up to date
def kernel_perceptron(K, y, epochs):
    alpha, scores = np.zeros(len(y), dtype=int), np.zeros(len(y))
    for _ in range(epochs):
        for i, target in enumerate(y):
            if (scores[i] > 0) != (target > 0):
                alpha[i] += 1
                scores = scores + target * K[:, i]
    return alpha


# %% right: it stops after a clean pass
def kernel_perceptron(K, y, epochs):
    errors = [0] * len(y)
    for _ in range(epochs):
        clean = True
        for i in range(len(y)):
            score = sum(k * e * t for k, e, t in zip(K[i], errors, y))
            if (score > 0) != (y[i] == 1):
                errors[i] += 1
                clean = False
        if clean:
            break
    return errors
