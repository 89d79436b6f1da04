# %% wrong: padded convolutions
# message: padded and keep
def unet_sizes(size, depth):

    def stage(side):
        if side < 5:
            raise ValueError(f"two 3×3 convolutions do not fit on {side}×{side}")
        return side

    skips, ups, crops = [], [], []
    for _ in range(depth):
        size = stage(size)
        skips.append(size)
        if size % 2:
            raise ValueError(f"2×2 pooling does not fit on {size}×{size}")
        size //= 2
    size = stage(size)
    for skip in reversed(skips):
        size *= 2
        ups.append(size)
        crops.append((skip - size) // 2)
        size = stage(size)
    return skips, ups, crops, size


# %% wrong: one convolution a stage
# message: a stage has one convolution only
def unet_sizes(size, depth):

    def stage(side):
        if side < 5:
            raise ValueError(f"two 3×3 convolutions do not fit on {side}×{side}")
        return side - 2

    skips, ups, crops = [], [], []
    for _ in range(depth):
        size = stage(size)
        skips.append(size)
        if size % 2:
            raise ValueError(f"2×2 pooling does not fit on {size}×{size}")
        size //= 2
    size = stage(size)
    for skip in reversed(skips):
        size *= 2
        ups.append(size)
        crops.append((skip - size) // 2)
        size = stage(size)
    return skips, ups, crops, size


# %% wrong: skips after pooling
# message: the skips are taken after the pooling
def unet_sizes(size, depth):

    def stage(side):
        if side < 5:
            raise ValueError(f"two 3×3 convolutions do not fit on {side}×{side}")
        return side - 4

    skips, ups, crops = [], [], []
    for _ in range(depth):
        size = stage(size)
        if size % 2:
            raise ValueError(f"2×2 pooling does not fit on {size}×{size}")
        size //= 2
        skips.append(size)
    size = stage(size)
    for skip in reversed(skips):
        size *= 2
        ups.append(size)
        crops.append((skip - size) // 2)
        size = stage(size)
    return skips, ups, crops, size


# %% wrong: a bottom without convolutions
# message: the bottom has no convolutions
def unet_sizes(size, depth):

    def stage(side):
        if side < 5:
            raise ValueError(f"two 3×3 convolutions do not fit on {side}×{side}")
        return side - 4

    skips, ups, crops = [], [], []
    for _ in range(depth):
        size = stage(size)
        skips.append(size)
        if size % 2:
            raise ValueError(f"2×2 pooling does not fit on {size}×{size}")
        size //= 2
    for skip in reversed(skips):
        size *= 2
        ups.append(size)
        crops.append((skip - size) // 2)
        size = stage(size)
    return skips, ups, crops, size


# %% wrong: crops of both sides together
# message: the pixels of both sides are counted together
def unet_sizes(size, depth):

    def stage(side):
        if side < 5:
            raise ValueError(f"two 3×3 convolutions do not fit on {side}×{side}")
        return side - 4

    skips, ups, crops = [], [], []
    for _ in range(depth):
        size = stage(size)
        skips.append(size)
        if size % 2:
            raise ValueError(f"2×2 pooling does not fit on {size}×{size}")
        size //= 2
    size = stage(size)
    for skip in reversed(skips):
        size *= 2
        ups.append(size)
        crops.append(skip - size)
        size = stage(size)
    return skips, ups, crops, size


# %% wrong: crops from the top down
# message: the crops are listed from the top down
def unet_sizes(size, depth):

    def stage(side):
        if side < 5:
            raise ValueError(f"two 3×3 convolutions do not fit on {side}×{side}")
        return side - 4

    skips, ups, crops = [], [], []
    for _ in range(depth):
        size = stage(size)
        skips.append(size)
        if size % 2:
            raise ValueError(f"2×2 pooling does not fit on {size}×{size}")
        size //= 2
    size = stage(size)
    for skip in reversed(skips):
        size *= 2
        ups.append(size)
        crops.append((skip - size) // 2)
        size = stage(size)
    return skips, ups, crops[::-1], size


# %% wrong: the crops after the stage
# message: the skips are cropped to the size after the convolutions
def unet_sizes(size, depth):

    def stage(side):
        if side < 5:
            raise ValueError(f"two 3×3 convolutions do not fit on {side}×{side}")
        return side - 4

    skips, ups, crops = [], [], []
    for _ in range(depth):
        size = stage(size)
        skips.append(size)
        if size % 2:
            raise ValueError(f"2×2 pooling does not fit on {size}×{size}")
        size //= 2
    size = stage(size)
    for skip in reversed(skips):
        size *= 2
        ups.append(size)
        size = stage(size)
        crops.append((skip - size) // 2)
    return skips, ups, crops, size


# %% wrong: skips before the stage
# message: the skips are taken before the convolutions of their stage
def unet_sizes(size, depth):

    def stage(side):
        if side < 5:
            raise ValueError(f"two 3×3 convolutions do not fit on {side}×{side}")
        return side - 4

    skips, ups, crops = [], [], []
    for _ in range(depth):
        skips.append(size)
        size = stage(size)
        if size % 2:
            raise ValueError(f"2×2 pooling does not fit on {size}×{size}")
        size //= 2
    size = stage(size)
    for skip in reversed(skips):
        size *= 2
        ups.append(size)
        crops.append((skip - size) // 2)
        size = stage(size)
    return skips, ups, crops, size


# %% wrong: skips in the wrong order
# message: the first skip meets the first up-convolution
def unet_sizes(size, depth):

    def stage(side):
        if side < 5:
            raise ValueError(f"two 3×3 convolutions do not fit on {side}×{side}")
        return side - 4

    skips, ups, crops = [], [], []
    for _ in range(depth):
        size = stage(size)
        skips.append(size)
        if size % 2:
            raise ValueError(f"2×2 pooling does not fit on {size}×{size}")
        size //= 2
    size = stage(size)
    for skip in skips:
        size *= 2
        ups.append(size)
        crops.append((skip - size) // 2)
        size = stage(size)
    return skips, ups, crops, size


# %% wrong: odd sides are rounded
# message: should raise ValueError
def unet_sizes(size, depth):

    def stage(side):
        if side < 5:
            raise ValueError(f"two 3×3 convolutions do not fit on {side}×{side}")
        return side - 4

    skips, ups, crops = [], [], []
    for _ in range(depth):
        size = stage(size)
        skips.append(size)
        size //= 2
    size = stage(size)
    for skip in reversed(skips):
        size *= 2
        ups.append(size)
        crops.append((skip - size) // 2)
        size = stage(size)
    return skips, ups, crops, size


# %% wrong: too small is not noticed
# message: should raise ValueError
def unet_sizes(size, depth):

    def stage(side):
        return side - 4

    skips, ups, crops = [], [], []
    for _ in range(depth):
        size = stage(size)
        skips.append(size)
        if size % 2:
            raise ValueError(f"2×2 pooling does not fit on {size}×{size}")
        size //= 2
    size = stage(size)
    for skip in reversed(skips):
        size *= 2
        ups.append(size)
        crops.append((skip - size) // 2)
        size = stage(size)
    return skips, ups, crops, size


# %% right: real layers
def unet_sizes(size, depth):
    x = torch.zeros(1, 1, size, size, device="meta")
    conv = torch.nn.Conv2d(1, 1, 3, device="meta")
    skips, ups, crops = [], [], []
    try:
        for _ in range(depth):
            x = conv(conv(x))
            skips.append(x.shape[2])
            if skips[-1] % 2:
                raise RuntimeError("odd")
            x = torch.nn.functional.max_pool2d(x, 2)
        x = conv(conv(x))
        for skip in skips[::-1]:
            x = torch.nn.functional.conv_transpose2d(
                x, torch.ones(1, 1, 2, 2, device="meta"), stride=2
            )
            ups.append(x.shape[2])
            crops.append((skip - ups[-1]) // 2)
            x = conv(conv(x))
    except RuntimeError as problem:
        raise ValueError("this picture does not fit") from problem
    return skips, ups, crops, x.shape[2]


# %% right: recursion
def unet_sizes(size, depth):
    inner = size - 4
    if inner < 1:
        raise ValueError("too small")
    if depth == 0:
        return [], [], [], inner
    if inner % 2:
        raise ValueError("odd")
    skips, ups, crops, below = unet_sizes(inner // 2, depth - 1)
    up = 2 * below
    if up < 5:
        raise ValueError("too small")
    return [inner, *skips], [*ups, up], [*crops, (inner - up) // 2], up - 4
