"""What cells are called: the grade_id where nbgrader has one, else a readable slug."""

import re
from typing import Any

from nbformat import NotebookNode

MARKS = ("grade", "solution", "locked", "task")

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_RANDOM = re.compile(r"(?:^|-)(?=[a-f]*[0-9])[0-9a-f]{8,}(?:-|$)")


def nbgrader_metadata(cell: NotebookNode) -> dict[str, Any]:
    """What nbgrader stores in a cell; empty for a cell it does not know."""
    metadata = cell["metadata"].get("nbgrader")
    return metadata if isinstance(metadata, dict) else {}


def graded_id(cell: NotebookNode) -> str | None:
    """The grade_id of a cell that nbgrader grades, clears or locks, else None."""
    metadata = nbgrader_metadata(cell)
    grade_id = metadata.get("grade_id")
    if not any(metadata.get(mark) for mark in MARKS):
        return None
    return grade_id if isinstance(grade_id, str) and grade_id else None


def is_readable_id(cell_id: str) -> bool:
    """Whether an id tells a person something: words, not digits drawn at random."""
    return bool(_SLUG.fullmatch(cell_id)) and not _RANDOM.search(cell_id)


def name_cells(cells: list[NotebookNode]) -> None:
    """Set every cell's id: a grade_id stays, a random or taken id becomes a slug."""
    taken = {name for cell in cells if (name := graded_id(cell))}
    for cell in cells:
        name = graded_id(cell)
        if name is None:
            name = str(cell.get("id", ""))
            if not is_readable_id(name) or name in taken:
                name = _unused(_slug(cell["source"]), taken)
            taken.add(name)
        cell["id"] = name


def _slug(source: str) -> str:
    """Up to four words from the start of a cell, joined by hyphens."""
    words = re.findall(r"[a-z][a-z0-9]*", source.lower())[:4]
    slug = "-".join(words)[:40].strip("-")
    return slug if is_readable_id(slug) else "cell"


def _unused(slug: str, taken: set[str]) -> str:
    number, name = 1, slug
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    return name
