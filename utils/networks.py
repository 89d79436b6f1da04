"""Known convolutional networks, each as one description for `utils.architectures`.

They are what was published, without auxiliary classifiers, for 1000 classes of color
images unless it says otherwise. Their numbers of parameters are facts that are tested.
"""

from collections.abc import Callable
from types import MappingProxyType
from typing import NamedTuple

from utils.architectures import (
    Activation,
    Add,
    Concat,
    Conv,
    Dense,
    Depthwise,
    Flatten,
    GlobalPool,
    Layer,
    LocalNorm,
    Norm,
    Pool,
    Shape,
    Stack,
)

RELU, TANH, DROPOUT = Activation(), Activation("tanh"), Activation("dropout")


class Network(NamedTuple):
    """A description with the shape of its inputs, `(C, H, W)`."""

    layers: Stack
    shape: Shape


def lenet5() -> Network:
    """LeNet-5 with all connections; LeCun and others (1998) left some out in C3."""
    pool = Pool("average", 2, 2)
    layers = (
        *(Conv(6, 5), TANH, pool),
        *(Conv(16, 5), TANH, pool),
        *(Conv(120, 5), TANH, Flatten()),
        *(Dense(84), TANH, Dense(10)),
    )
    return Network(layers, (1, 32, 32))


def alexnet() -> Network:
    """AlexNet in two halves (two groups): Krizhevsky, Sutskever and Hinton (2012)."""
    pool = Pool("max", 3, 2)
    layers = (
        *(Conv(96, 11, 4), RELU, LocalNorm(), pool),
        *(Conv(256, 5, padding=2, groups=2), RELU, LocalNorm(), pool),
        *(Conv(384, 3, padding=1), RELU),
        *(Conv(384, 3, padding=1, groups=2), RELU),
        *(Conv(256, 3, padding=1, groups=2), RELU, pool, Flatten()),
        *(Dense(4096), RELU, DROPOUT, Dense(4096), RELU, DROPOUT, Dense(1000)),
    )
    return Network(layers, (3, 227, 227))


def vgg(depth: int) -> Network:
    """VGG-16 or VGG-19: Simonyan and Zisserman (2014)."""
    deep = {16: 3, 19: 4}[depth]  # convolutions in each of the last three blocks
    layers: list[Layer] = []
    for channels, convolutions in zip(
        (64, 128, 256, 512, 512), (2, 2, deep, deep, deep), strict=True
    ):
        layers += [Conv(channels, 3, padding=1), RELU] * convolutions
        layers.append(Pool("max", 2, 2))
    head = (Dense(4096), RELU, DROPOUT, Dense(4096), RELU, DROPOUT, Dense(1000))
    return Network((*layers, Flatten(), *head), (3, 224, 224))


def inception(one: int, three: Shape, five: Shape, pooled: int) -> Concat:
    """Four branches; `three` and `five` are (channels of the 1×1 layer, channels)."""
    return Concat(
        (
            (Conv(one, 1), RELU),
            (Conv(three[0], 1), RELU, Conv(three[1], 3, padding=1), RELU),
            (Conv(five[0], 1), RELU, Conv(five[1], 5, padding=2), RELU),
            (Pool("max", 3, 1, 1), Conv(pooled, 1), RELU),
        )
    )


def googlenet() -> Network:
    """GoogLeNet without its two auxiliary classifiers: Szegedy and others (2014)."""
    pool = Pool("max", 3, 2, 1)
    layers = (
        *(Conv(64, 7, 2, 3), RELU, pool, LocalNorm()),
        *(Conv(64, 1), RELU, Conv(192, 3, padding=1), RELU, LocalNorm(), pool),
        inception(64, (96, 128), (16, 32), 32),
        inception(128, (128, 192), (32, 96), 64),
        pool,
        inception(192, (96, 208), (16, 48), 64),
        inception(160, (112, 224), (24, 64), 64),
        inception(128, (128, 256), (24, 64), 64),
        inception(112, (144, 288), (32, 64), 64),
        inception(256, (160, 320), (32, 128), 128),
        pool,
        inception(256, (160, 320), (32, 128), 128),
        inception(384, (192, 384), (48, 128), 128),
        *(GlobalPool(), DROPOUT, Dense(1000)),
    )
    return Network(layers, (3, 224, 224))


def _normalized(channels: int, kernel: int, stride: int = 1) -> Stack:
    """Convolution with `same` padding, without bias, then batch normalization."""
    return Conv(channels, kernel, stride, kernel // 2, bias=False), Norm()


def basic_block(channels: int, stride: int, projected: bool) -> Stack:
    """Two 3×3 convolutions beside a shortcut: He and others (2016)."""
    inner = (*_normalized(channels, 3, stride), RELU, *_normalized(channels, 3))
    shortcut = _normalized(channels, 1, stride) if projected else ()
    return Add(inner, shortcut), RELU


def bottleneck_block(channels: int, stride: int, projected: bool) -> Stack:
    """1×1, 3×3 with the stride, 1×1 to four times the channels, beside a shortcut."""
    inner = (
        *(*_normalized(channels, 1), RELU),
        *(*_normalized(channels, 3, stride), RELU),
        *_normalized(4 * channels, 1),
    )
    shortcut = _normalized(4 * channels, 1, stride) if projected else ()
    return Add(inner, shortcut), RELU


_RESNETS: dict[int, tuple[Callable[[int, int, bool], Stack], tuple[int, ...]]] = {
    18: (basic_block, (2, 2, 2, 2)),
    34: (basic_block, (3, 4, 6, 3)),
    50: (bottleneck_block, (3, 4, 6, 3)),
    101: (bottleneck_block, (3, 4, 23, 3)),
    152: (bottleneck_block, (3, 8, 36, 3)),
}


def resnet(depth: int) -> Network:
    """ResNet with 18, 34, 50, 101 or 152 layers of weights: He and others (2016)."""
    block, counts = _RESNETS[depth]
    layers = [*_normalized(64, 7, 2), RELU, Pool("max", 3, 2, 1)]
    for stage, count in enumerate(counts):
        for number in range(count):
            first = number == 0
            projected = first and (stage > 0 or block is bottleneck_block)
            stride = 2 if first and stage > 0 else 1
            layers += block(64 * 2**stage, stride, projected)
    return Network((*layers, GlobalPool(), Dense(1000)), (3, 224, 224))


def densenet121() -> Network:
    """DenseNet with growth 32: Huang and others (2017)."""
    layers = [*_normalized(64, 7, 2), RELU, Pool("max", 3, 2, 1)]
    channels = 64
    for count in (6, 12, 24, 16):
        for _ in range(count):
            narrow = (Norm(), RELU, Conv(128, 1, bias=False), Norm(), RELU)
            layers.append(Concat(((), (*narrow, Conv(32, 3, padding=1, bias=False)))))
        channels += 32 * count
        layers += [Norm(), RELU]
        if count != 16:
            channels //= 2
            layers += [Conv(channels, 1, bias=False), Pool("average", 2, 2)]
    return Network((*layers, GlobalPool(), Dense(1000)), (3, 224, 224))


def separable(channels: int) -> Stack:
    """3×3 for each channel on its own, then 1×1 over all channels."""
    return Depthwise(3, padding=1), Conv(channels, 1, bias=False), Norm()


def xception() -> Network:
    """Xception: Chollet (2017)."""

    def shrinking(first: int, last: int, relu_first: bool = True) -> Add:
        inner = (*separable(first), RELU, *separable(last), Pool("max", 3, 2, 1))
        shortcut = (Conv(last, 1, 2, bias=False), Norm())
        return Add((RELU, *inner) if relu_first else inner, shortcut)

    middle = Add((RELU, *separable(728)) * 3)
    layers = (
        *(Conv(32, 3, 2, bias=False), Norm(), RELU),
        *(Conv(64, 3, bias=False), Norm(), RELU),
        *(shrinking(128, 128, False), shrinking(256, 256), shrinking(728, 728)),
        *[middle] * 8,
        shrinking(728, 1024),
        *(*separable(1536), RELU, *separable(2048), RELU),
        *(GlobalPool(), Dense(1000)),
    )
    return Network(layers, (3, 299, 299))


NETWORKS = MappingProxyType(
    {
        "LeNet-5": lenet5(),
        "AlexNet": alexnet(),
        "VGG-16": vgg(16),
        "VGG-19": vgg(19),
        "GoogLeNet": googlenet(),
        "ResNet-18": resnet(18),
        "ResNet-34": resnet(34),
        "ResNet-50": resnet(50),
        "ResNet-152": resnet(152),
        "DenseNet-121": densenet121(),
        "Xception": xception(),
    }
)
