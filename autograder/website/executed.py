"""Executed lectures, kept until something that they depend on changes."""

import contextlib
import hashlib
import sys
from pathlib import Path

from nbformat import NotebookNode

from autograder.files import write_atomically
from autograder.learner.kernel import CellRun, run_cells
from autograder.notebook import from_json, read_notebook, to_json
from utils.downloads import available

SECONDS_PER_CELL = 300
STORE = Path("build", "executed")
DATA_SETS = ("mnist", "fashion_mnist", "tiny_shakespeare")
CODE = ("*.py", "*.js", "*.css")


class NotebookFailed(Exception):
    """A cell failed, wrote to stderr or never ended; the text names it and says how."""


def run_notebook(path: Path) -> NotebookNode:
    """The notebook with its outputs, run in a fresh kernel in its own folder.

    Raises:
        NotebookFailed: a cell failed, wrote to stderr or never ended.
    """
    return run_all(read_notebook(path), path)


def run_all(notebook: NotebookNode, path: Path) -> NotebookNode:
    """The same for a notebook in memory that belongs at this path."""
    runs = run_cells(notebook, folder=path.parent, seconds_per_cell=SECONDS_PER_CELL)
    with contextlib.closing(runs):
        for run in runs:
            if problem := _complaint(run):
                raise NotebookFailed(f"{path.name}, cell {run.cell.id}: {problem}")
    return notebook


def store(root: Path, lecture: Path, executed: NotebookNode) -> None:
    """Keep an executed lecture for `stored`."""
    folder = root / STORE
    folder.mkdir(parents=True, exist_ok=True)
    executed.metadata["course_digest"] = digest(root, lecture)
    write_atomically(folder / lecture.name, to_json(executed).encode())


def stored(root: Path, lecture: Path) -> NotebookNode | None:
    """The lecture as it was executed, or None if anything has changed since."""
    path = root / STORE / lecture.name
    if not path.is_file():
        return None
    executed = from_json(path.read_text(encoding="utf-8"))
    is_current = executed.metadata.get("course_digest") == digest(root, lecture)
    return executed if is_current else None


def digest(root: Path, lecture: Path) -> str:
    """Of everything that the outputs depend on: text, packages, data, versions."""
    parts = [root / "requirements.lock", lecture]
    parts += sorted(path for kind in CODE for path in (root / "utils").rglob(kind))
    total = hashlib.sha256(sys.version.encode())
    for name in DATA_SETS:
        total.update(f"{name} {available(name)}".encode())
    for path in parts:
        total.update(path.relative_to(root).as_posix().encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _complaint(run: CellRun) -> str:
    """What is wrong with the run of a cell; empty if nothing is."""
    if run.trouble:
        return run.trouble
    if run.error is not None:
        return "\n".join(run.error.traceback)
    written = [out.text for out in run.cell.outputs if out.get("name") == "stderr"]
    return f"wrote to stderr: {''.join(written)}" if written else ""
