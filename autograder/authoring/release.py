"""Regenerates exercises/, which learners get, from solutions/, which people edit.

nbgrader's generate_assignment removes solutions and hidden tests; the result replaces a
unit's folder in one step, and only after every unit asked for could be made. Where the
code of a solution has changed, it is run first: what its visible checks compare with is
written to known_values.json. With --check nothing is written: the command fails, naming
file and cell, when exercises/ is not exactly what solutions/ gives, when something
protected reached it, or when a notebook breaks a rule of the stored form.

    course release                       every unit
    course release 01_linear_regression
    course release --check
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from autograder.authoring import known_values
from autograder.authoring.canonical import is_canonical, stored_notebooks
from autograder.authoring.drift import differences
from autograder.authoring.generate import generate_unit
from autograder.authoring.leaks import leaks
from autograder.authoring.metadata import problems_with_ids, problems_with_source
from autograder.course import Course, CourseError, Unit
from autograder.files import replace_folder
from autograder.notebook import read_notebook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "units", nargs="*", metavar="UNIT", help="name, slug or number; default: all"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing, fail where something is off",
    )


def run(options: argparse.Namespace) -> int:
    """Release, or check, the units asked for."""
    course = Course.find()
    units = [course.unit(name) for name in options.units] or course.units
    if not options.check:
        release(course, units)
        print(f"released {', '.join(unit.name for unit in units) or 'nothing'}")
        return 0
    problems = list(check(course, units, whole_course=not options.units))
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"{len(units)} units: exercises/ is what solutions/ gives")
    return 1 if problems else 0


def release(course: Course, units: list[Unit]) -> None:
    """Replace the released folders of these units; all of them or, on error, none."""
    target = course.folder("release")
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=".release-"))
    try:
        for unit in tqdm(units, unit="unit", leave=False, disable=None):
            known_values.refresh(course, unit)
        made = {unit: generate_unit(course, unit, scratch) for unit in units}
        for unit, folder in made.items():
            replace_folder(target / unit.name, folder, scratch / f"old {unit.name}")
    finally:
        shutil.rmtree(scratch)


def check(course: Course, units: list[Unit], *, whole_course: bool) -> Iterator[str]:
    """One sentence for everything that `course release --check` complains about.

    Args:
        course: where.
        units: which units.
        whole_course: also look at the lectures and at folders without a source.
    """
    for unit in units:
        yield from _check_unit(course, unit)
    if whole_course:
        yield from _check_lectures(course)
        yield from _check_folders(course)


def _check_unit(course: Course, unit: Unit) -> Iterator[str]:
    broken = False
    for path in course.source_notebooks(unit):
        for problem in _check_stored(path, is_source=True):
            broken = True
            yield f"{path.relative_to(course.root)}: {problem}"
    if broken:
        return  # what it would release does not matter yet
    if known_values.is_stale(course, unit):
        source = course.folder("source").relative_to(course.root)
        yield f"{source}/{unit.name}: its known values are old; run `course release`"
    with tempfile.TemporaryDirectory() as scratch:
        try:
            expected = generate_unit(course, unit, Path(scratch))
        except CourseError as problem:
            yield str(problem)
            return
        released = course.folder("release") / unit.name
        place = released.relative_to(course.root)
        for difference in differences(expected, released):
            yield f"{place}/{difference}"
    yield from _check_leaks(course, unit)


def _check_leaks(course: Course, unit: Unit) -> Iterator[str]:
    for path in course.source_notebooks(unit):
        released = course.folder("release") / unit.name / path.name
        if not released.is_file():
            continue  # already told as a missing file
        try:
            found = list(leaks(read_notebook(path), read_notebook(released)))
        except CourseError:
            continue  # already told as a difference
        for leak in found:
            yield f"{released.relative_to(course.root)}: {leak}"


def _check_stored(path: Path, *, is_source: bool) -> Iterator[str]:
    try:
        notebook = read_notebook(path)
        yield from problems_with_ids(notebook)
        if is_source:
            yield from problems_with_source(notebook)
        if not is_canonical(path):
            yield "is not in the canonical form; run `course format`"
    except CourseError as problem:
        yield str(problem).removeprefix(f"{path} ").removeprefix(f"{path}: ")


def _check_lectures(course: Course) -> Iterator[str]:
    for path in stored_notebooks(course):
        if path.parent == course.root / "lectures":
            for problem in _check_stored(path, is_source=False):
                yield f"{path.relative_to(course.root)}: {problem}"


def _check_folders(course: Course) -> Iterator[str]:
    released = course.folder("release")
    names = {unit.name for unit in course.units}
    for path in sorted(released.iterdir()) if released.is_dir() else []:
        if path.name not in names and not path.name.startswith("."):
            yield f"{path.relative_to(course.root)}: no source in solutions/; delete it"
