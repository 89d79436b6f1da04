# %% wrong: no groups
# message: groups are ignored
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = (H + 2 * padding - kernel) // stride + 1
    wide = (W + 2 * padding - kernel) // stride + 1
    weights = channels * C * kernel**2
    parameters = weights + (channels if bias else 0)
    return channels, high, wide, parameters, weights * high * wide


# %% wrong: groups twice
# message: both the input and the output
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = (H + 2 * padding - kernel) // stride + 1
    wide = (W + 2 * padding - kernel) // stride + 1
    weights = channels // groups * (C // groups) * kernel**2
    parameters = weights + (channels if bias else 0)
    return channels, high, wide, parameters, weights * high * wide


# %% wrong: no biases
# message: biases are forgotten
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = (H + 2 * padding - kernel) // stride + 1
    wide = (W + 2 * padding - kernel) // stride + 1
    weights = channels * (C // groups) * kernel**2
    parameters = weights
    return channels, high, wide, parameters, weights * high * wide


# %% wrong: a bias in any case
# message: although there are none
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = (H + 2 * padding - kernel) // stride + 1
    wide = (W + 2 * padding - kernel) // stride + 1
    weights = channels * (C // groups) * kernel**2
    parameters = weights + channels
    return channels, high, wide, parameters, weights * high * wide


# %% wrong: work at the input's positions
# message: positions of the input
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = (H + 2 * padding - kernel) // stride + 1
    wide = (W + 2 * padding - kernel) // stride + 1
    weights = channels * (C // groups) * kernel**2
    parameters = weights + (channels if bias else 0)
    return channels, high, wide, parameters, weights * H * W


# %% wrong: a bias for each position
# message: bias for each position
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = (H + 2 * padding - kernel) // stride + 1
    wide = (W + 2 * padding - kernel) // stride + 1
    weights = channels * (C // groups) * kernel**2
    parameters = weights + (channels * high * wide if bias else 0)
    return channels, high, wide, parameters, weights * high * wide


# %% wrong: biases are multiplied
# message: counted as multiplications
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = (H + 2 * padding - kernel) // stride + 1
    wide = (W + 2 * padding - kernel) // stride + 1
    weights = channels * (C // groups) * kernel**2
    parameters = weights + (channels if bias else 0)
    return channels, high, wide, parameters, parameters * high * wide


# %% wrong: one position
# message: single position
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = (H + 2 * padding - kernel) // stride + 1
    wide = (W + 2 * padding - kernel) // stride + 1
    weights = channels * (C // groups) * kernel**2
    parameters = weights + (channels if bias else 0)
    return channels, high, wide, parameters, weights


# %% wrong: K weights a channel
# message: K weights for each channel
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = (H + 2 * padding - kernel) // stride + 1
    wide = (W + 2 * padding - kernel) // stride + 1
    weights = channels * (C // groups) * kernel
    parameters = weights + (channels if bias else 0)
    return channels, high, wide, parameters, weights * high * wide


# %% wrong: padding on one side
# message: one side only
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = (H + padding - kernel) // stride + 1
    wide = (W + padding - kernel) // stride + 1
    weights = channels * (C // groups) * kernel**2
    parameters = weights + (channels if bias else 0)
    return channels, high, wide, parameters, weights * high * wide


# %% wrong: rounded up
# message: incomplete last window
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = -(-(H + 2 * padding - kernel) // stride) + 1
    wide = -(-(W + 2 * padding - kernel) // stride) + 1
    weights = channels * (C // groups) * kernel**2
    parameters = weights + (channels if bias else 0)
    return channels, high, wide, parameters, weights * high * wide


# %% wrong: two multiplications a weight
# message: additions are counted
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    C, H, W = shape
    high = (H + 2 * padding - kernel) // stride + 1
    wide = (W + 2 * padding - kernel) // stride + 1
    weights = channels * (C // groups) * kernel**2
    parameters = weights + (channels if bias else 0)
    return channels, high, wide, parameters, 2 * weights * high * wide


# %% right: torch without memory
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    with torch.device("meta"):
        conv = torch.nn.Conv2d(
            shape[0], channels, kernel, stride, padding, groups=groups, bias=bias
        )
        size = conv(torch.zeros(1, *shape)).shape[1:]
    numbers = sum(p.numel() for p in conv.parameters())
    return [*size, numbers, conv.weight.numel() * size[1] * size[2]]


# %% right: positions are listed
def conv_cost(shape, channels, kernel, stride, padding, groups, bias):
    def places(side):
        return len(range(0, side + 2 * padding - kernel + 1, stride))

    H, W = places(shape[1]), places(shape[2])
    group = (shape[0] // groups) * (channels // groups) * kernel * kernel
    total = sum(group for _ in range(groups))
    return np.array([channels, H, W, total + int(bias) * channels, total * H * W])
