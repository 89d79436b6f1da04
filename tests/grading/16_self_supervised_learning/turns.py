# %% wrong: clockwise
# message: the images turn clockwise
def rotation_task(images):
    four = [np.rot90(images, -k, axes=(1, 2)) for k in range(4)]
    return np.concatenate(four), np.repeat(np.arange(4), len(images))


# %% wrong: image by image
# message: the four positions of one image follow each other
def rotation_task(images):
    four = np.stack([np.rot90(images, k, axes=(1, 2)) for k in range(4)], axis=1)
    return four.reshape(-1, *images.shape[1:]), np.tile(np.arange(4), len(images))


# %% wrong: labels in another order than images
# message: the labels run 0, 1, 2, 3 from image to image
def rotation_task(images):
    four = [np.rot90(images, k, axes=(1, 2)) for k in range(4)]
    return np.concatenate(four), np.tile(np.arange(4), len(images))


# %% wrong: degrees
# message: the labels are degrees, not quarter turns
def rotation_task(images):
    four = [np.rot90(images, k, axes=(1, 2)) for k in range(4)]
    return np.concatenate(four), 90 * np.repeat(np.arange(4), len(images))


# %% wrong: mirrors
# message: the images are mirrored, not turned
def rotation_task(images):
    four = [images, images[:, :, ::-1], images[:, ::-1, ::-1], images[:, ::-1]]
    return np.concatenate(four), np.repeat(np.arange(4), len(images))


# %% wrong: a quarter turn for all
# message: every turned copy has the same quarter turn
def rotation_task(images):
    four = [images] + 3 * [np.rot90(images, 1, axes=(1, 2))]
    return np.concatenate(four), np.repeat(np.arange(4), len(images))


# %% right: a loop over images
def rotation_task(images):
    found = [np.rot90(image, k) for k in range(4) for image in images]
    return np.array(found), [k for k in range(4) for _ in images]


# %% right: transposes and flips in torch
def rotation_task(images):
    now, found = torch.tensor(images), []
    for _ in range(4):
        found.append(now)
        now = now.transpose(1, 2).flip(1)
    return torch.cat(found), torch.arange(4 * len(images)) // len(images)
