"""Splitting, standardizing and batching."""

import numpy as np
import pytest
import torch
from sklearn.preprocessing import StandardScaler

from utils.samples import (
    Samples,
    minibatches,
    standardize,
    train_validation_test_split,
)


def numbered(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs whose row number is also the target."""
    y = np.arange(count)
    return np.stack([y, 10 * y], axis=1).astype(float), y


def test_samples_become_tensors_of_the_types_that_losses_want() -> None:
    X, y = Samples(np.zeros((2, 3)), np.array([0, 1])).tensors()
    assert (X.dtype, y.dtype) == (torch.float32, torch.int64)
    _, targets = Samples(np.zeros((2, 3)), np.array([0.5, 1])).tensors()
    assert targets.dtype == torch.float32


def test_split_takes_every_sample_once_and_keeps_pairs_together() -> None:
    split = train_validation_test_split(*numbered(101), seed=3)
    assert [len(part.y) for part in split] == [61, 20, 20]
    together = np.concatenate([part.y for part in split])
    assert sorted(together) == list(range(101))
    assert all(np.array_equal(part.X[:, 0], part.y) for part in split)


def test_split_is_shuffled_and_repeats_with_its_seed() -> None:
    first = train_validation_test_split(*numbered(50), seed=1)
    again = train_validation_test_split(*numbered(50), seed=1)
    other = train_validation_test_split(*numbered(50), seed=2)
    assert np.array_equal(first.train.y, again.train.y)
    assert not np.array_equal(first.train.y, other.train.y)
    assert not np.array_equal(first.train.y, np.arange(30))


def test_split_with_an_empty_part_is_possible() -> None:
    split = train_validation_test_split(*numbered(10), seed=0, fractions=(0.8, 0, 0.2))
    assert [len(part.y) for part in split] == [8, 0, 2]


@pytest.mark.parametrize("fractions", [(0.6, 0.2, 0.1), (1.2, -0.1, -0.1)])
def test_fractions_that_are_no_shares_are_refused(
    fractions: tuple[float, float, float],
) -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        train_validation_test_split(*numbered(10), seed=0, fractions=fractions)


def test_split_of_unequal_lengths_is_refused() -> None:
    with pytest.raises(ValueError, match="3 samples but y has 2"):
        train_validation_test_split(np.zeros((3, 1)), np.zeros(2), seed=0)


def test_standardize_agrees_with_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    train, test = rng.normal(3, 5, size=(40, 4)), rng.normal(size=(9, 4))
    scaler = StandardScaler().fit(train)
    own_train, own_test = standardize(train, test)
    assert np.allclose(own_train, scaler.transform(train))
    assert np.allclose(own_test, scaler.transform(test))


def test_standardize_uses_no_number_of_the_other_sets() -> None:
    train = np.array([[0.0], [2.0]])
    (alone,) = standardize(train)
    beside, _ = standardize(train, np.array([[1000.0]]))
    assert np.array_equal(alone, [[-1.0], [1.0]])
    assert np.array_equal(alone, beside)


@pytest.mark.parametrize("constant", [0.0, 0.1, 1e9 + 0.1])
def test_standardize_only_shifts_a_constant_column(constant: float) -> None:
    train = np.full((7, 1), constant)
    scaled, other = standardize(train, train + 1)
    assert np.allclose(scaled, 0, atol=1e-6)
    assert np.allclose(other, 1, atol=1e-6)


def test_standardize_scales_a_column_whose_range_is_one() -> None:
    (scaled,) = standardize(np.array([[0.0, 3.0], [1.0, 3.0]]))
    assert np.array_equal(scaled, [[-1.0, 0.0], [1.0, 0.0]])


def test_standardize_leaves_its_inputs_alone() -> None:
    train = np.array([[1.0], [5.0]])
    standardize(train)
    assert np.array_equal(train, [[1.0], [5.0]])


def test_minibatches_show_every_sample_once_an_epoch() -> None:
    X, y = numbered(10)
    batches = list(minibatches(X, y, 4, np.random.default_rng(0)))
    assert [len(batch) for batch, _ in batches] == [4, 4, 2]
    assert sorted(np.concatenate([labels for _, labels in batches])) == list(range(10))
    assert all(np.array_equal(batch[:, 0], labels) for batch, labels in batches)


def test_minibatches_are_drawn_anew_every_epoch() -> None:
    X, y = numbered(30)
    rng = np.random.default_rng(0)
    first = np.concatenate([labels for _, labels in minibatches(X, y, 8, rng)])
    second = np.concatenate([labels for _, labels in minibatches(X, y, 8, rng)])
    assert not np.array_equal(first, second)


def test_minibatches_without_a_generator_keep_the_order() -> None:
    X, y = numbered(5)
    labels = [batch_y.tolist() for _, batch_y in minibatches(X, y, 2, None)]
    assert labels == [[0, 1], [2, 3], [4]]
    assert len(list(minibatches(X, y, 1, None))) == 5


def test_minibatches_of_tensors_are_tensors() -> None:
    X, y = Samples(*numbered(6)).tensors()
    batch, labels = next(minibatches(X, y, 4, np.random.default_rng(0)))
    assert isinstance(batch, torch.Tensor)
    assert torch.equal(batch[:, 0], labels.float())


def test_minibatches_refuse_bad_arguments() -> None:
    X, y = numbered(4)
    with pytest.raises(ValueError, match="at least 1, not 0"):
        next(minibatches(X, y, 0, None))
    with pytest.raises(ValueError, match="4 samples but y has 3"):
        next(minibatches(X, y[:3], 2, None))
