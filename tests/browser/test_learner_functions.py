"""An explorer that a learner's function drives, and functions that go wrong."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from utils.explorers import LogisticRegressionFit, ScheduleDesigner
from utils.explorers.schedule_designer import CURVATURES, expected_loss


def right(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    return 1 / (1 + np.exp(-(X @ w + b)))


def raises(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    raise ValueError("matmul: shapes do not fit")


def forgets_to_return(X: np.ndarray, w: np.ndarray, b: float) -> None:
    right(X, w, b)


def returns_a_column(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    return right(X, w, b)[:, None]


def overflows(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    powers = np.exp(1000 * (X @ w + b + 1))
    return powers / (1 + powers)


def returns_words(X: np.ndarray, w: np.ndarray, b: float) -> str:
    return "yes"


def never_returns(X: np.ndarray, w: np.ndarray, b: float) -> None:
    while True:
        pass


def sleeps(X: np.ndarray, w: np.ndarray, b: float) -> None:
    time.sleep(3600)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (raises, "raises raised ValueError in line"),
        (raises, "matmul: shapes do not fit"),
        (forgets_to_return, "Is a `return` missing?"),
        (returns_a_column, "returned shape (60, 1); the picture needs (60,)"),
        (overflows, "60 of 60 values that are NaN or infinite"),
        (returns_words, "returned a str that is not an array of numbers"),
        (never_returns, "did not return within 0.1 s"),
        (sleeps, "did not return within 0.1 s"),
    ],
)
def test_a_failing_function_is_named(function: Callable[..., Any], words: str) -> None:
    explorer = LogisticRegressionFit(function, seconds=0.1)
    assert words in explorer.message


def test_the_explorer_recovers_when_the_function_is_mended() -> None:
    broken = True

    def predict(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray | None:
        return None if broken else right(X, w, b)

    explorer = LogisticRegressionFit(predict)
    assert explorer.message
    broken = False
    explorer.state = {**explorer.state, "step": 3}
    assert explorer.message == ""
    assert explorer.summary.startswith("After 3 steps")


def test_a_failure_after_a_good_start_keeps_the_last_numbers() -> None:
    def explodes(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
        if abs(b) > 1:
            raise OverflowError("too large")
        return right(X, w, b)

    explorer = LogisticRegressionFit(explodes)
    before = explorer.readout
    explorer.state = {"learning_rate": 100.0, "step": 10}
    assert "OverflowError" in explorer.message
    assert explorer.readout == before
    explorer.state = {"learning_rate": 0.3, "step": 10}
    assert explorer.message == ""


def test_gradient_steps_agree_with_torch() -> None:
    def predict(X: torch.Tensor, w: torch.Tensor, b: float) -> torch.Tensor:
        return torch.sigmoid(X @ w + b)

    explorer = LogisticRegressionFit(predict, as_torch=True, learning_rate=3, step=7)
    X, y = torch.from_numpy(explorer.X), torch.from_numpy(explorer.y)
    w = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    b = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=3)
    binary_cross_entropy = torch.nn.functional.binary_cross_entropy_with_logits
    for _ in range(7):
        optimizer.zero_grad()
        binary_cross_entropy(X @ w + b, y).backward()
        optimizer.step()
    shown = explorer.readout
    assert np.allclose(shown["w"], w.detach())
    assert np.isclose(shown["b"], b.item())
    assert np.isclose(shown["loss"], binary_cross_entropy(X @ w + b, y).item())


def test_unknown_and_impossible_values_are_refused() -> None:
    with pytest.raises(ValueError, match="has no value called speed"):
        LogisticRegressionFit(speed=3)
    with pytest.raises(ValueError, match="cannot show step = 1000"):
        LogisticRegressionFit(step=1000)


def test_the_message_stands_in_place_in_lab(notebook: Any) -> None:
    notebook.ask("globals().update(working=False)")
    cell = notebook.run("mendable")
    message = cell.locator(".explorer-message")
    message.get_by_text("predict raised RuntimeError in line 2").wait_for()
    height = cell.locator(".explorer-stage").bounding_box()["height"]
    assert notebook.ask("globals().update(working=True)") is None
    cell.locator("input[data-name=step]").first.focus()
    notebook.page.keyboard.press("ArrowRight")
    message.wait_for(state="hidden")
    assert cell.locator(".explorer-stage").bounding_box()["height"] == height
    assert notebook.ask("mended.message") == ""
    notebook.assert_clean()


def torch_rates(make: Callable[..., Any], peak: float) -> list[float]:
    """Rates of 200 steps under a scheduler of torch."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=peak)
    scheduler = make(optimizer)
    rates = []
    for _ in range(200):
        rates.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return rates


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("constant", lambda o: torch.optim.lr_scheduler.ConstantLR(o, factor=1)),
        (
            "exponential",
            lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.04 ** (1 / 200)),
        ),
        (
            "cosine",
            lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(
                o, T_max=200, eta_min=0.04 * 0.1
            ),
        ),
        (
            "1 / t",
            lambda o: torch.optim.lr_scheduler.LambdaLR(
                o, lambda t: 1 / (1 + 24 * t / 200)
            ),
        ),
    ],
)
def test_schedules_agree_with_torch(kind: str, make: Callable[..., Any]) -> None:
    explorer = ScheduleDesigner(kind=kind, peak=0.1, final=0.04)
    assert np.allclose(explorer.readout["rates"], torch_rates(make, 0.1))


def test_stairs_fall_twice_by_the_same_factor() -> None:
    rates = ScheduleDesigner(kind="stairs", peak=0.1, final=0.01).readout["rates"]
    assert np.allclose(rates[:67], 0.1)
    assert np.allclose(rates[67:134], 0.01)
    assert np.allclose(rates[134:], 0.001)


def test_expected_loss_is_the_mean_of_noisy_runs() -> None:
    rates = np.full(50, 0.12)
    generator = np.random.default_rng(0)
    theta = np.ones((40_000, 2))
    for rate in rates:
        noise = 0.5 * generator.standard_normal(theta.shape)
        theta -= rate * (theta * CURVATURES + noise)
    measured = (0.5 * CURVATURES * theta**2).sum(axis=1).mean()
    assert np.isclose(expected_loss(rates, noise=0.5)[-1], measured, rtol=0.03)


def test_a_schedule_of_your_own_is_drawn() -> None:
    def halves(t: int, steps: int) -> float:
        return 0.5 ** (t // 50)

    explorer = ScheduleDesigner(halves, peak=0.2)
    assert np.allclose(explorer.readout["rates"][::50], [0.2, 0.1, 0.05, 0.025])


def test_a_missing_schedule_is_asked_for() -> None:
    explorer = ScheduleDesigner(kind="your own")
    assert "Write schedule(t, steps)" in explorer.message
