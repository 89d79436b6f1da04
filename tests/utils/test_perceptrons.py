"""Dense layers in a row."""

import pytest
import torch
from torch import nn

from utils.perceptrons import mlp


def test_activations_stand_between_the_layers_only() -> None:
    kinds = [type(layer) for layer in mlp(5, 4, 3, 2, activation=nn.Tanh)]
    assert kinds == [nn.Linear, nn.Tanh, nn.Linear, nn.Tanh, nn.Linear]
    assert mlp(5, 2)(torch.ones(7, 5)).shape == (7, 2)


def test_one_size_is_refused() -> None:
    with pytest.raises(ValueError, match="inputs and outputs"):
        mlp(5)
