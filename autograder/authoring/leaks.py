"""Finds what learners must not see in the released form of an exercise."""

import re
from collections import Counter
from collections.abc import Iterator

from nbformat import NotebookNode

REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
_MARKER = re.compile(
    r"\b(BEGIN|END) +(SOLUTION|HIDDEN TEST|MARK SCHEME)", re.IGNORECASE
)
_TOO_COMMON = 12  # characters; a shorter line, such as `return loss`, tells nothing


def leaks(source: NotebookNode, released: NotebookNode) -> Iterator[str]:
    """A sentence for every protected text that stands in the released notebook.

    Args:
        source: the notebook with solutions and hidden tests.
        released: what learners get, from whatever hand.
    """
    sources = {cell.id: cell for cell in source.cells}
    protected = {cell.id: protected_lines(cell.source) for cell in source.cells}
    secret_lines = {
        line: cell_id
        for cell_id, lines in protected.items()
        for line in lines
        if len(line) >= _TOO_COMMON
    }
    for cell in released.cells:
        name = f"cell {cell.id!r}"
        if found := _MARKER.search(cell.source):
            yield f"{name}: the marker {found.group()!r} reached the learners"
        own = sources.get(cell.id)
        public = Counter(_public_lines(own.source)) if own else Counter()
        for line in (Counter(_lines(cell.source)) - public).keys() & secret_lines:
            yield f"{name}: a protected line of {secret_lines[line]!r} leaked: {line}"
        for cell_id, lines in protected.items():
            if _contains(_lines(cell.source), lines):
                yield f"{name}: holds the whole solution or hidden test of {cell_id!r}"


def protected_lines(source: str) -> list[str]:
    """The lines of a cell between markers, stripped, without empty ones."""
    return [line for line, is_protected in _marked_lines(source) if is_protected]


def _public_lines(source: str) -> list[str]:
    return [line for line, is_protected in _marked_lines(source) if not is_protected]


def _marked_lines(source: str) -> Iterator[tuple[str, bool]]:
    inside = False
    for line in _lines(source):
        if any(f"BEGIN {region}" in line for region in REGIONS):
            inside = True
        elif any(f"END {region}" in line for region in REGIONS):
            inside = False
        else:
            yield line, inside


def _lines(source: str) -> list[str]:
    return [line.strip() for line in source.splitlines() if line.strip()]


def _contains(lines: list[str], wanted: list[str]) -> bool:
    """Whether `wanted`, if more than one line, stands in `lines` without a gap."""
    length = len(wanted)
    return length > 1 and any(
        lines[start : start + length] == wanted
        for start in range(len(lines) - length + 1)
    )
