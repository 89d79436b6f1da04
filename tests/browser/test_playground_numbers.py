"""The network that trains in the browser, compared step by step with torch."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from tests.browser.test_network_numbers import box_muller, mulberry32
from utils.explorers import NetworkPlayground

ACTIVATIONS = {
    "tanh": nn.Tanh,
    "ReLU": nn.ReLU,
    "sigmoid": nn.Sigmoid,
    "linear": nn.Identity,
}
FEATURES = {
    "x1": lambda x, y: x,
    "x2": lambda x, y: y,
    "x1_squared": lambda x, y: x**2,
    "x2_squared": lambda x, y: y**2,
    "product": lambda x, y: x * y,
    "sine_1": lambda x, y: torch.sin(3 * x),
    "sine_2": lambda x, y: torch.sin(3 * y),
}
SETTINGS = [
    {"data": "circles", "layers": 0, "x1_squared": True, "x2_squared": True},
    {"data": "moons", "layers": 1, "activation": "sigmoid", "units_1": 5, "seed": 3},
    {"data": "XOR", "layers": 2, "activation": "ReLU", "product": True, "l2": 0.02},
    {"data": "spiral", "layers": 3, "units_2": 6, "sine_1": True, "sine_2": True},
    {"data": "moons", "layers": 2, "activation": "linear", "x1": False, "seed": 7},
]


def inputs_of(points: list[list[float]], names: list[str]) -> torch.Tensor:
    """The features of the points, (N, F)."""
    x, y = torch.tensor(points, dtype=torch.float64)[:, :2].T
    return torch.stack([FEATURES[name](x, y) for name in names], dim=1)


def labels_of(points: list[list[float]]) -> torch.Tensor:
    """The labels of the points, (N,)."""
    return torch.tensor(points, dtype=torch.float64)[:, 2]


def torch_network(shown: dict[str, Any], activation: str) -> nn.Sequential:
    """The browser's network with the browser's parameters."""
    layers: list[nn.Module] = []
    for parameters in shown["parameters"]:
        W, b = (torch.tensor(parameters[k], dtype=torch.float64) for k in ("W", "b"))
        linear = nn.Linear(*W.shape[::-1], dtype=torch.float64)
        linear.load_state_dict({"weight": W, "bias": b})
        layers += [linear, ACTIVATIONS[activation]()]
    return nn.Sequential(*layers[:-1])


def weights_of(network: nn.Module) -> list[torch.Tensor]:
    """The weight matrices, which the penalty holds small."""
    return [p for p in network.parameters() if p.ndim == 2]


def loss_of(network: nn.Module, X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy."""
    scores = network(X).squeeze(1)
    return nn.functional.binary_cross_entropy_with_logits(scores, y)


def assert_same_parameters(shown: dict[str, Any], network: nn.Module) -> None:
    expected = iter(network.parameters())
    for layer in shown["parameters"]:
        for name in ("W", "b"):
            assert np.allclose(layer[name], next(expected).detach(), rtol=1e-7)


@pytest.mark.parametrize("setting", SETTINGS)
def test_forward_loss_and_gradients_agree_with_torch(
    plain_page: Any, setting: dict[str, Any]
) -> None:
    playground = NetworkPlayground(epoch=7, probe_x=0.3, probe_y=-0.4, **setting)
    plain_page.mount(playground)
    shown = plain_page.readout()
    network = torch_network(shown, playground.state["activation"])
    assert shown["count"] == sum(p.numel() for p in network.parameters())

    for part in ("train", "test"):
        X = inputs_of(shown[f"{part}_points"], shown["features"])
        y = labels_of(shown[f"{part}_points"])
        assert np.isclose(shown[f"{part}_loss"], loss_of(network, X, y).item())
        right = ((network(X).squeeze(1) > 0) == (y == 1)).double().mean()
        assert np.isclose(shown[f"{part}_accuracy"], right.item())

    probe = inputs_of([[0.3, -0.4]], shown["features"])
    assert np.isclose(shown["probe_score"], network(probe).item())
    for values in shown["probe_units"][1:-1]:
        probe = network[:2](probe)
        assert np.allclose(values, probe.detach()[0])
        network = network[2:]

    network = torch_network(shown, playground.state["activation"])
    X = inputs_of(shown["train_points"], shown["features"])
    penalty = sum(W.square().sum() for W in weights_of(network))
    loss = loss_of(network, X, labels_of(shown["train_points"]))
    (loss + 0.5 * playground.state["l2"] * penalty).backward()
    parameters = iter(network.parameters())
    for layer in shown["gradients"]:
        for name in ("W", "b"):
            gradient = next(parameters).grad
            assert np.allclose(layer[name], gradient, rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("optimizer", ["SGD", "Adam"])
@pytest.mark.parametrize("batch", [200, 16])
def test_training_agrees_with_torch(
    plain_page: Any, optimizer: str, batch: int
) -> None:
    playground = NetworkPlayground(
        data="XOR", layers=2, rate=0.05, l2=0.01, epoch=0, points=50, seed=4,
        optimizer=optimizer, batch=batch,
    )  # fmt: skip
    plain_page.mount(playground)
    start = plain_page.readout()
    network = torch_network(start, "tanh")
    X = inputs_of(start["train_points"], start["features"])
    y = labels_of(start["train_points"])
    update = getattr(torch.optim, optimizer)(network.parameters(), lr=0.05)
    draws = iter(mulberry32(1000 + 4, 10_000))
    for _ in range(3):
        order = list(range(50))
        for k in range(49, 0, -1):
            other = int(next(draws) * (k + 1))
            order[k], order[other] = order[other], order[k]
        for k in range(0, 50, batch):
            rows = order[k : k + batch]
            update.zero_grad()
            penalty = sum(W.square().sum() for W in weights_of(network))
            (loss_of(network, X[rows], y[rows]) + 0.5 * 0.01 * penalty).backward()
            update.step()
    plain_page.move(epoch=3)
    assert_same_parameters(plain_page.readout(), network)


def test_the_start_is_drawn_with_the_right_variance(plain_page: Any) -> None:
    # Eight ReLU units read two features: He's rule, 2 / 2; the last layer 1 / 8.
    plain_page.mount(NetworkPlayground(activation="ReLU", units_1=8, epoch=0, seed=2))
    first, last = plain_page.readout()["parameters"]
    normal = box_muller(mulberry32(2002, 34))[:33].numpy()
    assert np.allclose(np.ravel(first["W"]), normal[:16])
    assert np.allclose(np.ravel(last["W"]), normal[24:32] / np.sqrt(8))
    assert not np.any(first["b"]) and not np.any(last["b"])


def test_dropout_agrees_with_torch(plain_page: Any) -> None:
    # One step on the whole set: the masks are drawn sample by sample, unit by unit.
    playground = NetworkPlayground(
        layers=2, units_1=5, units_2=3, epoch=0, points=40, batch=200, seed=6,
        optimizer="SGD", rate=0.5, dropout=0.3,
    )  # fmt: skip
    plain_page.mount(playground)
    start = plain_page.readout()
    network = torch_network(start, "tanh")
    draws = mulberry32(1006, 39 + 40 * 8)
    order = list(range(40))
    for k, draw in zip(range(39, 0, -1), draws[:39], strict=True):
        other = int(draw * (k + 1))
        order[k], order[other] = order[other], order[k]
    masks = torch.tensor((draws[39:].reshape(40, 8) >= 0.3) / 0.7)
    h = inputs_of(start["train_points"], start["features"])[order]  # (40, 2)
    h = network[:2](h) * masks[:, :5]
    h = network[2:4](h) * masks[:, 5:]
    y = labels_of(start["train_points"])[order]
    loss_of(network[4:], h, y).backward()
    torch.optim.SGD(network.parameters(), lr=0.5).step()
    plain_page.move(epoch=1)
    assert_same_parameters(plain_page.readout(), network)


def test_going_back_in_time_shows_the_same_network(plain_page: Any) -> None:
    plain_page.mount(NetworkPlayground(epoch=5, dropout=0.3))
    first = plain_page.readout()
    plain_page.move(epoch=60)
    assert plain_page.readout()["parameters"] != first["parameters"]
    plain_page.move(epoch=5)
    assert plain_page.readout() == first
    plain_page.move(seed=9)
    plain_page.move(seed=0)
    assert plain_page.readout() == first


def test_pieces_are_counted(plain_page: Any) -> None:
    # One ReLU unit cuts the plane in two; a linear network has no pieces to count.
    plain_page.mount(NetworkPlayground(activation="ReLU", units_1=1, epoch=0))
    assert plain_page.readout()["pieces"] == 2
    plain_page.move(units_1=3, epoch=100)
    assert 4 <= plain_page.readout()["pieces"] <= 7


def test_a_network_without_features_knows_only_the_share(plain_page: Any) -> None:
    plain_page.mount(
        NetworkPlayground(layers=0, x1=False, x2=False, epoch=50, optimizer="SGD")
    )
    shown = plain_page.readout()
    assert shown["count"] == 1
    assert np.isclose(shown["train_loss"], np.log(2), atol=0.01)


def test_a_rate_that_is_too_high_does_not_break_the_picture(plain_page: Any) -> None:
    plain_page.mount(
        NetworkPlayground(
            activation="linear", layers=3, rate=3, optimizer="SGD", epoch=50
        )
    )
    plain_page.move(epoch=51)
    assert plain_page.page.locator(".explorer-summary").inner_text()


def test_the_task_of_the_lecture_has_its_answers(plain_page: Any) -> None:
    def accuracies(**values: Any) -> list[float]:
        plain_page.mount(NetworkPlayground(epoch=400, **values))
        return [plain_page.move(seed=seed)[0]["test_accuracy"] for seed in range(10)]

    ends = {k: accuracies(units_1=k) for k in (2, 3)}  # tanh units around a ring
    assert max(ends[2]) <= 0.9 and min(ends[3]) >= 0.95  # three close the border
    assert np.sum(np.array(accuracies(activation="ReLU", units_1=3)) > 0.9) == 4
    assert min(accuracies(activation="ReLU", units_1=5)) > 0.9
    squares = {"x1_squared": True, "x2_squared": True}
    assert min(accuracies(layers=0, **squares)) > 0.9 > max(accuracies(layers=0))
    plain_page.mount(NetworkPlayground(**NetworkPlayground.presets["spiral"]))
    assert plain_page.readout()["test_loss"] < 0.1
