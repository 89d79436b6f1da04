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
the kernel, which is then computed anew (Schmitzer, 2019), so that nothing underflows.
"""

import importlib.util
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor

Engine = Literal["auto", "torch", "numba"]

BLOCK_ON_CPU = 2**18  # entries that are worked on at a time: they stay in the cache
BLOCK_ON_GPU = 2**25
WORTH_COMPILING = 2**21  # entries from which on the compiled kernel pays
LARGEST_LOG_SCALING = 20.0  # beyond it c goes into the kernel
SMALLEST_LOG = -60.0  # exp of less counts as this much: next to nothing, even times c,
# but far from the denormal numbers, which processors compute slowly
FAR_AWAY = 1e-15  # the mass of a column below which the kernel is not trusted
NEAR_TIE = 1e-3  # two scores as close as this are compared in float64


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
        half: keep the kernel in bfloat16: half the memory. Potentials then differ by
            about a thousandth, so a few labels that are nearly tied may differ too.
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

    kernel = _Kernel(scores, sharpness, a, half=half, engine=engine)
    kernel.absorb(potential)
    c = torch.ones_like(potential)  # what is not yet in the kernel
    error, iterations, converged = 2.0, 0, False  # error is at most 2
    while iterations < max_iterations and not converged:
        s = kernel.column_sums(c)  # (K,)
        iterations += 1
        error = float((c * s - b).abs().sum())
        converged = error <= tolerance
        if float(s.min()) < FAR_AWAY:  # the kernel's zeros may hide what is there
            potential = kernel.exact_update(potential + c.log(), b)
            kernel.absorb(potential)
            c = torch.ones_like(potential)
        elif not converged:
            logs = (b / s).log()
            logs -= logs.mean()  # a common factor belongs to the rows
            c = logs.exp()
            if float(logs.abs().max()) > LARGEST_LOG_SCALING:
                potential = potential + logs
                kernel.absorb(potential)
                c = torch.ones_like(potential)
    potential = potential + c.log()
    labels, row_potential = _labels(scores, sharpness, potential, a)
    return Assignment(
        labels, row_potential, potential, sharpness, iterations, error, converged
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
    """P_ik = exp(λ log p_ik + potential_k − the largest of the row), `(N, K)`."""

    def __init__(
        self, scores: Tensor, sharpness: float, a: Tensor, *, half: bool, engine: Engine
    ) -> None:
        self._scores = scores
        self._sharpness = sharpness
        self._weights = (a * len(a)).to(scores.dtype)  # (N,) about 1: no tiny numbers
        dtype = torch.bfloat16 if half else scores.dtype
        self._P = torch.empty(scores.shape, dtype=dtype, device=scores.device)
        self._fused = _takes_numba(engine, scores)

    def absorb(self, potential: Tensor) -> None:
        """Compute the kernel with these potentials in it, `(K,)`."""
        columns = potential.to(self._scores.dtype)
        for rows in _blocks(self._scores):
            logs = self._scores[rows] * self._sharpness + columns  # (B, K)
            logs -= logs.amax(dim=1, keepdim=True)
            self._P[rows] = logs.clamp_min_(SMALLEST_LOG).exp_()

    def column_sums(self, c: Tensor) -> Tensor:
        """Σ_i r_i P_ik for the r that makes all rows right, `(K,)` float64."""
        columns = c.to(self._scores.dtype)
        if self._fused:
            from utils.sinkhorn_kernel import column_sums  # compiles: only when used

            sums = column_sums(self._P, self._weights, columns)
        else:
            sums = torch.zeros_like(c)
            for rows in _blocks(self._P):
                block = self._P[rows].to(columns.dtype)  # (B, K)
                r = self._weights[rows] / (block @ columns)  # (B,)
                sums += r @ block
        return sums / len(self._P)

    def exact_update(self, potential: Tensor, b: Tensor) -> Tensor:
        """The same iteration in logarithms and float64: slow, but nothing is lost."""
        sums = torch.full_like(potential, float("-inf"))  # (K,)
        for rows in _blocks(self._scores):
            logs = self._scores[rows].double() * self._sharpness + potential  # (B, K)
            logs -= logs.logsumexp(dim=1, keepdim=True)
            logs += self._weights[rows].double().log()[:, None]
            sums = torch.logaddexp(sums, logs.logsumexp(dim=0))
        updated = potential + b.log() - (sums - math.log(len(self._scores)))
        return updated - updated.mean()


def _labels(
    scores: Tensor, sharpness: float, potential: Tensor, a: Tensor
) -> tuple[Tensor, Tensor]:
    """Labels `(N,)` and row potentials `(N,)` that follow from column potentials."""
    labels = torch.empty(len(scores), dtype=torch.int64, device=scores.device)
    sums = torch.empty_like(a)
    columns = potential.to(scores.dtype)
    for rows in _blocks(scores):
        logs = scores[rows] * sharpness + columns  # (B, K)
        best = _argmax(logs)[:, None]  # (B, 1)
        largest = logs.gather(1, best)
        logs -= largest
        logs.scatter_(1, best, float("-inf"))
        labels[rows] = best[:, 0]
        close = logs.amax(dim=1) > -NEAR_TIE  # (B,) the second is as good
        if bool(close.any()):
            exact = scores[rows][close].double() * sharpness + potential
            labels[rows][close] = exact.argmax(dim=1)
        others = logs.clamp_min_(SMALLEST_LOG).exp_().sum(dim=1)  # (B,)
        sums[rows] = largest[:, 0].double() + others.log1p()
    return labels, a.log() - sums


def _argmax(table: Tensor) -> Tensor:
    """Where each row is largest, `(B,)`; on a CPU numpy finds it much faster."""
    if table.device.type != "cpu":
        return table.argmax(dim=1)
    return torch.from_numpy(table.numpy().argmax(axis=1))


def _blocks(table: Tensor) -> Iterator[slice]:
    """Row ranges of a table `(N, K)`, each small enough for the cache."""
    entries = BLOCK_ON_CPU if table.device.type == "cpu" else BLOCK_ON_GPU
    step = max(1, entries // table.shape[1])
    for first in range(0, len(table), step):
        yield slice(first, first + step)


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
    head = scores[:64]
    if bool((head >= 0).all()) and bool(((head.sum(dim=1) - 1).abs() < 1e-4).all()):
        raise ValueError("log_p holds probabilities: pass their logarithm")
    return scores


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
