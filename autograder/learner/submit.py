"""Packs your notebooks of a unit into one ZIP file with a receipt, to be handed in.

The notebooks are your copies in work/ (or in the folder given with --from). The receipt
inside names the time, the version of the exercise and a digest of every file; the
digest is printed too, so that you can show later what you handed in.

    course submit 01_linear_regression
    course submit 1 --from my-copy --to Desktop
"""

import argparse
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from autograder.collecting.repair import find_exercise, found_version, release_version
from autograder.collecting.untrusted import (
    LearnerNotebook,
    Refused,
    read_learner_notebook,
)
from autograder.course import Course, CourseError, Unit
from autograder.files import write_atomically
from autograder.learner.exercise import (
    Exercise,
    own_folder,
    read_own,
    released_exercises,
    released_unit,
)
from autograder.learner.receipt import RECEIPT, make_receipt


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", help="folder name, slug or number")
    parser.add_argument(
        "--from", dest="folder", type=Path, help="where your notebooks are"
    )
    parser.add_argument(
        "--to", type=Path, help="folder for the ZIP file (default: the current one)"
    )


def run(options: argparse.Namespace) -> int:
    course = Course.find()
    unit = released_unit(course, options.unit)
    folder = options.folder or own_folder(course, unit)
    path, receipt, warnings = submit(course, unit, folder, options.to or Path.cwd())
    for warning in warnings:
        print(f"note: {warning}")
    print(f"wrote {path}")
    print(f"time {receipt['time']}, digest {receipt['digest']}")
    print("Hand in this file; nothing has been sent anywhere.")
    return 0


def submit(
    course: Course, unit: Unit, folder: Path, target: Path
) -> tuple[Path, dict[str, object], list[str]]:
    """Write the ZIP file; its path, the receipt and what the learner should know.

    Raises:
        CourseError: a notebook of the unit is missing or cannot be read.
    """
    if not folder.is_dir():
        raise CourseError(
            f"{folder} does not exist; run `course lab` or name another with --from"
        )
    files, versions, warnings = {}, {}, []
    for exercise in released_exercises(course, unit):
        path = folder / exercise.path.name
        files[path.name] = read_own(path)
        notebook = _read(path, files[path.name], exercise)
        versions[path.name] = found_version(notebook)
        warnings += _warnings(path.name, notebook, exercise)
    receipt = make_receipt(unit.name, files, versions)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    archive = _unused(target / f"{unit.name}-{stamp}.zip")
    write_atomically(archive, _zip(unit.name, files, receipt))
    return archive, receipt, warnings


def _read(path: Path, content: bytes, exercise: Exercise) -> LearnerNotebook:
    try:
        notebook = read_learner_notebook(content)
        find_exercise(notebook, {exercise.path.stem: exercise.notebook}, path.stem)
    except Refused as problem:
        raise CourseError(f"{path} {problem}") from None
    return notebook


def _warnings(name: str, notebook: LearnerNotebook, exercise: Exercise) -> list[str]:
    """What a learner would want to know before handing in."""
    warnings = []
    if found_version(notebook) != release_version(exercise.notebook):
        warnings.append(
            f"{name} has cells that differ from the exercise as it is released now; "
            "they will be put back when it is graded"
        )
    untouched = sum("raise NotImplementedError" in c.source for c in notebook.cells)
    if untouched:
        warnings.append(f"answers in {name} that still raise an error: {untouched}")
    return warnings


def _unused(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _zip(unit: str, files: dict[str, bytes], receipt: dict[str, object]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{unit}/{name}", data)
        archive.writestr(f"{unit}/{RECEIPT}", json.dumps(receipt, indent=1) + "\n")
    return content.getvalue()
