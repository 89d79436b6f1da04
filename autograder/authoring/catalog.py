"""Lists the units: title, minutes, graded tasks and points.

    course units            print the table
    course units --write    put it into README.md, between its markers

Minutes are estimates by one formula: two for each cell of a lecture, five for each step
of difficulty of a task.
"""

import argparse
import re
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import Course, CourseError, Unit
from autograder.notebook import read_notebook

MINUTES_PER_CELL = 2
MINUTES_PER_DIFFICULTY = 5
BEGIN, END = "<!-- units: begin -->", "<!-- units: end -->"


@dataclass(frozen=True)
class Entry:
    """What the table says about one unit."""

    unit: Unit
    title: str
    question: str
    lecture_minutes: int
    exercise_minutes: int
    tasks: int
    points: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `course units` accepts."""
    parser.add_argument("--write", action="store_true", help="write it into README.md")


def run(options: argparse.Namespace) -> int:
    """Print the table of units, or write it into the README."""
    course = Course.find()
    if options.write:
        readme = course.root / "README.md"
        readme.write_text(with_table(readme.read_text(encoding="utf-8"), course))
        print(f"wrote the table of units into {readme.name}")
    else:
        print(table(course))
    return 0


def entries(course: Course) -> list[Entry]:
    """Every unit that has a lecture, in the order of the course."""
    return [
        _entry(course, unit)
        for unit in course.units
        if _lecture(course, unit).is_file()
    ]


def table(course: Course) -> str:
    """The units as a Markdown table."""
    lines = [
        "| lecture | the question it answers | read | exercise | points |",
        "|---|---|--:|---|--:|",
    ]
    for entry in entries(course):
        notebook = course.source_notebooks(entry.unit)[0].name
        exercise = course.folder("release").name
        lines.append(
            f"| [{entry.title}](lectures/{entry.unit.name}.ipynb) "
            f"| {entry.question} "
            f"| {entry.lecture_minutes} min "
            f"| [{entry.tasks} tasks]({exercise}/{entry.unit.name}/{notebook}), "
            f"{entry.exercise_minutes} min "
            f"| {entry.points} |"
        )
    return "\n".join(lines)


def with_table(text: str, course: Course) -> str:
    """The text with the table between its markers brought up to date.

    Raises:
        CourseError: a marker is missing.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise CourseError(f"README.md lacks {BEGIN} or {END}; put both back")
    return f"{before}{BEGIN}\n{table(course)}\n{END}{after}"


def _lecture(course: Course, unit: Unit) -> Path:
    return course.root / "lectures" / f"{unit.name}.ipynb"


def _entry(course: Course, unit: Unit) -> Entry:
    lecture = read_notebook(_lecture(course, unit))
    title, question = _title_and_question(lecture)
    cells = [
        cell
        for path in course.source_notebooks(unit)
        for cell in read_notebook(path).cells
    ]
    steps = [_difficulty(cell) for cell in cells]
    grading = [cell.metadata.get("nbgrader", {}) for cell in cells]
    graded = [flags for flags in grading if flags.get("grade") and flags["points"]]
    return Entry(
        unit,
        title,
        question,
        lecture_minutes=MINUTES_PER_CELL * len(lecture.cells),
        exercise_minutes=MINUTES_PER_DIFFICULTY * sum(steps),
        tasks=len(graded),
        points=sum(int(flags["points"]) for flags in graded),
    )


def _title_and_question(lecture: NotebookNode) -> tuple[str, str]:
    """The first heading, and the bold question under it."""
    source = lecture.cells[0].source
    title = re.search(r"^# (.+)$", source, flags=re.MULTILINE)
    question = re.search(r"^\*\*(.+?)\*\*", source, flags=re.MULTILINE | re.DOTALL)
    return title[1] if title else "", question[1] if question else ""


def _difficulty(cell: NotebookNode) -> int:
    """The difficulty that a task's prompt states; 0 for every other cell."""
    found = re.search(r"^\*difficulty (\d) of 5", cell.source, flags=re.MULTILINE)
    return int(found[1]) if found else 0
