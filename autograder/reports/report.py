"""Writes one HTML page about a graded unit, or about the whole course.

Scores, difficulty and discrimination of each task, named misconceptions, time and
memory, failures with reasons, and pairs of submissions that are suspiciously alike.
The page is complete in itself, runs no script and can be printed.

    course report 01_linear_regression
    course report                            every unit that has been graded
"""

import argparse
from html import escape
from pathlib import Path

import numpy as np

from autograder.course import Course, CourseError, Unit
from autograder.files import write_atomically
from autograder.reports.graded import Graded, graded_submissions, stubs
from autograder.reports.report_page import page, section, table, unit_sections


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", nargs="?", help="default: the course")
    parser.add_argument("--to", type=Path, metavar="FILE", help="where to write it")


def run(options: argparse.Namespace) -> int:
    """Write the page and say where."""
    course = Course.find()
    if options.unit:
        unit = course.unit(options.unit)
        name, text = unit.name, unit_report(course, unit)
    else:
        name, text = "course", course_report(course)
    folder = course.folder("submitted").parent / "reports"
    path = options.to or folder / f"{name}.html"
    write_atomically(path, text.encode("utf-8", "replace"))
    print(f"wrote {path}")
    return 0


def unit_report(course: Course, unit: Unit) -> str:
    """The page about one unit.

    Raises:
        CourseError: nothing of it has been graded.
    """
    submissions = graded_submissions(course, unit)
    if not submissions:
        raise CourseError(f"{unit.name} is not graded; run course grade {unit.name}")
    return page(unit.name, unit_sections(submissions, stubs(course, unit)))


def course_report(course: Course) -> str:
    """The page about every unit that has been graded.

    Raises:
        CourseError: there is none.
    """
    found = {unit: graded_submissions(course, unit) for unit in course.units}
    graded = {unit: submissions for unit, submissions in found.items() if submissions}
    if not graded:
        raise CourseError("nothing is graded yet; run course grade UNIT")
    parts = [_overview(graded)]
    for unit, submissions in graded.items():
        parts.append(f"<h1>{escape(unit.name)}</h1>")
        parts += unit_sections(submissions, stubs(course, unit))
    return page("Course report", parts)


def _overview(graded: dict[Unit, list[Graded]]) -> str:
    rows = []
    for unit, submissions in graded.items():
        good = [s for s in submissions if not s.error]
        shares = [s.score / s.points for s in good if s.points]
        mean = float(np.mean(shares)) if shares else float("nan")
        rows.append((unit.name, len(submissions), len(submissions) - len(good), mean))
    return section(
        "Units", table(("unit", "submissions", "failed", "mean share"), rows)
    )
