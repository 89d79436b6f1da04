"""The rules for cells of an exercise's source, each broken one told with its cell.

nbgrader would accept much more and guess the rest; written out in full, every cell says
what it is: prompt or set-up, code answer, test, or written answer.
"""

import ast
from collections import Counter
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.authoring.cell_ids import (
    MARKS,
    graded_id,
    is_readable_id,
    nbgrader_metadata,
)

SCHEMA_VERSION = 3
# (grade, solution, locked) → what such a cell is, and the cell types it may have
KINDS: dict[tuple[bool, bool, bool], tuple[str, tuple[str, ...]]] = {
    (False, False, True): ("prompt or set-up", ("code", "markdown")),
    (False, True, False): ("code answer", ("code",)),
    (True, False, True): ("test", ("code",)),
    (True, True, False): ("written answer", ("markdown",)),
}
ALWAYS = {"schema_version", "grade", "solution", "locked", "task", "grade_id"}


def problems_with_ids(notebook: NotebookNode) -> Iterator[str]:
    """Cell ids that occur twice or that nobody can read."""
    counts = Counter(str(cell.get("id", "")) for cell in notebook.cells)
    for cell_id, count in counts.items():
        if count > 1:
            yield f"cell {cell_id!r}: {count} cells have this id"
        if not is_readable_id(cell_id):
            yield f"cell {cell_id!r}: the id is not readable; use words-with-hyphens"


def problems_with_source(notebook: NotebookNode) -> Iterator[str]:
    """What is wrong with the cells of an exercise's source, apart from their ids."""
    for position, cell in enumerate(notebook.cells, start=1):
        name = graded_id(cell) or str(cell.get("id") or f"number {position}")
        for problem in _problems_with_cell(cell):
            yield f"cell {name!r}: {problem}"


def _problems_with_cell(cell: NotebookNode) -> Iterator[str]:
    metadata = nbgrader_metadata(cell)
    if "nbgrader" in cell.metadata:
        yield from _problems_with_metadata(cell, metadata)
    yield from _problems_with_markers(cell, metadata)
    if metadata.get("grade") and cell.cell_type == "code":
        yield from _problems_with_test(cell.source)


def _problems_with_metadata(
    cell: NotebookNode, metadata: dict[str, object]
) -> Iterator[str]:
    expected = ALWAYS | ({"points"} if metadata.get("grade") else set())
    if missing := ", ".join(sorted(expected - metadata.keys())):
        yield f"nbgrader metadata lacks {missing}; every key is written out"
        return
    if extra := ", ".join(sorted(metadata.keys() - expected)):
        yield f"nbgrader metadata has {extra}, which a source does not have"
    if metadata["schema_version"] != SCHEMA_VERSION:
        yield f"nbgrader schema {metadata['schema_version']}, not {SCHEMA_VERSION}"
    if any(not isinstance(metadata[mark], bool) for mark in MARKS):
        yield "grade, solution, locked and task must be true or false"
        return
    yield from _problems_with_kind(cell, metadata)
    if metadata["grade_id"] != cell.get("id"):
        yield f"its grade_id is {metadata['grade_id']!r}; run `course format`"


def _problems_with_kind(
    cell: NotebookNode, metadata: dict[str, object]
) -> Iterator[str]:
    grade, solution, locked = (bool(metadata[mark]) for mark in MARKS[:3])
    kind, cell_types = KINDS.get((grade, solution, locked), ("", ()))
    if metadata["task"] or not kind:
        known = ", ".join(name for name, _ in KINDS.values())
        yield f"its nbgrader marks fit none of: {known}"
        return
    if cell.cell_type not in cell_types:
        yield f"a {kind} must be a {cell_types[0]} cell, not {cell.cell_type}"
    points = metadata.get("points", 1)
    if isinstance(points, bool) or not isinstance(points, int | float) or points < 0:
        yield f"points must be a number, not {points!r}"
    elif kind == "test" and points == 0:
        yield "a test needs points above 0"


def _problems_with_markers(
    cell: NotebookNode, metadata: dict[str, object]
) -> Iterator[str]:
    is_answer = metadata.get("solution") and cell.cell_type == "code"
    if is_answer and "### BEGIN SOLUTION" not in cell.source:
        yield "a code answer needs ### BEGIN SOLUTION and ### END SOLUTION"
    for region in ("SOLUTION", "HIDDEN TESTS"):
        begins = cell.source.count(f"BEGIN {region}")
        if begins != cell.source.count(f"END {region}"):
            yield f"BEGIN {region} and END {region} do not pair up"


def _problems_with_test(source: str) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return  # a magic or broken code; `course format` reports the latter
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            used |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            used.add(node.module or "")
    if "inspect" in used:
        yield "a test must not use inspect; compare values, not the learner's source"
