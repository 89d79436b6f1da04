"""Balanced assignments, against a plain float64 computation in logarithms."""

import os
import subprocess
import sys

import numpy as np
import pytest
import torch
from scipy.special import logsumexp
from torch import Tensor

from utils import sinkhorn
from utils.sinkhorn import Assignment, balanced_assignment, balanced_assignments

ENGINES = ("torch", "numba")


def posteriors(N: int, K: int, seed: int = 0, spread: float = 2.0) -> Tensor:
    """Random log posteriors that prefer some labels to others."""
    generator = torch.Generator().manual_seed(seed)
    logits = spread * torch.randn(N, K, generator=generator)
    logits += torch.randn(K, generator=generator)
    return torch.log_softmax(logits, dim=1)


def by_logarithms(
    log_p: Tensor, sharpness: float, iterations: int, b: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Labels and Q after so many iterations, everything in float64 and `(N, K)`."""
    scores = sharpness * log_p.double().numpy()
    N, K = scores.shape
    log_b = np.full(K, -np.log(K)) if b is None else np.log(b)
    columns = np.zeros(K)
    for _ in range(iterations):
        rows = -np.log(N) - logsumexp(scores + columns, axis=1)
        columns = log_b - logsumexp(scores + rows[:, None], axis=0)
    rows = -np.log(N) - logsumexp(scores + columns, axis=1)
    plan = np.exp(scores + rows[:, None] + columns)
    return (scores + columns).argmax(axis=1), plan


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("N", "K", "sharpness"), [(60, 3, 1), (500, 7, 10), (300, 40, 25)]
)
def test_labels_and_plan_are_those_of_float64(
    N: int, K: int, sharpness: float, engine: sinkhorn.Engine
) -> None:
    log_p = posteriors(N, K)
    found = balanced_assignment(
        log_p, sharpness, tolerance=0, max_iterations=40, engine=engine
    )
    labels, plan = by_logarithms(log_p, sharpness, 40)
    assert np.array_equal(found.labels.numpy(), labels)
    assert np.allclose(found.plan(log_p), plan, rtol=1e-3, atol=1e-9)
    assert found.iterations == 40
    assert not found.converged


@pytest.mark.parametrize("engine", ENGINES)
def test_the_marginals_hold_to_the_tolerance(engine: sinkhorn.Engine) -> None:
    log_p = posteriors(2000, 10)
    found = balanced_assignment(log_p, 25, tolerance=1e-4, engine=engine)
    plan = found.plan(log_p.double())
    assert found.converged
    assert torch.allclose(plan.sum(dim=1), torch.tensor(1 / 2000).double(), rtol=1e-6)
    error = float((plan.sum(dim=0) - 1 / 10).abs().sum())
    assert error == pytest.approx(found.marginal_error, rel=0.02, abs=2e-6)
    assert found.marginal_error <= 1e-4
    assert int(found.sizes.sum()) == 2000
    assert found.sizes.max() <= 1.2 * 200
    assert torch.bincount(log_p.argmax(dim=1)).max() > 2 * 200  # it was not so before


def test_other_marginals() -> None:
    log_p = posteriors(900, 3)
    shares = np.array([0.5, 0.3, 0.2])
    weights = torch.rand(900, generator=torch.Generator().manual_seed(1)) + 0.5
    weights /= weights.sum()
    found = balanced_assignment(
        log_p, 5, row_marginal=weights, column_marginal=shares, tolerance=1e-6
    )
    plan = found.plan(log_p.double())
    assert np.allclose(plan.sum(dim=0), shares, atol=2e-6)
    assert np.allclose(plan.sum(dim=1), weights, rtol=1e-5)
    labels, _ = by_logarithms(log_p, 5, 500, shares)
    equal_rows = balanced_assignment(log_p, 5, column_marginal=shares, tolerance=1e-9)
    assert np.array_equal(equal_rows.labels.numpy(), labels)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("spread", [20.0, 300.0])
def test_nothing_underflows(spread: float, engine: sinkhorn.Engine) -> None:
    """p^25 has logarithms far below −100, where float32 has only zero."""
    log_p = posteriors(400, 8, spread=spread)
    log_p[:, 5] -= 50 * spread  # no sample would take this label by itself
    assert float((25 * log_p).exp()[:, 5].max()) == 0
    found = balanced_assignment(
        log_p, 25, tolerance=0, max_iterations=100, engine=engine
    )
    labels, _ = by_logarithms(log_p, 25, 100)
    assert np.array_equal(found.labels.numpy(), labels)
    assert found.sizes.min() > 0
    assert not found.converged  # so sharp a problem takes thousands of iterations
    assert bool(found.column_potential.isfinite().all())
    assert bool(found.row_potential.isfinite().all())


def test_float64_stays_float64() -> None:
    log_p = posteriors(300, 5).double()
    found = balanced_assignment(log_p, 10, tolerance=1e-12)
    assert found.converged
    plan = found.plan(log_p)
    assert plan.dtype == torch.float64
    assert torch.allclose(plan.sum(dim=0), torch.full((5,), 0.2).double(), atol=1e-12)


def test_a_warm_start_saves_iterations() -> None:
    log_p = posteriors(3000, 20)
    cold = balanced_assignment(log_p, 25, tolerance=1e-4)
    a_little_later = log_p + 0.01 * posteriors(3000, 20, seed=1)
    warm = balanced_assignment(
        a_little_later, 25, tolerance=1e-4, start=cold.column_potential
    )
    again = balanced_assignment(a_little_later, 25, tolerance=1e-4)
    assert warm.iterations < again.iterations
    same = (warm.labels == again.labels).float().mean()
    assert same > 0.999
    assert balanced_assignment(log_p, 25, start=cold.column_potential).iterations == 1


@pytest.mark.parametrize("copies", [2, 10])
def test_the_tolerance_does_not_depend_on_the_number_of_samples(copies: int) -> None:
    log_p = posteriors(500, 10)
    once = balanced_assignment(log_p, 25)
    more = balanced_assignment(log_p.repeat(copies, 1), 25)
    assert once.iterations == more.iterations
    assert more.marginal_error == pytest.approx(once.marginal_error, rel=1e-2)
    assert torch.equal(more.labels, once.labels.repeat(copies))


def test_numbers_added_to_rows_change_nothing() -> None:
    """Posteriors that are not normalized and scores before the softmax are fine."""
    log_p = posteriors(400, 6).double()
    shifted = log_p + 7 * torch.arange(400).double()[:, None] / 400 - 2
    one, other = balanced_assignment(log_p, 10), balanced_assignment(shifted, 10)
    assert torch.equal(one.labels, other.labels)
    assert torch.allclose(one.plan(log_p), other.plan(shifted))


def test_impossible_labels_are_never_given() -> None:
    log_p = posteriors(300, 4)
    log_p[:100, 2] = float("-inf")
    found = balanced_assignment(log_p, 25, tolerance=1e-5)
    assert not bool((found.labels[:100] == 2).any())
    plan = found.plan(log_p)
    assert float(plan[:100, 2].max()) == 0
    assert np.allclose(plan.sum(dim=0), 0.25, atol=1e-4)


@pytest.mark.parametrize("engine", ENGINES)
def test_half_storage_gives_nearly_the_same(engine: sinkhorn.Engine) -> None:
    log_p = posteriors(4000, 30)
    full = balanced_assignment(log_p, 25, engine=engine)
    half = balanced_assignment(log_p, 25, engine=engine, half=True)
    assert (full.labels != half.labels).float().mean() < 5e-3
    difference = full.column_potential - half.column_potential
    assert (difference - difference.mean()).abs().max() < 0.05
    kept = sinkhorn._Kernel(log_p, 25, torch.full((4000,), 1 / 4000), half=True)
    assert kept._P.element_size() == 2


def test_engines_and_threads_give_the_same_bits() -> None:
    log_p = posteriors(3000, 50)
    threads = torch.get_num_threads()
    found = []
    try:
        for count in (1, 2):
            torch.set_num_threads(count)
            found.append(balanced_assignment(log_p, 25, engine="numba"))
    finally:
        torch.set_num_threads(threads)
    one, two = found
    assert torch.equal(one.column_potential, two.column_potential)
    plain = balanced_assignment(log_p, 25, engine="torch")
    assert torch.equal(plain.labels, one.labels)


@pytest.mark.parametrize(("spread", "left_out"), [(5.0, True), (0.1, False)])
def test_negligible_entries_are_left_out(spread: float, left_out: bool) -> None:
    log_p = posteriors(2000, 300, spread=spread)
    equal, zeros = torch.full((2000,), 1 / 2000), torch.zeros(300).double()
    kernel = sinkhorn._CompiledKernel(log_p, 25, equal, half=False)
    kernel.absorb(zeros)
    assert (kernel._sparse is not None) == left_out
    complete = sinkhorn._Kernel(log_p.double(), 25, equal, half=False)
    complete.absorb(zeros)
    c = torch.linspace(0.5, 2, 300).double()
    sums = complete.column_sums(c)
    assert torch.allclose(kernel.column_sums(c), sums, rtol=1e-4, atol=1e-20)
    for one, other in zip(kernel.labels(c), complete.labels(c), strict=True):
        assert torch.allclose(one.double(), other.double(), rtol=1e-5)
    trusted = sums > sinkhorn.FAR_AWAY
    logs = kernel.log_column_sums(trusted, c)
    assert torch.allclose(logs, sums[trusted].log(), atol=1e-3)


def test_heads_are_solved_one_by_one() -> None:
    tables = torch.stack([posteriors(200, 5, seed) for seed in range(3)])
    found = balanced_assignments(tables, 10)
    for table, assignment in zip(tables, found, strict=True):
        assert torch.equal(assignment.labels, balanced_assignment(table, 10).labels)
    starts = [assignment.column_potential for assignment in found]
    again = balanced_assignments(tables, 10, starts=starts)
    assert [assignment.iterations for assignment in again] == [1, 1, 1]
    widths = balanced_assignments([posteriors(50, 4), posteriors(50, 6)], 10)
    assert [len(assignment.sizes) for assignment in widths] == [4, 6]


def test_arrays_and_half_precision_are_taken() -> None:
    log_p = posteriors(100, 4)
    expected = balanced_assignment(log_p, 10).labels
    assert torch.equal(balanced_assignment(log_p.numpy(), 10).labels, expected)
    coarse = balanced_assignment(log_p.half(), 10)
    assert (coarse.labels != expected).float().mean() < 0.05


def test_scores_that_learn_are_left_alone() -> None:
    log_p = posteriors(50, 4).requires_grad_()
    before = log_p.detach().clone()
    assert not balanced_assignment(log_p, 10).column_potential.requires_grad
    assert torch.equal(log_p.detach(), before)


def test_samples_that_are_all_alike_get_one_label_each_alike() -> None:
    """Q is balanced, but equal rows have equal labels: the sizes say so."""
    found = balanced_assignment(torch.log(torch.full((60, 3), 1 / 3)), 25)
    assert found.marginal_error < 1e-6
    assert found.sizes.max() == 60


def table(change: str) -> Tensor:
    """Ten log posteriors over three labels with something wrong."""
    log_p = posteriors(10, 3)
    if change == "nan":
        log_p[4, 1] = float("nan")
    elif change == "inf":
        log_p[4, 1] = float("inf")
    elif change == "zero row":
        log_p[4] = float("-inf")
    elif change == "zero column":
        log_p[:, 1] = float("-inf")
    elif change == "probabilities":
        log_p = log_p.exp()
    elif change == "N < K":
        log_p = log_p[:2]
    elif change == "K = 1":
        log_p = log_p[:, :1]
    elif change == "flat":
        log_p = log_p[:, 0]
    return log_p


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("nan", "row 4 of log_p holds a nan"),
        ("inf", r"row 4 of log_p holds \+inf"),
        ("zero row", "row 4 of log_p is −inf throughout"),
        ("zero column", "label 1 is −inf for every sample"),
        ("probabilities", "pass their logarithm"),
        ("N < K", "2 samples are too few for 3 labels"),
        ("K = 1", "fewer than two labels"),
        ("flat", r"must be \(N, K\), not \(10,\)"),
    ],
)
def test_bad_posteriors_are_refused(change: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        balanced_assignment(table(change), 25)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sharpness": 0}, "sharpness must be positive"),
        ({"sharpness": float("nan")}, "sharpness must be positive"),
        ({"sharpness": float("inf")}, "sharpness must be positive"),
        ({"max_iterations": 0}, "max_iterations must be at least 1"),
        ({"engine": "fortran"}, "engine must be"),
        ({"start": torch.zeros(2)}, "start must hold 3 finite"),
        ({"start": [0.0, float("nan"), 0.0]}, "start must hold 3 finite"),
        ({"column_marginal": [0.5, 0.5]}, r"column_marginal must be \(3,\)"),
        ({"column_marginal": [0.5, 0.5, 0.0]}, "positive shares"),
        ({"column_marginal": [0.5, 0.5, 0.5]}, "positive shares"),
        ({"row_marginal": [0.1] * 9}, r"row_marginal must be \(10,\)"),
    ],
)
def test_arguments_that_cannot_be_are_refused(
    options: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        balanced_assignment(posteriors(10, 3), **({"sharpness": 25} | options))


def test_a_plan_needs_the_same_table() -> None:
    found = balanced_assignment(posteriors(10, 3), 25)
    with pytest.raises(ValueError, match=r"must be \(10, 3\), not \(9, 3\)"):
        found.plan(posteriors(9, 3))


def in_a_fresh_process(code: str, **environment: str) -> str:
    """What the code prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | environment,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_numba_is_imported_only_when_it_is_used() -> None:
    code = """
import sys, torch
from utils.sinkhorn import balanced_assignment
log_p = torch.log_softmax(torch.randn(300, 4), dim=1)
balanced_assignment(log_p, 10, engine="torch"), balanced_assignment(log_p, 10)
print("numba" in sys.modules)
balanced_assignment(log_p, 10, engine="numba")
print("numba" in sys.modules)
"""
    assert in_a_fresh_process(code).split() == ["False", "True"]


def test_the_compiled_kernel_bears_a_fork() -> None:
    """Graders and data loaders fork; torch is left out of the child."""
    code = """
import faulthandler, os, torch
from utils.sinkhorn_kernel import column_sums
P, weights, c = torch.rand(3000, 8) + 0.1, torch.ones(3000), torch.ones(8)
torch.set_num_threads(2)
expected = column_sums(P, weights, c).numpy()
child = os.fork()
if child == 0:
    faulthandler.dump_traceback_later(20, exit=True)
    same = (column_sums(P, weights, c).numpy() == expected).all()
    os._exit(0 if same else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert in_a_fresh_process(code) == "0"


def test_without_a_folder_to_write_compilation_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from utils import sinkhorn_kernel

    asked = []

    def njit(**options: object) -> object:
        asked.append(options.get("cache", False))
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(sinkhorn_kernel.numba, "njit", njit)
    assert sinkhorn_kernel._compiled(len) is len
    assert asked == [True, False]


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU")
def test_a_gpu_gives_the_same_labels() -> None:
    log_p = posteriors(5000, 40)
    on_cpu = balanced_assignment(log_p, 25)
    on_gpu: Assignment = balanced_assignment(log_p.cuda(), 25)
    assert on_gpu.labels.device.type == "cuda"
    assert torch.equal(on_gpu.labels.cpu(), on_cpu.labels)
