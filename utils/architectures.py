"""Convolutional networks as data: one description, from which everything follows.

A description is a tuple of layers. `build` turns it into torch modules and `walk` into
a table of shapes, parameters and multiply-adds, computed by arithmetic alone. Known
networks are described in `utils.networks`. Under `with torch.device("meta")` the
modules have shapes but no memory, so that the largest network is built at once.

Shapes leave out the batch: `(C, H, W)` for images, `(D,)` for vectors.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

Shape = tuple[int, ...]


class Layer:
    """One step of a network. Without weights and with the input's shape by default."""

    def output(self, shape: Shape) -> Shape:
        """Shape of the output for an input of this shape."""
        return shape

    def parameters(self, shape: Shape) -> int:
        """Numbers that are learned, weights and biases."""
        return 0

    def multiply_adds(self, shape: Shape) -> int:
        """Multiplications of inputs and weights for one image; normalization is 0."""
        return 0

    def module(self, shape: Shape) -> nn.Module:
        """The same in torch."""
        raise NotImplementedError


Stack = tuple[Layer, ...]


@dataclass(frozen=True)
class Conv(Layer):
    """Square convolution, `padding` zeros on every side."""

    channels: int
    kernel: int
    stride: int = 1
    padding: int = 0
    groups: int = 1
    bias: bool = True

    def output(self, shape: Shape) -> Shape:
        """`(C, H, W)` → `(channels, H', W')`."""
        return (self.channels, *_slide(self, shape))

    def parameters(self, shape: Shape) -> int:
        """Each output channel sees C / groups channels."""
        weights = self.channels * (shape[0] // self.groups) * self.kernel**2
        return weights + self.channels * self.bias

    def multiply_adds(self, shape: Shape) -> int:
        """All weights are used once at every position of the output."""
        _, high, wide = self.output(shape)
        return (self.parameters(shape) - self.channels * self.bias) * high * wide

    def module(self, shape: Shape) -> nn.Module:
        """`nn.Conv2d`."""
        sizes = (self.kernel, self.stride, self.padding)
        options: dict[str, Any] = {"groups": self.groups, "bias": self.bias}
        return nn.Conv2d(shape[0], self.channels, *sizes, **options)


@dataclass(frozen=True)
class Depthwise(Layer):
    """One filter for each channel, without bias: a convolution with C groups."""

    kernel: int
    stride: int = 1
    padding: int = 0

    def _conv(self, shape: Shape) -> Conv:
        sizes = (self.kernel, self.stride, self.padding)
        return Conv(shape[0], *sizes, groups=shape[0], bias=False)

    def output(self, shape: Shape) -> Shape:
        """The number of channels stays."""
        return self._conv(shape).output(shape)

    def parameters(self, shape: Shape) -> int:
        """C filters of kernel × kernel."""
        return self._conv(shape).parameters(shape)

    def multiply_adds(self, shape: Shape) -> int:
        """As a convolution with C groups."""
        return self._conv(shape).multiply_adds(shape)

    def module(self, shape: Shape) -> nn.Module:
        """`nn.Conv2d` with as many groups as channels."""
        return self._conv(shape).module(shape)


@dataclass(frozen=True)
class Pool(Layer):
    """Maximum or average over square windows."""

    kind: str  # "max" or "average"
    kernel: int
    stride: int
    padding: int = 0

    def output(self, shape: Shape) -> Shape:
        """The number of channels stays."""
        return (shape[0], *_slide(self, shape))

    def module(self, shape: Shape) -> nn.Module:
        """`nn.MaxPool2d` or `nn.AvgPool2d`."""
        family = {"max": nn.MaxPool2d, "average": nn.AvgPool2d}[self.kind]
        return family(self.kernel, self.stride, self.padding)


@dataclass(frozen=True)
class GlobalPool(Layer):
    """The average of every channel: `(C, H, W)` → `(C,)`."""

    def output(self, shape: Shape) -> Shape:
        """One number a channel."""
        return shape[:1]

    def module(self, shape: Shape) -> nn.Module:
        """Works for every size of the input."""
        return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())


@dataclass(frozen=True)
class Flatten(Layer):
    """`(C, H, W)` → `(C·H·W,)`."""

    def output(self, shape: Shape) -> Shape:
        """All numbers in a row."""
        return (size(shape),)

    def module(self, shape: Shape) -> nn.Module:
        """`nn.Flatten`."""
        return nn.Flatten()


@dataclass(frozen=True)
class Dense(Layer):
    """Fully connected layer with bias."""

    units: int

    def output(self, shape: Shape) -> Shape:
        """`(D,)` → `(units,)`."""
        return (self.units,)

    def parameters(self, shape: Shape) -> int:
        """W is `(units, D)`, b is `(units,)`."""
        return self.units * (shape[0] + 1)

    def multiply_adds(self, shape: Shape) -> int:
        """Every weight is used once."""
        return self.units * shape[0]

    def module(self, shape: Shape) -> nn.Module:
        """`nn.Linear`."""
        return nn.Linear(shape[0], self.units)


@dataclass(frozen=True)
class Norm(Layer):
    """Batch normalization with learned scale and shift of every channel."""

    def parameters(self, shape: Shape) -> int:
        """γ and β; running statistics are not learned."""
        return 2 * shape[0]

    def module(self, shape: Shape) -> nn.Module:
        """`nn.BatchNorm2d`."""
        return nn.BatchNorm2d(shape[0])


@dataclass(frozen=True)
class LocalNorm(Layer):
    """Local response normalization, as in AlexNet; nothing is learned."""

    def module(self, shape: Shape) -> nn.Module:
        """`nn.LocalResponseNorm` with the constants of Krizhevsky and others (2012)."""
        return nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2.0)


@dataclass(frozen=True)
class Activation(Layer):
    """ReLU, tanh or dropout, by name; dropout acts on activations, so it is here."""

    kind: str = "relu"  # or "tanh", "dropout"

    def module(self, shape: Shape) -> nn.Module:
        """Without parameters."""
        families: dict[str, type[nn.Module]] = {
            "relu": nn.ReLU,
            "tanh": nn.Tanh,
            "dropout": nn.Dropout,
        }
        return families[self.kind]()


@dataclass(frozen=True)
class Add(Layer):
    """Skip connection: shortcut(x) + inner(x); an empty shortcut is the identity."""

    inner: Stack
    shortcut: Stack = ()

    def output(self, shape: Shape) -> Shape:
        """Both ways end with the same shape.

        Raises:
            ValueError: they do not.
        """
        ends = [output_shape(way, shape) for way in (self.inner, self.shortcut)]
        if ends[0] != ends[1]:
            raise ValueError(
                f"{ends[0]} cannot be added to {ends[1]}: the shortcut needs a "
                "projection, for example a 1×1 convolution"
            )
        return ends[0]

    def parameters(self, shape: Shape) -> int:
        """Of both ways."""
        return sum(step.parameters for step in _both(self, shape))

    def multiply_adds(self, shape: Shape) -> int:
        """Of both ways."""
        return sum(step.multiply_adds for step in _both(self, shape))

    def module(self, shape: Shape) -> nn.Module:
        """x ↦ shortcut(x) + inner(x)."""
        self.output(shape)
        return _Sum(build(self.shortcut, shape), build(self.inner, shape))


@dataclass(frozen=True)
class Concat(Layer):
    """Branches side by side, joined along the channels; () hands its input on."""

    branches: tuple[Stack, ...]

    def output(self, shape: Shape) -> Shape:
        """Channels add, height and width are shared.

        Raises:
            ValueError: the branches end with different heights or widths.
        """
        ends = [output_shape(branch, shape) for branch in self.branches]
        if len({end[1:] for end in ends}) > 1:
            raise ValueError(f"branches of the shapes {ends} cannot be joined")
        return (sum(end[0] for end in ends), *ends[0][1:])

    def parameters(self, shape: Shape) -> int:
        """Of all branches."""
        return sum(step.parameters for step in _both(self, shape))

    def multiply_adds(self, shape: Shape) -> int:
        """Of all branches."""
        return sum(step.multiply_adds for step in _both(self, shape))

    def module(self, shape: Shape) -> nn.Module:
        """x ↦ all branches' outputs along axis 1."""
        self.output(shape)
        return _Joined(*(build(branch, shape) for branch in self.branches))


class Step(NamedTuple):
    """One row of the table that `walk` makes.

    Attributes:
        layer: what is done.
        shape: shape of its output.
        parameters: numbers that are learned.
        multiply_adds: for one image.
    """

    layer: Layer
    shape: Shape
    parameters: int
    multiply_adds: int


def walk(network: Stack, shape: Shape) -> list[Step]:
    """Every layer with shape, parameters and multiply-adds, by arithmetic alone.

    Branches (`Add`, `Concat`) are one step each.

    Args:
        network: description.
        shape: of one input, `(C, H, W)`.
    """
    steps = []
    for layer in network:
        after = layer.output(shape)
        costs = layer.parameters(shape), layer.multiply_adds(shape)
        steps.append(Step(layer, after, *costs))
        shape = after
    return steps


def build(network: Stack, shape: Shape) -> nn.Sequential:
    """The described network in torch; maps `(N, *shape)` to `(N, *output)`.

    Args:
        network: description.
        shape: of one input, `(C, H, W)`.
    """
    before = [shape, *(step.shape for step in walk(network, shape))]
    pairs = zip(network, before, strict=False)
    return nn.Sequential(*(layer.module(entry) for layer, entry in pairs))


def count_parameters(model: nn.Module) -> int:
    """Numbers that a torch module learns."""
    return sum(parameter.numel() for parameter in model.parameters())


def output_shape(network: Stack, shape: Shape) -> Shape:
    """Shape behind the last layer."""
    for layer in network:
        shape = layer.output(shape)
    return shape


def flatten_layers(network: Stack) -> Iterator[Layer]:
    """All layers in order, with those inside of branches instead of the branches."""
    for layer in network:
        if isinstance(layer, Add | Concat):
            for way in _ways(layer):
                yield from flatten_layers(way)
        else:
            yield layer


def size(shape: Shape) -> int:
    """Numbers in an array of this shape."""
    product = 1
    for length in shape:
        product *= length
    return product


def as_data(network: Stack) -> list[list[Any]]:
    """The description as nested lists of names and numbers, for JSON."""
    return [
        [type(layer).__name__, *(_plain(getattr(layer, f.name)) for f in fields(layer))]  # type: ignore[arg-type]
        for layer in network
    ]


class _Sum(nn.Module):
    def __init__(self, shortcut: nn.Module, inner: nn.Module) -> None:
        super().__init__()
        self.shortcut, self.inner = shortcut, inner

    def forward(self, x: Tensor) -> Tensor:
        total: Tensor = self.shortcut(x) + self.inner(x)
        return total


class _Joined(nn.Module):
    def __init__(self, *branches: nn.Module) -> None:
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([branch(x) for branch in self.branches], dim=1)


def _slide(window: Any, shape: Shape) -> Shape:
    """Positions of a sliding window, along height and width."""
    room = [length + 2 * window.padding - window.kernel for length in shape[1:]]
    if min(room) < 0:
        raise ValueError(f"a window of {window.kernel} does not fit into {shape}")
    return tuple(free // window.stride + 1 for free in room)


def _ways(layer: Add | Concat) -> tuple[Stack, ...]:
    return (
        layer.branches if isinstance(layer, Concat) else (layer.inner, layer.shortcut)
    )


def _both(layer: Add | Concat, shape: Shape) -> list[Step]:
    return [step for way in _ways(layer) for step in walk(way, shape)]


def _plain(value: Any) -> Any:
    """Descriptions inside of descriptions as lists, too."""
    if not isinstance(value, tuple):
        return value
    if all(isinstance(part, Layer) for part in value):
        return as_data(value)
    return [as_data(part) for part in value]
