"""Writes the grades to a file: CSV, or what Canvas or Moodle imports.

    course export                      grades.csv, one line a student and unit
    course export --to canvas          a table for Canvas: Grades, Import
    course export 1 --to moodle        one unit, for Moodle's "Upload grading worksheet"

Canvas and Moodle know people by the numbers that `course collect` read from their ZIP
files. Who has no number is left out of these two files and named.
"""

import argparse
import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course import Course, CourseError
from autograder.files import write_atomically
from autograder.reports.gradebook import has_gradebook, open_gradebook

CSV_FIELDS = (
    "unit student_id last_name first_name email lms_user_id timestamp score "
    "late_penalty total max_score"
)
MODIFIED = "Last modified (grade)"  # Moodle refuses a worksheet without it


@dataclass(frozen=True)
class Grade:
    """One student's grade for one unit."""

    unit: str
    student: str
    last_name: str
    first_name: str
    email: str
    platform_id: str
    timestamp: str
    score: float
    penalty: float
    points: float

    @property
    def total(self) -> float:
        return max(0.0, self.score - self.penalty)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", nargs="?", help="default: every unit")
    parser.add_argument("--to", choices=sorted(_WRITERS), default="csv")
    parser.add_argument("--file", type=Path, help="default: grades in this folder")


def run(options: argparse.Namespace) -> int:
    """Write the file; the exit status is 1 if somebody had to be left out."""
    course = Course.find()
    units = [course.unit(options.unit).name] if options.unit else None
    grades = read_grades(course, units)
    text, left_out = _WRITERS[options.to](grades)
    suffix = "" if options.to == "csv" else f"-{options.to}"
    path = options.file or Path(f"grades{suffix}.csv")
    write_atomically(path, text.encode("utf-8-sig" if options.to == "csv" else "utf-8"))
    print(f"wrote {path}")
    for student in left_out:
        print(f"{student}: left out, {options.to} does not know this student")
    return 1 if left_out else 0


def read_grades(course: Course, units: list[str] | None = None) -> list[Grade]:
    """Every submission of these units (default: all), sorted by unit and student.

    Raises:
        CourseError: nothing has been graded.
    """
    if not has_gradebook(course):
        raise CourseError("there is no gradebook yet; run course grade UNIT")
    with open_gradebook(course) as gradebook:
        grades = list(_grades(gradebook, units))
    if not grades:
        raise CourseError("nothing is graded yet; run course grade UNIT")
    return sorted(grades, key=lambda grade: (grade.unit, grade.student))


def _grades(gradebook: Gradebook, units: list[str] | None) -> Iterable[Grade]:
    for assignment in gradebook.assignments:
        if units is not None and assignment.name not in units:
            continue
        for submission in assignment.submissions:
            student = submission.student
            yield Grade(
                unit=assignment.name,
                student=student.id,
                last_name=student.last_name or "",
                first_name=student.first_name or "",
                email=student.email or "",
                platform_id=student.lms_user_id or "",
                timestamp=str(submission.timestamp or ""),
                score=float(submission.score),
                penalty=float(submission.late_submission_penalty or 0),
                points=float(submission.max_score),
            )


def to_csv(grades: list[Grade]) -> tuple[str, list[str]]:
    """One line a student and unit; for spreadsheets and programs."""
    rows = [
        [
            grade.unit,
            *map(harmless, (grade.student, grade.last_name, grade.first_name)),
            harmless(grade.email),
            harmless(grade.platform_id),
            grade.timestamp,
            *map(_number, (grade.score, grade.penalty, grade.total, grade.points)),
        ]
        for grade in grades
    ]
    return _csv(CSV_FIELDS.split(), rows), []


def to_canvas(grades: list[Grade]) -> tuple[str, list[str]]:
    """Canvas's gradebook: one line a student, one column a unit, matched by user id."""
    units = list(dict.fromkeys(grade.unit for grade in grades))
    points = {grade.unit: _number(grade.points) for grade in grades}
    known = [grade for grade in grades if grade.platform_id]
    table: dict[str, dict[str, Grade]] = {}
    for grade in known:
        table.setdefault(grade.platform_id, {})[grade.unit] = grade
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *units]
    rows = [["    Points Possible", "", "", "", "", *(points[u] for u in units)]]
    for platform_id, own in table.items():
        someone = next(iter(own.values()))
        name = ", ".join(filter(None, (someone.last_name, someone.first_name)))
        totals = [_number(own[u].total) if u in own else "" for u in units]
        shown = harmless(name or someone.student)
        rows.append([shown, platform_id, "", "", "", *totals])
    return _csv(head, rows), _without_number(grades)


def to_moodle(grades: list[Grade]) -> tuple[str, list[str]]:
    """Moodle's grading worksheet of one assignment, matched by participant number.

    Raises:
        CourseError: the grades are of several units.
    """
    if len({grade.unit for grade in grades}) > 1:
        raise CourseError("a Moodle worksheet is for one assignment; name a UNIT")
    head = ["Identifier", "Full name", "Grade", "Maximum Grade", MODIFIED]
    rows = [
        [
            f"Participant {grade.platform_id}",
            harmless(f"{grade.first_name} {grade.last_name}".strip()),
            _number(grade.total),
            _number(grade.points),
            "-",
        ]
        for grade in grades
        if grade.platform_id
    ]
    return _csv(head, rows), _without_number(grades)


_WRITERS = {"csv": to_csv, "canvas": to_canvas, "moodle": to_moodle}


def harmless(text: str) -> str:
    """Text that a spreadsheet shows and does not compute."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _without_number(grades: list[Grade]) -> list[str]:
    return sorted({grade.student for grade in grades if not grade.platform_id})


def _number(value: float) -> str:
    return f"{value:.10g}"


def _csv(head: list[str], rows: Iterable[list[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerows([head, *rows])
    return stream.getvalue()
