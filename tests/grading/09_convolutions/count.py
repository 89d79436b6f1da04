# %% wrong: a filter has one channel
# message: channels are forgotten
def count_parameters(image, filters, kernel, padding):
    C, H, W = image
    results = filters * (H + 2 * padding - kernel + 1) * (W + 2 * padding - kernel + 1)
    return filters * (kernel**2 + 1), results * (C * H * W + 1)


# %% wrong: no biases
# message: no biases
def count_parameters(image, filters, kernel, padding):
    C, H, W = image
    results = filters * (H + 2 * padding - kernel + 1) * (W + 2 * padding - kernel + 1)
    return filters * C * kernel**2, results * C * H * W


# %% wrong: a bias for every pixel
# message: bias of its own
def count_parameters(image, filters, kernel, padding):
    C, H, W = image
    results = filters * (H + 2 * padding - kernel + 1) * (W + 2 * padding - kernel + 1)
    return filters * C * kernel**2 + results, results * (C * H * W + 1)


# %% wrong: one dense unit a filter
# message: one result a filter
def count_parameters(image, filters, kernel, padding):
    C, H, W = image
    results = filters * (H + 2 * padding - kernel + 1) * (W + 2 * padding - kernel + 1)
    return filters * (C * kernel**2 + 1), filters * (C * H * W + 1)


# %% wrong: as many dense units as inputs
# message: as many units
def count_parameters(image, filters, kernel, padding):
    C, H, W = image
    results = filters * (H + 2 * padding - kernel + 1) * (W + 2 * padding - kernel + 1)
    return filters * (C * kernel**2 + 1), C * H * W * (C * H * W + 1)


# %% wrong: no padding
# message: padding is left out
def count_parameters(image, filters, kernel, padding):
    C, H, W = image
    results = filters * (H + 2 * padding - kernel + 1) * (W + 2 * padding - kernel + 1)
    return filters * (C * kernel**2 + 1), filters * (H - kernel + 1) * (
        W - kernel + 1
    ) * (C * H * W + 1)


# %% right: torch counts
def count_parameters(image, filters, kernel, padding):
    layer = torch.nn.Conv2d(image[0], filters, kernel, padding=padding)
    results = layer(torch.zeros(1, *image)).numel()
    own = sum(p.numel() for p in layer.parameters())
    return torch.tensor([own, results * (int(np.prod(image)) + 1)])


# %% right: weights and biases apart
def count_parameters(image, filters, kernel, padding):
    C, H, W = image
    maps = [side + 2 * padding - (kernel - 1) for side in (H, W)]
    units = filters * maps[0] * maps[1]
    shared = C * kernel * kernel * filters
    return [shared + filters, C * H * W * units + units]
