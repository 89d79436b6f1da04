"""Dense layers in a row, as units 14 and later use them as a part of larger models."""

import itertools

from torch import nn


def mlp(*sizes: int, activation: type[nn.Module] = nn.ReLU) -> nn.Sequential:
    """A perceptron; the activation stands between the layers, not after the last.

    Args:
        sizes: of the inputs, of every hidden layer, of the outputs; at least two.
        activation: ReLU, or another module without arguments.

    Raises:
        ValueError: there are fewer than two sizes.
    """
    if len(sizes) < 2:
        raise ValueError(f"give the sizes of inputs and outputs, not only {sizes}")
    layers = [
        layer
        for inputs, outputs in itertools.pairwise(sizes)
        for layer in (nn.Linear(inputs, outputs), activation())
    ]
    return nn.Sequential(*layers[:-1])
