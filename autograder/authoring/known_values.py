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
from autograder.notebook import read_notebook
from autograder.website.executed import NotebookFailed, run_all
from utils.known_values import FILE

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
    path, asking = _place(course, unit), _asking(course, unit)
    if not asking:
        path.unlink()
        return
    tests: dict[str, Any] = {}
    for notebook in asking:
        tests |= watch(notebook)
    write_atomically(path, _as_text(tests, _head(asking)).encode())


def is_stale(course: Course, unit: Unit) -> bool:
    """Whether the stored values were not made from the notebooks as they are now."""
    path, asking = _place(course, unit), _asking(course, unit)
    if not (asking and path.is_file()):
        return bool(asking) or path.is_file()
    return not path.read_text(encoding="utf-8").startswith(_head(asking))


def watch(path: Path) -> dict[str, Any]:
    """Run a solution; the values of its visible checks, by test.

    Raises:
        CourseError: a cell failed, wrote to stderr or never ended.
    """
    notebook = read_notebook(path)
    with tempfile.TemporaryDirectory(prefix="known-values-") as scratch:
        recorded = Path(scratch) / FILE
        finish = _FINISH.format(path=str(recorded))
        new_cell: Any = new_code_cell  # untyped in nbformat
        notebook.cells = [new_cell(_START), *notebook.cells, new_cell(finish)]
        try:
            run_all(notebook, path)
        except NotebookFailed as problem:
            raise CourseError(f"the solution fails: {problem}") from None
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


def _place(course: Course, unit: Unit) -> Path:
    return course.folder("source") / unit.name / FILE


def _head(notebooks: list[Path]) -> str:
    """How the file begins: with what it was made from."""
    digest = hashlib.sha256()
    for path in notebooks:
        digest.update("\0".join(_code(read_notebook(path))).encode())
    return f'{{"made_from": "{digest.hexdigest()}", "tests": {{\n'


def _as_text(tests: dict[str, Any], head: str) -> str:
    """JSON with a line for each test, so that a change is seen where it belongs."""
    lines = [
        f"{json.dumps(test)}: {json.dumps(calls, ensure_ascii=False)}"
        for test, calls in tests.items()
    ]
    return head + ",\n".join(lines) + "\n}}\n"
