"""Who is close to whom: averages over nearest neighbors.

Images that look alike mostly belong to the same class. A posterior that is averaged
over the neighbors of an image says less about the image and more about the region that
it lies in; averaged again and again it spreads through the region, but hardly across
the gaps between regions, which few neighbors bridge. Spectral clustering uses the same
fact (von Luxburg, 2007), and SCAN trains with it (Van Gansbeke and others, 2020).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse
import torch
from torch import Tensor
from torch.nn.functional import normalize, one_hot

from utils.sinkhorn import Assignment, balanced_assignment

BLOCK = 2**24  # distances that are held at a time


@dataclass(frozen=True, eq=False)
class NeighborGraph:
    """Every sample with its k nearest others.

    Attributes:
        neighbors: numbers of the neighbors, `(N, k)` int64.
    """

    neighbors: Tensor

    def average(self, values: Tensor, times: int = 1) -> Tensor:
        """Replace values `(N, K)` by the mean over neighbors and self, several times.

        Two samples count as neighbors if one of them is among the nearest of the other.
        Each mean is weighted by links, so rows that sum to 1 do so afterwards.
        """
        result = values.cpu().numpy()
        for _ in range(times):
            result = self._walk @ result
        return torch.from_numpy(result).to(values.device)

    def disagreement(self, labels: Tensor) -> float:
        """Share of neighbors that have another label; needs no truth.

        Of several labelings with equal sizes, the one that cuts fewest links lies best
        in the gaps between regions.
        """
        others = labels.cpu()[self.neighbors]  # (N, k)
        return float((others != labels.cpu()[:, None]).float().mean())

    @cached_property
    def _walk(self) -> scipy.sparse.csr_array:
        """Rows that sum to 1 over linked samples, `(N, N)`."""
        N, k = self.neighbors.shape
        rows = np.repeat(np.arange(N), k + 1)
        own = torch.arange(N)[:, None]
        columns = torch.cat([own, self.neighbors], dim=1).numpy().ravel()
        ones = np.ones(len(rows), dtype=np.float32)
        links = scipy.sparse.csr_array((ones, (rows, columns)), shape=(N, N))
        links = links + links.T
        degrees = np.asarray(links.sum(axis=1)).ravel()
        return scipy.sparse.csr_array(
            scipy.sparse.diags_array((1 / degrees).astype(np.float32)) @ links
        )


def nearest_neighbors(Z: Tensor, k: int, components: int = 50) -> NeighborGraph:
    """The graph of the k nearest neighbors by the angle between centered samples.

    Args:
        Z: samples, `(N, ...)`; further axes are flattened.
        k: neighbors of each, without itself.
        components: principal components that the angles are computed from.

    Raises:
        ValueError: fewer than k + 1 samples.
    """
    if len(Z) <= k:
        raise ValueError(f"{len(Z)} samples do not have {k} neighbors each")
    Z = _directions(Z, components)
    return NeighborGraph(_closest(Z, Z, k, themselves=False))


def _directions(Z: Tensor, components: int) -> Tensor:
    """Centered samples of length 1 in a few principal components, `(N, components)`."""
    flat = Z.detach().flatten(1).float().cpu()  # (N, D)
    return normalize(principal_components(flat, components), dim=1)


def _closest(Z: Tensor, others: Tensor, k: int, *, themselves: bool) -> Tensor:
    """Numbers of the k others that are closest in direction, `(N, k)`."""
    found = []
    for block in torch.split(torch.arange(len(Z)), max(1, BLOCK // len(others))):
        closeness = Z[block] @ others.T  # (B, M)
        if not themselves:
            closeness[torch.arange(len(block)), block] = float("-inf")
        found.append(closeness.topk(k, dim=1).indices)
    return torch.cat(found)


def principal_components(Z: Tensor, count: int) -> Tensor:
    """Centered samples `(N, D)` in their first principal components, `(N, count)`."""
    Z = Z - Z.mean(dim=0)
    if count >= Z.shape[1]:
        return Z
    _, vectors = torch.linalg.eigh(Z.T @ Z / len(Z))  # rising order
    top: Tensor = vectors[:, -count:]
    return Z @ top


def settled_labels(
    graph: NeighborGraph,
    p: Tensor,
    *,
    sharpness: float = 2.0,
    walk: int = 5,
    rounds: int = 1,
    iterations: int = 10,
    start: Tensor | None = None,
) -> Assignment:
    """Balanced labels that follow the graph: average over neighbors, balance, repeat.

    Averaging alone would end with the same posteriors everywhere; balancing and
    sharpening in between keeps K regions apart. From random labels and with many rounds
    it is a clustering of its own.

    Args:
        graph: of the N samples.
        p: posteriors, `(N, K)`; labels as indicators will do.
        sharpness: λ of each round; near 1 regions change easily.
        walk: averages over neighbors a round.
        rounds: at least 1.
        iterations: of Sinkhorn in each round, at most.
        start: column potentials of an earlier call.
    """
    for _ in range(rounds):
        log_p = graph.average(p, walk).clamp_min(1e-9).log()  # (N, K)
        found = balanced_assignment(
            log_p, sharpness, start=start, tolerance=1e-2, max_iterations=iterations
        )
        start = found.column_potential
        p = len(p) * found.plan(log_p)
    return found


def posteriors_from_few(
    Z: Tensor,
    K: int,
    generator: torch.Generator,
    *,
    few: int,
    starts: int,
    k: int,
    walk: int,
    rounds: int,
    components: int = 50,
    graph: NeighborGraph | None = None,
) -> Tensor:
    """A first clustering without any network, `(N, K)`.

    Random labels of a few samples settle on the graph of these. Between few samples the
    way through a region is short, so that clusters become whole regions soon. Of
    several starts the one that cuts fewest links is kept. All samples then take the
    mean of their closest ones among the few.

    Args:
        Z: samples, `(N, ...)`.
        K: number of labels.
        generator: chooses the few, and their first labels.
        few: how many, at most N.
        starts: how many times.
        k: neighbors.
        walk: averages a round.
        rounds: for each start.
        components: as for `nearest_neighbors`.
        graph: of all samples, where it is known; saves time if `few` is all of them.
    """
    if graph is not None and few >= len(Z):
        return _from_random(graph, K, generator, starts, walk, rounds)
    Z = _directions(Z, components)
    chosen = torch.randperm(len(Z), generator=generator)[:few]
    graph = NeighborGraph(_closest(Z[chosen], Z[chosen], k, themselves=False))
    best = _from_random(graph, K, generator, starts, walk, rounds)
    closest = _closest(Z, Z[chosen], k, themselves=True)  # (N, k)
    return best[closest].mean(dim=1)


def _from_random(
    graph: NeighborGraph,
    K: int,
    generator: torch.Generator,
    starts: int,
    walk: int,
    rounds: int,
) -> Tensor:
    """Random labels, settled, as indicators `(N, K)`; the start that cuts fewest."""
    N = len(graph.neighbors)
    best, fewest = torch.empty(0), float("inf")
    for _ in range(starts):
        labels = torch.randperm(N, generator=generator) % K
        p = one_hot(labels, K).float()
        found = settled_labels(graph, p, walk=walk, rounds=rounds)
        cut = graph.disagreement(found.labels)
        if cut < fewest:
            best, fewest = one_hot(found.labels, K).float(), cut
    return best
