"""Writes notebooks in the one stored form of the course, so that every difference that
git shows is one that somebody made.

No outputs, no execution counts, no kernel noise; nbformat 4.5; the kernel is `python3`;
a graded cell's id is its grade_id and every other cell has a readable one; code is
formatted by ruff; JSON with indent 1 and a newline at the end. In a notebook that
nbgrader generated, which has checksums of its sources, the sources stay as they are.

    course format                            every lecture and every solution
    course format lectures/03_networks.ipynb
"""

import argparse
import subprocess
import sys
from pathlib import Path

from nbformat import NotebookNode

from autograder.authoring.cell_ids import MARKS, name_cells, nbgrader_metadata
from autograder.course import Course, CourseError
from autograder.files import write_atomically
from autograder.notebook import as_node, from_json, read_notebook, to_json

NOTEBOOK_METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
CELL_METADATA = ("deletable", "editable", "nbgrader", "tags")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "notebooks",
        nargs="*",
        type=Path,
        metavar="NOTEBOOK",
        help="default: every notebook in lectures/ and solutions/",
    )


def run(options: argparse.Namespace) -> int:
    """Write each notebook that is not canonical; none, if one cannot be read."""
    notebooks = options.notebooks or stored_notebooks(Course.find())
    texts = {path: _canonical_file(path) for path in notebooks}
    changed = [path for path in texts if path.read_bytes() != texts[path]]
    for path in changed:
        write_atomically(path, texts[path])
        print(f"formatted {path}")
    print(f"{len(changed)} changed, {len(texts) - len(changed)} already canonical")
    return 0


def stored_notebooks(course: Course) -> list[Path]:
    """The notebooks that people edit: the lectures and the sources of the exercises."""
    lectures = sorted((course.root / "lectures").glob("*.ipynb"))
    return lectures + sorted(course.folder("source").glob("*/*.ipynb"))


def is_canonical(path: Path) -> bool:
    """Whether the file holds exactly the bytes that `course format` would write.

    Raises:
        CourseError: the file is not a notebook.
    """
    return path.read_bytes() == _canonical_file(path)


def canonical_text(notebook: NotebookNode) -> str:
    """The notebook as it is stored; `notebook` itself is not changed.

    Raises:
        CourseError: a code cell is not Python, or ruff is not installed.
    """
    result = as_node(
        {
            "cells": [_canonical_cell(cell) for cell in notebook.cells],
            "metadata": NOTEBOOK_METADATA,
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )
    name_cells(result.cells)
    if not is_generated(notebook):
        for cell in result.cells:
            cell.source = cell.source.rstrip()
        result = _format_code(result)
    return to_json(result)


def is_generated(notebook: NotebookNode) -> bool:
    """Whether nbgrader wrote the notebook: then its cells carry checksums."""
    return any("checksum" in nbgrader_metadata(cell) for cell in notebook.cells)


def _canonical_file(path: Path) -> bytes:
    notebook = read_notebook(path)
    try:
        return canonical_text(notebook).encode()
    except CourseError as problem:
        raise CourseError(f"{path}: {problem}") from None


def _canonical_cell(cell: NotebookNode) -> NotebookNode:
    metadata = {
        key: cell.metadata[key] for key in CELL_METADATA if key in cell.metadata
    }
    marks = nbgrader_metadata(cell)
    if not any(marks.get(mark) for mark in MARKS):
        metadata.pop("nbgrader", None)  # the formgrader's way to say "nothing special"
    if metadata.get("tags") == []:
        del metadata["tags"]
    result = as_node(
        {
            "cell_type": cell.cell_type,
            "id": cell.get("id", ""),
            "metadata": metadata,
            "source": cell.source,
        }
    )
    if cell.cell_type == "code":
        result.execution_count = None
        result.outputs = []
    elif cell.get("attachments"):
        result.attachments = cell.attachments
    return result


def _format_code(notebook: NotebookNode) -> NotebookNode:
    """The notebook with its code cells formatted by the ruff of this environment."""
    formatted = _run_ruff(notebook)
    if formatted.returncode == 0:
        return from_json(formatted.stdout)
    if "No module named" in formatted.stderr:
        raise CourseError("ruff is not installed; run `make setup`")
    for cell in notebook.cells:
        alone = _run_ruff(as_node({**notebook, "cells": [cell]}))
        if alone.returncode:
            _, _, reason = alone.stderr.strip().partition("notebook.ipynb:")
            raise CourseError(f"cell {cell.id!r} is not Python, line {reason}")
    raise CourseError(f"ruff cannot format it: {formatted.stderr.strip()}")


def _run_ruff(notebook: NotebookNode) -> "subprocess.CompletedProcess[str]":
    options = ("--isolated", "--quiet", "--target-version", "py311")
    source = ("--stdin-filename", "notebook.ipynb", "-")
    return subprocess.run(
        [sys.executable, "-m", "ruff", "format", *options, *source],
        input=to_json(notebook),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
