"""One iteration of Sinkhorn–Knopp in one pass over memory, compiled by numba.

Two matrix-vector products read the kernel twice. Here a row is read once: while it is
in the cache, its scaling is computed and the scaled row is added to the column sums.
If most entries of the kernel are negligible, only the others are kept: `SparseKernel`.

Importing this module imports numba; `utils.sinkhorn` does so only when it is used.
Compiled functions work on a range of rows and leave other threads alone; the threads
are Python's, started for each pass, so that a process may fork between two passes.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import torch
from torch import Tensor

CHUNKS = 16  # parts that are summed apart; fixed, so that threads do not change sums
FLUSH = 256  # rows that are summed in float32 before they go to float64
FAST = {"reassoc", "contract", "arcp", "nsz"}  # sums may be reordered; nan stays nan


def column_sums(P: Tensor, weights: Tensor, c: Tensor) -> Tensor:
    """Σ_i w_i P_ik / (P_i·c), `(K,)` float64, with as many threads as torch uses.

    Args:
        P: positive kernel, `(N, K)` float32, float64 or bfloat16, contiguous.
        weights: w, `(N,)`, of the type of c.
        c: scalings of the columns, `(K,)` float32 or float64.
    """
    table: Any
    if P.dtype == torch.bfloat16:
        table, one_pass = P.view(torch.uint16).numpy(), _bfloat16_pass
        weights, c = weights.float(), c.float()
    else:
        table, one_pass = P.numpy(), _float_pass
    w, columns = weights.numpy(), c.numpy()
    return _summed(lambda rows: one_pass(table[rows], w[rows], columns), len(table))


def best_of_rows(P: Tensor, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Of P·c: where each row is largest, the second over the largest, the sum.

    Args:
        P: positive kernel, `(N, K)` float32 or float64, contiguous.
        c: scalings of the columns, `(K,)`, of the same type.
    """
    table, scaling = P.numpy(), c.numpy()
    return _joined(lambda rows: _best_pass(table[rows], scaling), len(table))


@dataclass(frozen=True, eq=False)
class SparseKernel:
    """The entries of a kernel `(N, K)` that count, row after row.

    Attributes:
        starts: where the entries of each row begin, and the end, `(N + 1,)` int64.
        columns: of each entry, int32.
        values: of each entry; the largest of a row is 1.
        tops: logarithm of what the row was divided by, `(N,)` float64.
    """

    starts: np.ndarray
    columns: np.ndarray
    values: np.ndarray
    tops: np.ndarray

    @classmethod
    def of(
        cls, scores: Tensor, sharpness: float, potential: Tensor, smallest: float
    ) -> "SparseKernel":
        """All exp(λ scores + potential − top) whose logarithm exceeds the smallest."""
        table, columns, N = scores.numpy(), potential.numpy(), len(scores)
        tops, starts = np.empty(N), np.zeros(N + 1, dtype=np.int64)

        def measure(rows: slice) -> None:
            sizes = starts[1:][rows]
            _measure(table[rows], sharpness, columns, smallest, tops[rows], sizes)

        _in_threads(measure, N)
        np.cumsum(starts, out=starts)
        kept = cls(
            starts,
            np.empty(starts[-1], dtype=np.int32),
            np.empty(starts[-1], dtype=table.dtype),
            tops,
        )

        def fill(rows: slice) -> None:
            here = starts[rows.start : rows.stop + 1]
            places = slice(here[0], here[-1])
            _fill(
                table[rows],
                sharpness,
                columns,
                smallest,
                tops[rows],
                kept.columns[places],
                kept.values[places],
            )

        _in_threads(fill, N)
        return kept

    def column_sums(self, weights: Tensor, c: Tensor) -> Tensor:
        """As the function of this name, `(K,)` float64."""
        w, scaling = weights.numpy(), c.numpy()

        def one_pass(rows: slice) -> Any:
            starts = self.starts[rows.start : rows.stop + 1]
            return _sparse_pass(starts, self.columns, self.values, w[rows], scaling)

        return _summed(one_pass, len(w))

    def best_of_rows(self, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """As the function of this name."""
        scaling = c.numpy()

        def one_pass(rows: slice) -> Any:
            starts = self.starts[rows.start : rows.stop + 1]
            return _sparse_best_pass(starts, self.columns, self.values, scaling)

        return _joined(one_pass, len(self.tops))


def _in_threads(work: Callable[[slice], Any], N: int) -> list[Any]:
    """What the work gives for all chunks of N rows, in their order."""
    edges = [chunk * N // CHUNKS for chunk in range(CHUNKS + 1)]
    with ThreadPoolExecutor(torch.get_num_threads()) as pool:
        return list(pool.map(work, map(slice, edges[:-1], edges[1:])))


def _summed(work: Callable[[slice], Any], N: int) -> Tensor:
    total: np.ndarray = sum(_in_threads(work, N))
    return torch.from_numpy(total)


def _joined(work: Callable[[slice], Any], N: int) -> tuple[Tensor, Tensor, Tensor]:
    parts = zip(*_in_threads(work, N), strict=True)
    best, ratios, sums = (torch.from_numpy(np.concatenate(part)) for part in parts)
    return best, ratios, sums


def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile; keep the result on disk where a disk can be written."""
    try:
        compiled = numba.njit(nogil=True, fastmath=FAST, cache=True)(function)
    except RuntimeError:  # no folder can be written
        compiled = numba.njit(nogil=True, fastmath=FAST)(function)
    return compiled


@numba.njit(fastmath=FAST)
def _dot(row: Any, c: Any) -> Any:
    """Σ_k row_k c_k; apart from the loop over rows it is compiled to wide registers."""
    total = row[0] * c[0]
    for k in range(1, row.shape[0]):
        total += row[k] * c[k]
    return total


@numba.njit(fastmath=FAST)
def _add(sums: Any, row: Any, r: Any) -> None:
    """Add r times the row to the sums."""
    for k in range(row.shape[0]):
        sums[k] += r * row[k]


@numba.njit(fastmath=FAST)
def _add_and_dot(sums: Any, row: Any, r: Any, following: Any, c: Any) -> Any:
    """Both at once: the memory sends the following row while one is added."""
    total = following[0] * c[0]
    sums[0] += r * row[0]
    for k in range(1, row.shape[0]):
        total += following[k] * c[k]
        sums[k] += r * row[k]
    return total


@_compiled
def _float_pass(P: Any, weights: Any, c: Any) -> Any:
    N, K = P.shape
    total = np.zeros(K, dtype=np.float64)
    for begin in range(0, N, FLUSH):
        sums = np.zeros(K, dtype=P.dtype)
        end = min(begin + FLUSH, N)
        dot = _dot(P[begin], c)
        for i in range(begin, end):
            following = P[min(i + 1, end - 1)]
            dot = _add_and_dot(sums, P[i], weights[i] / dot, following, c)
        total += sums
    return total


@_compiled
def _bfloat16_pass(P: Any, weights: Any, c: Any) -> Any:
    """The same; a bfloat16 is the upper half of a float32."""
    N, K = P.shape
    total = np.zeros(K, dtype=np.float64)
    bits = np.empty(K, dtype=np.uint32)
    row = bits.view(np.float32)
    for begin in range(0, N, FLUSH):
        sums = np.zeros(K, dtype=np.float32)
        for i in range(begin, min(begin + FLUSH, N)):
            for k in range(K):
                bits[k] = np.uint32(P[i, k]) << np.uint32(16)
            _add(sums, row, weights[i] / _dot(row, c))
        total += sums
    return total


@numba.njit(fastmath=FAST | {"nnan"})
def _two_largest(row: Any, c: Any) -> Any:
    """Where row·c is largest, and the two largest; its loops use wide registers."""
    first = row[0] * c[0]
    for k in range(1, row.shape[0]):
        first = max(first, row[k] * c[k])
    best = 0
    while row[best] * c[best] < first:
        best += 1
    second = first * 0
    for k in range(best):
        second = max(second, row[k] * c[k])
    for k in range(best + 1, row.shape[0]):
        second = max(second, row[k] * c[k])
    return best, first, second


@_compiled
def _best_pass(P: Any, c: Any) -> Any:
    N = len(P)
    bests, ratios, sums = np.empty(N, dtype=np.int64), np.empty(N), np.empty(N)
    for i in range(N):
        bests[i], first, second = _two_largest(P[i], c)
        ratios[i], sums[i] = second / first, _dot(P[i], c)
    return bests, ratios, sums


@numba.njit(fastmath=FAST | {"nnan"})
def _largest(row: Any, sharpness: Any, potential: Any) -> Any:
    """The largest λ score + potential of a row."""
    best = sharpness * row[0] + potential[0]
    for k in range(1, row.shape[0]):
        best = max(best, sharpness * row[k] + potential[k])
    return best


@_compiled
def _measure(
    scores: Any, sharpness: Any, potential: Any, smallest: Any, tops: Any, sizes: Any
) -> None:
    """The largest of each row, and how many entries come close enough to it."""
    N, K = scores.shape
    for i in range(N):
        row = scores[i]
        tops[i] = _largest(row, sharpness, potential)
        above, size = tops[i] + smallest, 0
        for k in range(K):
            size += sharpness * row[k] + potential[k] > above
        sizes[i] = size


@_compiled
def _fill(
    scores: Any,
    sharpness: Any,
    potential: Any,
    smallest: Any,
    tops: Any,
    columns: Any,
    values: Any,
) -> None:
    """Column and value of the entries that were counted."""
    N, K = scores.shape
    place = 0
    for i in range(N):
        above = tops[i] + smallest
        for k in range(K):
            log = sharpness * scores[i, k] + potential[k]
            if log > above:
                columns[place], values[place] = k, np.exp(log - tops[i])
                place += 1


@_compiled
def _sparse_pass(starts: Any, columns: Any, values: Any, weights: Any, c: Any) -> Any:
    sums = np.zeros(len(c), dtype=np.float64)
    for i in range(len(weights)):
        total = 0.0
        for place in range(starts[i], starts[i + 1]):
            total += values[place] * c[columns[place]]
        r = weights[i] / total
        for place in range(starts[i], starts[i + 1]):
            sums[columns[place]] += r * values[place]
    return sums


@_compiled
def _sparse_best_pass(starts: Any, columns: Any, values: Any, c: Any) -> Any:
    N = len(starts) - 1
    bests, ratios, sums = np.empty(N, dtype=np.int64), np.empty(N), np.empty(N)
    for i in range(N):
        total, first, second = 0.0, 0.0, 0.0
        for place in range(starts[i], starts[i + 1]):
            scaled = values[place] * c[columns[place]]
            total += scaled
            if scaled > first:
                first, second, bests[i] = scaled, first, columns[place]
            elif scaled > second:
                second = scaled
        ratios[i], sums[i] = second / first, total
    return bests, ratios, sums
