"""Compares a released folder with what it should be, byte by byte."""

from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import CourseError
from autograder.notebook import read_notebook

IGNORED = {".ipynb_checkpoints", "__pycache__"}


def differences(expected: Path, found: Path) -> Iterator[str]:
    """A sentence for every file of `found` that is not as in `expected`."""
    wanted, present = _files(expected), _files(found)
    for name in sorted(wanted | present):
        if name not in present:
            yield f"{name}: is missing; run `course release`"
        elif name not in wanted:
            yield f"{name}: has no source; delete it"
        elif (expected / name).read_bytes() != (found / name).read_bytes():
            yield f"{name}: {_first_difference(expected / name, found / name)}"


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not IGNORED & set(path.parts)
    }


def _first_difference(expected: Path, found: Path) -> str:
    advice = "edit solutions/ and run `course release`"
    if expected.suffix != ".ipynb":
        return f"differs from its source; {advice}"
    try:
        wanted, present = read_notebook(expected), read_notebook(found)
    except CourseError as problem:
        reason = str(problem).removeprefix(f"{found} ").removeprefix(f"{found}: ")
        return f"{reason}; run `course release`"
    cell = _first_different_cell(wanted, present)
    where = f"cell {cell!r} differs" if cell else "the JSON around the cells differs"
    return f"{where} from its source; {advice}"


def _first_different_cell(wanted: NotebookNode, present: NotebookNode) -> str | None:
    for one, other in zip(wanted.cells, present.cells, strict=False):
        if one != other:
            return str(other.get("id") or one.id)
    longer = max(wanted.cells, present.cells, key=len)
    shared = min(len(wanted.cells), len(present.cells))
    return str(longer[shared].get("id")) if len(longer) > shared else None
