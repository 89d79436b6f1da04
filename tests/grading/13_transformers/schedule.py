# %% wrong: larger of both
# message: larger of both
def transformer_rates(steps, D, warmup):
    steps = np.asarray(steps, dtype=float)
    rates = D**-0.5 * np.maximum(steps**-0.5, steps * warmup**-1.5)
    return rates, (D * warmup) ** -0.5


# %% wrong: no width
# message: width is left out
def transformer_rates(steps, D, warmup):
    steps = np.asarray(steps, dtype=float)
    rates = np.minimum(steps**-0.5, steps * warmup**-1.5)
    return rates, warmup**-0.5


# %% wrong: grows with the width
# message: grows with the width
def transformer_rates(steps, D, warmup):
    steps = np.asarray(steps, dtype=float)
    rates = D**0.5 * np.minimum(steps**-0.5, steps * warmup**-1.5)
    return rates, (D / warmup) ** 0.5


# %% wrong: width in one curve
# message: falling curve only
def transformer_rates(steps, D, warmup):
    def rate(t):
        return np.minimum((D * t) ** -0.5, t * warmup**-1.5)

    return rate(np.asarray(steps, float)), rate(np.arange(1.0, 3 * warmup)).max()


# %% wrong: divided by w
# message: power 3/2
def transformer_rates(steps, D, warmup):
    steps = np.asarray(steps, dtype=float)
    rates = D**-0.5 * np.minimum(steps**-0.5, steps * warmup**-1.0)
    t = np.arange(1.0, 3 * warmup)
    return rates, (D**-0.5 * np.minimum(t**-0.5, t / warmup)).max()


# %% wrong: no warm-up
# message: no warm-up
def transformer_rates(steps, D, warmup):
    steps = np.asarray(steps, dtype=float)
    rates = D**-0.5 * steps**-0.5
    return rates, D**-0.5


# %% wrong: from step 0
# message: counted from 0
def transformer_rates(steps, D, warmup):
    steps = np.asarray(steps, dtype=float) - 1 + 1e-12
    rates = D**-0.5 * np.minimum(steps**-0.5, steps * warmup**-1.5)
    return rates, (D * warmup) ** -0.5


# %% wrong: largest of the given
# message: among the given
def transformer_rates(steps, D, warmup):
    steps = np.asarray(steps, dtype=float)
    rates = D**-0.5 * np.minimum(steps**-0.5, steps * warmup**-1.5)
    return rates, rates.max()


# %% right: branches
def transformer_rates(steps, D, warmup):
    rates = [
        (t / warmup if t < warmup else (warmup / t) ** 0.5) / (D * warmup) ** 0.5
        for t in np.asarray(steps).tolist()
    ]
    return rates, 1 / math.sqrt(D * warmup)


# %% right: torch, the largest by looking
def transformer_rates(steps, D, warmup):
    def rate(t):
        t = torch.as_tensor(t, dtype=torch.float64)
        return torch.minimum(t.rsqrt(), t * warmup**-1.5) / D**0.5

    return rate(steps), rate(np.arange(1, 2 * warmup)).amax()
