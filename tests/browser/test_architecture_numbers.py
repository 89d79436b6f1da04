"""Shapes, parameters, work and gradients that the browser computes, against torch."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from utils.architectures import (
    Activation,
    Add,
    Concat,
    Conv,
    Dense,
    Depthwise,
    GlobalPool,
    Stack,
    build,
    count_parameters,
)
from utils.explorers import ArchitectureExplorer
from utils.explorers.architecture_explorer import SHOWN
from utils.networks import NETWORKS

SILENT = ("Flatten", "Norm", "LocalNorm", "Activation")  # no step of their own


def squared_gain(layers: Stack, gain: float, channels: int = 3) -> float:
    """Factor of the gradient's squared length, from the last layer to the first."""
    product = 1.0
    for layer in layers:
        if isinstance(layer, Conv | Depthwise | Dense):
            product *= gain**2
        elif isinstance(layer, Add):
            ways = layer.inner, layer.shortcut
            product *= sum(squared_gain(way, gain) for way in ways)
        elif isinstance(layer, Concat):
            wide = [
                [x.channels for x in branch if isinstance(x, Conv)][-1]
                for branch in layer.branches
            ]
            ways = [squared_gain(branch, gain) for branch in layer.branches]
            product *= np.average(ways, weights=wide)
    return product


def compare(shown: dict[str, Any], layers: Stack, shape: tuple[int, ...]) -> None:
    with torch.device("meta"):
        model = build(layers, shape).eval()
        x = torch.zeros(1, *shape)
    shapes = []
    with FlopCounterMode(display=False) as counter:
        for layer, module in zip(layers, model, strict=True):
            x = module(x)
            if type(layer).__name__ in SILENT:
                continue
            shapes.append(list(x.shape[1:]))
    assert shown["parameters"] == count_parameters(model)
    assert 2 * shown["work"] == counter.get_total_flops()
    assert [step[0] for step in shown["steps"]] == shapes
    assert sum(step[1] for step in shown["steps"]) == shown["parameters"]
    assert sum(step[2] for step in shown["steps"]) == shown["work"]


@pytest.mark.parametrize("name", SHOWN)
def test_known_networks_agree_with_torch(plain_page: Any, name: str) -> None:
    plain_page.mount(ArchitectureExplorer(network=name, gain=0.7))
    layers, shape = NETWORKS[name]
    shown = plain_page.readout()
    compare(shown, layers, shape)
    expected = squared_gain(layers, 0.7) ** 0.5
    assert np.isclose(shown["lengths"][0], expected)
    assert shown["lengths"][-1] == 1


def own_stack(
    kernel: int, stride: int, width: int, blocks: int, skips: bool, separable: bool
) -> Stack:
    """The stack of the explorer as a description."""

    def conv(channels: int, by: int = 1) -> Stack:
        if separable:
            first = Depthwise(kernel, by, kernel // 2)
            return first, Conv(channels, 1, bias=False)
        return (Conv(channels, kernel, by, kernel // 2, bias=False),)

    relu = Activation()
    layers: list[Any] = []
    for channels in (width, 2 * width, 4 * width):
        layers += [*conv(channels, stride), relu]
        for _ in range(blocks):
            inner = (*conv(channels), relu, *conv(channels), relu)
            layers += [Add(inner)] if skips else inner
    return (*layers, GlobalPool(), Dense(10))


@pytest.mark.parametrize(
    "values",
    [
        {"kernel": 3, "stride": 2, "width": 16, "blocks": 2},
        {"kernel": 7, "stride": 3, "width": 8, "blocks": 1, "skips": True},
        {"kernel": 5, "stride": 1, "width": 24, "blocks": 3, "separable": True},
        {"kernel": 1, "stride": 2, "width": 128, "blocks": 0},
    ],
)
def test_own_stack_agrees_with_torch(plain_page: Any, values: dict[str, Any]) -> None:
    plain_page.mount(ArchitectureExplorer(network="own stack", **values))
    flags = {"skips": False, "separable": False}
    compare(plain_page.readout(), own_stack(**{**flags, **values}), (3, 64, 64))


@pytest.mark.parametrize("skips", [False, True])
@pytest.mark.parametrize("gain", [0.6, 1.0])
def test_estimated_gradient_is_what_torch_measures(
    plain_page: Any, skips: bool, gain: float
) -> None:
    values = {"kernel": 3, "stride": 1, "width": 48, "blocks": 3, "skips": skips}
    plain_page.mount(ArchitectureExplorer(network="own stack", gain=gain, **values))
    lengths = plain_page.readout()["lengths"]
    stack = own_stack(**values, separable=False)[:-2]  # up to the last map
    measured = []
    for seed in range(6):
        torch.manual_seed(seed)
        model = build(stack, (3, 12, 12))
        for layer in model.modules():
            if isinstance(layer, nn.Conv2d):
                layer.padding_mode = "circular"  # no border: the estimate has none
                layer._reversed_padding_repeated_twice = [1, 1, 1, 1]
                deviation = gain * (2 / (9 * layer.in_channels)) ** 0.5
                nn.init.normal_(layer.weight, std=deviation)
        x = torch.randn(4, 3, 12, 12, requires_grad=True)
        y = model(x)
        direction = torch.randn_like(y) / y.numel() ** 0.5
        slope = torch.autograd.grad((y * direction).sum(), x)[0]
        measured.append(slope.norm().item())
    behind_last_map = lengths[len(lengths) - 1 - 2]
    estimate = lengths[0] / behind_last_map
    assert 0.5 < np.exp(np.mean(np.log(measured))) / estimate < 2


def test_presets_do_what_they_say(plain_page: Any) -> None:
    ends = {}
    for name, values in ArchitectureExplorer.presets.items():
        plain_page.mount(ArchitectureExplorer(**values))
        ends[name] = plain_page.readout()["lengths"][0]
    assert ends["vanishing"] < 1e-6
    assert ends["exploding"] > 1e3
