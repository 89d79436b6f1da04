"""Averages over nearest neighbors."""

import numpy as np
import pytest
import torch
from sklearn.neighbors import NearestNeighbors
from torch import Tensor
from torch.nn.functional import normalize, one_hot

from utils.evaluation import clustering_accuracy
from utils.neighbor_graph import (
    NeighborGraph,
    nearest_neighbors,
    posteriors_from_few,
    principal_components,
    settled_labels,
)
from utils.self_labelling import random_balanced_labels


def regions(N: int = 300) -> tuple[Tensor, np.ndarray]:
    """Four clouds in six dimensions."""
    generator = torch.Generator().manual_seed(0)
    y = torch.arange(N) % 4
    centers = 4 * torch.randn(4, 6, generator=generator)
    X = centers[y] + torch.randn(N, 6, generator=generator)
    return X, y.numpy()


def test_neighbors_are_those_of_scikit_learn() -> None:
    X = torch.randn(200, 12, generator=torch.Generator().manual_seed(0))
    found = nearest_neighbors(X, 6, components=12).neighbors
    Z = normalize(X - X.mean(dim=0), dim=1).numpy()
    expected = NearestNeighbors(n_neighbors=7).fit(Z).kneighbors(Z)[1][:, 1:]
    assert np.array_equal(found.numpy(), expected)


def test_images_are_flattened_and_reduced() -> None:
    X = torch.randn(60, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    assert nearest_neighbors(X, 3, components=5).neighbors.shape == (60, 3)
    Z = principal_components(X.flatten(1), 5)
    full = principal_components(X.flatten(1), 64)
    assert Z.shape == (60, 5)
    assert torch.allclose(full.mean(dim=0), torch.zeros(64), atol=1e-5)
    singular = torch.linalg.svdvals(full)[:5]
    assert torch.allclose(Z.norm(dim=0).flip(0), singular, rtol=1e-3)


def test_averages_over_a_chain() -> None:
    """0 – 1 – 2: links both ways count twice, and every sample counts itself."""
    graph = NeighborGraph(torch.tensor([[1], [0], [1]]))
    once = graph.average(torch.tensor([[1.0, 0], [0, 1], [0, 1]]))
    # weights: self 2; 0–1 named by both, 1–2 by one of them
    expected = torch.tensor([[2 / 4, 2 / 4], [2 / 5, 3 / 5], [0, 1]])
    assert torch.allclose(once, expected)
    twice = graph.average(torch.tensor([[1.0, 0], [0, 1], [0, 1]]), times=2)
    assert torch.allclose(twice, graph.average(once))
    assert torch.allclose(twice.sum(dim=1), torch.ones(3))


def test_disagreement_is_the_share_of_cut_links() -> None:
    graph = NeighborGraph(torch.tensor([[1, 2], [0, 2], [0, 1], [0, 1]]))
    assert graph.disagreement(torch.tensor([0, 0, 0, 0])) == 0
    assert graph.disagreement(torch.tensor([0, 0, 1, 0])) == pytest.approx(4 / 8)


def test_random_labels_settle_in_the_regions() -> None:
    X, y = regions()
    graph = nearest_neighbors(X, 6)
    outcomes = []
    for seed in range(4):
        labels = random_balanced_labels(300, 4, torch.Generator().manual_seed(seed))
        assert clustering_accuracy(y, labels) < 0.5
        found = settled_labels(graph, one_hot(labels, 4).float(), rounds=150)
        assert found.sizes.max() <= 1.2 * 75
        outcomes.append(
            (graph.disagreement(found.labels), clustering_accuracy(y, found.labels))
        )
    assert min(outcomes)[1] > 0.95  # the one that cuts fewest links is right


def test_few_samples_find_the_regions_for_all() -> None:
    X, y = regions()
    generator = torch.Generator().manual_seed(0)
    p = posteriors_from_few(X, 4, generator, few=100, starts=4, k=6, walk=3, rounds=40)
    assert p.shape == (300, 4)
    assert torch.allclose(p.sum(dim=1), torch.ones(300))
    assert clustering_accuracy(y, p.argmax(dim=1)) > 0.95


def test_all_samples_as_the_few_take_the_graph_that_is_there() -> None:
    X, y = regions()
    settings = {"few": 300, "starts": 4, "k": 6, "walk": 3, "rounds": 100}
    for graph in (None, nearest_neighbors(X, 6)):
        generator = torch.Generator().manual_seed(0)
        p = posteriors_from_few(X, 4, generator, **settings, graph=graph)
        assert torch.allclose(p.sum(dim=1), torch.ones(300))
        assert clustering_accuracy(y, p.argmax(dim=1)) > 0.95


def test_more_neighbors_than_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="5 samples do not have 5 neighbors"):
        nearest_neighbors(torch.rand(5, 2), 5)
