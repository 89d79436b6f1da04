"""Descriptions of networks, compared with torch and with published numbers."""

import json

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from utils.architectures import (
    Activation,
    Add,
    Concat,
    Conv,
    Dense,
    Depthwise,
    Flatten,
    GlobalPool,
    Norm,
    Pool,
    as_data,
    build,
    count_parameters,
    flatten_layers,
    output_shape,
    walk,
)
from utils.networks import NETWORKS, resnet

PUBLISHED = {
    "LeNet-5": 61_706,
    "AlexNet": 60_965_224,
    "VGG-16": 138_357_544,
    "VGG-19": 143_667_240,
    "GoogLeNet": 6_998_552,
    "ResNet-18": 11_689_512,
    "ResNet-34": 21_797_672,
    "ResNet-50": 25_557_032,
    "ResNet-152": 60_192_808,
    "DenseNet-121": 7_978_856,
    "Xception": 22_855_952,
}


@pytest.mark.parametrize("name", NETWORKS)
def test_arithmetic_torch_and_publication_agree(name: str) -> None:
    layers, shape = NETWORKS[name]
    with torch.device("meta"):
        model = build(layers, shape).eval()
        image = torch.zeros(1, *shape)
    with FlopCounterMode(display=False) as counter:
        output = model(image)
    steps = walk(layers, shape)
    assert count_parameters(model) == PUBLISHED[name]
    assert sum(step.parameters for step in steps) == PUBLISHED[name]
    assert 2 * sum(step.multiply_adds for step in steps) == counter.get_total_flops()
    assert steps[-1].shape == tuple(output.shape[1:])


@pytest.mark.parametrize("name", ["AlexNet", "GoogLeNet", "ResNet-50", "Xception"])
def test_every_shape_is_that_of_torch(name: str) -> None:
    layers, shape = NETWORKS[name]
    with torch.device("meta"):
        model = build(layers, shape).eval()
        x = torch.zeros(2, *shape)
    for module, step in zip(model, walk(layers, shape), strict=True):
        x = module(x)
        assert tuple(x.shape) == (2, *step.shape)


def test_a_built_network_computes() -> None:
    torch.manual_seed(0)
    inner = (Conv(4, 3, padding=1, bias=False), Norm(), Activation())
    network = (
        *(Conv(4, 3, 2), Add(inner), Concat(((), (Depthwise(3, padding=1),)))),
        *(Pool("max", 2, 2), Flatten(), Activation("dropout"), Dense(5)),
    )
    model = build(network, (3, 9, 9)).eval()
    x = torch.randn(2, 3, 9, 9)
    assert model(x).shape == (2, 5)
    first = model[0](x)
    assert torch.equal(model[1](first), first + model[1].inner(first))
    joined = model[2](model[1](first))
    assert torch.equal(joined[:, :4], model[1](first))
    assert output_shape(network[:3], (3, 9, 9)) == (8, 4, 4)


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="projection"):
        walk((Add((Conv(8, 3, padding=1),)),), (4, 6, 6))
    with pytest.raises(ValueError, match="joined"):
        build((Concat(((Conv(8, 3),), ())),), (4, 6, 6))
    with pytest.raises(ValueError, match="does not fit"):
        walk((Conv(8, 7),), (4, 6, 6))


def test_layers_of_weights_give_the_networks_their_names() -> None:
    for depth in (18, 34, 50, 101, 152):
        weighted = [
            layer
            for layer in flatten_layers(_without_projections(resnet(depth).layers))
            if isinstance(layer, Conv | Dense)
        ]
        assert len(weighted) == depth


def _without_projections(layers: tuple) -> tuple:
    return tuple(Add(x.inner) if isinstance(x, Add) else x for x in layers)


def test_data_survive_json() -> None:
    network = (Add((Conv(4, 3, padding=1),), (Conv(4, 1),)), GlobalPool())
    data = json.loads(json.dumps(as_data(network)))
    assert data[0][0] == "Add"
    assert data[0][1] == [["Conv", 4, 3, 1, 1, 1, True]]
    assert data[0][2] == [["Conv", 4, 1, 1, 0, 1, True]]
    joined = as_data((Concat(((), (Norm(),))),))
    assert joined == [["Concat", [[], [["Norm"]]]]]
