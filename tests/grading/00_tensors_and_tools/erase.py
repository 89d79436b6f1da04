# %% wrong: the colleague's function
# message: in place
def erase(images, top, left, size):
    before = images[:]
    after = images
    after[:, top : top + size, left : left + size] = 0
    return np.stack([after, before - after])


# %% wrong: one copy with two names
# message: two names for the same memory
def erase(images, top, left, size):
    before = images.copy()
    after = before
    after[:, top : top + size, left : left + size] = 0
    return np.stack([after, before - after])


# %% wrong: the copy is kept and the original is erased
# message: in place
def erase(images, top, left, size):
    before = images.copy()
    images[:, top : top + size, left : left + size] = 0
    return np.stack([images, before - images])


# %% wrong: after minus before
# message: other way round
def erase(images, top, left, size):
    after = images.copy()
    after[:, top : top + size, left : left + size] = 0
    return np.stack([after, after - images])


# %% wrong: columns first
# message: rows and columns
def erase(images, top, left, size):
    after = images.copy()
    after[:, left : left + size, top : top + size] = 0
    return np.stack([after, images - after])


# %% wrong: the size is taken for the end
# message: ends at `size`
def erase(images, top, left, size):
    after = images.copy()
    after[:, top:size, left:size] = 0
    return np.stack([after, images - after])


# %% wrong: the last row and column are counted twice
# message: one pixel too large
def erase(images, top, left, size):
    after = images.copy()
    after[:, top : top + size + 1, left : left + size + 1] = 0
    return np.stack([after, images - after])


# %% wrong: what was removed comes first
# message: other order
def erase(images, top, left, size):
    after = images.copy()
    after[:, top : top + size, left : left + size] = 0
    return np.stack([images - after, after])


# %% right: a mask and no assignment into images
def erase(images, top, left, size):
    rows = np.arange(images.shape[1])[:, None]
    columns = np.arange(images.shape[2])
    inside = (rows >= top) & (rows < top + size)
    inside = inside & (columns >= left) & (columns < left + size)
    return np.stack([images * ~inside, images * inside])


# %% right: the removed part is built first
def erase(images, top, left, size):
    removed = np.zeros_like(images)
    square = np.s_[:, top : top + size, left : left + size]
    removed[square] = images[square]
    return np.stack([images - removed, removed])


# %% right: torch clones
def erase(images, top, left, size):
    before = torch.from_numpy(images)
    after = before.clone()
    after[:, top : top + size, left : left + size] = 0
    return torch.stack([after, before - after])
