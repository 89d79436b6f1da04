# %% wrong: each image by itself
# message: images are compared with their own turns only, not with other images
def rotation_floor(images):
    orders = [
        sum(np.array_equal(im, np.rot90(im, k)) for k in range(4)) for im in images
    ]
    orders = np.array(orders)
    return (1 / orders).mean(), np.log(orders).mean()


# %% wrong: symmetric or not
# message: every image with any symmetry is taken for a circle
def rotation_floor(images):
    same = [
        any(np.array_equal(im, np.rot90(im, k)) for k in (1, 2, 3)) for im in images
    ]
    same = np.array(same)
    return np.where(same, 0.25, 1).mean(), np.where(same, np.log(4), 0).mean()


# %% wrong: only a quarter turn is looked at
# message: an image that looks the same after half a turn is overlooked
def rotation_floor(images):
    same = [np.array_equal(im, np.rot90(im)) for im in images]
    return np.where(same, 0.25, 1).mean(), np.where(same, np.log(4), 0).mean()


# %% wrong: bits
# message: the loss is measured in bits
def rotation_floor(images):
    drawers = {}
    for image in images:
        for k in range(4):
            drawers.setdefault(np.rot90(image, k).tobytes(), np.zeros(4))[k] += 1
    tables = np.array(list(drawers.values()))
    p = tables / tables.sum(axis=1, keepdims=True)
    loss = -(tables * np.log2(np.where(p > 0, p, 1))).sum()
    return tables.max(axis=1).sum() / tables.sum(), loss / tables.sum()


# %% wrong: drawers count equally
# message: each different picture counts once, however often it is shown
def rotation_floor(images):
    drawers = {}
    for image in images:
        for k in range(4):
            drawers.setdefault(np.rot90(image, k).tobytes(), np.zeros(4))[k] += 1
    tables = np.array(list(drawers.values()))
    p = tables / tables.sum(axis=1, keepdims=True)
    loss = -(p * np.log(np.where(p > 0, p, 1))).sum(axis=1)
    return p.max(axis=1).mean(), loss.mean()


# %% wrong: sums instead of means
# message: the sums are divided by N, not by 4N
def rotation_floor(images):
    drawers = {}
    for image in images:
        for k in range(4):
            drawers.setdefault(np.rot90(image, k).tobytes(), np.zeros(4))[k] += 1
    tables = np.array(list(drawers.values()))
    p = tables / tables.sum(axis=1, keepdims=True)
    loss = -(tables * np.log(np.where(p > 0, p, 1))).sum()
    return tables.max(axis=1).sum() / len(images), loss / len(images)


# %% wrong: all possible turns are equally likely
# message: all turns that occur in a drawer are taken for equally likely
def rotation_floor(images):
    drawers, keys = {}, []
    for image in images:
        for k in range(4):
            key = np.rot90(image, k).tobytes()
            drawers.setdefault(key, set()).add(k)
            keys.append(key)
    sizes = np.array([len(drawers[key]) for key in keys])
    return (1 / sizes).mean(), np.log(sizes).mean()


# %% right: a Counter of pairs
def rotation_floor(images):
    from collections import Counter

    shown = [(np.rot90(im, k).tolist(), k) for im in images for k in range(4)]
    pairs = Counter((str(pixels), k) for pixels, k in shown)
    total = Counter(str(pixels) for pixels, _ in shown)
    best = {}
    for (pixels, _), count in pairs.items():
        best[pixels] = max(best.get(pixels, 0), count)
    loss = -sum(c * np.log(c / total[pixels]) for (pixels, _), c in pairs.items())
    return sum(best.values()) / len(shown), loss / len(shown)


# %% right: torch's unique
def rotation_floor(images):
    four = torch.cat(
        [torch.rot90(torch.tensor(np.array(images)), k, (1, 2)) for k in range(4)]
    )
    _, drawer = torch.unique(four.flatten(1), dim=0, return_inverse=True)
    turns = torch.arange(4).repeat_interleave(len(images))
    table = torch.zeros(int(drawer.max()) + 1, 4, dtype=torch.float64)
    table.index_put_(
        (drawer, turns), torch.ones(len(turns), dtype=torch.float64), accumulate=True
    )
    p = table / table.sum(dim=1, keepdim=True)
    weight = table.sum(dim=1) / len(turns)
    loss = (torch.special.entr(p).sum(dim=1) * weight).sum()
    return table.max(dim=1).values.sum() / len(turns), loss
