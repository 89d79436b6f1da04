"""Numbers that say how good a model, a clustering or a representation is.

Labels are integers from 0 on, in numpy arrays, torch tensors or lists. The truth comes
first, the guess second. Everything returns a plain float unless it says otherwise.
"""

import math
import warnings
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

IntArray = NDArray[np.int64]


def accuracy(y: Any, y_hat: Any) -> float:
    """Share of labels that are right.

    Args:
        y: true labels, any shape, often `(N,)`.
        y_hat: predicted labels, same shape.
    """
    truth, guess = _same_shape(y, y_hat)
    return float(np.mean(truth == guess))


def top_k_accuracy(y: Any, scores: Any, k: int) -> float:
    """Share of samples whose true class has one of the k highest scores.

    A class that ties with the true one counts as higher: a constant score earns 0
    unless k is the number of classes.

    Args:
        y: true labels, `(N,)`.
        scores: one score a class, `(N, K)`; logits and probabilities give the same.
        k: between 1 and K.
    """
    truth, table = _labels(y), _numbers(scores)
    if table.ndim != 2 or len(table) != len(truth):
        raise ValueError(f"scores must be (N, K) for N={len(truth)}, not {table.shape}")
    if not 1 <= k <= table.shape[1]:
        raise ValueError(f"k must be between 1 and {table.shape[1]}, not {k}")
    own = np.take_along_axis(table, truth[:, None], axis=1)  # (N, 1)
    better = np.sum(table >= own, axis=1) - 1  # (N,) the true class beats itself
    return float(np.mean(better < k))


def confusion_matrix(y: Any, y_hat: Any, classes: int | None = None) -> IntArray:
    """Counts of every pair of true and predicted label.

    Args:
        y: true labels, `(N,)`.
        y_hat: predicted labels, `(N,)`.
        classes: number of classes, K; by default the largest label plus one.

    Returns:
        `(K, K)`: row is the truth, column the prediction.
    """
    truth, guess = _same_shape(y, y_hat)
    size = classes or int(max(truth.max(initial=-1), guess.max(initial=-1))) + 1
    return _counts(truth, guess, size, size)


def clustering_accuracy(y: Any, clusters: Any) -> float:
    """Accuracy after the best one-to-one renaming of clusters to classes.

    The matching is optimal: Kuhn (1955), as in Xie, Girshick and Farhadi (2016).

    Args:
        y: true labels, `(N,)`.
        clusters: cluster numbers, `(N,)`; there may be more clusters than classes.
    """
    table = _contingency(y, clusters)  # (classes, clusters)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return float(table[rows, columns].sum() / table.sum())


def purity(y: Any, clusters: Any) -> float:
    """Share of samples that belong to the most frequent class of their cluster.

    It rises with the number of clusters: compare it at equal numbers only.
    """
    table = _contingency(y, clusters)  # (classes, clusters)
    return float(table.max(axis=0).sum() / table.sum())


def normalized_mutual_information(y: Any, clusters: Any) -> float:
    """Mutual information over the mean of both entropies: Strehl and Ghosh (2002).

    0 when the clusters say nothing about the classes, 1 when they are the same up to
    names. Two constant labelings count as the same, as in scikit-learn.
    """
    joint = _contingency(y, clusters) / len(_labels(y))  # (classes, clusters)
    of_classes, of_clusters = joint.sum(axis=1), joint.sum(axis=0)
    entropies = _entropy(of_classes) + _entropy(of_clusters)
    if entropies == 0:
        return 1.0
    information = entropies - _entropy(joint)
    return float(np.clip(2 * information / entropies, 0, 1))


def mean_iou(y: Any, y_hat: Any, classes: int) -> float:
    """Intersection over union of the pixels of a class, averaged over classes.

    Classes that neither the truth nor the guess contains are left out.

    Args:
        y: true class of every pixel, any shape, often `(N, H, W)`.
        y_hat: predicted classes, same shape.
        classes: number of classes, background included.
    """
    table = confusion_matrix(y, y_hat, classes)
    shared = np.diag(table)
    union = table.sum(axis=0) + table.sum(axis=1) - shared
    return float(np.mean(shared[union > 0] / union[union > 0]))


def energy_distance(x: Any, y: Any) -> float:
    """How far two clouds of points are apart: Székely and Rizzo (2013).

    2·E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖; in expectation 0 only for equal distributions.

    Args:
        x: points, `(N, D)`.
        y: points, `(M, D)`.
    """
    one, other = _flat(x), _flat(y)
    within = cdist(one, one).mean() + cdist(other, other).mean()
    return float(2 * cdist(one, other).mean() - within)


def bits_per_character(mean_loss: float) -> float:
    """Mean cross-entropy a character, from nats (natural logarithm) to bits."""
    return mean_loss / math.log(2)


def linear_probe(
    train_features: Any,
    train_y: Any,
    test_features: Any,
    test_y: Any,
    *,
    l2: float = 1.0,
    max_iterations: int = 200,
) -> float:
    """Test accuracy of softmax regression on frozen features: Alain and Bengio (2016).

    Features are standardized with the numbers of the training set.

    Args:
        train_features: `(N, D)`; further axes are flattened.
        train_y: labels, `(N,)`.
        test_features: `(M, D)`.
        test_y: labels, `(M,)`.
        l2: strength of the penalty ½·l2·‖W‖² on the *sum* of the training losses.
        max_iterations: of L-BFGS; stopping early is fine for a comparison.
    """
    scaler = StandardScaler()
    probe = LogisticRegression(C=1 / l2, max_iter=max_iterations)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        probe.fit(scaler.fit_transform(_flat(train_features)), _labels(train_y))
    return accuracy(test_y, probe.predict(scaler.transform(_flat(test_features))))


def nearest_neighbor_accuracy(
    train_features: Any,
    train_y: Any,
    test_features: Any,
    test_y: Any,
    *,
    k: int = 1,
    metric: Literal["euclidean", "cosine"] = "euclidean",
) -> float:
    """Test accuracy of the vote of the k nearest training samples.

    Arguments are those of `linear_probe`; k is the number of neighbors.
    """
    voters = KNeighborsClassifier(n_neighbors=k, metric=metric)
    voters.fit(_flat(train_features), _labels(train_y))
    return accuracy(test_y, voters.predict(_flat(test_features)))


def _numbers(values: Any) -> np.ndarray:
    if isinstance(values, torch.Tensor):
        values = values.detach().cpu().numpy()
    return np.asarray(values)


def _labels(values: Any) -> IntArray:
    labels = _numbers(values)
    if labels.size == 0:
        raise ValueError("there are no labels; give at least one")
    if labels.dtype.kind not in "biu":
        raise ValueError(f"labels must be whole numbers, not {labels.dtype}")
    if labels.min() < 0:
        raise ValueError(f"labels count from 0 on, but one is {labels.min()}")
    return labels.astype(np.int64)


def _same_shape(y: Any, y_hat: Any) -> tuple[IntArray, IntArray]:
    truth, guess = _labels(y), _labels(y_hat)
    if truth.shape != guess.shape:
        raise ValueError(f"shapes differ: {truth.shape} and {guess.shape}")
    return truth, guess


def _counts(truth: IntArray, guess: IntArray, rows: int, columns: int) -> IntArray:
    if truth.max() >= rows or guess.max() >= columns:
        raise ValueError(f"a label is larger than {rows - 1}, the last of the classes")
    pairs = truth.ravel() * columns + guess.ravel()  # one number a pair
    counts = np.bincount(pairs, minlength=rows * columns)
    return counts.reshape(rows, columns).astype(np.int64)


def _contingency(y: Any, clusters: Any) -> IntArray:
    truth, guess = _same_shape(y, clusters)
    return _counts(truth, guess, int(truth.max()) + 1, int(guess.max()) + 1)


def _entropy(probabilities: np.ndarray) -> float:
    positive = probabilities[probabilities > 0]
    return float(-np.sum(positive * np.log(positive)))


def _flat(features: Any) -> np.ndarray:
    array = _numbers(features)
    return array.reshape(len(array), -1)  # (N, D)
