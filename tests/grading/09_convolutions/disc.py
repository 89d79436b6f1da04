# %% wrong: a square
# message: window is a square
def disc_pool(image, radius):
    H, W = image.shape
    reach = int(np.ceil(radius))
    wide = np.pad(np.asarray(image, float), reach, constant_values=-np.inf)
    steps = np.arange(-reach, reach + 1)
    m, o = steps[:, None], steps[None]
    disc = (abs(m) <= radius) & (abs(o) <= radius)
    result = np.empty((H, W))
    for i, j in np.ndindex(H, W):
        window = wide[i : i + len(steps), j : j + len(steps)]
        result[i, j] = window[disc].max()
    return result


# %% wrong: a diamond
# message: diamond
def disc_pool(image, radius):
    H, W = image.shape
    reach = int(np.ceil(radius))
    wide = np.pad(np.asarray(image, float), reach, constant_values=-np.inf)
    steps = np.arange(-reach, reach + 1)
    m, o = steps[:, None], steps[None]
    disc = abs(m) + abs(o) <= radius
    result = np.empty((H, W))
    for i, j in np.ndindex(H, W):
        window = wide[i : i + len(steps), j : j + len(steps)]
        result[i, j] = window[disc].max()
    return result


# %% wrong: the rim is left out
# message: exactly the distance
def disc_pool(image, radius):
    H, W = image.shape
    reach = int(np.ceil(radius))
    wide = np.pad(np.asarray(image, float), reach, constant_values=-np.inf)
    steps = np.arange(-reach, reach + 1)
    m, o = steps[:, None], steps[None]
    disc = (m**2 + o**2 < radius**2) | ((m == 0) & (o == 0))
    result = np.empty((H, W))
    for i, j in np.ndindex(H, W):
        window = wide[i : i + len(steps), j : j + len(steps)]
        result[i, j] = window[disc].max()
    return result


# %% wrong: zeros around
# message: zeros around
def disc_pool(image, radius):
    H, W = image.shape
    reach = int(np.ceil(radius))
    wide = np.pad(np.asarray(image, float), reach, constant_values=0.0)
    steps = np.arange(-reach, reach + 1)
    m, o = steps[:, None], steps[None]
    disc = m**2 + o**2 <= radius**2
    result = np.empty((H, W))
    for i, j in np.ndindex(H, W):
        window = wide[i : i + len(steps), j : j + len(steps)]
        result[i, j] = window[disc].max()
    return result


# %% wrong: the mean
# message: mean is taken
def disc_pool(image, radius):
    H, W = image.shape
    reach = int(np.ceil(radius))
    wide = np.pad(np.asarray(image, float), reach, constant_values=np.nan)
    steps = np.arange(-reach, reach + 1)
    m, o = steps[:, None], steps[None]
    disc = m**2 + o**2 <= radius**2
    result = np.empty((H, W))
    for i, j in np.ndindex(H, W):
        window = wide[i : i + len(steps), j : j + len(steps)]
        result[i, j] = np.nanmean(window[disc])
    return result


# %% wrong: without the pixel itself
# message: pixel itself
def disc_pool(image, radius):
    H, W = image.shape
    reach = int(np.ceil(radius))
    wide = np.pad(np.asarray(image, float), reach, constant_values=-np.inf)
    steps = np.arange(-reach, reach + 1)
    m, o = steps[:, None], steps[None]
    disc = (m**2 + o**2 <= radius**2) & (m**2 + o**2 > 0)
    result = np.empty((H, W))
    for i, j in np.ndindex(H, W):
        window = wide[i : i + len(steps), j : j + len(steps)]
        result[i, j] = window[disc].max() if disc.any() else image[i, j]
    return result


# %% wrong: the image shrinks
# message: wrong shape
def disc_pool(image, radius):
    reach = int(radius)
    windows = np.lib.stride_tricks.sliding_window_view(image, (2 * reach + 1,) * 2)
    steps = np.arange(-reach, reach + 1)
    return windows[:, :, steps[:, None] ** 2 + steps**2 <= radius**2].max(axis=-1)


# %% right: shifted copies
def disc_pool(image, radius):
    H, W = image.shape
    best = np.array(image, dtype=float)
    reach = int(radius)
    for m in range(-min(reach, H - 1), min(reach, H - 1) + 1):
        for o in range(-min(reach, W - 1), min(reach, W - 1) + 1):
            if m * m + o * o > radius * radius:
                continue
            to = best[max(0, -m) : H - max(0, m), max(0, -o) : W - max(0, o)]
            source = image[max(0, m) : H + min(0, m), max(0, o) : W + min(0, o)]
            np.maximum(to, source, out=to)
    return best


# %% right: a morphological dilation
def disc_pool(image, radius):
    from scipy import ndimage

    steps = np.arange(-int(radius), int(radius) + 1)
    disc = steps[:, None] ** 2 + steps**2 <= radius**2
    return ndimage.maximum_filter(
        image.astype(float), footprint=disc, mode="constant", cval=-np.inf
    )
