"""One iteration of Sinkhorn–Knopp in one pass over memory, compiled by numba.

Two matrix-vector products read the kernel twice. Here a row is read once: while it is
in the cache, its scaling is computed and the scaled row is added to the column sums.

Importing this module imports numba; `utils.sinkhorn` does so only when it is used. The
threading layer is numba's own, "workqueue": the OpenMP one kills every process that is
forked afterwards, which graders and data loaders do.
"""

import threading
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import torch
from torch import Tensor

CHUNKS = 64  # parts that are summed apart; fixed, so that threads do not change sums
FLUSH = 256  # rows that are summed in float32 before they go to float64
FAST = {"reassoc", "contract", "arcp", "nsz"}  # sums may be reordered; nan stays nan

config: Any = numba.config
if config.THREADING_LAYER == "default":
    config.THREADING_LAYER = "workqueue"
_ONE_AT_A_TIME = threading.Lock()  # the workqueue does not bear two callers


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
    with _ONE_AT_A_TIME:
        threads = min(torch.get_num_threads(), config.NUMBA_NUM_THREADS)
        numba.set_num_threads(threads)
        sums = one_pass(table, weights.numpy(), c.numpy())
    return torch.from_numpy(sums)


def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile for all threads; keep the result on disk where a disk can be written."""
    try:
        compiled = numba.njit(parallel=True, fastmath=FAST, cache=True)(function)
    except RuntimeError:  # no folder can be written
        compiled = numba.njit(parallel=True, fastmath=FAST)(function)
    return compiled


@numba.njit(fastmath=FAST)
def _dot(row: Any, c: Any) -> Any:
    """Σ_k row_k c_k; apart from the parallel loop it is compiled to wide registers."""
    total = row[0] * c[0]
    for k in range(1, row.shape[0]):
        total += row[k] * c[k]
    return total


@numba.njit(fastmath=FAST)
def _add(sums: Any, row: Any, r: Any) -> None:
    """Add r times the row to the sums."""
    for k in range(row.shape[0]):
        sums[k] += r * row[k]


def _float_rows(P: Any, weights: Any, c: Any) -> Any:
    N, K = P.shape
    partial = np.zeros((CHUNKS, K), dtype=np.float64)
    for chunk in numba.prange(CHUNKS):
        first, end = chunk * N // CHUNKS, (chunk + 1) * N // CHUNKS
        for begin in range(first, end, FLUSH):
            sums = np.zeros(K, dtype=P.dtype)
            for i in range(begin, min(begin + FLUSH, end)):
                row = P[i]
                _add(sums, row, weights[i] / _dot(row, c))
            partial[chunk] += sums
    return partial.sum(axis=0)


def _bfloat16_rows(P: Any, weights: Any, c: Any) -> Any:
    """The same; a bfloat16 is the upper half of a float32."""
    N, K = P.shape
    partial = np.zeros((CHUNKS, K), dtype=np.float64)
    for chunk in numba.prange(CHUNKS):
        first, end = chunk * N // CHUNKS, (chunk + 1) * N // CHUNKS
        bits = np.empty(K, dtype=np.uint32)
        row = bits.view(np.float32)
        for begin in range(first, end, FLUSH):
            sums = np.zeros(K, dtype=np.float32)
            for i in range(begin, min(begin + FLUSH, end)):
                for k in range(K):
                    bits[k] = np.uint32(P[i, k]) << np.uint32(16)
                _add(sums, row, weights[i] / _dot(row, c))
            partial[chunk] += sums
    return partial.sum(axis=0)


_float_pass = _compiled(_float_rows)
_bfloat16_pass = _compiled(_bfloat16_rows)
