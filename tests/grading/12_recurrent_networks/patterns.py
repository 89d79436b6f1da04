# %% wrong: outputs before the steps
# message: before its step
def run_pattern(pattern, step, read, X, h, steps):
    outputs = []
    if pattern != "one-to-many":
        for x in X:
            outputs.append(read(h))
            h = step(x, h)
    if pattern == "many-to-one":
        return np.stack(outputs[-1:])
    if pattern == "aligned":
        return np.stack(outputs)
    x, outputs = np.zeros(X.shape[1]), []
    for _ in range(steps):
        h = step(x, h)
        x = read(h)
        outputs.append(x)
    return np.stack(outputs)


# %% wrong: the mean of all outputs
# message: averaged
def run_pattern(pattern, step, read, X, h, steps):
    outputs = []
    if pattern != "one-to-many":
        for x in X:
            h = step(x, h)
            outputs.append(read(h))
    if pattern == "many-to-one":
        return np.mean(outputs, axis=0, keepdims=True)
    if pattern == "aligned":
        return np.stack(outputs)
    x, outputs = np.zeros(X.shape[1]), []
    for _ in range(steps):
        h = step(x, h)
        x = read(h)
        outputs.append(x)
    return np.stack(outputs)


# %% wrong: the first output
# message: first output is returned
def run_pattern(pattern, step, read, X, h, steps):
    outputs = []
    if pattern != "one-to-many":
        for x in X:
            h = step(x, h)
            outputs.append(read(h))
    if pattern == "many-to-one":
        return np.stack(outputs[:1])
    if pattern == "aligned":
        return np.stack(outputs)
    x, outputs = np.zeros(X.shape[1]), []
    for _ in range(steps):
        h = step(x, h)
        x = read(h)
        outputs.append(x)
    return np.stack(outputs)


# %% wrong: all outputs for many-to-one
# message: wrong shape
def run_pattern(pattern, step, read, X, h, steps):
    outputs = []
    if pattern != "one-to-many":
        for x in X:
            h = step(x, h)
            outputs.append(read(h))
    if pattern == "many-to-one":
        return np.stack(outputs)
    if pattern == "aligned":
        return np.stack(outputs)
    x, outputs = np.zeros(X.shape[1]), []
    for _ in range(steps):
        h = step(x, h)
        x = read(h)
        outputs.append(x)
    return np.stack(outputs)


# %% wrong: the decoder starts anew
# message: forgets what was encoded
def run_pattern(pattern, step, read, X, h, steps):
    begin, outputs = h, []
    if pattern != "one-to-many":
        for x in X:
            h = step(x, h)
            outputs.append(read(h))
    if pattern == "many-to-one":
        return np.stack(outputs[-1:])
    if pattern == "aligned":
        return np.stack(outputs)
    x, outputs = np.zeros(X.shape[1]), []
    h = begin
    for _ in range(steps):
        h = step(x, h)
        x = read(h)
        outputs.append(x)
    return np.stack(outputs)


# %% wrong: nothing is fed back
# message: stay zeros
def run_pattern(pattern, step, read, X, h, steps):
    outputs = []
    if pattern != "one-to-many":
        for x in X:
            h = step(x, h)
            outputs.append(read(h))
    if pattern == "many-to-one":
        return np.stack(outputs[-1:])
    if pattern == "aligned":
        return np.stack(outputs)
    x, outputs = np.zeros(X.shape[1]), []
    for _ in range(steps):
        h = step(x, h)
        outputs.append(read(h))
    return np.stack(outputs)


# %% wrong: the first output without a step
# message: before the first step
def run_pattern(pattern, step, read, X, h, steps):
    outputs = []
    if pattern != "one-to-many":
        for x in X:
            h = step(x, h)
            outputs.append(read(h))
    if pattern == "many-to-one":
        return np.stack(outputs[-1:])
    if pattern == "aligned":
        return np.stack(outputs)
    x, outputs = np.zeros(X.shape[1]), []
    for _ in range(steps):
        x = read(h)
        outputs.append(x)
        h = step(x, h)
    return np.stack(outputs)


# %% wrong: encoder outputs are kept
# message: wrong shape
def run_pattern(pattern, step, read, X, h, steps):
    outputs = []
    if pattern != "one-to-many":
        for x in X:
            h = step(x, h)
            outputs.append(read(h))
    if pattern == "many-to-one":
        return np.stack(outputs[-1:])
    if pattern == "aligned":
        return np.stack(outputs)
    x = np.zeros(X.shape[1])
    for _ in range(steps):
        h = step(x, h)
        x = read(h)
        outputs.append(x)
    return np.stack(outputs)


# %% wrong: the decoder begins with the last input
# message: first input of the decoder
def run_pattern(pattern, step, read, X, h, steps):
    outputs = []
    if pattern != "one-to-many":
        for x in X:
            h = step(x, h)
            outputs.append(read(h))
    if pattern == "many-to-one":
        return np.stack(outputs[-1:])
    if pattern == "aligned":
        return np.stack(outputs)
    x, outputs = np.zeros(X.shape[1]), []
    if pattern == "encoder-decoder":
        x = X[-1]
    for _ in range(steps):
        h = step(x, h)
        x = read(h)
        outputs.append(x)
    return np.stack(outputs)


# %% wrong: as many outputs as inputs
# message: wrong shape
def run_pattern(pattern, step, read, X, h, steps):
    outputs = []
    if pattern != "one-to-many":
        for x in X:
            h = step(x, h)
            outputs.append(read(h))
    if pattern == "many-to-one":
        return np.stack(outputs[-1:])
    if pattern == "aligned":
        return np.stack(outputs)
    x, outputs = np.zeros(X.shape[1]), []
    for _ in range(len(X)):
        h = step(x, h)
        x = read(h)
        outputs.append(x)
    return np.stack(outputs)


# %% right: two generators
def run_pattern(pattern, step, read, X, h, steps):
    def reading(h):
        for x in X:
            h = step(x, h)
            yield h

    def writing(h):
        x = np.zeros(len(X[0]))
        for _ in range(steps):
            h = step(x, h)
            x = read(h)
            yield x

    states = [] if pattern == "one-to-many" else list(reading(h))
    if pattern == "aligned":
        return np.array([read(one) for one in states])
    if pattern == "many-to-one":
        return np.array([read(states[-1])])
    return np.array(list(writing(([h] + states)[-1])))


# %% right: one loop over inputs and blanks
def run_pattern(pattern, step, read, X, h, steps):
    T = 0 if pattern == "one-to-many" else len(X)
    extra = steps if pattern in ("one-to-many", "encoder-decoder") else 0
    y, made = np.zeros(X.shape[1]), []
    for t in range(T + extra):
        h = step(X[t] if t < T else y, h)
        if t >= T or pattern == "aligned" or (pattern == "many-to-one" and t == T - 1):
            y = read(h)
            made.append(y)
    return made
