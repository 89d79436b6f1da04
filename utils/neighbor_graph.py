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
from torch.nn.functional import normalize

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
    Z = Z.detach().flatten(1).float().cpu()  # (N, D)
    if len(Z) <= k:
        raise ValueError(f"{len(Z)} samples do not have {k} neighbors each")
    Z = normalize(principal_components(Z, components), dim=1)
    found = []
    for block in torch.split(torch.arange(len(Z)), max(1, BLOCK // len(Z))):
        closeness = Z[block] @ Z.T  # (B, N)
        closeness[torch.arange(len(block)), block] = float("-inf")
        found.append(closeness.topk(k, dim=1).indices)
    return NeighborGraph(torch.cat(found))


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
