"""Generated toy sets."""

from collections.abc import Callable

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import KNeighborsClassifier

from utils import toys
from utils.samples import Samples

CLASSIFICATION = (
    toys.two_moons,
    toys.spirals,
    toys.gaussian_blobs,
    toys.xor_points,
    toys.concentric_circles,
)
REGRESSION = (toys.noisy_line, toys.sine_wave)
Generator = Callable[..., Samples]


@pytest.mark.parametrize("generate", CLASSIFICATION + REGRESSION)
def test_a_seed_draws_the_same_points_again(generate: Generator) -> None:
    first, again, other = generate(31, seed=5), generate(31, seed=5), generate(31)
    assert np.array_equal(first.X, again.X)
    assert np.array_equal(first.y, again.y)
    assert not np.array_equal(first.X, other.X)


@pytest.mark.parametrize("generate", CLASSIFICATION)
def test_classes_are_balanced_points_in_the_plane(generate: Generator) -> None:
    X, y = generate(120)
    assert X.shape == (120, 2)
    assert X.dtype == np.float64
    assert y.shape == (120,)
    assert len(set(np.bincount(y))) == 1
    assert len(set(np.bincount(y[:60]))) == 1


@pytest.mark.parametrize("generate", REGRESSION)
def test_regression_sets_have_one_input_and_a_flat_target(generate: Generator) -> None:
    X, y = generate(17)
    assert X.shape == (17, 1)
    assert y.shape == (17,)


@pytest.mark.parametrize("generate", CLASSIFICATION)
def test_neighbors_find_the_classes(generate: Generator) -> None:
    X, y = generate(300)
    score = cross_val_score(KNeighborsClassifier(5), X, y, cv=5).mean()
    assert score > 0.95


@pytest.mark.parametrize("noise", [0.05, 0.3])
def test_density_of_the_moons_is_that_of_the_points(noise: float) -> None:
    axis = np.linspace(-3, 4, 281)
    plane = np.stack(np.meshgrid(axis, axis), axis=2).reshape(-1, 2)
    density = np.exp(toys.two_moons_log_density(plane, noise=noise))
    cell = (axis[1] - axis[0]) ** 2
    assert density.sum() * cell == pytest.approx(1, abs=1e-3)
    X, _ = toys.two_moons(4000, noise=noise)
    assert density @ plane * cell == pytest.approx(X.mean(axis=0), abs=0.05)
    inside = (np.abs(X - [0.3, 0.8]) < 0.3).all(axis=1).mean()
    there = (np.abs(plane - [0.3, 0.8]) < 0.3).all(axis=1)
    assert density[there].sum() * cell == pytest.approx(inside, abs=0.03)


@pytest.mark.parametrize("generate", [toys.xor_points, toys.concentric_circles])
def test_no_line_separates_xor_and_circles(generate: Generator) -> None:
    X, y = generate(300)
    assert LogisticRegression().fit(X, y).score(X, y) < 0.7


def test_xor_without_noise_is_the_truth_table() -> None:
    X, y = toys.xor_points(4, noise=0)
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert y.tolist() == [0, 1, 1, 0]


def test_the_line_has_the_slope_and_intercept_that_were_asked_for() -> None:
    X, y = toys.noisy_line(40, slope=-3, intercept=0.5, noise=0)
    assert np.allclose(y, -3 * X[:, 0] + 0.5)


def test_the_sine_without_noise_is_a_sine() -> None:
    X, y = toys.sine_wave(40, periods=2, noise=0)
    assert np.allclose(y, np.sin(4 * np.pi * X[:, 0]))


def test_circles_have_the_radii_that_were_asked_for() -> None:
    X, y = toys.concentric_circles(50, ratio=0.3, noise=0)
    assert np.allclose(np.hypot(*X.T), np.where(y == 0, 1, 0.3))


def test_spirals_have_as_many_arms_as_classes() -> None:
    assert set(toys.spirals(50, classes=5).y) == {0, 1, 2, 3, 4}


def test_blobs_lie_about_their_centers_in_any_dimension() -> None:
    centers = np.array([[0.0, 0, 0], [5, 5, 5]])
    X, y = toys.gaussian_blobs(2000, centers=centers, spread=0.5)
    for label in (0, 1):
        assert np.allclose(X[y == label].mean(axis=0), centers[label], atol=0.1)
        assert np.allclose(X[y == label].std(axis=0), 0.5, atol=0.05)
