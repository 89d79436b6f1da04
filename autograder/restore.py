"""Makes a submitted notebook into one that can be graded, whatever was done to it.

Cells are matched with the source notebook by their nbgrader id. What is locked comes
from the source; of an answer only the text is the learner's. Cells that were deleted
come back, copies lose their id, and the order is the source's. Nothing in a submitted
notebook's metadata is believed.
"""

import copy
import hashlib
from dataclasses import dataclass
from typing import Any

import nbformat
from nbgrader import utils
from nbgrader.preprocessors import ClearSolutions, ComputeChecksums
from traitlets.config import Config

from autograder.capture import clean

MISSING_CODE = "# This cell was missing from the submission."
Notebook = Any
Cell = Any


class BadNotebook(Exception):
    """A submission that cannot be read as a notebook; the text is the reason."""


@dataclass(frozen=True)
class Master:
    """What a notebook of the course looks like when it is handed out.

    Attributes:
        cells: the cells with an id, in order: solutions cleared, hidden tests in.
        source: the source notebook itself.
    """

    cells: dict[str, Cell]
    source: Notebook

    @classmethod
    def of(cls, source: Notebook, config: Config | None = None) -> "Master":
        """Derive it from a source notebook with nbgrader's own preprocessors."""
        cleared = copy.deepcopy(source)
        for preprocessor in (ClearSolutions, ComputeChecksums):
            cleared, _ = preprocessor(config=config).preprocess(cleared, {})
        cells = {}
        for cell in cleared.cells:
            if (name := grade_id(cell)) is not None:
                cells[name] = cell
        return cls(cells, source)


def grade_id(cell: Cell) -> str | None:
    """The id of a cell that nbgrader manages, else None."""
    meta = cell.get("metadata", {}).get("nbgrader")
    if not isinstance(meta, dict) or not isinstance(meta.get("grade_id"), str):
        return None
    managed = (meta.get(key) is True for key in ("grade", "solution", "locked", "task"))
    return meta["grade_id"] if any(managed) else None


def read_notebook(data: bytes, limit_mb: int) -> Notebook:
    """A submitted file as a notebook of the current format.

    Raises:
        BadNotebook: it is none; the text says why.
    """
    if len(data) > limit_mb << 20:
        raise BadNotebook(f"the notebook is larger than {limit_mb} MB")
    if not data.strip():
        raise BadNotebook("the file is empty")
    try:
        text = data.decode("utf-8")
        notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
        notebook = nbformat.convert(notebook, 4)
    except UnicodeDecodeError:
        raise BadNotebook("the file is not UTF-8 text") from None
    except RecursionError:
        raise BadNotebook("the notebook is nested too deeply") from None
    except Exception as problem:  # nbformat raises whatever it stumbles over
        reason = " ".join(str(problem).split())[:200]
        raise BadNotebook(f"the file is not a notebook: {reason}") from None
    if not isinstance(notebook.get("cells"), list):
        raise BadNotebook("the file is not a notebook: it has no list of cells")
    return tidied(notebook)


def tidied(notebook: Notebook) -> Notebook:
    """Only what grading needs of each cell, each of the type it must have."""
    cells = []
    for cell in notebook.cells:
        if not isinstance(cell, dict):
            continue
        source = cell.get("source", "")
        if isinstance(source, list):
            source = "".join(str(line) for line in source)
        kind = cell.get("cell_type")
        make = {
            "code": nbformat.v4.new_code_cell,
            "markdown": nbformat.v4.new_markdown_cell,
        }.get(str(kind), nbformat.v4.new_raw_cell)
        tidy = make(source=clean(source))
        if kind == "markdown" and _is_attachments(cell.get("attachments")):
            tidy.attachments = nbformat.from_dict(cell["attachments"])
        meta = cell.get("metadata")
        given = meta.get("nbgrader") if isinstance(meta, dict) else None
        if isinstance(given, dict) and isinstance(given.get("grade_id"), str):
            tidy.metadata["nbgrader"] = nbformat.from_dict(given)
        cells.append(tidy)
    return nbformat.v4.new_notebook(cells=cells)


def _is_attachments(value: Any) -> bool:
    """Whether this is what nbformat allows as the pictures of a Markdown cell."""
    return isinstance(value, dict) and all(
        isinstance(bundle, dict) and all(isinstance(x, str) for x in bundle.values())
        for bundle in value.values()
    )


def restore(notebook: Notebook, master: Master) -> tuple[Notebook, list[str]]:
    """The submitted notebook with the source's structure.

    Args:
        notebook: the submission.
        master: of the source notebook.

    Returns:
        The notebook, and one sentence for each thing that was put right.
    """
    repairs: list[str] = []
    submitted, free = _sort(tidied(notebook), master, repairs)
    cells = list(free.get(None, []))
    for name, original in master.cells.items():
        cells.append(_restored(name, original, submitted.get(name), repairs))
        cells.extend(free.get(name, []))
    order = [name for name in submitted if name in master.cells]
    if order != [name for name in master.cells if name in submitted]:
        repairs.append("the cells were not in their order")
    result = nbformat.v4.new_notebook(cells=cells)
    result.metadata = copy.deepcopy(master.source.metadata)
    _make_ids_unique(result)
    return result, repairs


def _sort(
    notebook: Notebook, master: Master, repairs: list[str]
) -> tuple[dict[str, Cell], dict[str | None, list[Cell]]]:
    """The learner's version of each cell, and the cells of their own behind each."""
    last = {_known_id(cell, master): n for n, cell in enumerate(notebook.cells)}
    submitted: dict[str, Cell] = {}
    free: dict[str | None, list[Cell]] = {}
    anchor: str | None = None
    for position, cell in enumerate(notebook.cells):
        name = _known_id(cell, master)
        if name is not None and last[name] == position:
            submitted[name] = cell
            anchor = name
            continue
        if name is not None:
            repairs.append(f"{name} was there more than once; the last one counts")
        cell.metadata.pop("nbgrader", None)
        free.setdefault(anchor, []).append(cell)
    return submitted, free


def _known_id(cell: Cell, master: Master) -> str | None:
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    return name if name in master.cells else None


def _restored(
    name: str, original: Cell, submitted: Cell | None, repairs: list[str]
) -> Cell:
    """The source's cell, with the learner's text if it is an answer."""
    cell = copy.deepcopy(original)
    if submitted is None:
        repairs.append(f"{name} was missing")
        if utils.is_solution(cell) and not utils.is_grade(cell):
            cell.source = MISSING_CODE
        return cell
    if submitted.cell_type != cell.cell_type:
        repairs.append(f"{name} was no {cell.cell_type} cell any more")
    if utils.is_solution(cell):
        cell.source = submitted.source
    return cell


def _make_ids_unique(notebook: Notebook) -> None:
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        if cell.get("id") in seen or "id" not in cell:
            cell["id"] = f"cell-{number}"
        seen.add(cell["id"])


def exercise_version(notebook: Notebook) -> str:
    """Which version of an exercise a notebook was made from: a digest of what is
    locked in it, as the learner saw it.

    Hidden tests are left out, so that source, release and submission agree.
    """
    parts = []
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader") or {}
        if meta.get("locked") is True and meta.get("solution") is not True:
            visible = _without_hidden_tests(cell.source)
            parts.append(f"{meta.get('grade_id')}\0{cell.cell_type}\0{visible}")
    return hashlib.sha256("\1".join(parts).encode("utf-8", "replace")).hexdigest()[:12]


def _without_hidden_tests(source: str) -> str:
    lines: list[str] = []
    hidden = False
    for line in source.splitlines():
        if "BEGIN HIDDEN TESTS" in line:
            hidden = True
        if not hidden:
            lines.append(line)
        if "END HIDDEN TESTS" in line:
            hidden = False
    return "\n".join(lines).strip()
