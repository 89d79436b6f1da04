"""Gives a submitted notebook the structure of its source, whatever was done to it.

Cells are matched with the source notebook by their nbgrader id. What is locked comes
from the source, hidden tests included; of an answer only the text is the learner's.
Cells that were deleted come back, copies lose their id, and the order is the source's.
Nothing in a submitted notebook's metadata is believed.
"""

import copy
import re
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from nbgrader import utils
from nbgrader.preprocessors import ClearSolutions, ComputeChecksums
from traitlets.config import Config

from autograder.authoring.cell_ids import nbgrader_metadata
from autograder.collecting.untrusted import LearnerCell, LearnerNotebook

MISSING_CODE = "# This cell was missing from the submission."
CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@dataclass(frozen=True)
class Master:
    """What a notebook looks like before a learner has written into it.

    Attributes:
        cells: the cells with an id, in order: solutions cleared, hidden tests in.
        metadata: of the notebook.
    """

    cells: dict[str, NotebookNode]
    metadata: NotebookNode

    @classmethod
    def of(cls, source: NotebookNode, config: Config | None = None) -> "Master":
        """Derive it from a source notebook with nbgrader's own preprocessors."""
        cleared = copy.deepcopy(source)
        for preprocessor in (ClearSolutions, ComputeChecksums):
            cleared, _ = preprocessor(config=config).preprocess(cleared, {})
        named = {grade_id(cell): cell for cell in cleared.cells}
        cells = {name: cell for name, cell in named.items() if name is not None}
        return cls(cells, cleared.metadata)


def grade_id(cell: NotebookNode) -> str | None:
    """The id of a cell that nbgrader manages, else None."""
    marks = nbgrader_metadata(cell)
    managed = (
        marks.get(key) is True for key in ("grade", "solution", "locked", "task")
    )
    return str(marks.get("grade_id")) if any(managed) else None


def restore(
    notebook: LearnerNotebook, master: Master
) -> tuple[NotebookNode, list[str]]:
    """The submitted notebook with the source's structure.

    Returns:
        The notebook, and one sentence for each thing that was put right.
    """
    repairs: list[str] = []
    submitted, free = _sort(notebook, master, repairs)
    cells = list(free.get(None, []))
    for name, original in master.cells.items():
        cells.append(_restored(name, original, submitted.get(name), repairs))
        cells.extend(free.get(name, []))
    if list(submitted) != [name for name in master.cells if name in submitted]:
        repairs.append("the cells were not in their order")
    _make_ids_unique(cells)
    result = new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    result.metadata = copy.deepcopy(master.metadata)
    return result, repairs


def _sort(
    notebook: LearnerNotebook, master: Master, repairs: list[str]
) -> tuple[dict[str, LearnerCell], dict[str | None, list[NotebookNode]]]:
    """The learner's version of each cell, and the cells of their own behind each.

    Of several copies the last one counts, as in nbgrader.
    """
    names = [cell.grade_id for cell in notebook.cells]
    last = {name: position for position, name in enumerate(names)}
    submitted: dict[str, LearnerCell] = {}
    free: dict[str | None, list[NotebookNode]] = {}
    anchor: str | None = None
    for position, cell in enumerate(notebook.cells):
        name = cell.grade_id
        if name in master.cells and last[name] == position:
            submitted[name] = cell
            anchor = name
            continue
        if name in master.cells:
            repairs.append(f"{name} was there more than once; the last one counts")
        free.setdefault(anchor, []).append(_own_cell(cell))
    return submitted, free


def _own_cell(cell: LearnerCell) -> NotebookNode:
    """A cell that the course does not know, without any metadata."""
    make: Any = {"code": new_code_cell, "markdown": new_markdown_cell}
    node: NotebookNode = make.get(cell.kind, new_raw_cell)(source=cell.source)
    node["id"] = cell.cell_id
    _attach(node, cell)
    return node


def _attach(node: NotebookNode, cell: LearnerCell) -> None:
    if cell.attachments and node.cell_type == "markdown":
        node.attachments = nbformat.from_dict(cell.attachments)  # type: ignore[no-untyped-call]


def _restored(
    name: str, original: NotebookNode, cell: LearnerCell | None, repairs: list[str]
) -> NotebookNode:
    """The source's cell, with the learner's text if it is an answer."""
    node = copy.deepcopy(original)
    if cell is None:
        repairs.append(f"{name} was missing")
        if utils.is_solution(node) and not utils.is_grade(node):
            node.source = MISSING_CODE
        return node
    if cell.kind != node.cell_type:
        repairs.append(f"{name} was no {node.cell_type} cell any more")
    if utils.is_solution(node):
        node.source = cell.source
        _attach(node, cell)
    return node


def _make_ids_unique(cells: list[NotebookNode]) -> None:
    """Source cells keep their id; others get one if theirs is taken or not valid."""
    taken = {str(cell.get("id")) for cell in cells if grade_id(cell) is not None}
    number = 0
    for cell in cells:
        if grade_id(cell) is not None and "id" in cell:
            continue
        while cell.get("id") in taken or not CELL_ID.fullmatch(str(cell.get("id", ""))):
            number += 1
            cell["id"] = f"own-{number}"
        taken.add(cell["id"])
