"""Explorers of unit 17: tables, labels and losses compared with numpy and torch."""

from typing import Any

import numpy as np
import pytest
import torch
from scipy.optimize import linear_sum_assignment

from utils.datasets import load_digits
from utils.evaluation import clustering_accuracy
from utils.explorers import SelfLabelRounds, SinkhornTable

LAST = SelfLabelRounds.start["round"]


def scaled(P: np.ndarray, sharpness: float, steps: int) -> np.ndarray:
    """P^sharpness, after so many scalings of rows and columns in turn."""
    Q = P**sharpness
    Q = Q / Q.sum()
    for step in range(1, steps + 1):
        axis = 1 if step % 2 else 0
        Q = Q / (Q.sum(axis=axis, keepdims=True) * Q.shape[1 - axis])
    return Q


@pytest.mark.parametrize("sharpness", [0.5, 3.0, 25.0])
@pytest.mark.parametrize("step", [0, 1, 2, 17, 60])
def test_scaled_table_agrees_with_numpy(
    plain_page: Any, sharpness: float, step: int
) -> None:
    explorer = SinkhornTable(sharpness=sharpness, step=step)
    plain_page.mount(explorer)
    shown = plain_page.readout()
    P = np.array(explorer.state["probabilities"])
    Q = scaled(P, sharpness, step)
    assert np.allclose(shown["Q"], Q)
    assert np.allclose(shown["row_sums"], Q.sum(axis=1))
    assert np.allclose(shown["column_sums"], Q.sum(axis=0))
    imbalance = max(np.abs(6 * Q.sum(1) - 1).max(), np.abs(3 * Q.sum(0) - 1).max())
    assert np.isclose(shown["errors"][step], imbalance, atol=1e-12)
    assert np.isclose(shown["cost"], -np.sum(Q * np.log(P)))
    costs = np.repeat(-np.log(P), 2, axis=1)  # every label twice
    rows, columns = linear_sum_assignment(costs)
    assert np.isclose(shown["exact_cost"], costs[rows, columns].mean())
    assert sorted(shown["exact_labels"]) == [0, 0, 1, 1, 2, 2]


def test_softness_has_a_price_that_falls(plain_page: Any) -> None:
    gaps = []
    for sharpness in (0.5, 3.0, 10.0):
        plain_page.mount(SinkhornTable(sharpness=sharpness, step=60))
        shown = plain_page.readout()
        gaps.append(shown["cost"] / shown["exact_cost"] - 1)
    assert gaps[0] > gaps[1] > gaps[2] > -1e-6


def log_posteriors(model: dict[str, Any], X: torch.Tensor) -> torch.Tensor:
    W, b = (torch.tensor(model[name], dtype=torch.float64) for name in ("W", "b"))
    return torch.log_softmax(X @ W.T + b, dim=1)


def rounds_by_torch(shown: dict[str, Any], balance: bool) -> list[np.ndarray]:
    """Labels of all rounds up to the shown one, from the same points and model."""
    X = torch.tensor(shown["points"], dtype=torch.float64)  # (N, 2)
    K = len(shown["first"]["b"])
    layer = torch.nn.Linear(2, K).double()
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(shown["first"]["W"]))
        layer.bias.copy_(torch.tensor(shown["first"]["b"]))
    optimizer = torch.optim.SGD(layer.parameters(), lr=1.0)
    found = []
    for _ in range(LAST + 1):
        with torch.no_grad():
            P = torch.softmax(layer(X), dim=1).numpy()
        labels = (scaled(P, 20, 101) if balance else P).argmax(axis=1)
        found.append(labels)
        for _ in range(15):
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(layer(X), torch.tensor(labels))
            loss.backward()
            optimizer.step()
    loss = torch.nn.functional.cross_entropy(layer(X), torch.tensor(labels))
    assert np.isclose(shown["loss"], loss.item())
    return found


@pytest.mark.parametrize("balance", [True, False])
@pytest.mark.parametrize("values", [{}, {"labels": 6, "seed": 4, "sizes": "unequal"}])
def test_rounds_agree_with_torch(
    plain_page: Any, balance: bool, values: dict[str, Any]
) -> None:
    plain_page.mount(SelfLabelRounds(balance=balance, **values))
    shown = plain_page.readout()
    found = rounds_by_torch(shown, balance)
    assert shown["labels"] == found[-1].tolist()
    assert sum(shown["sizes"]) == len(shown["points"]) == 120
    right = [clustering_accuracy(shown["classes"], labels) for labels in found]
    assert np.allclose(shown["accuracies"][: LAST + 1], right)


def test_presets_of_the_rounds_do_what_they_say(plain_page: Any) -> None:
    shown = {}
    for name, values in SelfLabelRounds.presets.items():
        plain_page.mount(SelfLabelRounds(**values))
        shown[name] = plain_page.readout()
    assert shown["balanced"]["accuracy"] > 0.95
    assert max(shown["balanced"]["sizes"]) <= 1.1 * 30
    assert sorted(shown["collapse"]["sizes"]) == [0, 0, 0, 120]
    assert shown["collapse"]["loss"] < shown["balanced"]["loss"] / 5
    assert shown["collapse"]["accuracy"] == 0.25
    assert shown["unequal classes"]["accuracy"] < 0.7
    assert shown["overlap"]["accuracy"] < shown["balanced"]["accuracy"]


def test_a_run_on_images_is_shown_as_it_was(plain_page: Any) -> None:
    digits = load_digits()
    rng = np.random.default_rng(0)
    rounds = [rng.integers(0, 10, size=1797), digits.y]
    explorer = SelfLabelRounds.of_run(digits.X, digits.y, rounds)
    page = plain_page.mount(explorer)
    shown = plain_page.readout()
    right = [clustering_accuracy(digits.y, labels) for labels in rounds]
    assert np.allclose(shown["accuracies"], right)
    assert shown["sizes"] == np.bincount(digits.y).tolist()
    assert shown["accuracy"] == 1
    page.locator("[data-preset=first]").click()
    assert plain_page.readout()["labels"] == rounds[0][:60].tolist()
    assert "Round 0" in page.locator(".explorer-summary").inner_text()


def test_a_run_that_does_not_fit_is_refused() -> None:
    digits = load_digits()
    with pytest.raises(ValueError, match="1797 images"):
        SelfLabelRounds.of_run(digits.X, digits.y, [digits.y[:5]])
    with pytest.raises(ValueError, match="of_run"):
        SelfLabelRounds(source="images")
