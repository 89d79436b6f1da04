"""The contenders of the benchmark of Sinkhorn solve the same problem."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """The benchmark as a module."""
    path = ROOT / "benchmarks" / "sinkhorn.py"
    spec = importlib.util.spec_from_file_location("sinkhorn_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look it up
    spec.loader.exec_module(module)
    return module


def test_all_contenders_end_at_the_same_labels(benchmark: ModuleType) -> None:
    log_p = benchmark.posteriors(600, 4, "cpu")
    expected = benchmark.course(engine="torch")(log_p.double(), 2000)
    for contender in benchmark.contenders("cpu"):
        labels = contender.solve(log_p, 2000)
        allowed = 5 if "half" in contender.name else 0
        assert int((labels != expected).sum()) <= allowed, contender.name


def test_what_runs_on_a_gpu_runs_on_any_device(benchmark: ModuleType) -> None:
    """Measured here on the CPU: the same functions, without a compiled kernel."""
    log_p = benchmark.posteriors(300, 4, "cpu")
    for contender in benchmark.contenders("cuda"):
        assert contender.solve(log_p, 5).shape == (300,)


def test_the_table_says_what_does_not_fit(
    benchmark: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(benchmark, "free_bytes", lambda device: 20 * 400 * 4)
    benchmark.compare(400, 4, "cpu", 1)
    text = capsys.readouterr().out
    assert "POT, numpy float64" in text
    assert text.count("skipped: it does not fit") == 1
    monkeypatch.setattr(benchmark, "free_bytes", lambda device: 100)
    benchmark.compare(400, 4, "cpu", 1)
    assert "skipped, the posteriors do not fit" in capsys.readouterr().out
