"""Finds the exercise that a notebook answers, and puts the answers into it."""

import copy
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.cell_ids import graded_id, nbgrader_metadata
from autograder.course import Course, CourseError, Unit
from autograder.notebook import read_notebook


@dataclass(frozen=True)
class Exercise:
    """The released notebook of a unit."""

    unit: Unit
    path: Path
    notebook: NotebookNode

    def shared_cells(self, notebook: NotebookNode) -> int:
        """How many of the exercise's named cells the notebook has."""
        own = {graded_id(cell) for cell in self.notebook.cells} - {None}
        return len(own & {graded_id(cell) for cell in notebook.cells})


def find_exercise(course: Course, path: Path, notebook: NotebookNode) -> Exercise:
    """The exercise that the notebook at `path` is a copy of.

    Raises:
        CourseError: it is none, or its cells are those of another unit than its name
            and folder say.
    """
    exercises = _released(course)
    best = max(exercises, key=lambda one: one.shared_cells(notebook), default=None)
    if best is None:
        raise CourseError("the course has no exercises yet; run `course release`")
    most = best.shared_cells(notebook)
    if most == 0:
        raise CourseError(
            f"{path} is not an exercise of this course; none of its cells"
        )
    for exercise in exercises:
        if exercise.path.name == path.name or exercise.unit.name == path.parent.name:
            if exercise.shared_cells(notebook) == most:
                return exercise
            raise CourseError(
                f"{path} holds the exercise {best.unit.name}, "
                f"not {exercise.unit.name}; give it its own name and folder"
            )
    return best


def with_answers_of(exercise: Exercise, submitted: NotebookNode) -> NotebookNode:
    """The exercise with the learner's answers, trials and additional cells.

    Prompts, set-up and tests are the exercise's own, also where the learner changed or
    deleted them. A cell that the learner added stays behind the cell that it follows.
    """
    own_places = {_place(cell) for cell in exercise.notebook.cells}
    replies: dict[str, NotebookNode] = {}
    additions: dict[str, list[NotebookNode]] = {}
    place = ""
    for cell in submitted.cells:
        if _place(cell) in own_places:
            place = _place(cell)
            replies.setdefault(place, cell)
        elif cell.cell_type == "code":
            additions.setdefault(place, []).append(_as_plain(cell))
    result = copy.deepcopy(exercise.notebook)
    cells = list(additions.get("", []))
    for cell in result.cells:
        reply = replies.get(_place(cell))
        if reply is not None and _is_open(cell) and reply.cell_type == cell.cell_type:
            cell.source = reply.source
        cells += [cell, *additions.get(_place(cell), [])]
    result.cells = cells
    return result


def _released(course: Course) -> list[Exercise]:
    return [
        Exercise(Unit(path.parent.name), path, read_notebook(path))
        for path in sorted(course.folder("release").glob("*/*.ipynb"))
    ]


def _place(cell: NotebookNode) -> str:
    return graded_id(cell) or str(cell.get("id", ""))


def _is_open(cell: NotebookNode) -> bool:
    """Whether a learner is meant to write into this cell."""
    metadata = nbgrader_metadata(cell)
    return bool(metadata.get("solution")) or not metadata.get("locked")


def _as_plain(cell: NotebookNode) -> NotebookNode:
    plain = copy.deepcopy(cell)
    plain.metadata.pop("nbgrader", None)
    return plain
