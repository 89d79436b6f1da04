"""Measures, against scikit-learn where it has them."""

import itertools
import math

import numpy as np
import pytest
import torch
from scipy import stats
from sklearn import metrics
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from utils import evaluation
from utils.datasets import load_digits
from utils.toys import gaussian_blobs


def labels(seed: int, classes: int = 4, count: int = 60) -> np.ndarray:
    """Random labels."""
    return np.random.default_rng(seed).integers(classes, size=count)


@pytest.mark.parametrize("seed", range(5))
def test_measures_agree_with_scikit_learn(seed: int) -> None:
    y, other = labels(seed), labels(seed + 100, classes=6)
    assert evaluation.accuracy(y, other) == metrics.accuracy_score(y, other)
    expected = metrics.confusion_matrix(y, other, labels=range(6))
    assert np.array_equal(evaluation.confusion_matrix(y, other), expected)
    assert math.isclose(
        evaluation.normalized_mutual_information(y, other),
        metrics.normalized_mutual_info_score(y, other),
        abs_tol=1e-12,
    )


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_top_k_accuracy_agrees_with_scikit_learn(k: int) -> None:
    y = labels(0, classes=5)
    scores = np.random.default_rng(1).normal(size=(60, 5))
    expected = metrics.top_k_accuracy_score(y, scores, k=k, labels=range(5))
    assert evaluation.top_k_accuracy(y, scores, k) == pytest.approx(expected)


def test_constant_scores_earn_nothing_in_the_top_k() -> None:
    y, scores = labels(0, classes=3), np.zeros((60, 3))
    assert evaluation.top_k_accuracy(y, scores, 2) == 0
    assert evaluation.top_k_accuracy(y, scores, 3) == 1


def test_top_k_refuses_a_k_or_a_shape_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="between 1 and 3"):
        evaluation.top_k_accuracy([0, 1], np.zeros((2, 3)), 4)
    with pytest.raises(ValueError, match=r"\(N, K\) for N=2"):
        evaluation.top_k_accuracy([0, 1], np.zeros(2), 1)


@pytest.mark.parametrize("seed", range(4))
def test_clustering_accuracy_is_the_best_of_all_renamings(seed: int) -> None:
    y, clusters = labels(seed), labels(seed + 50)
    renamings = (np.array(names) for names in itertools.permutations(range(4)))
    best = max(float(np.mean(names[clusters] == y)) for names in renamings)
    assert evaluation.clustering_accuracy(y, clusters) == pytest.approx(best)


def test_clustering_measures_do_not_depend_on_names() -> None:
    y = labels(0)
    renamed = np.array([2, 3, 0, 1])[y]
    assert evaluation.clustering_accuracy(y, renamed) == 1
    assert evaluation.purity(y, renamed) == 1
    assert evaluation.normalized_mutual_information(y, renamed) == pytest.approx(1)


def test_more_clusters_than_classes_cost_accuracy_but_not_purity() -> None:
    y, clusters = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 2, 2, 3])
    assert evaluation.purity(y, clusters) == 1
    assert evaluation.clustering_accuracy(y, clusters) == pytest.approx(4 / 6)


def test_purity_by_hand() -> None:
    assert evaluation.purity([0, 0, 1, 1, 1], [0, 0, 0, 1, 1]) == pytest.approx(0.8)


def test_one_cluster_knows_nothing() -> None:
    y, one = labels(0), np.zeros(60, dtype=int)
    assert evaluation.normalized_mutual_information(y, one) == pytest.approx(0)
    assert evaluation.normalized_mutual_information(one, one) == 1


def test_mean_iou_agrees_with_the_jaccard_score() -> None:
    y, y_hat = labels(0).reshape(3, 4, 5), labels(1).reshape(3, 4, 5)
    expected = metrics.jaccard_score(y.ravel(), y_hat.ravel(), average="macro")
    assert evaluation.mean_iou(y, y_hat, 4) == pytest.approx(expected)


def test_mean_iou_leaves_out_classes_that_nobody_saw() -> None:
    assert evaluation.mean_iou([[0, 1]], [[0, 1]], classes=9) == 1


def test_a_class_that_was_only_guessed_counts_as_zero() -> None:
    assert evaluation.mean_iou([0, 0], [0, 2], classes=3) == pytest.approx(0.25)


def test_confusion_matrix_rows_are_the_truth() -> None:
    table = evaluation.confusion_matrix([0, 0, 1], [1, 1, 1], classes=3)
    assert table.tolist() == [[0, 2, 0], [0, 1, 0], [0, 0, 0]]


def test_a_label_beyond_the_classes_is_refused() -> None:
    with pytest.raises(ValueError, match="larger than 1"):
        evaluation.confusion_matrix([0, 2], [0, 1], classes=2)
    with pytest.raises(ValueError, match="larger than 1"):
        evaluation.confusion_matrix([0, 1], [0, 2], classes=2)


def test_tensors_lists_and_arrays_give_the_same() -> None:
    y, y_hat = [0, 1, 2, 1], [0, 1, 1, 1]
    assert evaluation.accuracy(torch.tensor(y), np.array(y_hat)) == 0.75
    scores = torch.eye(3)[y_hat].requires_grad_()
    assert evaluation.top_k_accuracy(y, scores, 1) == 0.75
    assert type(evaluation.accuracy(y, y_hat)) is float


@pytest.mark.parametrize(
    ("y", "y_hat", "message"),
    [
        ([0, 1], [[0], [1]], r"\(2,\) and \(2, 1\)"),
        ([], [], "no labels"),
        ([0.5], [1], "whole numbers"),
        ([-1], [1], "one is -1"),
    ],
)
def test_labels_that_are_none_are_refused(
    y: list[object], y_hat: list[object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        evaluation.accuracy(y, y_hat)


def test_bits_of_a_uniform_guess_are_the_logarithm_of_the_alphabet() -> None:
    assert evaluation.bits_per_character(math.log(64)) == pytest.approx(6)


def test_linear_probe_agrees_with_scikit_learn() -> None:
    digits = load_digits()
    X, y = digits.X.reshape(len(digits.y), -1), digits.y
    scaler = StandardScaler().fit(X[:600])
    model = LogisticRegression(max_iter=500).fit(scaler.transform(X[:600]), y[:600])
    expected = model.score(scaler.transform(X[600:]), y[600:])
    got = evaluation.linear_probe(digits.X[:600], y[:600], digits.X[600:], y[600:])
    assert got == pytest.approx(expected, abs=0.01)
    assert got > 0.85


def test_linear_probe_that_is_stopped_early_is_silent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    X, y = gaussian_blobs(90)
    assert evaluation.linear_probe(X, y, X, y, max_iterations=1) > 0.3
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("metric", ["euclidean", "cosine"])
def test_nearest_neighbors_by_hand(metric: str) -> None:
    train = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    test = torch.tensor([[5.0, 0.1], [0.1, 2.0], [0.3, 0.1]])
    got = evaluation.nearest_neighbor_accuracy(
        train,
        [0, 1],
        test,
        [0, 1, 0],
        metric=metric,  # type: ignore[arg-type]
    )
    assert got == 1


def test_more_neighbors_outvote_an_outlier() -> None:
    train, y = [[0.0], [0.2], [0.21], [0.3]], [0, 0, 1, 0]
    probe = evaluation.nearest_neighbor_accuracy
    assert probe(train, y, [[0.22]], [0], k=1) == 0
    assert probe(train, y, [[0.22]], [0], k=3) == 1


def test_energy_distance_is_that_of_scipy_in_one_dimension() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=30), 1 + 2 * rng.normal(size=20)
    expected = stats.energy_distance(x, y) ** 2  # scipy gives the root
    assert evaluation.energy_distance(x, torch.tensor(y)) == pytest.approx(expected)
    assert evaluation.energy_distance(x, x) == pytest.approx(0)
