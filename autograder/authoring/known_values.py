"""Writes the values that visible checks compare with: a solution is run and watched.

See `utils.known_values` for what is stored and why. The file is made anew only when the
code of the unit's notebooks has changed.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.course import Course, CourseError, Unit
from autograder.files import write_atomically
from autograder.learner.kernel import run_cells
from autograder.notebook import read_notebook
from utils.known_values import FILE

SECONDS_PER_CELL = 120
_ASKS = "known_values("
_START = "from utils.known_values import recorder\nrecorder.start()"
_FINISH = """\
import json, pathlib
pathlib.Path({path!r}).write_text(json.dumps(recorder.finish()))"""


def refresh(course: Course, unit: Unit) -> None:
    """Write the file of this unit where it is missing or older than the notebooks.

    Raises:
        CourseError: a cell of a solution fails.
    """
    if not is_stale(course, unit):
        return
    tests: dict[str, Any] = {}
    for path in _asking(course, unit):
        tests |= watch(path)
    text = _as_text(tests, _fingerprint(course, unit))
    write_atomically(course.folder("source") / unit.name / FILE, text.encode())


def is_stale(course: Course, unit: Unit) -> bool:
    """Whether the stored values were not made from the notebooks as they are now."""
    path = course.folder("source") / unit.name / FILE
    if not _asking(course, unit):
        return path.exists()
    if not path.is_file():
        return True
    made_from = json.loads(path.read_text(encoding="utf-8")).get("made_from")
    return bool(made_from != _fingerprint(course, unit))


def watch(path: Path) -> dict[str, Any]:
    """Run a solution; the values of its visible checks, by test.

    Raises:
        CourseError: a cell fails.
    """
    notebook = read_notebook(path)
    with tempfile.TemporaryDirectory(prefix="known-values-") as scratch:
        recorded = Path(scratch) / FILE
        finish = _FINISH.format(path=str(recorded))
        new_cell: Any = new_code_cell  # untyped in nbformat
        notebook.cells = [new_cell(_START), *notebook.cells, new_cell(finish)]
        for run in run_cells(
            notebook, folder=path.parent, seconds_per_cell=SECONDS_PER_CELL
        ):
            if reason := run.trouble or (run.error and run.error.evalue):
                raise CourseError(f"{path}: cell {run.cell.id!r} fails: {reason}")
        tests: dict[str, Any] = json.loads(recorded.read_text(encoding="utf-8"))
    return tests


def _asking(course: Course, unit: Unit) -> list[Path]:
    """The notebooks of a unit that ask for known values."""
    return [
        path
        for path in course.source_notebooks(unit)
        if any(_ASKS in source for source in _code(read_notebook(path)))
    ]


def _code(notebook: NotebookNode) -> Iterator[str]:
    return (cell.source for cell in notebook.cells if cell.cell_type == "code")


def _fingerprint(course: Course, unit: Unit) -> str:
    digest = hashlib.sha256()
    for path in _asking(course, unit):
        digest.update("\0".join(_code(read_notebook(path))).encode())
    return digest.hexdigest()


def _as_text(tests: dict[str, Any], made_from: str) -> str:
    """JSON with a line for each test, so that a change is seen where it belongs."""
    lines = [
        f"{json.dumps(test)}: {json.dumps(calls, ensure_ascii=False)}"
        for test, calls in tests.items()
    ]
    body = ",\n".join(lines)
    return f'{{"made_from": "{made_from}", "tests": {{\n{body}\n}}}}\n'
