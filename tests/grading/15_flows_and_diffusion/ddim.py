# %% wrong: the last update is missing
# message: last update
def ddim(model, x, times, alpha_bar):
    for t, s in zip(times[:-1], times[1:]):
        guess = model(x, t)
        x0 = (x - np.sqrt(1 - alpha_bar[t]) * guess) / np.sqrt(alpha_bar[t])
        x = np.sqrt(alpha_bar[s]) * x0 + np.sqrt(1 - alpha_bar[s]) * guess
    return x


# %% wrong: to the step before
# message: goes to step t − 1
def ddim(model, x, times, alpha_bar):
    for t, s in zip(times, [*times[1:], 0]):
        s = t - 1
        guess = model(x, t)
        x0 = (x - np.sqrt(1 - alpha_bar[t]) * guess) / np.sqrt(alpha_bar[t])
        x = np.sqrt(alpha_bar[s]) * x0 + np.sqrt(1 - alpha_bar[s]) * guess
    return x


# %% wrong: the model sees the next step
# message: comes next
def ddim(model, x, times, alpha_bar):
    for t, s in zip(times, [*times[1:], 0]):
        guess = model(x, s)
        x0 = (x - np.sqrt(1 - alpha_bar[t]) * guess) / np.sqrt(alpha_bar[t])
        x = np.sqrt(alpha_bar[s]) * x0 + np.sqrt(1 - alpha_bar[s]) * guess
    return x


# %% wrong: one step too late
# message: one step too late
def ddim(model, x, times, alpha_bar):
    for t, s in zip(times, [*times[1:], 0]):
        guess = model(x, t)
        bar = alpha_bar[min(t + 1, len(alpha_bar) - 1)]
        x0 = (x - np.sqrt(1 - bar) * guess) / np.sqrt(bar)
        x = np.sqrt(alpha_bar[s]) * x0 + np.sqrt(1 - alpha_bar[s]) * guess
    return x


# %% wrong: no roots
# message: roots are missing
def ddim(model, x, times, alpha_bar):
    for t, s in zip(times, [*times[1:], 0]):
        guess = model(x, t)
        x0 = (x - (1 - alpha_bar[t]) * guess) / alpha_bar[t]
        x = alpha_bar[s] * x0 + (1 - alpha_bar[s]) * guess
    return x


# %% wrong: not divided
# message: division by
def ddim(model, x, times, alpha_bar):
    for t, s in zip(times, [*times[1:], 0]):
        guess = model(x, t)
        x0 = x - np.sqrt(1 - alpha_bar[t]) * guess
        x = np.sqrt(alpha_bar[s]) * x0 + np.sqrt(1 - alpha_bar[s]) * guess
    return x


# %% wrong: noise not added again
# message: not added again
def ddim(model, x, times, alpha_bar):
    for t, s in zip(times, [*times[1:], 0]):
        guess = model(x, t)
        x0 = (x - np.sqrt(1 - alpha_bar[t]) * guess) / np.sqrt(alpha_bar[t])
        x = np.sqrt(alpha_bar[s]) * x0
    return x


# %% wrong: x0 handed on
# message: handed on
def ddim(model, x, times, alpha_bar):
    for t, s in zip(times, [*times[1:], 0]):
        guess = model(x, t)
        x0 = (x - np.sqrt(1 - alpha_bar[t]) * guess) / np.sqrt(alpha_bar[t])
        x = x0
    return x


# %% wrong: a second guess
# message: guessed anew
def ddim(model, x, times, alpha_bar):
    for t, s in zip(times, [*times[1:], 0]):
        guess = model(x, t)
        x0 = (x - np.sqrt(1 - alpha_bar[t]) * guess) / np.sqrt(alpha_bar[t])
        x = np.sqrt(alpha_bar[s]) * x0 + np.sqrt(1 - alpha_bar[s]) * model(x0, t)
    return x


# %% wrong: noise of the old size
# message: size of step t
def ddim(model, x, times, alpha_bar):
    for t, s in zip(times, [*times[1:], 0]):
        guess = model(x, t)
        x0 = (x - np.sqrt(1 - alpha_bar[t]) * guess) / np.sqrt(alpha_bar[t])
        x = np.sqrt(alpha_bar[s]) * x0 + np.sqrt(1 - alpha_bar[t]) * guess
    return x


# %% right: an Euler method in x/√ᾱ
def ddim(model, x, times, alpha_bar):
    size = np.sqrt(1 / np.asarray(alpha_bar) - 1)
    times = list(times) + [0]
    y = x / np.sqrt(alpha_bar[times[0]])
    for k in range(len(times) - 1):
        t, s = times[k], times[k + 1]
        y = y + (size[s] - size[t]) * model(np.sqrt(alpha_bar[t]) * y, t)
    return y


# %% right: recursion
def ddim(model, x, times, alpha_bar):
    if len(times) == 0:
        return x
    t, rest = times[0], times[1:]
    s = rest[0] if len(rest) else 0
    guess = model(x, t)
    ratio = (alpha_bar[s] / alpha_bar[t]) ** 0.5
    extra = (1 - alpha_bar[s]) ** 0.5 - ratio * (1 - alpha_bar[t]) ** 0.5
    return ddim(model, ratio * x + extra * guess, rest, alpha_bar)
