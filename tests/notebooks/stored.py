"""Where the notebooks of the course are, and how one of them is executed."""

import time
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.course import Course
from autograder.website.executed import run_notebook

ROOT = Path(__file__).parents[2]
COURSE = Course.find(ROOT)
LECTURES = sorted((ROOT / "lectures").glob("*.ipynb"))
SOLUTIONS = sorted(COURSE.folder("source").glob("*/*.ipynb"))
EXERCISES = sorted(COURSE.folder("release").glob("*/*.ipynb"))
NOTEBOOKS = [*LECTURES, *SOLUTIONS, *EXERCISES]


def each(paths: list[Path]) -> pytest.MarkDecorator:
    """One test for each of these files, called by its place in the course."""
    names = [path.relative_to(ROOT).as_posix() for path in paths]
    return pytest.mark.parametrize("path", paths, ids=names)


def execute(path: Path) -> tuple[NotebookNode, float]:
    """Run a notebook in a fresh kernel.

    Returns:
        the executed notebook, and the seconds from before the kernel's start to its
        end.

    Raises:
        NotebookFailed: a cell failed, wrote to stderr or never ended; the text names
            it and holds its traceback.
    """
    started = time.perf_counter()
    executed = run_notebook(path)
    return executed, time.perf_counter() - started
