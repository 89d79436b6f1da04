"""Cells written to cheat, to spy or to break the grader: none may gain anything.

Each file in `attacks/` is one answer cell; its first line says what it tries. None of
them solves the task, so none may pass the test, and what only instructors know must not
turn up in anything that the learner's side has shown.
"""

import gc
from pathlib import Path

import pytest

from .conftest import SECRET

ATTACKS = sorted(
    path.stem for path in (Path(__file__).parent / "attacks").glob("*.txt")
)
TOKEN = "HIDDEN-TOKEN-4711"
SETUP = """
import numpy as np
from utils.checks import check_close, check_function, hidden_rng, report_visible
"""
TEST = f"""
TOKEN = "{TOKEN}"
expected = 4
check_close(double(2), expected, name="double(2)")
assert double(2) == 4
report_visible("Task 1")
for x in hidden_rng("task").integers(10, 1000, size=3):
    check_close(double(int(x)), 2 * int(x), name="double")
    assert double(int(x)) == 2 * int(x)
check_function(double, lambda x: 2 * x, [np.arange(3.0)], name="double")
"""
HONEST = "def double(x):\n    return 2 * x"


def source_of(name):
    return (Path(__file__).parent / "attacks" / f"{name}.txt").read_text()


def test_there_are_attacks_enough():
    assert len(ATTACKS) >= 60


def test_honest_answer_passes(run):
    trial = run(HONEST, TEST, setup=SETUP)
    assert trial.passed, trial.message


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_gains_nothing(run, name):
    trial = run(source_of(name), TEST, setup=SETUP, cell_seconds=5)
    assert not trial.passed
    shown = "\n".join(str(cell.outputs) for cell in trial.notebook.cells[:2])
    errors = [o for o in trial.test.outputs if o.output_type == "error"]
    printed = "".join(o.text for o in trial.test.outputs if o.output_type == "stream")
    assert errors
    assert TOKEN not in shown + printed
    assert SECRET not in shown + printed
    assert "AssertionError" not in shown  # the attack's own claims about its jail hold
    assert "No module named 'autograder" not in shown  # it does reach its target
    assert "cannot import name" not in shown
    assert len(shown) < 200_000


def test_honest_answer_passes_beside_attacks(zygote, limits, run):
    """A neighbor whose process runs at the same time is left alone."""
    from autograder.judging.session import Session

    names = (
        "host_processes",
        "daemon_left_behind",
        "fork_bomb",
        "shadow_module_in_folder",
    )
    neighbors = [Session(zygote, limits, judged=True) for _ in names]
    try:
        for name, session in zip(names, neighbors, strict=True):
            session.run(session.student, "cell", source_of(name))
        trial = run(HONEST, TEST, setup=SETUP)
    finally:
        for session in neighbors:
            session.close()
    assert trial.passed, trial.message
    gc.collect()
