"""What explorers about networks compute in JavaScript, compared with torch."""

from typing import Any

import numpy as np
import pytest
import torch

from utils.explorers import (
    GraphStepper,
    OptimizerRace,
    PerceptronXor,
    SignalDepth,
    SinkhornTable,
)


@pytest.mark.parametrize("function", ["AND", "OR", "NAND", "XOR"])
@pytest.mark.parametrize("product", [False, True])
def test_the_perceptron_rule_agrees_with_numpy(
    plain_page: Any, function: str, product: bool
) -> None:
    plain_page.mount(
        PerceptronXor(function=function, product=product, step=30, bias=0.5)
    )
    X = np.array([[0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 1]])
    y = {"AND": "---+", "OR": "-+++", "NAND": "+++-", "XOR": "-++-"}[function]
    targets = [1 if letter == "+" else -1 for letter in y]
    w, b = np.zeros(3), 0.5
    mistakes = np.zeros(8, dtype=int)
    for seen in range(30):
        x, target = X[seen % 4] * [1, 1, product], targets[seen % 4]
        answer = 1 if w @ x + b > 0 else -1
        if answer != target:
            w, b = w + target * x, b + target
            mistakes[seen // 4] += 1
    shown = plain_page.readout()
    assert shown["w"] == w.tolist()
    assert shown["b"] == b
    assert shown["mistakes"] == mistakes.tolist()


def test_xor_needs_the_product(plain_page: Any) -> None:
    plain_page.mount(PerceptronXor(function="XOR", step=64))
    assert min(plain_page.readout()["mistakes"]) > 0
    plain_page.mount(PerceptronXor(function="XOR", step=64, product=True))
    assert plain_page.readout()["mistakes"][-1] == 0


def test_gradients_of_the_product_agree_with_torch(plain_page: Any) -> None:
    plain_page.mount(GraphStepper(x=1.5, y=-2.0, z=3.5, step=5))
    x, y, z = (torch.tensor(v, requires_grad=True) for v in (1.5, -2.0, 3.5))
    f = (x + y) * z
    f.backward()
    shown = plain_page.readout()
    assert np.isclose(shown["values"]["f"], f.item())
    for name, leaf in {"x": x, "y": y, "z": z}.items():
        assert np.isclose(shown["gradients"][name], leaf.grad.item())


def test_gradients_of_the_neuron_agree_with_torch(plain_page: Any) -> None:
    plain_page.mount(GraphStepper(graph="sigmoid neuron", w0=0.5, x1=1.5, step=17))
    names = ("w0", "x0", "w1", "x1", "w2")
    leaf = {
        name: torch.tensor({**GraphStepper.start, "w0": 0.5, "x1": 1.5}[name])
        for name in names
    }
    for tensor in leaf.values():
        tensor.requires_grad_()
    score = leaf["w0"] * leaf["x0"] + leaf["w1"] * leaf["x1"] + leaf["w2"]
    f = torch.sigmoid(score)
    f.backward()
    shown = plain_page.readout()
    assert np.isclose(shown["values"]["f"], f.item())
    for name in names:
        assert np.isclose(shown["gradients"][name], leaf[name].grad.item())


SURFACES = {
    "bowl": lambda x, y: 0.5 * (x**2 + 10 * y**2),
    "valley": lambda x, y: (1 - x) ** 2 + 20 * (y - x**2) ** 2,
    "saddle": lambda x, y: 0.5 * x**2 - 0.5 * y**2 + 0.25 * y**4 + 0.25,
    "two minima": lambda x, y: 0.5 * (x**2 - 1) ** 2 + 0.3 * (x + 1) + y**2,
}
TORCH_OPTIMIZERS = {
    "gd": lambda p: torch.optim.SGD(p, lr=0.004),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.004, momentum=0.8),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.004, momentum=0.8, nesterov=True),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.05, eps=1e-8),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.05, alpha=0.9, eps=1e-8),
    "adam": lambda p: torch.optim.Adam(p, lr=0.05),
}


@pytest.mark.parametrize("surface", SURFACES)
def test_optimizers_agree_with_torch(plain_page: Any, surface: str) -> None:
    race = OptimizerRace(
        surface=surface, step=25, rate=0.004, adaptive_rate=0.05, rho=0.8
    )
    plain_page.mount(race)
    shown = plain_page.readout()
    for name, make in TORCH_OPTIMIZERS.items():
        start = [race.state["start_x"], race.state["start_y"]]
        theta = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        optimizer = make([theta])
        for _ in range(25):
            optimizer.zero_grad()
            SURFACES[surface](*theta).backward()
            optimizer.step()
        got = np.array(shown[name]["theta"])
        if name == "nesterov":  # torch stores the point at which it looks ahead
            got = got + 0.8 * (got - shown[name]["before"])
        assert np.allclose(got, theta.detach(), rtol=1e-6), name


def test_nesterov_agrees_with_its_formula(plain_page: Any) -> None:
    # f = ½(x² + y²) from (1, 0), rate 0.2, ρ = 0.9: the same as x² at rate 0.1
    race = OptimizerRace(curvature=1, start_x=1, start_y=0, rate=0.2, rho=0.9, step=3)
    plain_page.mount(race)
    assert np.isclose(plain_page.readout()["nesterov"]["theta"][0], 0.17792)


def mulberry32(seed: int, count: int) -> np.ndarray:
    """The uniform numbers that the browser draws, (count,)."""
    full = 0xFFFFFFFF
    a, numbers = (seed * 2654435761 + 1) & full, []
    for _ in range(count):
        a = (a + 0x6D2B79F5) & full
        t = ((a ^ (a >> 15)) * (1 | a)) & full
        t = ((t + (((t ^ (t >> 7)) * (61 | t)) & full)) & full) ^ t
        numbers.append((t ^ (t >> 14)) / 2**32)
    return np.array(numbers)


def box_muller(uniform: np.ndarray) -> torch.Tensor:
    """Standard normal numbers from pairs of uniform ones, (count,) → (count,)."""
    first, second = uniform.reshape(-1, 2).T
    radius, angle = np.sqrt(-2 * np.log(1 - first)), 2 * np.pi * second
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return torch.from_numpy(pairs.ravel())


@pytest.mark.parametrize("activation", ["linear", "tanh", "sigmoid", "ReLU"])
@pytest.mark.parametrize(("rule", "std"), [("LeCun", 0.1**0.5), ("He", 0.2**0.5)])
def test_signals_through_depth_agree_with_torch(
    plain_page: Any, activation: str, rule: str, std: float
) -> None:
    plain_page.mount(SignalDepth(activation=activation, rule=rule, units=10, seed=3))
    numbers = box_muller(mulberry32(3, 200 * 10 + 10 * 100 + 200 * 10))
    signal = numbers[:2000].reshape(200, 10).requires_grad_()
    weights = numbers[2000:3000].reshape(10, 10, 10)
    layers = [signal]
    function = {
        "linear": torch.nn.Identity(),
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "ReLU": torch.relu,
    }[activation]
    expected = [signal.std(correction=0).item()]
    for W in weights:
        signal = function(signal @ (std * W).T)  # (200, 10)
        layers.append(signal)
        expected.append(signal.std(correction=0).item())
    shown = plain_page.readout()
    assert np.allclose(shown["std"], expected)
    gradients = torch.autograd.grad(signal, layers, numbers[3000:].reshape(200, 10))
    expected = [gradient.std(correction=0).item() for gradient in gradients]
    assert np.allclose(shown["gradient_std"], expected)


@pytest.mark.parametrize("sharpness", [0.5, 3.0, 25.0])
@pytest.mark.parametrize("step", [0, 1, 2, 37])
def test_sinkhorn_agrees_with_numpy(
    plain_page: Any, sharpness: float, step: int
) -> None:
    plain_page.mount(SinkhornTable(sharpness=sharpness, step=step))
    P = np.array(SinkhornTable.start["probabilities"])
    Q = P**sharpness
    Q /= Q.sum()
    for t in range(1, step + 1):
        along = 1 if t % 2 else 0
        Q = Q / Q.sum(axis=along, keepdims=True) / (6 if t % 2 else 3)
    shown = plain_page.readout()
    assert np.allclose(shown["Q"], Q)
    assert np.allclose(shown["column_sums"], Q.sum(axis=0))
    assert shown["labels"] == Q.argmax(axis=1).tolist()
    error = max(abs(6 * Q.sum(axis=1) - 1).max(), abs(3 * Q.sum(axis=0) - 1).max())
    assert np.isclose(shown["errors"][step], error)
