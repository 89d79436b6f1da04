# %% wrong: ranks from 0
# message: start at 0
def check_caption(bleu, cost, row):
    out = np.full((2, 2), np.nan)
    for column in range(2):
        better = bleu[:, column] > bleu[row, column]
        out[0, column] = better.sum()
        prices = cost[better, column]
        prices = prices[~np.isnan(prices)]
        if len(prices):
            out[1, column] = cost[row, column] / prices.min()
    return out


# %% wrong: nan counts as better
# message: without a number count
def check_caption(bleu, cost, row):
    out = np.full((2, 2), np.nan)
    for column in range(2):
        better = ~(bleu[:, column] <= bleu[row, column])
        out[0, column] = 1 + better.sum()
        prices = cost[better, column]
        prices = prices[~np.isnan(prices)]
        if len(prices):
            out[1, column] = cost[row, column] / prices.min()
    return out


# %% wrong: lower is better
# message: low scores
def check_caption(bleu, cost, row):
    out = np.full((2, 2), np.nan)
    for column in range(2):
        better = bleu[:, column] < bleu[row, column]
        out[0, column] = 1 + better.sum()
        prices = cost[better, column]
        prices = prices[~np.isnan(prices)]
        if len(prices):
            out[1, column] = cost[row, column] / prices.min()
    return out


# %% wrong: upside down
# message: upside down
def check_caption(bleu, cost, row):
    out = np.full((2, 2), np.nan)
    for column in range(2):
        better = bleu[:, column] > bleu[row, column]
        out[0, column] = 1 + better.sum()
        prices = cost[better, column]
        prices = prices[~np.isnan(prices)]
        if len(prices):
            out[1, column] = prices.min() / cost[row, column]
    return out


# %% wrong: dearest
# message: dearest
def check_caption(bleu, cost, row):
    out = np.full((2, 2), np.nan)
    for column in range(2):
        better = bleu[:, column] > bleu[row, column]
        out[0, column] = 1 + better.sum()
        prices = cost[better, column]
        prices = prices[~np.isnan(prices)]
        if len(prices):
            out[1, column] = cost[row, column] / prices.max()
    return out


# %% wrong: mean
# message: mean cost
def check_caption(bleu, cost, row):
    out = np.full((2, 2), np.nan)
    for column in range(2):
        better = bleu[:, column] > bleu[row, column]
        out[0, column] = 1 + better.sum()
        prices = cost[better, column]
        prices = prices[~np.isnan(prices)]
        if len(prices):
            out[1, column] = cost[row, column] / prices.mean()
    return out


# %% wrong: cheapest of all
# message: cheapest of all
def check_caption(bleu, cost, row):
    out = np.full((2, 2), np.nan)
    for column in range(2):
        better = bleu[:, column] > bleu[row, column]
        out[0, column] = 1 + better.sum()
        prices = cost[:, column]
        prices = prices[~np.isnan(prices)]
        if len(prices):
            out[1, column] = cost[row, column] / prices.min()
    return out


# %% right: sorting
def check_caption(bleu, cost, row):
    ranks, parts = [], []
    for b, c in zip(np.transpose(bleu), np.transpose(cost)):
        above = sorted((m for m in range(len(b)) if b[m] > b[row]), key=lambda m: b[m])
        ranks.append(len(above) + 1)
        known = sorted(c[m] for m in above if c[m] == c[m])
        parts.append(c[row] / known[0] if known else float("nan"))
    return [ranks, parts]


# %% right: infinity for what is missing
def check_caption(bleu, cost, row):
    better = np.nan_to_num(bleu, nan=-np.inf) > bleu[row]
    prices = np.where(better & ~np.isnan(cost), cost, np.inf).min(axis=0)
    parts = np.where(np.isinf(prices), np.nan, cost[row] / prices)
    return np.vstack([1 + better.sum(axis=0), parts])
