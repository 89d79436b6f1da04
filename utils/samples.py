"""Inputs with their targets, and what is done to them before training.

Everywhere in the course `X` holds one sample a row, `(N, ...)`, and `y` holds one
target a row, `(N,)`.
"""

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

FloatArray = NDArray[np.floating]
Rows = TypeVar("Rows", NDArray[np.generic], torch.Tensor)
Targets = TypeVar("Targets", NDArray[np.generic], torch.Tensor)


class Samples(NamedTuple):
    """Inputs `X` of shape `(N, ...)` with targets `y` of shape `(N,)`.

    Unpacks like a pair: `X, y = two_moons(200)`.
    """

    X: np.ndarray
    y: np.ndarray

    def tensors(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Both as torch tensors: real numbers as float32, labels as int64."""
        return _to_tensor(self.X), _to_tensor(self.y)


class Split(NamedTuple):
    """Three disjoint parts: learn from one, choose on one, report on one."""

    train: Samples
    validation: Samples
    test: Samples


def train_validation_test_split(
    X: np.ndarray,
    y: np.ndarray,
    seed: int,
    fractions: tuple[float, float, float] = (0.6, 0.2, 0.2),
) -> Split:
    """Shuffle the samples and divide them into three parts.

    Args:
        X: inputs, `(N, ...)`.
        y: targets, `(N, ...)`.
        seed: the same seed gives the same parts.
        fractions: shares of training, validation and test, which sum to 1; the test
            part takes what rounding leaves.

    Raises:
        ValueError: lengths differ, a fraction is negative or they do not sum to 1.
    """
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} samples but y has {len(y)}; give one y a row")
    if min(fractions) < 0 or not np.isclose(sum(fractions), 1):
        raise ValueError(f"fractions must be shares that sum to 1, not {fractions}")
    order = np.random.default_rng(seed).permutation(len(X))  # (N,)
    train_end = round(fractions[0] * len(X))
    validation_end = train_end + round(fractions[1] * len(X))
    parts = np.split(order, [train_end, validation_end])
    return Split(*(Samples(X[part], y[part]) for part in parts))


def standardize(train: FloatArray, *others: FloatArray) -> tuple[FloatArray, ...]:
    """Shift and scale every column by the mean and deviation of the training set.

    All sets are transformed with the numbers of the first one, so that nothing leaks
    from validation or test into training. The deviation has correction 0. A column that
    is constant in the training set is only shifted.

    Args:
        train: the set that means and deviations are taken from, `(N, D)`.
        others: sets to be transformed with the same numbers, `(M, D)` each.

    Returns:
        As many arrays as were given, in the same order: always a tuple.
    """
    mean = train.mean(axis=0)  # (D,)
    deviation = train.std(axis=0)  # (D,)
    deviation = np.where(np.ptp(train, axis=0) == 0, 1, deviation)
    return tuple((part - mean) / deviation for part in (train, *others))


def minibatches(
    X: Rows, y: Targets, batch_size: int, rng: np.random.Generator | None
) -> Iterator[tuple[Rows, Targets]]:
    """One epoch of batches: every sample once, in a new random order.

    Args:
        X: inputs, `(N, ...)`, numpy or torch.
        y: targets, `(N, ...)`, numpy or torch.
        batch_size: samples a batch, B; the last batch holds what is left.
        rng: draws the order; None keeps the order of the data.

    Yields:
        `X` of shape `(B, ...)` and `y` of shape `(B, ...)`.

    Raises:
        ValueError: lengths differ or the batch size is not positive.
    """
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} samples but y has {len(y)}; give one y a row")
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, not {batch_size}")
    order = np.arange(len(X)) if rng is None else rng.permutation(len(X))  # (N,)
    for start in range(0, len(X), batch_size):
        chosen = order[start : start + batch_size]  # (B,)
        yield X[chosen], y[chosen]


def _to_tensor(array: np.ndarray) -> torch.Tensor:
    real = array.dtype.kind == "f"
    return torch.as_tensor(array, dtype=torch.float32 if real else torch.int64)
