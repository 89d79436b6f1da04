# %% wrong: bytes are normalized
# message: not scaled to [0, 1]
def augment(images, tops, lefts, flips, size, mean, std):
    crops = []
    for image, top, left, flip in zip(images, tops, lefts, flips):
        crop = image[top : top + size, left : left + size]
        crops.append(crop[:, ::-1] if flip else crop)
    pixels = np.stack(crops)
    return ((pixels - mean) / std).transpose(0, 3, 1, 2)


# %% wrong: mirrored before the cut
# message: before they are cut
def augment(images, tops, lefts, flips, size, mean, std):
    crops = []
    for image, top, left, flip in zip(images, tops, lefts, flips):
        crop = (image[:, ::-1] if flip else image)[top:, left:][:size, :size]
        crops.append(crop)
    pixels = np.stack(crops) / 255
    return ((pixels - mean) / std).transpose(0, 3, 1, 2)


# %% wrong: upside down
# message: upside down
def augment(images, tops, lefts, flips, size, mean, std):
    crops = []
    for image, top, left, flip in zip(images, tops, lefts, flips):
        crop = image[top : top + size, left : left + size]
        crops.append(crop[::-1] if flip else crop)
    pixels = np.stack(crops) / 255
    return ((pixels - mean) / std).transpose(0, 3, 1, 2)


# %% wrong: no mirror
# message: no image is mirrored
def augment(images, tops, lefts, flips, size, mean, std):
    crops = []
    for image, top, left, flip in zip(images, tops, lefts, flips):
        crop = image[top : top + size, left : left + size]
        crops.append(crop)
    pixels = np.stack(crops) / 255
    return ((pixels - mean) / std).transpose(0, 3, 1, 2)


# %% wrong: all mirrored
# message: every image is mirrored
def augment(images, tops, lefts, flips, size, mean, std):
    crops = []
    for image, top, left, flip in zip(images, tops, lefts, flips):
        crop = image[top : top + size, left : left + size]
        crops.append(crop[:, ::-1])
    pixels = np.stack(crops) / 255
    return ((pixels - mean) / std).transpose(0, 3, 1, 2)


# %% wrong: row and column exchanged
# message: row and column
def augment(images, tops, lefts, flips, size, mean, std):
    crops = []
    for image, top, left, flip in zip(images, tops, lefts, flips):
        crop = image[left : left + size, top : top + size]
        crops.append(crop[:, ::-1] if flip else crop)
    pixels = np.stack(crops) / 255
    return ((pixels - mean) / std).transpose(0, 3, 1, 2)


# %% wrong: times the deviation
# message: multiplied by the deviation
def augment(images, tops, lefts, flips, size, mean, std):
    crops = []
    for image, top, left, flip in zip(images, tops, lefts, flips):
        crop = image[top : top + size, left : left + size]
        crops.append(crop[:, ::-1] if flip else crop)
    pixels = np.stack(crops) / 255
    return ((pixels - mean) * std).transpose(0, 3, 1, 2)


# %% wrong: no normalization
# message: not normalized
def augment(images, tops, lefts, flips, size, mean, std):
    crops = []
    for image, top, left, flip in zip(images, tops, lefts, flips):
        crop = image[top : top + size, left : left + size]
        crops.append(crop[:, ::-1] if flip else crop)
    pixels = np.stack(crops) / 255
    return (pixels).transpose(0, 3, 1, 2)


# %% wrong: channels last
# message: wrong shape
def augment(images, tops, lefts, flips, size, mean, std):
    crops = []
    for image, top, left, flip in zip(images, tops, lefts, flips):
        crop = image[top : top + size, left : left + size]
        crops.append(crop[:, ::-1] if flip else crop)
    pixels = np.stack(crops) / 255
    return (pixels - mean) / std


# %% wrong: the first crop for all images
def augment(images, tops, lefts, flips, size, mean, std):
    crops = images[:, tops[0] : tops[0] + size, lefts[0] : lefts[0] + size]
    crops = np.stack([c[:, ::-1] if f else c for c, f in zip(crops, flips)])
    return ((crops / 255 - mean) / std).transpose(0, 3, 1, 2)


# %% right: index arrays instead of a loop
def augment(images, tops, lefts, flips, size, mean, std):
    steps = np.arange(size)
    rows = np.asarray(tops)[:, None] + steps
    columns = np.asarray(lefts)[:, None] + steps
    flips = np.asarray(flips)[:, None]
    columns = np.where(flips, columns[:, ::-1], columns)
    which = np.arange(len(images))[:, None, None]
    crops = images[which, rows[:, :, None], columns[:, None, :]]
    return np.moveaxis((crops / 255.0 - mean) / std, -1, 1)


# %% right: torch, channels first from the start
def augment(images, tops, lefts, flips, size, mean, std):
    images = torch.tensor(images).permute(0, 3, 1, 2).double() / 255
    mean, std = (torch.tensor(v)[None, :, None, None] for v in (mean, std))
    images = (images - mean) / std
    out = torch.stack(
        [im[:, t : t + size, l : l + size] for im, t, l in zip(images, tops, lefts)]
    )
    mirror = torch.tensor(np.asarray(flips))[:, None, None, None]
    return torch.where(mirror, out.flip(-1), out)
