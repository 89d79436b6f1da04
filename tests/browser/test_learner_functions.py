"""Explorers that a learner's function drives, and functions that go wrong."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from scipy.special import expit

from utils import explorers
from utils.explorers import (
    GridValues,
    LineFit,
    LogisticRegressionFit,
    NearestNeighbors,
    OptimizerRace,
    ScheduleDesigner,
)
from utils.explorers.schedule_designer import CURVATURES, expected_loss

Function = Callable[..., Any]


def right(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    return 1 / (1 + np.exp(-(X @ w + b)))


def halves(t: int, steps: int) -> float:
    return 0.5 ** (t // 50)


def nearest(
    queries: np.ndarray, X: np.ndarray, y: np.ndarray, k: int, distance: str
) -> list[int]:
    order = 1 if distance == "L1" else 2
    far = np.linalg.norm(queries[:, None] - X, ord=order, axis=2)
    votes = y[np.argsort(far, axis=1, kind="stable")[:, :k]]
    return [int(np.bincount(row).argmax()) for row in votes]


def momentum(
    gradient: Function, start: np.ndarray, rate: float, rho: float, steps: int
) -> list[np.ndarray]:
    path, v = [start], np.zeros(2)
    for _ in range(steps):
        v = rho * v + gradient(path[-1])
        path.append(path[-1] - rate * v)
    return path


def layer(image: np.ndarray, kernel: np.ndarray, *how: int) -> torch.Tensor:
    x, w = (torch.tensor(table.tolist())[None, None] for table in (image, kernel))
    return torch.nn.functional.conv2d(x, w, None, *how)[0, 0]


def lstm_step(
    x: np.ndarray,
    h: np.ndarray,
    c: np.ndarray,
    W: np.ndarray,
    U: np.ndarray,
    b: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, str]:
    i, f, g, o = np.split(x @ W.T + h @ U.T + b, 4, axis=1)
    c = expit(f) * c + expit(i) * np.tanh(g)
    return expit(o) * np.tanh(c), c, "anything"


def scale(Q: np.ndarray, rows: bool) -> np.ndarray:
    wanted = 1 / len(Q) if rows else 1 / Q.shape[1]
    return wanted * Q / Q.sum(axis=int(rows), keepdims=True)


def value_iteration(
    P: np.ndarray, R: np.ndarray, gamma: float, sweeps: int
) -> list[np.ndarray]:
    values = [np.zeros(len(R))]
    for _ in range(sweeps):
        values.append((R + gamma * P @ values[-1]).max(axis=1))
    return values


# Explorer → a right function, and a wrong one where the explorer knows the answer.
DRIVEN: dict[str, tuple[Function, Function | None]] = {
    "LogisticRegressionFit": (right, None),
    "ScheduleDesigner": (halves, None),
    "OptimizerRace": (momentum, None),
    "NearestNeighbors": (nearest, lambda *all: nearest(*all[:4], "L1")),
    "ConvolutionStepper": (layer, lambda x, w, *how: layer(x, w.T, *how)),
    "LstmGates": (lstm_step, lambda x, h, c, W, U, b: lstm_step(x, c, c, W, U, b)),
    "SinkhornTable": (scale, lambda Q, rows: scale(Q, not rows)),
    "GridValues": (value_iteration, lambda P, R, *how: value_iteration(P, -R, *how)),
}
KNOWN = [name for name, (_, wrong) in DRIVEN.items() if wrong]
each_driven = pytest.mark.parametrize("name", DRIVEN)


def driven(name: str, function: Function, **values: Any) -> Any:
    return getattr(explorers, name)(function, **values)


def raises(*_: Any) -> None:
    raise ValueError("matmul: shapes do not fit")


def forgets_to_return(*_: Any) -> None:
    pass


def returns_words(*_: Any) -> str:
    return "yes"


def never_returns(*_: Any) -> None:
    while True:
        pass


def sleeps(*_: Any) -> None:
    time.sleep(3600)


def broken_by(change: Function, function: Function) -> Function:
    """The function with another value in place of its array, or of its first array."""

    def broken(*arguments: Any) -> Any:
        value = function(*arguments)
        if isinstance(value, tuple):
            return change(np.asarray(value[0])), *value[1:]
        return change(np.asarray(value, dtype=float))

    return broken


@each_driven
@pytest.mark.parametrize(
    ("function", "words"),
    [
        (raises, "raises raised ValueError in line"),
        (raises, "matmul: shapes do not fit"),
        (forgets_to_return, "return"),
        (returns_words, "return"),
        (never_returns, "did not return within 0.1 s"),
        (sleeps, "did not return within 0.1 s"),
    ],
)
def test_a_failing_function_is_named(name: str, function: Function, words: str) -> None:
    assert words in driven(name, function, seconds=0.1).message


@each_driven
def test_a_wrong_shape_and_numbers_that_are_none_are_named(name: str) -> None:
    function, _ = DRIVEN[name]
    taller = broken_by(lambda array: array[..., None], function)
    assert "; the picture needs (" in driven(name, taller).message
    endless = broken_by(lambda array: array * np.nan, function)
    assert "NaN or infinite" in driven(name, endless).message


def test_many_slow_calls_are_too_slow_together() -> None:
    def slow(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
        time.sleep(0.05)
        return right(X, w, b)

    began = time.monotonic()
    explorer = LogisticRegressionFit(slow, seconds=0.3)  # asks more than sixty times
    assert "did not return within 0.3 s" in explorer.message
    assert time.monotonic() - began < 1.5


@each_driven
def test_the_explorer_recovers_when_the_function_is_mended(name: str) -> None:
    working = False

    def mended(*arguments: Any) -> Any:
        return DRIVEN[name][0](*arguments) if working else None

    explorer = driven(name, mended)
    assert explorer.message
    working = True
    (moved, *_) = (control for control in explorer.controls if hasattr(control, "step"))
    value = explorer.state[moved.name]
    other = value / 2 if value > moved.low else moved.low + moved.step
    if isinstance(value, int):
        other = max(moved.low, value - 1) if value > moved.low else value + 1
    explorer.state = {**explorer.state, moved.name: other}
    assert explorer.message == ""


@pytest.mark.parametrize("name", KNOWN)
def test_the_picture_is_the_learners(plain_page: Any, name: str) -> None:
    good, wrong = DRIVEN[name]
    explorer_class = getattr(explorers, name)
    own = plain_page.mount(explorer_class())
    before = plain_page.readout()
    summary = own.locator(".explorer-summary")
    assert "Your" not in summary.inner_text()

    plain_page.mount(driven(name, good))
    assert f"Your {good.__name__} gives the same" in summary.inner_text()
    for key, value in plain_page.readout().items():
        if isinstance(value, int | float):
            assert np.isclose(value, before[key], rtol=1e-5, atol=1e-6), key
    right_pixels = plain_page.pixels()

    plain_page.mount(driven(name, wrong))
    assert "gives other numbers in" in summary.inner_text()
    assert plain_page.pixels() != right_pixels


@pytest.mark.parametrize("name", KNOWN)
def test_without_python_the_explorer_goes_on_alone(plain_page: Any, name: str) -> None:
    explorer_class = getattr(explorers, name)
    preset = next(iter(explorer_class.presets))
    explorer = plain_page.mount(explorer_class())
    explorer.locator(f'[data-preset="{preset}"]').click()
    expected = plain_page.pixels()
    explorer = plain_page.mount(driven(name, DRIVEN[name][1]))
    explorer.locator(f'[data-preset="{preset}"]').click()
    plain_page.rest()
    if plain_page.state() == explorer_class.start:
        return  # the preset is the start: still the learner's picture
    assert "Your" not in explorer.locator(".explorer-summary").inner_text()
    assert plain_page.pixels() == expected


def test_an_optimizer_of_your_own_joins_the_race(plain_page: Any) -> None:
    plain_page.mount(OptimizerRace(momentum, step=50))
    shown = plain_page.readout()
    for key in ("theta", "before"):
        assert np.allclose(shown["yours"][key], shown["momentum"][key], atol=1e-5)
    for preset in ("just diverging", "valley", "saddle", "two minima"):
        plain_page.mount(OptimizerRace(momentum, **OptimizerRace.presets[preset]))
        shown = plain_page.readout()
        assert shown["yours"]["diverged"] == shown["momentum"]["diverged"]
        assert np.allclose(
            shown["yours"]["theta"], shown["momentum"]["theta"], atol=1e-4
        )


@pytest.mark.parametrize("preset", [*GridValues.presets])
def test_the_world_of_tables_is_that_of_the_picture(
    plain_page: Any, preset: str
) -> None:
    if GridValues.presets[preset].get("mode") == "Q-learning":
        assert (
            GridValues(value_iteration, **GridValues.presets[preset]).yours["arrays"]
            == {}
        )
        return
    explorer = plain_page.mount(
        GridValues(value_iteration, **GridValues.presets[preset])
    )
    summary = explorer.locator(".explorer-summary").inner_text()
    assert "Your value_iteration gives the same 2430 numbers" in summary


@pytest.mark.parametrize("preset", [*NearestNeighbors.presets])
def test_regions_agree_under_both_distances(plain_page: Any, preset: str) -> None:
    values = NearestNeighbors.presets[preset]
    explorer = plain_page.mount(NearestNeighbors(nearest, **values))
    summary = explorer.locator(".explorer-summary").inner_text()
    assert "Your nearest gives the same 9217 numbers" in summary


def test_an_explorer_that_takes_no_function_says_so() -> None:
    with pytest.raises(TypeError, match="LineFit takes no function of yours"):
        LineFit(right)


def test_a_function_that_was_mended_draws_in_lab(notebook: Any) -> None:
    notebook.ask("globals().update(turned=True)")
    cell = notebook.run("driven")
    summary = cell.locator(".explorer-summary")
    summary.get_by_text("Your layer gives other numbers").wait_for()
    notebook.ask("globals().update(turned=False)")
    cell.locator("input[data-name=padding]").first.focus()
    notebook.page.keyboard.press("ArrowRight")
    summary.get_by_text("Your layer gives the same 49 numbers").wait_for()
    notebook.assert_clean()


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
    explorer = ScheduleDesigner(halves, peak=0.2)
    assert np.allclose(explorer.readout["rates"][::50], [0.2, 0.1, 0.05, 0.025])


def test_a_missing_schedule_is_asked_for() -> None:
    explorer = ScheduleDesigner(kind="your own")
    assert "Write schedule(t, steps)" in explorer.message
