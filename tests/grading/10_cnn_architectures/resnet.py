# %% wrong: biases
# message: have biases
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 3 * after

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if channels != out:
                total += conv(channels, out, 1)
            channels = out
    return total + classes * channels + classes


# %% wrong: no batch normalization
# message: normalization is forgotten
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if channels != out:
                total += conv(channels, out, 1)
            channels = out
    return total + classes * channels + classes


# %% wrong: running statistics count
# message: running statistics
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 4 * after

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if channels != out:
                total += conv(channels, out, 1)
            channels = out
    return total + classes * channels + classes


# %% wrong: plain first convolution
# message: first convolution is not
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 2 * after

    total, channels = 3 * 64 * 49, 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if channels != out:
                total += conv(channels, out, 1)
            channels = out
    return total + classes * channels + classes


# %% wrong: plain shortcuts
# message: shortcuts are not normalized
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 2 * after

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if channels != out:
                total += channels * out
            channels = out
    return total + classes * channels + classes


# %% wrong: a projection in each block
# message: every block has
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 2 * after

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if True:
                total += conv(channels, out, 1)
            channels = out
    return total + classes * channels + classes


# %% wrong: a projection in each stage
# message: every stage begins
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 2 * after

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if block == 0:
                total += conv(channels, out, 1)
            channels = out
    return total + classes * channels + classes


# %% wrong: no projections
# message: there is no projection
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 2 * after

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if False:
                total += conv(channels, out, 1)
            channels = out
    return total + classes * channels + classes


# %% wrong: no projection in stage 1
# message: first stage never
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 2 * after

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if block == 0 and stage > 0:
                total += conv(channels, out, 1)
            channels = out
    return total + classes * channels + classes


# %% wrong: 3×3 projections
# message: projections are 3
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 2 * after

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if channels != out:
                total += conv(channels, out, 3)
            channels = out
    return total + classes * channels + classes


# %% wrong: no expansion
# message: does not widen
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 2 * after

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if channels != out:
                total += conv(channels, out, 1)
            channels = out
    return total + classes * channels + classes


# %% wrong: narrow later blocks
# message: w channels instead of 4w
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 2 * after

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += (
                    conv(channels if block == 0 else w, w, 1)
                    + conv(w, w, 3)
                    + conv(w, out, 1)
                )
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if channels != out:
                total += conv(channels, out, 1)
            channels = out
    return total + classes * channels + classes


# %% wrong: no bias at the end
# message: last layer has no bias
def resnet_parameters(counts, bottleneck, classes):
    def conv(before, after, side):
        return before * after * side**2 + 2 * after

    total, channels = conv(3, 64, 7), 64
    for stage, count in enumerate(counts):
        w = 64 * 2**stage
        out = 4 * w if bottleneck else w
        for block in range(count):
            if bottleneck:
                total += conv(channels, w, 1) + conv(w, w, 3) + conv(w, out, 1)
            else:
                total += conv(channels, w, 3) + conv(w, out, 3)
            if channels != out:
                total += conv(channels, out, 1)
            channels = out
    return total + classes * channels


# %% right: torch without memory
def resnet_parameters(counts, bottleneck, classes):
    nn = torch.nn

    def conv(a, b, k):
        return [nn.Conv2d(a, b, k, bias=False), nn.BatchNorm2d(b)]

    with torch.device("meta"):
        layers, channels = conv(3, 64, 7), 64
        for count, w in zip(counts, (64, 128, 256, 512)):
            for _ in range(count):
                if bottleneck:
                    layers += [
                        *conv(channels, w, 1),
                        *conv(w, w, 3),
                        *conv(w, 4 * w, 1),
                    ]
                else:
                    layers += [*conv(channels, w, 3), *conv(w, w, 3)]
                out = layers[-1].num_features
                layers += conv(channels, out, 1) if channels != out else []
                channels = out
        layers.append(nn.Linear(channels, classes))
    return sum(p.numel() for p in nn.ModuleList(layers).parameters())


# %% right: closed forms of the blocks
def resnet_parameters(counts, bottleneck, classes):
    wide = 4 if bottleneck else 1
    total = 3 * 64 * 49 + 128
    before = 64
    for n, w in zip(counts, [64, 128, 256, 512]):
        out = wide * w
        if bottleneck:
            later = out * w + 9 * w * w + w * out + 4 * w + 2 * out
        else:
            later = 18 * w * w + 4 * w
        kernel = 1 if bottleneck else 9
        change = kernel * (before - out) * w
        change += before * out + 2 * out if before != out else 0
        total += n * later + change
        before = out
    return total + classes * (before + 1)
