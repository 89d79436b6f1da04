"""How fast is the course's Sinkhorn, next to others and to the memory itself?

    python benchmarks/sinkhorn.py [--large] [--unsure] [--device cuda] [--rounds 5]

Every contender balances the same posteriors, N samples and K labels with λ = 25, and
gives hard labels: first the kernel, then 50 iterations, then the labels. They take
turns in every round, so that other load hits all alike; numbers are medians.
`ms` is one iteration, `× floor` compares it with one read of a float32 kernel by
`torch.sum`, `call` is the whole call in seconds, `ratio` how many times longer it takes
than the course's, and `differ` counts labels that are not those of the course's own
float64. The published loop and POT scale columns first and the course rows first, so
that after 50 iterations, before convergence, a few labels differ by this alone.

The posteriors are those of a network that is sure of most samples, so that few entries
of the kernel count; `--unsure` takes others, where nearly all do.

N and K grow tenfold twice. What would not fit into the free memory is skipped by name.
`--large` adds N = 1,000,000 with K = 1000 and, on a GPU, 1,280,000 with 3000, the size
of the publication (Asano, Rupprecht and Vedaldi, 2020: about two minutes on a GPU).
"""

import argparse
import os
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

os.environ.setdefault("POT_BACKEND_DISABLE_JAX", "1")
os.environ.setdefault("POT_BACKEND_DISABLE_TENSORFLOW", "1")

import numpy as np
import ot as transport  # codespell:ignore ot
import torch
from torch import Tensor

from utils.sinkhorn import balanced_assignment

SHARPNESS = 25
ITERATIONS = 50
FEW = 10  # a second call with fewer iterations tells what one iteration takes
SIZES = [
    (10_000, 100),
    (100_000, 100),
    (1_000_000, 100),
    (100_000, 10),
    (100_000, 1000),
]
LARGE = [(1_000_000, 1000)]
LARGEST_ON_A_GPU = [(1_280_000, 3000)]
COURSE = "course"

Solve = Callable[[Tensor, int], Tensor]  # log posteriors, iterations → labels


@dataclass
class Contender:
    """One way to balance, the memory that it needs, and what was measured."""

    name: str
    solve: Solve
    bytes_an_entry: int  # beyond the posteriors
    calls: list[float] = field(default_factory=list)
    iterations: list[float] = field(default_factory=list)
    differing: int = -1


def course(**options: object) -> Solve:
    """The course's own, with options."""

    def solve(log_p: Tensor, iterations: int) -> Tensor:
        found = balanced_assignment(
            log_p, SHARPNESS, tolerance=0, max_iterations=iterations, **options
        )
        return found.labels

    return solve


def two_products(log_p: Tensor, iterations: int) -> Tensor:
    """Plain torch: two matrix-vector products an iteration, everything in memory."""
    scores = SHARPNESS * log_p
    P = (scores - scores.amax(dim=1, keepdim=True)).exp_()  # (N, K)
    N, K = P.shape
    c = P.new_ones(K)
    for _ in range(iterations):
        r = 1 / (N * (P @ c))  # (N,)
        c = 1 / (K * (P.T @ r))  # (K,)
    return (P * c).argmax(dim=1)


def published(log_p: Tensor, iterations: int) -> Tensor:
    """The loop of the publication, written anew: numpy, float64, K rows."""
    P = log_p.cpu().numpy().astype(np.float64).T  # (K, N)
    P = np.exp(SHARPNESS * P)
    K, N = P.shape
    alpha = np.full((K, 1), 1 / K)
    beta = np.full((N, 1), 1 / N)
    for _ in range(iterations):
        alpha = (1 / K) / (P @ beta)
        beta = (1 / N) / (alpha.T @ P).T
    P *= beta.T
    P *= alpha
    return torch.from_numpy(P.argmax(axis=0))


def pot_numpy(log_p: Tensor, iterations: int) -> Tensor:
    """POT with its numpy back end, float64."""
    cost = -log_p.cpu().numpy().astype(np.float64)  # (N, K)
    return torch.from_numpy(np.asarray(_pot(cost, iterations)).argmax(axis=1))


def pot_torch(log_p: Tensor, iterations: int) -> Tensor:
    """POT with its torch back end, float32; the row minimum prevents underflow."""
    cost = log_p.amax(dim=1, keepdim=True) - log_p  # (N, K)
    return _pot(cost, iterations).argmax(dim=1)


def _pot(cost: Tensor, iterations: int) -> Tensor:
    N, K = cost.shape
    if isinstance(cost, np.ndarray):
        a, b = np.full(N, 1 / N), np.full(K, 1 / K)
    else:
        a, b = cost.new_full((N,), 1 / N), cost.new_full((K,), 1 / K)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that it did not converge: it may not
        return transport.sinkhorn(
            a, b, cost, 1 / SHARPNESS, numItermax=iterations, stopThr=0, warn=False
        )


def contenders(device: str) -> list[Contender]:
    """Everybody who runs on the device."""
    if device != "cpu":
        return [
            Contender(COURSE, course(), 4),
            Contender("course, half", course(half=True), 2),
            Contender("torch, two products", two_products, 8),
            Contender("POT, torch float32", pot_torch, 16),
        ]
    return [
        Contender(COURSE, course(), 4),
        Contender("course, half", course(half=True), 2),
        Contender("course, no compiler", course(engine="torch"), 4),
        Contender("torch, two products", two_products, 8),
        Contender("published loop, float64", published, 16),
        Contender("POT, torch float32", pot_torch, 16),
        Contender("POT, numpy float64", pot_numpy, 32),
    ]


def posteriors(N: int, K: int, device: str, *, sure: bool = True) -> Tensor:
    """Log posteriors of a network that prefers some labels, `(N, K)` float32."""
    generator = torch.Generator(device).manual_seed(0)
    logits = torch.randn(N, K, generator=generator, device=device)
    logits *= 2
    logits += torch.randn(K, generator=generator, device=device)
    if not sure:
        logits *= 0.1
    logits -= logits.logsumexp(dim=1, keepdim=True)
    return logits


def free_bytes(device: str) -> int:
    """Memory that is free now."""
    if device != "cpu":
        return int(torch.cuda.mem_get_info()[0])
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def seconds(work: Callable[[], object], device: str) -> float:
    """How long the work takes, until the device is done."""
    _wait(device)
    start = time.perf_counter()
    work()
    _wait(device)
    return time.perf_counter() - start


def timed(
    contender: Contender, log_p: Tensor, iterations: int, device: str
) -> tuple[float, Tensor]:
    """How long one call takes, and its labels."""
    labels: list[Tensor] = []
    spent = seconds(lambda: labels.append(contender.solve(log_p, iterations)), device)
    return spent, labels[0]


def _wait(device: str) -> None:
    if device != "cpu":
        torch.cuda.synchronize()


def compare(N: int, K: int, device: str, rounds: int, *, sure: bool = True) -> None:
    """Measure everybody on one size and print the table."""
    if free_bytes(device) < 8 * N * K:
        print(f"\nN = {N:,}, K = {K:,}: skipped, the posteriors do not fit\n")
        return
    log_p = posteriors(N, K, device, sure=sure)
    racing = contenders(device)
    fitting = [c for c in racing if c.bytes_an_entry * N * K < 0.9 * free_bytes(device)]
    skipped = [c.name for c in racing if c not in fitting]
    for contender in fitting:
        contender.solve(log_p, 2)  # compiles, starts threads, touches the memory
    floor: list[float] = []
    labels: dict[str, Tensor] = {}
    for _ in range(rounds):
        floor += [seconds(log_p.sum, device) for _ in range(3)]
        for contender in fitting:
            call, labels[contender.name] = timed(contender, log_p, ITERATIONS, device)
            few, _ = timed(contender, log_p, FEW, device)
            contender.calls.append(call)
            contender.iterations.append((call - few) / (ITERATIONS - FEW))
    if free_bytes(device) > 24 * N * K:
        exact = course(engine="torch")(log_p.double(), ITERATIONS)
        for contender in fitting:
            differing = labels[contender.name].to(device) != exact
            contender.differing = int(differing.sum())
    report(N, K, median(floor), fitting, skipped)


def report(
    N: int, K: int, floor: float, measured: list[Contender], skipped: list[str]
) -> None:
    """One table."""
    rate = 4 * N * K / floor / 1e9
    print(f"\nN = {N:,}, K = {K:,}; one read {1e3 * floor:.2f} ms, {rate:.1f} GB/s")
    print(f"{'':26}{'ms':>9}{'× floor':>9}{'call s':>9}{'ratio':>8}{'differ':>8}")
    own = next(median(c.calls) for c in measured if c.name == COURSE)
    for contender in measured:
        call, one = median(contender.calls), median(contender.iterations)
        differ = "–" if contender.differing < 0 else str(contender.differing)
        print(
            f"{contender.name:26}{1e3 * one:9.2f}{one / floor:9.2f}{call:9.2f}"
            f"{call / own:8.1f}{differ:>8}"
        )
    for name in skipped:
        print(f"{name:26} skipped: it does not fit into the free memory")


def main() -> None:
    """Compare on every size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="up to a million samples")
    parser.add_argument("--unsure", action="store_true", help="all entries count")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument(
        "--sizes", nargs="+", metavar="NxK", help="other sizes, such as 100000x1000"
    )
    options = parser.parse_args()
    if options.device != "cpu" and not torch.cuda.is_available():
        parser.error("there is no GPU here: leave --device out")
    sizes = SIZES + (LARGE if options.large else [])
    if options.large and options.device != "cpu":
        sizes = sizes + LARGEST_ON_A_GPU
    if options.sizes:
        sizes = [tuple(map(int, size.split("x"))) for size in options.sizes]
    print(
        f"{options.device}, {torch.get_num_threads()} threads, "
        f"torch {torch.__version__}"
    )
    for N, K in sizes:
        compare(N, K, options.device, options.rounds, sure=not options.unsure)


if __name__ == "__main__":
    main()
