"""Packs your notebooks of a unit into one ZIP file with a receipt, to be handed in.

The notebooks are those in work/UNIT (or the folder given with --from). The receipt
inside names the time, the version of the exercise and a digest of every file; the
digest is printed too, so that you can show later what you handed in.

    course submit 01_linear_regression
    course submit 1 --from ~/my-copy --to ~/Desktop
"""

import argparse
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import Course, CourseError, Unit
from autograder.files import write_atomically
from autograder.notebook import read_notebook
from autograder.receipt import RECEIPT, make_receipt
from autograder.repair import find_exercise, found_version, release_version
from autograder.untrusted import (
    MAX_BYTES,
    LearnerNotebook,
    Refused,
    check_size,
    read_learner_notebook,
)

WORK = "work"


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
    folder = options.folder or course.root / WORK / unit.name
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
    released = {
        path.stem: read_notebook(path)
        for path in sorted((course.folder("release") / unit.name).glob("*.ipynb"))
    }
    if not folder.is_dir():
        raise CourseError(f"{folder} does not exist; name your folder with --from")
    files, versions, warnings = {}, {}, []
    for name, release in released.items():
        path = folder / f"{name}.ipynb"
        files[path.name] = _content(path)
        notebook = _read(path, files[path.name], {name: release})
        versions[path.name] = found_version(notebook)
        warnings += _warnings(path.name, notebook, release)
    receipt = make_receipt(unit.name, files, versions)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    archive = _unused(target / f"{unit.name}-{stamp}.zip")
    write_atomically(archive, _zip(unit.name, files, receipt))
    return archive, receipt, warnings


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


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise CourseError(f"{path} does not exist; is it saved under another name?")
    try:
        check_size(path.stat().st_size, MAX_BYTES)
    except Refused as problem:
        raise CourseError(f"{path} {problem}") from None
    return path.read_bytes()


def _read(
    path: Path, content: bytes, released: dict[str, NotebookNode]
) -> LearnerNotebook:
    try:
        notebook = read_learner_notebook(content)
        find_exercise(notebook, released, path.stem)
    except Refused as problem:
        raise CourseError(f"{path} {problem}") from None
    return notebook


def _warnings(name: str, notebook: LearnerNotebook, release: NotebookNode) -> list[str]:
    """What a learner would want to know before handing in."""
    warnings = []
    if found_version(notebook) != release_version(release):
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
