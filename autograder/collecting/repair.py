"""Puts a learner's notebook back into the shape of the released exercise.

What learners may write (unlocked cells, cells of their own) is theirs; everything else
comes from the release: deleted, retyped, renamed, reordered or edited cells, points,
kernel. Each repair leaves a note, so that nothing happens silently.
"""

import copy
import re
from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.authoring.cell_ids import graded_id, nbgrader_metadata
from autograder.collecting.untrusted import LearnerCell, LearnerNotebook, Refused
from autograder.collecting.versions import KEY, exercise_version

_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")

Slot = tuple[str | None, LearnerCell]  # grade_id in the release, None for own cells


def find_exercise(
    notebook: LearnerNotebook, released: Mapping[str, NotebookNode], file_name: str
) -> str:
    """The name of the released notebook that this is a copy of.

    The cells decide, not the file's name, which learners and learning platforms change.

    Raises:
        Refused: it is not a copy of any of them.
    """
    if not notebook.cells:
        raise Refused("is a notebook without cells")
    shared = {name: shared_cells(notebook, released[name]) for name in sorted(released)}
    best = max(shared, key=lambda name: (shared[name], name in file_name))
    marked = sum(bool(cell.grade_id) for cell in notebook.cells)
    if shared[best] == 0 or 2 * shared[best] < marked:
        names = " or ".join(f"{name}.ipynb" for name in shared)
        raise Refused(
            f"is not a copy of {names}: {shared[best]} of its {marked} marked cells "
            "belong there"
        )
    return best


def shared_cells(notebook: LearnerNotebook, release: NotebookNode) -> int:
    """How many of a notebook's cells were once cells of this release."""
    known = _known(release)
    return sum(_identity(cell, known) is not None for cell in notebook.cells)


def repair(
    notebook: LearnerNotebook, release: NotebookNode
) -> tuple[NotebookNode, list[str]]:
    """The learner's work in the shape of the release, and a note for each repair.

    Raises:
        Refused: it is written in another programming language.
    """
    _check_language(notebook, release)
    known = _known(release)
    notes: list[str] = []
    slots = _slots(notebook.cells, known, notes)
    slots = _in_order(slots, list(known), notes)
    cells = [
        _own_cell(cell, release) if name is None else _merge(cell, known[name])
        for name, cell in slots
    ]
    _note_differences(slots, known, notes)
    _insert_missing(cells, known, notes)
    _make_ids_unique(cells)
    result = copy.deepcopy(release)
    result.cells = cells
    result.nbformat_minor = 5  # every cell has an id now
    result.metadata[KEY] = found_version(notebook)
    return result, notes


def learner_version(notebook: LearnerNotebook) -> str:
    """The version of the exercise that the learner had; see `exercise_version`.

    Repair changes what it is computed from, so that what was noted then comes first.
    """
    return notebook.recorded_version or found_version(notebook)


def found_version(notebook: LearnerNotebook) -> str:
    """The version that the cells themselves are of."""
    return exercise_version((cell.marks, cell.source) for cell in notebook.cells)


def release_version(release: NotebookNode) -> str:
    """The version of a released notebook; equal to that of an untouched copy of it."""
    return exercise_version(
        (nbgrader_metadata(cell), cell.source) for cell in release.cells
    )


def _known(release: NotebookNode) -> dict[str, NotebookNode]:
    """The cells of the release that nbgrader knows, in order."""
    return {name: cell for cell in release.cells if (name := graded_id(cell))}


def _identity(cell: LearnerCell, known: Mapping[str, Any]) -> str | None:
    """The name of the released cell that this was: by its grade_id, else by its id."""
    return next((n for n in (cell.grade_id, cell.cell_id) if n in known), None)


def _check_language(notebook: LearnerNotebook, release: NotebookNode) -> None:
    metadata = release.metadata
    wanted = metadata.get("kernelspec", {}).get("language") or metadata.get(
        "language_info", {}
    ).get("name", "")
    if wanted and notebook.language and notebook.language != wanted.lower():
        raise Refused(
            f"is written for {notebook.language} (kernel {notebook.kernel or '?'}); "
            f"the exercise needs {wanted}"
        )


def _slots(
    cells: list[LearnerCell], known: Mapping[str, NotebookNode], notes: list[str]
) -> list[Slot]:
    """Each cell with its name; of several copies the last is meant, as in nbgrader."""
    names = [_identity(cell, known) for cell in cells]
    by_grade_id = {cell.grade_id for cell in cells} & set(known)
    last: dict[str, int] = {}
    for index, (name, cell) in enumerate(zip(names, cells, strict=True)):
        if name and (cell.grade_id == name or name not in by_grade_id):
            last[name] = index
    copies = sorted({n for i, n in enumerate(names) if n and last[n] != i})
    if copies:
        notes.append(f"the last of several copies counts: {', '.join(copies)}")
    return [
        (name if name and last[name] == index else None, cell)
        for index, (name, cell) in enumerate(zip(names, cells, strict=True))
    ]


def _in_order(slots: list[Slot], order: list[str], notes: list[str]) -> list[Slot]:
    """The known cells in the order of the release; own cells keep their place."""
    found = {name: cell for name, cell in slots if name}
    expected = [name for name in order if name in found]
    if list(found) == expected:
        return slots
    notes.append("cells put back in order")
    following = iter(expected)
    result: list[Slot] = []
    for name, cell in slots:
        if name is not None:
            name = next(following)
            cell = found[name]
        result.append((name, cell))
    return result


def _merge(cell: LearnerCell, released: NotebookNode) -> NotebookNode:
    """The released cell, with the learner's text where learners may write."""
    result = copy.deepcopy(released)
    if not nbgrader_metadata(released).get("locked"):
        result.source = cell.source
        if cell.attachments and result.cell_type == "markdown":
            result.attachments = nbformat.from_dict(cell.attachments)  # type: ignore[no-untyped-call]
    return result


def _own_cell(cell: LearnerCell, release: NotebookNode) -> NotebookNode:
    """A cell that nbgrader does not know, with the metadata it had in the release."""
    same = [c for c in release.cells if c.get("id") == cell.cell_id and cell.cell_id]
    metadata = copy.deepcopy(dict(same[0].metadata)) if same else {}
    metadata.pop("nbgrader", None)
    content: dict[str, Any] = {
        "cell_type": cell.kind,
        "id": cell.cell_id,
        "metadata": metadata,
        "source": cell.source,
    }
    if cell.kind == "code":
        content |= {"outputs": [], "execution_count": None}
    elif cell.attachments:
        content["attachments"] = cell.attachments
    node: NotebookNode = nbformat.from_dict(content)  # type: ignore[no-untyped-call]
    return node


def _note_differences(
    slots: list[Slot], known: Mapping[str, NotebookNode], notes: list[str]
) -> None:
    """Note what was renamed, retyped or edited against the release."""
    renamed, retyped, edited, points = [], [], [], []
    for name, cell in slots:
        if name is None:
            continue
        marks = nbgrader_metadata(known[name])
        if cell.grade_id != name:
            renamed.append(name)
        if cell.kind != known[name].cell_type:
            retyped.append(name)
        if marks.get("locked") and cell.source.strip() != known[name].source.strip():
            edited.append(name)
        if cell.marks and cell.marks.get("points") != marks.get("points"):
            points.append(name)
    for what, names in (
        ("names restored", renamed),
        ("cell type restored", retyped),
        ("text restored from the release", edited),
        ("points restored", points),
    ):
        if names:
            notes.append(f"{what}: {', '.join(names)}")


def _insert_missing(
    cells: list[NotebookNode], known: Mapping[str, NotebookNode], notes: list[str]
) -> None:
    """Put each deleted cell back, after the one that it follows in the release."""
    missing, place = [], 0
    for name, released in known.items():
        present = [i for i, cell in enumerate(cells) if graded_id(cell) == name]
        if present:
            place = present[0] + 1
        else:
            cells.insert(place, copy.deepcopy(released))
            missing.append(name)
            place += 1
    if missing:
        notes.append(f"deleted cells restored: {', '.join(missing)}")


def _make_ids_unique(cells: list[NotebookNode]) -> None:
    """Give own cells without a usable id one that no other cell has."""
    taken = {str(cell.get("id")) for cell in cells if graded_id(cell)}
    number = 0
    for cell in cells:
        if graded_id(cell) and cell.get("id"):
            continue
        name = str(cell.get("id", ""))
        while name in taken or not _CELL_ID.fullmatch(name):
            number += 1
            name = f"own-{number}"
        cell["id"] = name
        taken.add(name)
