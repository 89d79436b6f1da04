# %% wrong: sign of the trace
# message: trace is added
def flow_log_density(velocity, trace, x, steps):
    h, total = 1 / steps, np.zeros(len(x))
    for k in range(steps, 0, -1):
        t = k * h
        total = total + h * trace(x, t)
        x = x - h * velocity(x, t)
    return -0.5 * (x**2 + np.log(2 * np.pi)).sum(axis=1) + total


# %% wrong: points move forward
# message: move forward
def flow_log_density(velocity, trace, x, steps):
    h, total = 1 / steps, np.zeros(len(x))
    for k in range(steps, 0, -1):
        t = k * h
        total = total + h * trace(x, t)
        x = x + h * velocity(x, t)
    return -0.5 * (x**2 + np.log(2 * np.pi)).sum(axis=1) - total


# %% wrong: times from 0 on
# message: run from 0 to 1
def flow_log_density(velocity, trace, x, steps):
    h, total = 1 / steps, np.zeros(len(x))
    for k in range(steps):
        t = k * h
        total = total + h * trace(x, t)
        x = x - h * velocity(x, t)
    return -0.5 * (x**2 + np.log(2 * np.pi)).sum(axis=1) - total


# %% wrong: times of the end
# message: end of each step
def flow_log_density(velocity, trace, x, steps):
    h, total = 1 / steps, np.zeros(len(x))
    for k in range(steps, 0, -1):
        t = (k - 1) * h
        total = total + h * trace(x, t)
        x = x - h * velocity(x, t)
    return -0.5 * (x**2 + np.log(2 * np.pi)).sum(axis=1) - total


# %% wrong: trace after the step
# message: where the step ends
def flow_log_density(velocity, trace, x, steps):
    h, total = 1 / steps, np.zeros(len(x))
    for k in range(steps, 0, -1):
        t = k * h
        x = x - h * velocity(x, t)
        total = total + h * trace(x, t)
    return -0.5 * (x**2 + np.log(2 * np.pi)).sum(axis=1) - total


# %% wrong: no step size at the trace
# message: missing at the trace
def flow_log_density(velocity, trace, x, steps):
    h, total = 1 / steps, np.zeros(len(x))
    for k in range(steps, 0, -1):
        t = k * h
        total = total + trace(x, t)
        x = x - h * velocity(x, t)
    return -0.5 * (x**2 + np.log(2 * np.pi)).sum(axis=1) - total


# %% wrong: no step size at the velocity
# message: missing at the velocity
def flow_log_density(velocity, trace, x, steps):
    h, total = 1 / steps, np.zeros(len(x))
    for k in range(steps, 0, -1):
        t = k * h
        total = total + h * trace(x, t)
        x = x - velocity(x, t)
    return -0.5 * (x**2 + np.log(2 * np.pi)).sum(axis=1) - total


# %% wrong: trace at the data
# message: at the data only
def flow_log_density(velocity, trace, x, steps):
    h, total = 1 / steps, np.zeros(len(x))
    start = trace(x, 1.0)
    for k in range(steps, 0, -1):
        t = k * h
        total = total + h * start
        x = x - h * velocity(x, t)
    return -0.5 * (x**2 + np.log(2 * np.pi)).sum(axis=1) - total


# %% wrong: no change of volume
# message: change of volume is left out
def flow_log_density(velocity, trace, x, steps):
    h, total = 1 / steps, np.zeros(len(x))
    for k in range(steps, 0, -1):
        t = k * h
        total = total + h * trace(x, t)
        x = x - h * velocity(x, t)
    return -0.5 * (x**2 + np.log(2 * np.pi)).sum(axis=1)


# %% wrong: no constant
# message: constant of the normal density is left out
def flow_log_density(velocity, trace, x, steps):
    h, total = 1 / steps, np.zeros(len(x))
    for k in range(steps, 0, -1):
        t = k * h
        total = total + h * trace(x, t)
        x = x - h * velocity(x, t)
    return -0.5 * (x**2).sum(axis=1) - total


# %% wrong: constant once
# message: counted once
def flow_log_density(velocity, trace, x, steps):
    h, total = 1 / steps, np.zeros(len(x))
    for k in range(steps, 0, -1):
        t = k * h
        total = total + h * trace(x, t)
        x = x - h * velocity(x, t)
    return -0.5 * ((x**2).sum(axis=1) + np.log(2 * np.pi)) - total


# %% right: scipy's normal density and a list of traces
def flow_log_density(velocity, trace, x, steps):
    from scipy.stats import norm

    traces = []
    for t in np.linspace(1, 0, steps, endpoint=False):
        u = velocity(x, t)
        traces.append(trace(x, t))
        x = x - u / steps
    return norm.logpdf(x).sum(axis=1) - np.mean(traces, axis=0)


# %% right: torch, sample by sample
def flow_log_density(velocity, trace, x, steps):
    result = []
    for row in x:
        point, total = row[None], 0.0
        for k in range(steps):
            t = 1 - k / steps
            point, change = point - velocity(point, t) / steps, trace(point, t)
            total += float(np.asarray(change)[0]) / steps
        normal = torch.distributions.Normal(0.0, 1.0)
        result.append(normal.log_prob(torch.tensor(point)).sum().item() - total)
    return np.array(result)
