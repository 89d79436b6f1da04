"""Sinkhorn–Knopp for large problems: balanced labels from the posteriors of a model.

N samples have log posteriors over K labels. The assignment Q, `(N, K)`, is the table

    Q_ik = r_i · p_ik^λ · c_k      with rows that sum to 1/N and columns that sum to 1/K

of entropic optimal transport (Cuturi, 2013; Asano, Rupprecht and Vedaldi, 2020); λ is
the sharpness. Q is never stored. One iteration reads every row of the scaled kernel
P = p^λ once,

    r_i = 1 / (N · P_i·c),   s = Σ_i r_i P_i,   c = 1 / (K · s),

and only the K numbers in c go from one iteration to the next. Labels, row scalings and
Q all follow from c.

Float32 is enough: the largest entry of every row of P is made 1 beforehand, which
changes only r. Where c still becomes very large or very small, it is multiplied into
the kernel, which is then computed anew, so that nothing underflows. What is negligible
then need not be kept at all. Both are from Schmitzer (2019).
"""

import importlib.util
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import torch
from torch import Tensor

if TYPE_CHECKING:
    from utils.sinkhorn_kernel import SparseKernel

Engine = Literal["auto", "torch", "numba"]

BLOCK_ON_CPU = 2**18  # entries that are worked on at a time: they stay in the cache
BLOCK_ON_GPU = 2**25
WORTH_COMPILING = 2**21  # entries from which on the compiled kernel pays
LARGEST_LOG_SCALING = 20.0  # beyond it c goes into the kernel
SMALLEST_LOG = -60.0  # exp of less counts as this much: next to nothing, even times c,
# but far from the denormal numbers, which processors compute slowly
FAR_AWAY = 1e-15  # the mass of a column below which the kernel is not trusted
NEAR_TIE = 1e-3  # two entries as close as this are compared in float64
NEAR_TIE_IN_HALF = 0.02
DENSE = 0.12  # share of entries that count from which on all are kept


@dataclass(frozen=True, eq=False)
class Assignment:
    """Balanced labels and the scalings that they come from.

    Attributes:
        labels: the label with the largest Q of each sample, `(N,)` int64. Q is
            balanced, the labels only nearly: see `sizes`.
        row_potential: log r, `(N,)` float64.
        column_potential: log c, `(K,)` float64; give it to the next call as `start`.
        sharpness: λ.
        iterations: how often every row was read.
        marginal_error: Σ_k |Σ_i Q_ik − b_k| with exact rows, b the column marginal: 0
            when balanced, at most 2, and independent of N. After the last permitted
            iteration it is the error before that iteration's update of c.
        converged: whether the marginal error reached the tolerance.
    """

    labels: Tensor
    row_potential: Tensor
    column_potential: Tensor
    sharpness: float
    iterations: int
    marginal_error: float
    converged: bool

    @property
    def sizes(self) -> Tensor:
        """How many samples have each label, `(K,)`."""
        return torch.bincount(self.labels, minlength=len(self.column_potential))

    def plan(self, log_p: Any) -> Tensor:
        """Q for the log posteriors that the assignment was made from, `(N, K)`.

        Some of the rows may be given if N of them are: pass `log_p` complete.

        Raises:
            ValueError: the shape differs.
        """
        scores = torch.as_tensor(log_p)
        expected = (len(self.row_potential), len(self.column_potential))
        if tuple(scores.shape) != expected:
            raise ValueError(f"log_p must be {expected}, not {tuple(scores.shape)}")
        rows, columns = self.row_potential[:, None], self.column_potential
        logs = self.sharpness * scores.double() + rows + columns  # (N, K)
        return logs.exp().to(scores.dtype)


def balanced_assignment(
    log_p: Any,
    sharpness: float,
    *,
    row_marginal: Any = None,
    column_marginal: Any = None,
    start: Any = None,
    tolerance: float = 1e-3,
    max_iterations: int = 1000,
    half: bool = False,
    engine: Engine = "auto",
) -> Assignment:
    """Give every sample a label so that every label is used about equally often.

    Args:
        log_p: log posteriors, `(N, K)`, array or tensor on any device. Float32 unless
            they are float64, which then is used throughout. A number added to a row
            changes no label, so scores before the softmax do as well. −inf forbids a
            label.
        sharpness: λ > 0. Large values come close to the exact assignment and need more
            iterations.
        row_marginal: shares of the samples, `(N,)`, positive; 1/N by default.
        column_marginal: shares of the labels, `(K,)`, positive; 1/K by default.
        start: `column_potential` of an earlier call, from which this one goes on.
        tolerance: of the marginal error; 0 runs all iterations.
        max_iterations: at least 1.
        half: keep the kernel in bfloat16: at most half the memory. Potentials then
            differ by about a thousandth, so a few labels that are nearly tied may
            differ too.
        engine: "numba" compiles a kernel that reads each row once, on the CPU; "torch"
            needs no compiler and runs on every device; "auto" takes the first where it
            pays. Both give the same labels.

    Raises:
        ValueError: fewer than two labels, fewer samples than labels, a nan, +inf, a row
            or a column of −inf only, probabilities instead of their logarithm,
            marginals that are not shares or do not fit, or arguments out of range.
    """
    scores = _checked_scores(log_p)
    N, K = scores.shape
    if not 0 < sharpness < float("inf"):
        raise ValueError(f"sharpness must be positive, not {sharpness}")
    if max_iterations < 1:
        raise ValueError(f"max_iterations must be at least 1, not {max_iterations}")
    a = _checked_marginal(row_marginal, N, "row_marginal", scores.device)  # (N,)
    b = _checked_marginal(column_marginal, K, "column_marginal", scores.device)  # (K,)
    potential = _checked_start(start, K, scores.device)  # (K,)

    kind = _CompiledKernel if _takes_numba(engine, scores) else _Kernel
    kernel = kind(scores, sharpness, a, half=half)
    kernel.absorb(potential)
    c = torch.ones_like(potential)  # what is not yet in the kernel
    error, iterations, converged = 2.0, 0, False  # error is at most 2
    while iterations < max_iterations and not converged:
        s = kernel.column_sums(c)  # (K,)
        iterations += 1
        error = float((c * s - b).abs().sum())
        far = s < FAR_AWAY  # the kernel's zeros may hide what is there
        converged = error <= tolerance and not bool(far.any())
        if not converged:
            logs = b.log() - s.log()
            if bool(far.any()):
                logs[far] = b[far].log() - kernel.log_column_sums(far, c)
            logs -= logs.mean()  # a common factor belongs to the rows
            c = logs.exp()
            if float(logs.abs().max()) > LARGEST_LOG_SCALING:
                potential = potential + logs
                kernel.absorb(potential)
                c = torch.ones_like(potential)
    labels, row_sums = kernel.labels(c)
    return Assignment(
        labels,
        a.log() - row_sums,
        potential + c.log(),
        sharpness,
        iterations,
        error,
        converged,
    )


def balanced_assignments(
    log_p: Any, sharpness: float, *, starts: Any = None, **options: Any
) -> list[Assignment]:
    """One assignment for each of H heads, one after the other.

    Args:
        log_p: `(H, N, K)`, or a sequence of H tables `(N, K_h)` of different widths.
        sharpness: λ of all heads.
        starts: H column potentials to go on from.
        options: as for `balanced_assignment`.
    """
    if starts is None:
        starts = [None] * len(log_p)
    return [
        balanced_assignment(table, sharpness, start=start, **options)
        for table, start in zip(log_p, starts, strict=True)
    ]


class _Kernel:
    """P_ik = exp(λ log p_ik + potential_k − top_i), `(N, K)`: at most 1 in each row.

    Plain torch, for every device.
    """

    def __init__(
        self, scores: Tensor, sharpness: float, a: Tensor, *, half: bool
    ) -> None:
        self._scores = scores
        self._sharpness = sharpness
        self._weights = (a * len(a)).to(scores.dtype)  # (N,) about 1: no tiny numbers
        self._potential = torch.empty(0)
        self._tops = torch.empty_like(self._weights)  # (N,)
        dtype = torch.bfloat16 if half else scores.dtype
        self._P = torch.empty(scores.shape, dtype=dtype, device=scores.device)

    def absorb(self, potential: Tensor) -> None:
        """Compute the kernel with these potentials in it, `(K,)`."""
        self._potential = potential
        columns = potential.to(self._scores.dtype)
        for rows in _blocks(self._scores):
            logs = self._scores[rows] * self._sharpness + columns  # (B, K)
            self._tops[rows] = logs.amax(dim=1)
            logs -= self._tops[rows][:, None]
            self._P[rows] = logs.clamp_min_(SMALLEST_LOG).exp_()

    def column_sums(self, c: Tensor) -> Tensor:
        """Σ_i r_i P_ik for the r that makes all rows right, `(K,)` float64."""
        sums, columns = torch.zeros_like(c), c.to(self._scores.dtype)
        for rows in _blocks(self._P):
            block = self._P[rows].to(columns.dtype)  # (B, K)
            r = self._weights[rows] / (block @ columns)  # (B,)
            sums += r @ block
        return sums / len(self._P)

    def log_column_sums(self, far: Tensor, c: Tensor) -> Tensor:
        """log s of a few columns from their logarithms, in float64: nothing is lost."""
        row_sums = self._rows(c)[2] - self._weights.double().log()  # (N,)
        sums = torch.full_like(c[far], float("-inf"))  # (F,)
        for rows in _blocks(self._scores):
            logs = self._scores[rows][:, far].double() * self._sharpness  # (B, F)
            logs -= row_sums[rows][:, None]
            sums = torch.logaddexp(sums, logs.logsumexp(dim=0))
        return sums + self._potential[far] - math.log(len(self._scores))

    def labels(self, c: Tensor) -> tuple[Tensor, Tensor]:
        """Labels `(N,)`, and the logarithms of the row sums of P·c, `(N,)` float64."""
        labels, ratios, row_sums = self._rows(c)
        potential = self._potential + c.log()
        near_tie = NEAR_TIE_IN_HALF if self._P.element_size() == 2 else NEAR_TIE
        (close,) = torch.nonzero(ratios > 1 - near_tie, as_tuple=True)
        for rows in torch.split(close, _rows_of_a_block(self._scores)):
            exact = self._scores[rows].double() * self._sharpness + potential  # (B, K)
            labels[rows] = _argmax(exact)
        return labels, row_sums

    def _rows(self, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Of P·c: where each row is largest, the second over it, and the log sum."""
        columns = c.to(self._scores.dtype)
        found = []
        for rows in _blocks(self._P):
            scaled = self._P[rows] * columns  # (B, K)
            sums, best = scaled.sum(dim=1), _argmax(scaled)[:, None]
            largest = scaled.gather(1, best)[:, 0]
            second = scaled.scatter_(1, best, 0).amax(dim=1)
            found.append((best[:, 0], second / largest, sums.double().log()))
        best, ratios, logs = (torch.cat(parts) for parts in zip(*found, strict=True))
        return best, ratios, logs + self._tops


class _CompiledKernel(_Kernel):
    """The same on the CPU in compiled passes; negligible entries are left out."""

    _sparse: "SparseKernel | None" = None  # instead of P, where it pays

    def absorb(self, potential: Tensor) -> None:
        """Compute the kernel with these potentials in it, `(K,)`."""
        from utils.sinkhorn_kernel import SparseKernel  # compiles: only when used

        some = self._scores[:: 1 + len(self._scores) // 1000]
        logs = self._sharpness * some + potential  # (about 1000, K)
        above = logs.amax(dim=1, keepdim=True) + SMALLEST_LOG
        if float((logs > above).double().mean()) > DENSE:
            self._sparse = None
            super().absorb(potential)
        else:
            self._potential = potential
            self._sparse = SparseKernel.of(
                self._scores, self._sharpness, potential, SMALLEST_LOG
            )

    def column_sums(self, c: Tensor) -> Tensor:
        """Σ_i r_i P_ik for the r that makes all rows right, `(K,)` float64."""
        from utils.sinkhorn_kernel import column_sums

        if self._sparse is None:
            sums = column_sums(self._P, self._weights, c.to(self._weights.dtype))
        else:
            sums = self._sparse.column_sums(self._weights, c)
        return sums / len(self._scores)

    def _rows(self, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        from utils.sinkhorn_kernel import best_of_rows

        if self._sparse is not None:
            best, ratios, sums = self._sparse.best_of_rows(c)
            return best, ratios, sums.log() + torch.from_numpy(self._sparse.tops)
        if self._P.dtype == torch.bfloat16:
            return super()._rows(c)
        best, ratios, sums = best_of_rows(self._P, c.to(self._P.dtype))
        return best, ratios, sums.log() + self._tops


def _argmax(table: Tensor) -> Tensor:
    """Where each row is largest, `(B,)`; on a CPU numpy finds it much faster."""
    if table.device.type != "cpu":
        return table.argmax(dim=1)
    return torch.from_numpy(table.numpy().argmax(axis=1))


def _blocks(table: Tensor) -> Iterator[slice]:
    """Row ranges of a table `(N, K)`, each small enough for the cache."""
    step = _rows_of_a_block(table)
    for first in range(0, len(table), step):
        yield slice(first, first + step)


def _rows_of_a_block(table: Tensor) -> int:
    entries = BLOCK_ON_CPU if table.device.type == "cpu" else BLOCK_ON_GPU
    return max(1, entries // table.shape[1])


def _takes_numba(engine: Engine, scores: Tensor) -> bool:
    if engine not in ("auto", "torch", "numba"):
        raise ValueError(f"engine must be auto, torch or numba, not {engine!r}")
    on_cpu = scores.device.type == "cpu"
    if engine == "numba" and not on_cpu:
        raise ValueError(f"engine numba works on the CPU, not on {scores.device}")
    if engine == "auto":
        worth_it = on_cpu and scores.numel() >= WORTH_COMPILING
        return worth_it and importlib.util.find_spec("numba") is not None
    return engine == "numba"


def _checked_scores(log_p: Any) -> Tensor:
    """A contiguous float32 or float64 table without what has no meaning."""
    scores = torch.as_tensor(log_p).detach()
    if scores.ndim != 2:
        raise ValueError(f"log_p must be (N, K), not {tuple(scores.shape)}")
    N, K = scores.shape
    if K < 2:
        raise ValueError(f"K = {K}: with fewer than two labels there is no choice")
    if N < K:
        raise ValueError(f"{N} samples are too few for {K} labels that are all used")
    if scores.dtype != torch.float64:
        scores = scores.float()
    scores = scores.contiguous()
    if not bool(scores.sum().isfinite()):
        _check_infinities(scores)
    head = scores[:64]
    if bool((head >= 0).all()) and bool(((head.sum(dim=1) - 1).abs() < 1e-4).all()):
        raise ValueError("log_p holds probabilities: pass their logarithm")
    return scores


def _check_infinities(scores: Tensor) -> None:
    """Refuse all but single −inf."""
    best = scores.amax(dim=1)  # (N,) a nan in a row shows here as well
    for bad, what in (
        (best.isnan(), "holds a nan"),
        (best == float("inf"), "holds +inf"),
        (best == float("-inf"), "is −inf throughout: no label has any probability"),
    ):
        if bool(bad.any()):
            raise ValueError(f"row {int(bad.nonzero()[0])} of log_p {what}")
    impossible = scores.amax(dim=0) == float("-inf")  # (K,)
    if bool(impossible.any()):
        label = int(impossible.nonzero()[0])
        raise ValueError(f"label {label} is −inf for every sample: it cannot be used")


def _checked_marginal(
    marginal: Any, size: int, name: str, device: torch.device
) -> Tensor:
    """Shares in float64; equal ones by default."""
    if marginal is None:
        return torch.full((size,), 1 / size, dtype=torch.float64, device=device)
    shares = torch.as_tensor(marginal).to(device, torch.float64)
    if tuple(shares.shape) != (size,):
        raise ValueError(f"{name} must be ({size},), not {tuple(shares.shape)}")
    if not bool((shares > 0).all()) or not abs(float(shares.sum()) - 1) < 1e-4:
        raise ValueError(f"{name} must hold positive shares that sum to 1")
    return shares / shares.sum()


def _checked_start(start: Any, K: int, device: torch.device) -> Tensor:
    if start is None:
        return torch.zeros(K, dtype=torch.float64, device=device)
    potential = torch.as_tensor(start).to(device, torch.float64)
    if tuple(potential.shape) != (K,) or not bool(potential.isfinite().all()):
        raise ValueError(f"start must hold {K} finite numbers")
    return potential - potential.mean()
