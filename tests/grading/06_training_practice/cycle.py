# %% wrong: the warm-up starts at zero
# message: starts at zero
def one_cycle(step, total, peak):
    top = 0.3 * total - 1
    if step <= top:
        return peak * (1 - np.cos(np.pi * step / top)) / 2
    part, end = (step - top) / (total - 1 - top), peak / 25e4
    return end + (peak - end) * (1 + np.cos(np.pi * part)) / 2


# %% wrong: the end is measured from the peak
# message: instead of the first rate
def one_cycle(step, total, peak):
    top, low, end = 0.3 * total - 1, peak / 25, peak / 1e4
    if step <= top:
        return peak + (low - peak) * (1 + np.cos(np.pi * step / top)) / 2
    part = (step - top) / (total - 1 - top)
    return end + (peak - end) * (1 + np.cos(np.pi * part)) / 2


# %% wrong: the rate ends at zero
# message: ends at zero
def one_cycle(step, total, peak):
    top, low = 0.3 * total - 1, peak / 25
    if step <= top:
        return peak + (low - peak) * (1 + np.cos(np.pi * step / top)) / 2
    part = (step - top) / (total - 1 - top)
    return peak * (1 + np.cos(np.pi * part)) / 2


# %% wrong: straight lines
# message: straight lines
def one_cycle(step, total, peak):
    points = [0, 0.3 * total - 1, total - 1]
    return np.interp(step, points, [peak / 25, peak, peak / 25e4])


# %% wrong: the peak in the middle
# message: after half
def one_cycle(step, total, peak):
    top, low, end = 0.5 * total - 1, peak / 25, peak / 25e4
    if step <= top:
        return peak + (low - peak) * (1 + np.cos(np.pi * step / top)) / 2
    part = (step - top) / (total - 1 - top)
    return end + (peak - end) * (1 + np.cos(np.pi * part)) / 2


# %% wrong: the peak one step late
# message: one step late
def one_cycle(step, total, peak):
    top, low, end = 0.3 * total, peak / 25, peak / 25e4
    if step <= top:
        return peak + (low - peak) * (1 + np.cos(np.pi * step / top)) / 2
    part = (step - top) / (total - 1 - top)
    return end + (peak - end) * (1 + np.cos(np.pi * part)) / 2


# %% wrong: no warm-up
# message: no warm-up
def one_cycle(step, total, peak):
    end = peak / 25e4
    return end + (peak - end) * (1 + np.cos(np.pi * step / (total - 1))) / 2


# %% wrong: the peak is rounded to a whole step
def one_cycle(step, total, peak):
    top, low, end = round(0.3 * total) - 1, peak / 25, peak / 25e4
    if step <= top:
        return peak + (low - peak) * (1 + np.cos(np.pi * step / top)) / 2
    part = (step - top) / (total - 1 - top)
    return end + (peak - end) * (1 + np.cos(np.pi * part)) / 2


# %% right: torch's scheduler is asked
def one_cycle(step, total, peak):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=peak, total_steps=total
    )
    for _ in range(step):
        optimizer.step()
        schedule.step()
    return optimizer.param_groups[0]["lr"]


# %% right: squares of cosines
def one_cycle(step, total, peak):
    top = 0.3 * total - 1
    rising = step < top
    part = step / top if rising else (step - top) / (total - 1 - top)
    start, end = (peak / 25, peak) if rising else (peak, peak / 250000)
    weight = np.cos(np.pi / 2 * part) ** 2
    return weight * start + (1 - weight) * end
