"""Finds exercises: by unit, in the learner's folder, and by what a notebook answers."""

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.collecting.repair import shared_cells
from autograder.collecting.untrusted import (
    MAX_BYTES,
    LearnerNotebook,
    Refused,
    check_size,
)
from autograder.course import Course, CourseError, Unit
from autograder.learner.copies import WORK
from autograder.notebook import read_notebook


@dataclass(frozen=True)
class Exercise:
    """The released notebook of a unit."""

    unit: Unit
    path: Path
    notebook: NotebookNode


def released_exercises(course: Course, unit: Unit | None = None) -> list[Exercise]:
    """The released notebooks of one unit, or of all."""
    pattern = f"{unit.name if unit else '*'}/*.ipynb"
    return [
        Exercise(Unit(path.parent.name), path, read_notebook(path))
        for path in sorted(course.folder("release").glob(pattern))
    ]


def released_unit(course: Course, wanted: str) -> Unit:
    """A unit by folder name, slug or number; a class has exercises but no sources.

    Raises:
        CourseError: there is no such exercise.
    """
    folders = sorted(course.folder("release").glob("*/*.ipynb"))
    units = [Unit(name) for name in dict.fromkeys(path.parent.name for path in folders)]
    for unit in units:
        number = unit.number.lstrip("0") or "0"
        if wanted.strip("/") in (unit.name, unit.slug, unit.number, number):
            return unit
    known = ", ".join(unit.name for unit in units) or "none"
    raise CourseError(f"no exercise {wanted!r}; the course has: {known}")


def own_folder(course: Course, unit: Unit) -> Path:
    """Where `course lab` puts the learner's copies of a unit's exercise."""
    release = course.folder("release").relative_to(course.root)
    return course.root / WORK / release / unit.name


def read_own(path: Path) -> bytes:
    """The bytes of a learner's notebook.

    Raises:
        CourseError: it does not exist or is too large.
    """
    if path.is_dir():
        raise CourseError(f"{path} is a folder; name a notebook")
    if not path.is_file():
        raise CourseError(f"{path} does not exist; is it saved under another name?")
    try:
        check_size(path.stat().st_size, MAX_BYTES)
    except Refused as problem:
        raise CourseError(f"{path} {problem}") from None
    return path.read_bytes()


def exercise_of(course: Course, path: Path, notebook: LearnerNotebook) -> Exercise:
    """The exercise that the notebook at `path` is a copy of.

    Raises:
        CourseError: it is none, or its cells are those of another unit than its name
            and folder say.
    """
    exercises = released_exercises(course)
    if not exercises:
        raise CourseError("the course has no exercises yet; run `course release`")
    shared = [shared_cells(notebook, one.notebook) for one in exercises]
    most = max(shared)
    if most == 0:
        raise CourseError(
            f"{path} is not an exercise of this course: it has none of their cells"
        )
    best = exercises[shared.index(most)]
    for exercise, count in zip(exercises, shared, strict=True):
        if exercise.path.name == path.name or exercise.unit.name == path.parent.name:
            if count == most:
                return exercise
            raise CourseError(
                f"{path} holds the exercise {best.unit.name}, "
                f"not {exercise.unit.name}; give it its own name and folder"
            )
    return best
