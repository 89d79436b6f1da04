"""Writes each learner's feedback: one HTML page a notebook, safe to open and to send.

It is nbgrader's own feedback (scores, comments, the executed notebook) without anything
that a browser would run, and with the instructor's message in place of hidden tests.
A page needs no network and no script.

    course feedback 01_linear_regression
    course feedback 1 --student ada --student bob
"""

import argparse
from pathlib import Path

from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log
from traitlets.config import Config

from autograder.collecting.attempts import TIMESTAMP
from autograder.course import Course, CourseError, Unit
from autograder.files import write_atomically
from autograder.reports.gradebook import find_alembic
from autograder.reports.pages import protect

SECRET = "submission_secret.txt"  # of the exchange: names the learner's page


class PageOnly(GenerateFeedback):
    """nbgrader's feedback without the other files of a graded submission.

    Those are the instructor's, or pages and programs of the learner.
    """

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Copy only what `nbgrader release_feedback` asks for."""
        graded = Path(self._format_source(assignment_id, student_id))
        folder = Path(self._format_dest(assignment_id, student_id))
        for name in (TIMESTAMP, SECRET):
            if (graded / name).is_file():
                write_atomically(folder / name, (graded / name).read_bytes())


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", help="folder name, slug or number")
    parser.add_argument(
        "--student",
        action="append",
        metavar="ID",
        help="only this student; may be given several times (default: all)",
    )


def run(options: argparse.Namespace) -> int:
    """Write the pages; the exit status is 1 if one could not be written."""
    course = Course.find()
    unit = course.unit(options.unit)
    failures = write_feedback(course, unit, options.student)
    for student, reason in failures.items():
        print(f"{student}: no feedback ({reason})")
    print(f"feedback is in {course.folder('feedback')}")
    return 1 if failures else 0


def write_feedback(
    course: Course, unit: Unit, students: list[str] | None = None
) -> dict[str, str]:
    """Write the feedback of these students; the reason for each that failed.

    Raises:
        CourseError: nothing is graded yet, or one of the students is not.
    """
    graded = graded_students(course, unit)
    if not graded:
        raise CourseError(f"{unit.name} is not graded; run course grade {unit.name}")
    if unknown := sorted(set(students or ()) - set(graded)):
        raise CourseError(f"not graded in {unit.name}: {', '.join(unknown)}")
    find_alembic()
    failures = {}
    for student in students or graded:
        reason = _write_page(course, unit, student)
        if reason:
            failures[student] = reason
    return failures


def graded_students(course: Course, unit: Unit) -> list[str]:
    """The students with a graded notebook of this unit, sorted."""
    found = course.folder("autograded").glob(f"*/{unit.name}/*.ipynb")
    return sorted({path.parent.parent.name for path in found})


def _write_page(course: Course, unit: Unit, student: str) -> str:
    """Write one student's feedback; the reason if that fails, else nothing."""
    config = Config(course.config)
    protect(config)
    config.CourseDirectory.assignment_id = unit.name
    config.CourseDirectory.student_id = student
    converter = PageOnly(coursedir=CourseDirectory(config=config), config=config)
    converter.force = True  # scores and comments may have changed since
    result = capture_log(converter)
    if result["success"]:
        return ""
    if "KeyboardInterrupt" in str(result.get("error", "")).splitlines()[-1]:
        raise KeyboardInterrupt
    log = [line for line in str(result.get("log", "")).splitlines() if line.strip()]
    causes = [line for line in log if "Error" in line and not line.startswith("[")]
    return (causes or log or ["unknown"])[-1].strip()[:200]
