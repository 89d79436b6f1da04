# %% wrong: all forms are equal
# message: all forms are taken to be equal
def convert_momentum(form, learning_rate, rho):
    if form not in ("torch", "step", "heavy ball", "average"):
        raise ValueError
    return learning_rate, learning_rate / (1 - rho)


# %% wrong: the wrong way round
# message: smaller rate
def convert_momentum(form, learning_rate, rho):
    if form not in ("torch", "step", "heavy ball", "average"):
        raise ValueError
    rate = learning_rate * (1 - rho) if form == "average" else learning_rate
    return rate, learning_rate / (1 - rho)


# %% wrong: the final step ignores momentum
# message: plain gradient descent
def convert_momentum(form, learning_rate, rho):
    if form not in ("torch", "step", "heavy ball", "average"):
        raise ValueError
    return (
        learning_rate / (1 - rho) if form == "average" else learning_rate
    ), learning_rate


# %% wrong: divided by the momentum
# message: 1 / ρ
def convert_momentum(form, learning_rate, rho):
    if form not in ("torch", "step", "heavy ball", "average"):
        raise ValueError
    other = learning_rate / rho if rho else learning_rate
    return (other if form == "average" else learning_rate), other


# %% wrong: only torch's own rate is kept
# message: every form but torch's
def convert_momentum(form, learning_rate, rho):
    if form not in ("torch", "step", "heavy ball", "average"):
        raise ValueError
    final = learning_rate / (1 - rho)
    return (learning_rate if form == "torch" else final), final


# %% wrong: an unknown form gets an answer
# message: an unknown form
def convert_momentum(form, learning_rate, rho):
    final = learning_rate / (1 - rho)
    return (final if form == "average" else learning_rate), final


# %% right: a table
def convert_momentum(form, learning_rate, rho):
    factors = {"torch": 1.0, "step": 1.0, "heavy ball": 1.0, "average": 1 - rho}
    if form not in factors:
        raise ValueError(form)
    return [learning_rate / factors[form], learning_rate / (1 - rho)]


# %% right: a geometric series
def convert_momentum(form, learning_rate, rho):
    if form == "average":
        series = sum(rho**k for k in range(3000))
        return learning_rate * series, learning_rate * series
    if form in {"torch", "step", "heavy ball"}:
        return learning_rate, learning_rate * sum(rho**k for k in range(3000))
    raise ValueError("unknown form")
