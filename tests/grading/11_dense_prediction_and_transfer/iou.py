# %% wrong: union with the intersection twice
# message: the union counts the intersection twice
def iou_and_dice(truth, guess, classes, ignore):
    kept = truth != ignore
    truth, guess = truth[kept], guess[kept]
    iou, dice = np.full(classes, np.nan), np.full(classes, np.nan)
    for c in range(classes):
        both = np.sum((truth == c) & (guess == c))
        total = np.sum(truth == c) + np.sum(guess == c)
        if total > 0:
            iou[c], dice[c] = both / total, 2 * both / total
    return iou, dice


# %% wrong: recall
# message: the intersection is divided by the pixels of the truth: that is recall
def iou_and_dice(truth, guess, classes, ignore):
    kept = truth != ignore
    truth, guess = truth[kept], guess[kept]
    iou, dice = np.full(classes, np.nan), np.full(classes, np.nan)
    for c in range(classes):
        both = np.sum((truth == c) & (guess == c))
        total = np.sum(truth == c) + np.sum(guess == c)
        if total > 0:
            iou[c], dice[c] = both / max(1, np.sum(truth == c)), 2 * both / total
    return iou, dice


# %% wrong: precision
# message: the intersection is divided by the pixels called c: that is precision
def iou_and_dice(truth, guess, classes, ignore):
    kept = truth != ignore
    truth, guess = truth[kept], guess[kept]
    iou, dice = np.full(classes, np.nan), np.full(classes, np.nan)
    for c in range(classes):
        both = np.sum((truth == c) & (guess == c))
        total = np.sum(truth == c) + np.sum(guess == c)
        if total > 0:
            iou[c], dice[c] = both / max(1, np.sum(guess == c)), 2 * both / total
    return iou, dice


# %% wrong: ignored pixels count
# message: the ignored pixels count as mistakes
def iou_and_dice(truth, guess, classes, ignore):
    kept = truth != ignore
    iou, dice = np.full(classes, np.nan), np.full(classes, np.nan)
    for c in range(classes):
        both = np.sum((truth == c) & (guess == c))
        total = np.sum(truth == c) + np.sum(guess == c)
        if total > 0:
            iou[c], dice[c] = both / (total - both), 2 * both / total
    return iou, dice


# %% wrong: absent classes get 0
# message: a class that is nowhere gets 0
def iou_and_dice(truth, guess, classes, ignore):
    kept = truth != ignore
    truth, guess = truth[kept], guess[kept]
    iou, dice = np.zeros(classes), np.zeros(classes)
    for c in range(classes):
        both = np.sum((truth == c) & (guess == c))
        total = np.sum(truth == c) + np.sum(guess == c)
        if total > 0:
            iou[c], dice[c] = both / (total - both), 2 * both / total
    return iou, dice


# %% wrong: absent classes get 1
# message: a class that is nowhere gets 1
def iou_and_dice(truth, guess, classes, ignore):
    kept = truth != ignore
    truth, guess = truth[kept], guess[kept]
    iou, dice = np.ones(classes), np.ones(classes)
    for c in range(classes):
        both = np.sum((truth == c) & (guess == c))
        total = np.sum(truth == c) + np.sum(guess == c)
        if total > 0:
            iou[c], dice[c] = both / (total - both), 2 * both / total
    return iou, dice


# %% wrong: Dice without the 2
# message: the 2 of Dice is forgotten
def iou_and_dice(truth, guess, classes, ignore):
    kept = truth != ignore
    truth, guess = truth[kept], guess[kept]
    iou, dice = np.full(classes, np.nan), np.full(classes, np.nan)
    for c in range(classes):
        both = np.sum((truth == c) & (guess == c))
        total = np.sum(truth == c) + np.sum(guess == c)
        if total > 0:
            iou[c], dice[c] = both / (total - both), both / total
    return iou, dice


# %% wrong: exchanged
# message: IoU and Dice are exchanged
def iou_and_dice(truth, guess, classes, ignore):
    kept = truth != ignore
    truth, guess = truth[kept], guess[kept]
    iou, dice = np.full(classes, np.nan), np.full(classes, np.nan)
    for c in range(classes):
        both = np.sum((truth == c) & (guess == c))
        total = np.sum(truth == c) + np.sum(guess == c)
        if total > 0:
            iou[c], dice[c] = both / (total - both), 2 * both / total
    return dice, iou


# %% wrong: the mean over classes
# message: wrong shape
def iou_and_dice(truth, guess, classes, ignore):
    kept = truth != ignore
    truth, guess = truth[kept], guess[kept]
    iou, dice = np.full(classes, np.nan), np.full(classes, np.nan)
    for c in range(classes):
        both = np.sum((truth == c) & (guess == c))
        total = np.sum(truth == c) + np.sum(guess == c)
        if total > 0:
            iou[c], dice[c] = both / (total - both), 2 * both / total
    return np.nanmean(iou), np.nanmean(dice)


# %% right: sets of pixels
def iou_and_dice(truth, guess, classes, ignore):
    pairs = [(t, g) for t, g in zip(truth.ravel(), guess.ravel()) if t != ignore]
    iou, dice = [], []
    for c in range(classes):
        T = {k for k, (t, _) in enumerate(pairs) if t == c}
        G = {k for k, (_, g) in enumerate(pairs) if g == c}
        iou.append(len(T & G) / len(T | G) if T | G else float("nan"))
        dice.append(2 * len(T & G) / (len(T) + len(G)) if T | G else float("nan"))
    return iou, dice


# %% right: torch, one-hot
def iou_and_dice(truth, guess, classes, ignore):
    kept = torch.tensor(truth != ignore)
    names = torch.arange(classes)[:, None]
    T = (torch.tensor(truth)[kept].flatten() == names).double()
    G = (torch.tensor(guess)[kept].flatten() == names).double()
    both = (T * G).sum(1)
    iou = both / torch.maximum(T, G).sum(1)
    return iou, 2 * iou / (1 + iou)
