"""Central differences and the report."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from scipy.optimize import approx_fprime

from utils.gradient_check import check_gradient, numerical_gradient, relative_error

RNG = np.random.default_rng(0)
W = RNG.normal(size=(3, 4))


def cubes(x: np.ndarray) -> float:
    """A smooth function of a matrix."""
    return float(np.sum(W * x**3))


def test_numerical_gradient_of_a_known_function() -> None:
    x = RNG.normal(size=(3, 4))
    assert np.allclose(numerical_gradient(cubes, x), 3 * W * x**2, rtol=1e-7)


def test_central_differences_beat_one_sided_ones() -> None:
    x = RNG.normal(size=12)

    def function(point: np.ndarray) -> float:
        return cubes(point.reshape(3, 4))

    exact = (3 * W * x.reshape(3, 4) ** 2).ravel()
    one_sided = np.abs(approx_fprime(x, function, 1e-5) - exact).max()
    central = np.abs(numerical_gradient(function, x) - exact).max()
    assert central < one_sided / 100


def test_a_right_gradient_is_called_right() -> None:
    x = RNG.normal(size=(3, 4))
    report = check_gradient(cubes, x, 3 * W * x**2)
    assert report.is_right
    assert report.relative_error < 1e-7
    assert report.checked == 12
    assert "the gradient is right" in str(report)


def test_the_worst_entry_is_named() -> None:
    x = RNG.normal(size=(3, 4))
    gradient = 3 * W * x**2
    gradient[1, 2] *= 1.5
    report = check_gradient(cubes, x, gradient)
    assert not report.is_right
    assert report.index == (1, 2)
    assert report.relative_error == pytest.approx(0.2, rel=1e-4)
    assert report.analytic / report.numerical == pytest.approx(1.5, rel=1e-4)
    assert "the gradient is wrong" in str(report)
    assert "(1, 2)" in str(report)


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (1 + 1e-9, "is right"),
        (1 + 1e-5, "near a kink"),
        (1 + 1e-3, "probably wrong"),
        (1.1, "is wrong"),
        (-1, "is wrong"),
    ],
)
def test_magnitudes_are_put_into_words(factor: float, words: str) -> None:
    x = np.array([1.0, 2.0])
    report = check_gradient(lambda x: np.sum(x**2), x, lambda x: factor * 2 * x)
    assert words in report.verdict


def test_autograd_is_checked_when_no_gradient_is_given() -> None:
    x = torch.randn(4, 5)
    report = check_gradient(lambda x: torch.log_softmax(x, 1)[:, 0].sum(), x)
    assert report.is_right
    assert report.checked == 20


def test_a_detached_part_of_the_graph_is_found() -> None:
    x = torch.randn(6)
    report = check_gradient(lambda x: (x * x.detach()).sum(), x)
    assert report.relative_error == pytest.approx(1 / 3, rel=1e-5)


def test_float32_tensors_are_checked_in_float64() -> None:
    seen = []

    def function(x: torch.Tensor) -> torch.Tensor:
        seen.append(x.dtype)
        return (x**2).sum()

    assert check_gradient(function, torch.ones(3, dtype=torch.float32)).is_right
    assert set(seen) == {torch.float64}


def test_whole_numbers_are_checked_in_float64() -> None:
    x = np.array([1, 2, 3])
    assert check_gradient(lambda x: np.sum(x**2), x, lambda x: 2 * x).is_right


def test_a_kink_is_seen() -> None:
    report = check_gradient(lambda x: np.sum(np.abs(x)), np.array([1e-6, 1.0]), np.sign)
    assert report.index == (0,)
    assert not report.is_right


@pytest.mark.parametrize("value", [0.0, 3.0])
def test_a_zero_gradient_is_right(value: float) -> None:
    assert check_gradient(lambda x: value, np.ones(3), np.zeros(3)).is_right


def test_rounding_of_a_large_value_is_no_error() -> None:
    x = np.full(3, 0.5)
    report = check_gradient(lambda x: 1e4 + np.sum(x**2), x, lambda x: 2 * x)
    assert report.is_right
    assert f"up to {report.rounding:.0e}" in str(report)


def test_nan_is_the_worst_error_there_is() -> None:
    report = check_gradient(lambda x: np.sum(x), np.ones(3), np.array([1, np.nan, 1]))
    assert report.relative_error == np.inf
    assert report.index == (1,)
    assert "wrong" in report.verdict


def test_some_entries_of_many_can_be_drawn() -> None:
    x = RNG.normal(size=1000)
    calls = []

    def function(x: np.ndarray) -> float:
        calls.append(1)
        return float(np.sum(x**2))

    report = check_gradient(function, x, 2 * x, entries=5)
    assert report.checked == 5
    assert report.is_right
    assert len(calls) < 20


def test_a_scalar_has_a_gradient() -> None:
    assert check_gradient(np.sin, np.float64(2), np.cos).is_right
    assert numerical_gradient(np.sin, 0.0).shape == ()


@pytest.mark.parametrize("make", [np.array, torch.tensor])
def test_neither_the_check_nor_the_function_changes_x(
    make: Callable[[list[float]], np.ndarray],
) -> None:
    x = make([1.0, 2.0])

    def careless(x: np.ndarray) -> float:
        x *= 2
        return x.sum()

    assert np.allclose(numerical_gradient(careless, x), 2)
    assert x.tolist() == [1.0, 2.0]


def test_an_array_that_is_not_contiguous_is_walked_right() -> None:
    x = RNG.normal(size=(4, 3)).T
    assert check_gradient(cubes, x, 3 * W * x**2).is_right


def test_relative_error_is_that_of_cs231n() -> None:
    assert relative_error([1.0, 3.0], [1.0, 1.0]) == 0.5
    assert relative_error(0.0, 1e-12) == pytest.approx(1e-4)
    assert relative_error(torch.tensor(2.0), 2.0) == 0


def test_what_cannot_be_checked_is_refused() -> None:
    x = np.ones(3)
    with pytest.raises(ValueError, match=r"\(2,\), but x has \(3,\)"):
        check_gradient(np.sum, x, np.ones(2))
    with pytest.raises(ValueError, match=r"one number, not \(3,\)"):
        check_gradient(lambda x: x, x, np.ones(3))
    with pytest.raises(TypeError, match="autograd"):
        check_gradient(np.sum, x)
