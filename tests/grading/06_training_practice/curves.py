# %% wrong: losses that still fall are called underfitting
# message: still fall are called underfitting
def diagnose(train, validation, guess):
    if not train[-1] < 0.95 * guess:
        return "not learning"
    if validation[-1] > 1.1 * validation.min():
        return "overfitting"
    back = -1 - len(train) // 4
    if train[-1] < 0.9 * train[back] or train[-1] > guess / 4:
        return "underfitting"
    return "fine"


# %% wrong: a better validation loss is called an illness
# message: below the training loss
def diagnose(train, validation, guess):
    back = -1 - len(train) // 4
    if not train[-1] < 0.95 * guess:
        return "not learning"
    if validation[-1] > 1.1 * validation.min() or validation[-1] < 0.9 * train[-1]:
        return "overfitting"
    if train[-1] < 0.9 * train[back]:
        return "stopped too early"
    return "underfitting" if train[-1] > guess / 4 else "fine"


# %% wrong: the gap decides
# message: the gap decides
def diagnose(train, validation, guess):
    back = -1 - len(train) // 4
    if not train[-1] < 0.95 * guess:
        return "not learning"
    if validation[-1] > 1.08 * train[-1]:
        return "overfitting"
    if train[-1] < 0.9 * train[back]:
        return "stopped too early"
    return "underfitting" if train[-1] > guess / 4 else "fine"


# %% wrong: the falling training loss is asked first
# message: hides the rising
def diagnose(train, validation, guess):
    back = -1 - len(train) // 4
    if not train[-1] < 0.95 * guess:
        return "not learning"
    if train[-1] < 0.9 * train[back]:
        return "stopped too early"
    if validation[-1] > 1.1 * validation.min():
        return "overfitting"
    return "underfitting" if train[-1] > guess / 4 else "fine"


# %% wrong: the validation curve is ignored
# message: only the training curve
def diagnose(train, validation, guess):
    back = -1 - len(train) // 4
    if not train[-1] < 0.95 * guess:
        return "not learning"
    if train[-1] < 0.9 * train[back]:
        return "stopped too early"
    return "underfitting" if train[-1] > guess / 4 else "fine"


# %% wrong: not learning is called underfitting
# message: never left the guess
def diagnose(train, validation, guess):
    back = -1 - len(train) // 4
    if validation[-1] > 1.1 * np.nanmin(validation) and train[-1] < 0.9 * guess:
        return "overfitting"
    if train[-1] < 0.9 * train[back]:
        return "stopped too early"
    return "underfitting" if not train[-1] < guess / 4 else "fine"


# %% wrong: flat curves are fine
# message: flat and high
def diagnose(train, validation, guess):
    back = -1 - len(train) // 4
    if not train[-1] < 0.95 * guess:
        return "not learning"
    if validation[-1] > 1.1 * validation.min():
        return "overfitting"
    return "stopped too early" if train[-1] < 0.9 * train[back] else "fine"


# %% wrong: always the same word
def diagnose(train, validation, guess):
    return "underfitting"


# %% right: other thresholds and a smoothed end
def diagnose(train, validation, guess):
    t, v = np.asarray(train), np.asarray(validation)
    if np.isnan(t).any() or t[-3:].mean() > 0.97 * guess:
        return "not learning"
    if v[-1] / v.min() > 1.06:
        return "overfitting"
    quarter = len(t) // 4
    if max(t[-1] / t[-quarter - 1], v[-1] / v[-quarter - 1]) < 0.85:
        return "stopped too early"
    return "fine" if t[-1] < 0.3 * guess else "underfitting"


# %% right: slopes of logarithms
def diagnose(train, validation, guess):
    quarter = max(2, len(train) // 4)
    with np.errstate(invalid="ignore"):
        slopes = [
            np.polyfit(np.arange(quarter), np.log(c[-quarter:]), 1)[0] * quarter
            for c in (train, validation)
            if np.isfinite(c).all()
        ]
    if len(slopes) < 2 or train[-1] >= 0.9 * guess:
        return "not learning"
    if np.log(validation[-1]) - np.log(validation).min() > 0.08:
        return "overfitting"
    if max(slopes) < -0.12:
        return "stopped too early"
    return ["fine", "underfitting"][int(train[-1] / guess > 0.25)]
