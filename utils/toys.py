"""Small generated sets that fit in one picture; the same seed draws the same points.

Inputs are float64 of shape `(N, D)`. Labels are 0, 1, 2, … and take turns along the
rows, so that every prefix of the set is balanced.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.distance import cdist
from scipy.special import logsumexp

from utils.samples import Samples


def noisy_line(
    count: int = 50,
    *,
    slope: float = 2.0,
    intercept: float = 1.0,
    noise: float = 0.5,
    seed: int = 0,
) -> Samples:
    """Points about a straight line: X `(N, 1)` uniform in [-2, 2], y `(N,)`."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-2, 2, size=count)  # (N,)
    y = slope * x + intercept + noise * rng.standard_normal(count)
    return Samples(x[:, None], y)


def sine_wave(
    count: int = 50, *, periods: float = 1.0, noise: float = 0.1, seed: int = 0
) -> Samples:
    """Points about a sine of height 1: X `(N, 1)` uniform in [0, 1], y `(N,)`."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 1, size=count)  # (N,)
    y = np.sin(2 * np.pi * periods * x) + noise * rng.standard_normal(count)
    return Samples(x[:, None], y)


def two_moons(count: int = 200, *, noise: float = 0.1, seed: int = 0) -> Samples:
    """Two half circles that reach into each other; the shape of scikit-learn's set."""
    rng = np.random.default_rng(seed)
    y = np.arange(count) % 2
    angle = rng.uniform(0, np.pi, size=count)  # (N,)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)  # (N, 2)
    lower = np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)], axis=1)  # (N, 2)
    X = np.where(y[:, None] == 0, upper, lower)
    return Samples(X + noise * rng.standard_normal(X.shape), y)


def two_moons_log_density(
    points: ArrayLike, *, noise: float = 0.1
) -> NDArray[np.float64]:
    """Log-density from which `two_moons` draws: a mean of Gaussians along both arcs.

    Args:
        points: `(N, 2)`.
        noise: as for `two_moons`; the arcs are read at 600 places each, enough from
            0.02 on.

    Returns:
        One number a point, `(N,)`.
    """
    angle = (np.arange(600) + 0.5) * np.pi / 600
    arc = np.stack([np.cos(angle), np.sin(angle)], axis=1)  # (600, 2)
    arcs = np.concatenate([arc, [1, 0.5] - arc])  # (1200, 2)
    exponents = -cdist(np.asarray(points), arcs, "sqeuclidean") / (2 * noise**2)
    mean = logsumexp(exponents, axis=1) - np.log(len(arcs))  # (N,)
    return np.asarray(mean - np.log(2 * np.pi * noise**2))


def spirals(
    count: int = 300,
    *,
    classes: int = 3,
    turns: float = 0.75,
    noise: float = 0.03,
    seed: int = 0,
) -> Samples:
    """Arms that wind about the origin, one a class, out to radius 1."""
    rng = np.random.default_rng(seed)
    y = np.arange(count) % classes
    radius = rng.uniform(0.05, 1, size=count)  # (N,)
    angle = 2 * np.pi * (turns * radius + y / classes)
    X = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)  # (N, 2)
    return Samples(X + noise * rng.standard_normal(X.shape), y)


def gaussian_blobs(
    count: int = 300,
    *,
    centers: ArrayLike = ((-2, 0), (2, 0), (0, 3)),
    spread: float = 0.7,
    seed: int = 0,
) -> Samples:
    """Round clouds, one a class.

    Args:
        count: number of points, N.
        centers: middle of each cloud, `(K, D)`.
        spread: standard deviation along every axis.
        seed: draws the points.
    """
    rng = np.random.default_rng(seed)
    middle = np.asarray(centers, dtype=np.float64)  # (K, D)
    y = np.arange(count) % len(middle)
    noise = spread * rng.standard_normal((count, middle.shape[1]))  # (N, D)
    return Samples(middle[y] + noise, y)


def xor_points(count: int = 200, *, noise: float = 0.12, seed: int = 0) -> Samples:
    """Clouds on the corners (0,0), (0,1), (1,0), (1,1); the label is their XOR.

    With `count=4, noise=0` these are the four rows of the truth table, in this order.
    """
    rng = np.random.default_rng(seed)
    corner = np.arange(count) % 4
    bits = np.stack([corner // 2, corner % 2], axis=1)  # (N, 2)
    X = bits + noise * rng.standard_normal((count, 2))
    return Samples(X, bits[:, 0] ^ bits[:, 1])


def concentric_circles(
    count: int = 200, *, ratio: float = 0.45, noise: float = 0.07, seed: int = 0
) -> Samples:
    """A circle of radius 1 (label 0) about one of radius `ratio` (label 1)."""
    rng = np.random.default_rng(seed)
    y = np.arange(count) % 2
    angle = rng.uniform(0, 2 * np.pi, size=count)  # (N,)
    radius = np.where(y == 0, 1.0, ratio)
    X = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)  # (N, 2)
    return Samples(X + noise * rng.standard_normal(X.shape), y)
