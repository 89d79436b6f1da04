"""Everything that is known about the graded submissions of a unit, in one place.

Scores come from the gradebook, where graders may have changed them; messages, times
and failures from what `course grade` noted; answers from the graded notebooks. A unit
that plain nbgrader graded has scores and answers only.
"""

from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import MissingEntry

from autograder.authoring.cell_ids import nbgrader_metadata
from autograder.batch.results import GRADED, Result, Results
from autograder.course import Course, CourseError, Unit
from autograder.notebook import read_notebook
from autograder.reports.gradebook import has_gradebook, open_gradebook

Scores = dict[str, tuple[float, float]]  # task → score, points


@dataclass
class Graded:
    """One student's submission of one unit."""

    student: str
    tasks: Scores = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    error: str = ""  # why it could not be graded
    wall_s: float = float("nan")
    cpu_s: float = float("nan")
    peak_mb: float = float("nan")
    version: str = ""

    @property
    def score(self) -> float:
        return sum(score for score, _ in self.tasks.values())

    @property
    def points(self) -> float:
        return sum(points for _, points in self.tasks.values())


def graded_submissions(course: Course, unit: Unit) -> list[Graded]:
    """All submissions of a unit that somebody tried to grade, sorted by student."""
    found = {student: Graded(student) for student in _scores(course, unit)}
    for student, tasks in _scores(course, unit).items():
        found[student].tasks = tasks
    results = Results(course, unit)
    for path in sorted(results.folder.glob("*.json")):
        result = results.read(path.stem)
        if result is not None:
            _add_result(found.setdefault(path.stem, Graded(path.stem)), result)
    for student, submission in found.items():
        submission.answers = _answers(course.folder("autograded") / student / unit.name)
    return [found[student] for student in sorted(found)]


def stubs(course: Course, unit: Unit) -> dict[str, str]:
    """What the release has in each code cell where learners answer."""
    return _answers(course.folder("release") / unit.name)


def _add_result(submission: Graded, result: Result) -> None:
    submission.messages = {
        task: str(facts.get("message", "")) for task, facts in result.tasks.items()
    }
    if result.status != GRADED:
        submission.error = result.error or "no reason was given"
    submission.wall_s, submission.cpu_s = result.wall_s, result.cpu_s
    submission.peak_mb, submission.version = result.peak_mb, result.exercise_version
    if not submission.tasks:
        submission.tasks = {
            task: (float(facts["score"]), float(facts["max_score"]))
            for task, facts in result.tasks.items()
        }


def _scores(course: Course, unit: Unit) -> dict[str, Scores]:
    if not has_gradebook(course):
        return {}
    with open_gradebook(course) as gradebook:
        try:
            assignment = gradebook.find_assignment(unit.name)
        except MissingEntry:
            return {}
        several = len(assignment.notebooks) > 1
        return {
            submission.student_id: {
                f"{notebook.name}/{grade.name}" if several else grade.name: (
                    float(grade.score or 0),
                    float(grade.max_score or 0),
                )
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in assignment.submissions
        }


def _answers(folder: Path) -> dict[str, str]:
    """The text of each code cell where learners answer; a broken file has none."""
    answers = {}
    for path in sorted(folder.glob("*.ipynb")):
        try:
            notebook = read_notebook(path)
        except CourseError:
            continue
        for cell in notebook.cells:
            marks = nbgrader_metadata(cell)
            if cell.cell_type == "code" and marks.get("solution") is True:
                answers[f"{path.stem}/{marks.get('grade_id')}"] = cell.source
    return answers
