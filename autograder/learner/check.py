"""Runs the visible checks of an exercise and says, a line a task, how far you are.

Your answers are placed into the exercise as it was released, so a check cell that you
changed or deleted does not matter, and everything runs in a fresh kernel, so what is
left from earlier runs does not matter either. Grading repeats the checks on other data.

    course check 1                    your copy in work/
    course check my/other/copy.ipynb
"""

import argparse
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import determine_grade
from tqdm import tqdm

from autograder.authoring.cell_ids import graded_id, nbgrader_metadata
from autograder.collecting.repair import repair
from autograder.collecting.untrusted import Refused, read_learner_notebook
from autograder.course import Course, CourseError
from autograder.learner.exercise import (
    exercise_of,
    own_folder,
    read_own,
    released_exercises,
    released_unit,
)
from autograder.learner.kernel import CellRun, run_cells

UNANSWERED = "not answered yet"
MISCONCEPTION = "This is what comes out when"
_UNPRINTABLE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class TaskResult:
    """What the visible check says about one task."""

    task: str
    score: float
    points: float
    message: str

    @property
    def passed(self) -> bool:
        return self.score == self.points

    @property
    def mark(self) -> str:
        if self.message == UNANSWERED:
            return "open"
        return "pass" if self.passed else "fail"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "wanted",
        nargs="+",
        metavar="UNIT",
        help="number or name of a unit, or the path of a notebook",
    )
    parser.add_argument(
        "--seconds",
        type=int,
        default=60,
        help="time limit for one cell (default: 60)",
    )


def run(options: argparse.Namespace) -> int:
    """Check each notebook; 0 when every task of every notebook passes."""
    everything_passed = True
    paths = [path for wanted in options.wanted for path in _notebooks(wanted)]
    for path in paths:
        title, prepared = _prepare(path)
        if len(paths) > 1:
            print(title)
        results = check_tasks(prepared, path.parent, seconds_per_cell=options.seconds)
        _print_results(results)
        everything_passed &= all(result.passed for result in results)
    return 0 if everything_passed else 1


def check_tasks(
    prepared: NotebookNode, folder: Path, *, seconds_per_cell: int
) -> list[TaskResult]:
    """Execute an exercise that holds a learner's answers; one result a task."""
    codes = [cell for cell in prepared.cells if cell.cell_type == "code"]
    ran: dict[str, CellRun] = {}
    runs = run_cells(prepared, folder=folder, seconds_per_cell=seconds_per_cell)
    trouble = ""
    progress = tqdm(runs, total=len(codes), unit="cell", leave=False, disable=None)
    for cell_run in progress:
        ran[str(cell_run.cell.id)] = cell_run
        trouble = cell_run.trouble
    return [_judge(cell, ran, trouble) for cell in codes if _is_test(cell)]


def _notebooks(wanted: str) -> list[Path]:
    """The notebooks that are meant: one by its path, or the learner's of a unit."""
    path = Path(wanted)
    if path.suffix == ".ipynb" or path.is_file():
        return [path]
    course = Course.find()
    unit = released_unit(course, path.name)
    folder = path if path.is_dir() else own_folder(course, unit)
    return [folder / one.path.name for one in released_exercises(course, unit)]


def _prepare(path: Path) -> tuple[str, NotebookNode]:
    """The unit's name, and its exercise with the learner's answers in it."""
    content = read_own(path)
    try:
        course = Course.find(path.parent)
    except CourseError:
        course = Course.find()
    try:
        notebook = read_learner_notebook(content)
        exercise = exercise_of(course, path, notebook)
        prepared, _ = repair(notebook, exercise.notebook)
    except Refused as problem:
        raise CourseError(f"{path} {problem}") from None
    return exercise.unit.name, prepared


def _is_test(cell: NotebookNode) -> bool:
    return bool(nbgrader_metadata(cell).get("grade")) and cell.cell_type == "code"


def _judge(test: NotebookNode, ran: dict[str, CellRun], last: str) -> TaskResult:
    task = str(graded_id(test)).removesuffix("-test")
    points = float(nbgrader_metadata(test)["points"])
    outcome, answer = ran.get(str(test.id)), ran.get(f"{task}-answer")
    if outcome is None:
        return TaskResult(task, 0.0, points, f"not run: {last}")
    if outcome.trouble:
        return TaskResult(task, 0.0, points, outcome.trouble)
    score, _ = determine_grade(outcome.cell)
    if score == points:
        return TaskResult(task, points, points, "")
    return TaskResult(task, score or 0.0, points, _explain(outcome, answer))


def _explain(test: CellRun, answer: CellRun | None) -> str:
    error = test.error
    if error is not None and error.ename == "NotImplementedError":
        return UNANSWERED
    if answer is not None and answer.trouble:
        return f"the answer was {answer.trouble}"
    if answer is not None and answer.error is not None:
        return f"the answer cell ends with {_first_line(answer.error)}"
    if error is None:
        warnings = [
            out.text for out in test.cell.outputs if out.get("name") == "stderr"
        ]
        return "the check must stay silent, but: " + "".join(warnings).strip()
    if error.ename == "CheckFailed":
        return str(error.evalue)
    return _first_line(error)


def _first_line(error: NotebookNode) -> str:
    lines = str(error.evalue).strip().splitlines() or [""]
    return f"{error.ename}: {lines[0]}".rstrip(": ")


def _print_results(results: list[TaskResult]) -> None:
    width = max((len(result.task) for result in results), default=0)
    for result in results:
        score = f"{result.score:g} of {result.points:g}"
        line = f"{result.mark}  {result.task:{width}}  {score}"
        first, *more = list(_printed(result.message)) or [""]
        print(f"{line}  {first}".rstrip())
        for text in more:
            print(f"      {' ' * width}  {text}")
    total = sum(result.score for result in results)
    points = sum(result.points for result in results)
    print(f"{total:g} of {points:g} points in the visible checks")


def _printed(message: str) -> Iterator[str]:
    """The first three lines of a message, and the one with the misconception."""
    room = max(shutil.get_terminal_size((100, 24)).columns, 60)
    lines = [_UNPRINTABLE.sub("", line) for line in message.strip().splitlines()]
    for number, line in enumerate(lines):
        if number < 3 or line.startswith(MISCONCEPTION):
            keep_all = line.startswith(MISCONCEPTION) or len(line) <= room
            yield line if keep_all else line[: room - 3] + "..."
