# %% wrong: no biases
# message: biases are forgotten
def vgg_parameters(plan, units, shape):
    C, H, W = shape
    first = dense = 0
    for entry in plan:
        if entry == "M":
            H, W = H // 2, W // 2
        else:
            first += entry * (9 * C)
            C = entry
    D = C * H * W
    for size in units:
        dense += size * D
        D = size
    return first, dense


# %% wrong: the image's channels everywhere
# message: channels of the image
def vgg_parameters(plan, units, shape):
    C, H, W = shape
    first = dense = 0
    for entry in plan:
        if entry == "M":
            H, W = H // 2, W // 2
        else:
            first += entry * (9 * shape[0] + 1)
            C = entry
    D = C * H * W
    for size in units:
        dense += size * (D + 1)
        D = size
    return first, dense


# %% wrong: pooled after each convolution
# message: each convolution, and not
def vgg_parameters(plan, units, shape):
    C, H, W = shape
    first = dense = 0
    for entry in plan:
        if entry != "M":
            H, W = H // 2, W // 2
            first += entry * (9 * C + 1)
            C = entry
    D = C * H * W
    for size in units:
        dense += size * (D + 1)
        D = size
    return first, dense


# %% wrong: pooling ignored
# message: does not change height
def vgg_parameters(plan, units, shape):
    C, H, W = shape
    first = dense = 0
    for entry in plan:
        if entry == "M":
            continue
        else:
            first += entry * (9 * C + 1)
            C = entry
    D = C * H * W
    for size in units:
        dense += size * (D + 1)
        D = size
    return first, dense


# %% wrong: rounded up
# message: last row is kept
def vgg_parameters(plan, units, shape):
    C, H, W = shape
    first = dense = 0
    for entry in plan:
        if entry == "M":
            H, W = (H + 1) // 2, (W + 1) // 2
        else:
            first += entry * (9 * C + 1)
            C = entry
    D = C * H * W
    for size in units:
        dense += size * (D + 1)
        D = size
    return first, dense


# %% wrong: no padding
# message: no padding
def vgg_parameters(plan, units, shape):
    C, H, W = shape
    first = dense = 0
    for entry in plan:
        if entry == "M":
            H, W = H // 2, W // 2
        else:
            first += entry * (9 * C + 1)
            C = entry
            H, W = H - 2, W - 2
    D = C * H * W
    for size in units:
        dense += size * (D + 1)
        D = size
    return first, dense


# %% wrong: one number a channel
# message: one number a channel
def vgg_parameters(plan, units, shape):
    C, H, W = shape
    first = dense = 0
    for entry in plan:
        if entry == "M":
            H, W = H // 2, W // 2
        else:
            first += entry * (9 * C + 1)
            C = entry
    D = C
    for size in units:
        dense += size * (D + 1)
        D = size
    return first, dense


# %% wrong: all dense layers see the maps
# message: flattened maps
def vgg_parameters(plan, units, shape):
    C, H, W = shape
    first = dense = 0
    for entry in plan:
        if entry == "M":
            H, W = H // 2, W // 2
        else:
            first += entry * (9 * C + 1)
            C = entry
    D = C * H * W
    for size in units:
        dense += size * (D + 1)
    return first, dense


# %% wrong: kernels of three weights
# message: three weights a channel
def vgg_parameters(plan, units, shape):
    C, H, W = shape
    first = dense = 0
    for entry in plan:
        if entry == "M":
            H, W = H // 2, W // 2
        else:
            first += entry * (3 * C + 1)
            C = entry
    D = C * H * W
    for size in units:
        dense += size * (D + 1)
        D = size
    return first, dense


# %% wrong: pooling quarters
# message: by four
def vgg_parameters(plan, units, shape):
    C, H, W = shape
    first = dense = 0
    for entry in plan:
        if entry == "M":
            H, W = H // 4, W // 4
        else:
            first += entry * (9 * C + 1)
            C = entry
    D = C * H * W
    for size in units:
        dense += size * (D + 1)
        D = size
    return first, dense


# %% right: torch without memory
def vgg_parameters(plan, units, shape):
    layers = []
    with torch.device("meta"):
        for entry in plan:
            pooled = entry == "M"
            layers.append(
                torch.nn.MaxPool2d(2)
                if pooled
                else torch.nn.LazyConv2d(entry, 3, padding=1)
            )
        head = [torch.nn.Flatten(), *(torch.nn.LazyLinear(u) for u in units)]
        body, head = torch.nn.Sequential(*layers), torch.nn.Sequential(*head)
        head(body(torch.zeros(1, *shape)))
    return [sum(p.numel() for p in part.parameters()) for part in (body, head)]


# %% right: consecutive pairs
def vgg_parameters(plan, units, shape):
    widths = [shape[0]] + [entry for entry in plan if entry != "M"]
    halvings = sum(entry == "M" for entry in plan)
    sides = [side >> halvings for side in shape[1:]]
    flat = [widths[-1] * sides[0] * sides[1], *units]
    first = sum(b * (9 * a + 1) for a, b in zip(widths, widths[1:]))
    return first, sum(b * (a + 1) for a, b in zip(flat, flat[1:]))
