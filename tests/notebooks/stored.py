"""Where the notebooks of the course are, and how one of them is executed."""

import contextlib
import time
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.learner.kernel import CellRun, run_cells
from autograder.notebook import read_notebook

ROOT = Path(__file__).parents[2]
COURSE = Course.find(ROOT)
LECTURES = sorted((ROOT / "lectures").glob("*.ipynb"))
SOLUTIONS = sorted(COURSE.folder("source").glob("*/*.ipynb"))
EXERCISES = sorted(COURSE.folder("release").glob("*/*.ipynb"))
NOTEBOOKS = [*LECTURES, *SOLUTIONS, *EXERCISES]
SECONDS_PER_CELL = 300


def each(paths: list[Path]) -> pytest.MarkDecorator:
    """One test for each of these files, called by its place in the course."""
    names = [path.relative_to(ROOT).as_posix() for path in paths]
    return pytest.mark.parametrize("path", paths, ids=names)


def execute(path: Path) -> float:
    """Run a notebook in a fresh kernel; seconds from before its start to its end.

    Raises:
        AssertionError: a cell failed, wrote to stderr or never ended; the text names
            it and holds its traceback.
    """
    notebook = read_notebook(path)
    started = time.perf_counter()
    runs = run_cells(notebook, folder=path.parent, seconds_per_cell=SECONDS_PER_CELL)
    with contextlib.closing(runs):
        for run in runs:
            problem = complaint(run)
            assert not problem, f"cell {run.cell.id}: {problem}"
    return time.perf_counter() - started


def complaint(run: CellRun) -> str:
    """What is wrong with the run of a cell; empty if nothing is."""
    if run.trouble:
        return run.trouble
    if run.error is not None:
        return "\n".join(run.error.traceback)
    written = [out.text for out in run.cell.outputs if out.get("name") == "stderr"]
    return f"wrote to stderr: {''.join(written)}" if written else ""
