# %% wrong: compared with the loss before
# message: instead of the best
def train_with_patience(train_epoch, start, epochs, patience):
    weights, best, last, waited = start, start, np.inf, 0
    for epoch in range(1, epochs + 1):
        weights, loss = train_epoch(weights)
        if loss < last:
            best, waited = weights, 0
        else:
            waited += 1
        last = loss
        if waited == patience:
            break
    return best, epoch


# %% wrong: one epoch too many
# message: one epoch too late
def train_with_patience(train_epoch, start, epochs, patience):
    weights, best, best_loss, waited = start, start, np.inf, 0
    for epoch in range(1, epochs + 1):
        weights, loss = train_epoch(weights)
        if loss < best_loss:
            best, best_loss, waited = weights, loss, 0
        else:
            waited += 1
        if waited > patience:
            break
    return best, epoch


# %% wrong: the best epoch itself is counted as waiting
# message: one epoch too early
def train_with_patience(train_epoch, start, epochs, patience):
    weights, best, best_loss, waited = start, start, np.inf, 0
    for epoch in range(1, epochs + 1):
        weights, loss = train_epoch(weights)
        if loss < best_loss:
            best, best_loss, waited = weights, loss, 0
        waited += 1
        if waited == patience:
            break
    return best, epoch


# %% wrong: the weights at the end
# message: last weights are returned
def train_with_patience(train_epoch, start, epochs, patience):
    weights, best_loss, waited = start, np.inf, 0
    for epoch in range(1, epochs + 1):
        weights, loss = train_epoch(weights)
        waited = 0 if loss < best_loss else waited + 1
        best_loss = min(best_loss, loss)
        if waited == patience:
            break
    return weights, epoch


# %% wrong: everything is run and the best taken
# message: run to its end
def train_with_patience(train_epoch, start, epochs, patience):
    runs, weights = [], start
    for _ in range(epochs):
        weights, loss = train_epoch(weights)
        runs.append((loss, weights))
    return min(runs, key=lambda pair: pair[0])[1], epochs


# %% wrong: bad epochs add up
# message: not only those in a row
def train_with_patience(train_epoch, start, epochs, patience):
    weights, best, best_loss, waited = start, start, np.inf, 0
    for epoch in range(1, epochs + 1):
        weights, loss = train_epoch(weights)
        if loss < best_loss:
            best, best_loss = weights, loss
        else:
            waited += 1
        if waited == patience:
            break
    return best, epoch


# %% wrong: equal is good enough
# message: equal loss counts
def train_with_patience(train_epoch, start, epochs, patience):
    weights, best, best_loss, waited = start, start, np.inf, 0
    for epoch in range(1, epochs + 1):
        weights, loss = train_epoch(weights)
        if loss <= best_loss:
            best, best_loss, waited = weights, loss, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best, epoch


# %% wrong: the best epoch is returned
# message: number of the best epoch
def train_with_patience(train_epoch, start, epochs, patience):
    weights, best, best_loss, when = start, start, np.inf, 0
    for epoch in range(1, epochs + 1):
        weights, loss = train_epoch(weights)
        if loss < best_loss:
            best, best_loss, when = weights, loss, epoch
        if epoch - when == patience:
            break
    return best, when


# %% wrong: the epoch is trained twice, for the weights and for the loss
# message: calls of train_epoch
def train_with_patience(train_epoch, start, epochs, patience):
    weights, best, best_loss, waited = start, start, np.inf, 0
    for epoch in range(1, epochs + 1):
        loss = train_epoch(weights)[1]
        weights = train_epoch(weights)[0]
        waited += 1
        if loss < best_loss:
            best, best_loss, waited = weights, loss, 0
        if waited == patience:
            break
    return best, epoch


# %% right: the history is kept
def train_with_patience(train_epoch, start, epochs, patience):
    history, states = [], [start]
    while len(history) < epochs:
        weights, loss = train_epoch(states[-1])
        states.append(weights)
        history.append(loss)
        if len(history) - history.index(min(history)) > patience:
            break
    return states[history.index(min(history)) + 1], len(history)


# %% right: a recursive search
def train_with_patience(train_epoch, start, epochs, patience):
    def go_on(weights, best, best_loss, run, waited):
        if run == epochs or waited == patience:
            return best, run
        weights, loss = train_epoch(weights)
        if loss < best_loss:
            return go_on(weights, weights, loss, run + 1, 0)
        return go_on(weights, best, best_loss, run + 1, waited + 1)

    return go_on(start, start, float("inf"), 0, 0)
