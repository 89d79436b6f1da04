"""The attacks that the browser computes, against torch with the same weights."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from utils.explorers import AdversarialEpsilon
from utils.explorers.adversarial_epsilon import read_weights

CONTENT = read_weights()
PICTURES = torch.tensor(CONTENT["pictures"]["sixteenths"], dtype=torch.float64) / 16


def scores(network: str, x: Tensor) -> Tensor:
    """Scores of one picture (64,) by torch, (10,)."""
    W1, b1, W2, b2 = (
        torch.tensor(CONTENT[network][name], dtype=torch.float64) / 100
        for name in ("W1", "b1", "W2", "b2")
    )
    return torch.relu(x.double() @ W1.T + b1) @ W2.T + b2


def attacked(values: dict[str, Any]) -> Tensor:
    """The picture after FGSM or PGD with the settings of the demo, (64,)."""
    x, epsilon = PICTURES[values["digit"]], values["epsilon"]
    many = values["steps"] if values["method"] == "PGD" else 1
    step = 2.5 * epsilon / many if values["method"] == "PGD" else epsilon
    now = x
    for _ in range(many):
        leaf = now.clone().requires_grad_()
        loss = torch.nn.functional.cross_entropy(
            scores(values["network"], leaf)[None], torch.tensor([values["digit"]])
        )
        (slope,) = torch.autograd.grad(loss, leaf)
        now = torch.clamp(now + step * slope.sign(), x - epsilon, x + epsilon)
        now = now.clamp(0, 1)
    return now


@pytest.mark.parametrize("network", ["ordinary", "robust"])
@pytest.mark.parametrize(
    "settings",
    [
        {"digit": 3, "epsilon": 0.15},
        {"digit": 8, "epsilon": 0.035},
        {"digit": 0, "epsilon": 0.0},
        {"digit": 5, "epsilon": 0.2, "method": "PGD", "steps": 7},
        {"digit": 9, "epsilon": 0.45, "method": "PGD", "steps": 20},
    ],
)
def test_attacks_agree_with_torch(
    plain_page: Any, settings: dict[str, Any], network: str
) -> None:
    explorer = AdversarialEpsilon(network=network, **settings)
    plain_page.mount(explorer)
    shown = plain_page.readout()
    expected = attacked(explorer.state)
    assert np.allclose(shown["picture"], expected)
    after = scores(network, expected).softmax(0)
    assert np.allclose(shown["p"], after)
    clean = scores(network, PICTURES[settings["digit"]]).softmax(0)
    assert np.allclose(shown["before"], clean)
    assert shown["answer"] == int(after.argmax())


def test_the_curve_is_made_of_the_same_attacks(plain_page: Any) -> None:
    explorer = AdversarialEpsilon(method="PGD", digit=7)
    plain_page.mount(explorer)
    shown = plain_page.readout()
    for method in ("FGSM", "PGD"):
        for part in (0, 9, 23, 50):
            state = {**explorer.state, "method": method, "epsilon": part / 100}
            p = scores("ordinary", attacked(state)).softmax(0)[7]
            assert np.isclose(shown["curves"][method][part], p)


def test_random_signs_are_as_large_and_harmless(plain_page: Any) -> None:
    plain_page.mount(AdversarialEpsilon(method="random signs", epsilon=0.1))
    for digit in range(10):
        for draw in (1, 2):
            shown, _ = plain_page.move(digit=digit, draw=draw)
            x = PICTURES[digit].numpy()
            change = np.array(shown["picture"]) - x
            up = np.isclose(change, np.minimum(0.1, 1 - x))
            down = np.isclose(change, -np.minimum(0.1, x))
            assert (up | down).all() and 8 < up.sum() < 56
            p = scores("ordinary", torch.tensor(shown["picture"])).softmax(0)
            assert np.allclose(shown["p"], p)


def test_what_the_task_lets_one_find(plain_page: Any) -> None:
    """Both readers know every picture; attacks fool the ordinary one much earlier."""
    smallest: dict[str, list[float]] = {"ordinary": [], "robust": []}
    for network, found in smallest.items():
        for digit in range(10):
            assert scores(network, PICTURES[digit]).argmax() == digit
            settings = {"network": network, "digit": digit, "method": "PGD"}
            for part in range(101):
                state = {**AdversarialEpsilon.start, **settings, "epsilon": part / 200}
                if scores(network, attacked(state)).argmax() != digit:
                    found.append(part / 200)
                    break
    assert max(smallest["ordinary"]) < 0.3
    assert np.mean(smallest["robust"]) > 1.5 * np.mean(smallest["ordinary"])
    plain_page.mount(AdversarialEpsilon())
    assert plain_page.readout()["answer"] != AdversarialEpsilon.start["digit"]


def test_where_one_step_fails_and_many_succeed(plain_page: Any) -> None:
    """At the start both curves can be told apart; the preset of PGD shows it."""
    digit = AdversarialEpsilon.start["digit"]
    plain_page.mount(AdversarialEpsilon(**AdversarialEpsilon.presets["PGD"]))
    assert plain_page.readout()["answer"] != digit
    one_step, _ = plain_page.move(method="FGSM")
    assert one_step["answer"] == digit
    curves = plain_page.readout()["curves"]
    gaps = np.array(curves["FGSM"]) - np.array(curves["PGD"])
    assert gaps.max() > 0.2


def test_epsilon_can_be_dragged(plain_page: Any) -> None:
    explorer = plain_page.mount(AdversarialEpsilon())
    handle = explorer.locator("[data-handle=epsilon]")
    handle.press("ArrowRight")
    assert np.isclose(plain_page.state()["epsilon"], 0.155)
