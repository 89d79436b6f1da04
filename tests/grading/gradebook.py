"""A class of made-up students in a temporary course, graded by nbgrader itself.

Student k hands in answer k of every task, counted around each task's own list with a
different start, so that right and wrong answers mix. One more hands in the bare stub
and one the full solution.
"""

import copy
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.notebook import read_notebook, to_json

from .corpus import Answer
from .units import ONE_THREAD, ROOT, CourseUnit, kind_of, task_of

STUB, SOLUTION = "stub", "solution"
STOCK_EXECUTION = """
from nbgrader.converters import Autograde
for name in ("sanitize_preprocessors", "autograde_preprocessors"):
    c.Autograde[name] = Autograde.class_traits()[name].default()
"""


def packed_answers(unit: CourseUnit) -> dict[str, dict[str, Answer]]:
    """Student → task → answer, so that every answer is handed in at least once."""
    lists: dict[str, list[Answer]] = {}
    for answer in unit.answers:
        lists.setdefault(answer.task, []).append(answer)
    size = max((len(answers) for answers in lists.values()), default=0)
    return {
        f"student{number:02}": {
            task: answers[(number + start) % len(answers)]
            for start, (task, answers) in enumerate(lists.items())
        }
        for number in range(size)
    }


def expected_scores(
    unit: CourseUnit, packed: dict[str, dict[str, Answer]]
) -> Iterator[tuple[str, str, float]]:
    """(student, task, score) wherever the corpora say what the score must be.

    A task that uses the answer to another task is left out where that one is wrong.
    """
    for task, points in unit.points.items():
        yield STUB, task, 0.0
        yield SOLUTION, task, points
        for student, answers in packed.items():
            used = [answers[name] for name in unit.depends_on[task] if name in answers]
            if task in answers and all(answer.is_right for answer in used):
                yield student, task, points if answers[task].is_right else 0.0


def sampled_answers(unit: CourseUnit) -> dict[str, dict[str, Answer]]:
    """Those of every third student: whom nbgrader itself grades in a normal run."""
    return dict(list(packed_answers(unit).items())[::3])


class TemporaryCourse:
    """A course of one unit with a real gradebook, in a folder of its own."""

    def __init__(self, unit: CourseUnit, root: Path) -> None:
        self.unit, self.root = unit, root
        config = (ROOT / "nbgrader_config.py").read_text() + STOCK_EXECUTION
        (root / "nbgrader_config.py").write_text(config)
        shutil.copytree(unit.source_path.parent, root / "solutions" / unit.name)
        (root / "build").mkdir()

    def hand_in(self, student: str, answers: dict[str, str]) -> None:
        """Put a submission with these sources, task → answer, where nbgrader looks."""
        notebook = copy.deepcopy(read_notebook(self.unit.released_path))
        for cell in notebook.cells:
            if kind_of(cell) == "answer" and task_of(cell) in answers:
                cell.source = answers[task_of(cell)]
        folder = self.root / "build" / "submitted" / student / self.unit.name
        folder.mkdir(parents=True)
        (folder / self.unit.source_path.name).write_text(to_json(notebook))

    def hand_in_class(self, packed: dict[str, dict[str, Answer]]) -> None:
        """The stub, the solution, and what each student answers instead of it."""
        solution = solution_sources(self.unit.source)
        self.hand_in(STUB, {})
        self.hand_in(SOLUTION, solution)
        for student, answers in packed.items():
            sources = {task: answer.source for task, answer in answers.items()}
            self.hand_in(student, {**solution, **sources})

    def start(self, command: str, *options: str) -> "subprocess.Popen[bytes]":
        """Start `nbgrader COMMAND UNIT`; its words go to a log in the course."""
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        with (self.root / f"{command}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "nbgrader", command, self.unit.name, *options],
                cwd=self.root,
                env={
                    **os.environ,
                    **ONE_THREAD,
                    "PATH": programs,
                    "JUPYTER_RUNTIME_DIR": str(self.root / "runtime"),
                },
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def run(self, command: str, *options: str) -> None:
        """Run an nbgrader command to its end.

        Raises:
            RuntimeError: it failed; the text holds the end of its log.
        """
        self.finish(command, self.start(command, *options))

    def finish(self, command: str, process: "subprocess.Popen[bytes]") -> None:
        if process.wait():
            log = (self.root / f"{command}.log").read_text()
            raise RuntimeError(f"nbgrader {command} failed:\n{log[-4000:]}")

    def scores(self) -> dict[str, dict[str, float | None]]:
        """Student → task → automatic score, from the gradebook."""
        url = f"sqlite:///{self.root / 'build' / 'gradebook.db'}"
        with Gradebook(url, "deep_learning") as gradebook:
            return {
                submission.student.id: {
                    grade.name.removesuffix("-test"): grade.auto_score
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
                for submission in gradebook.assignment_submissions(self.unit.name)
            }

    def feedback(self) -> set[str]:
        """The students for whom there is a feedback file that is not empty."""
        folder = self.root / "build" / "feedback"
        return {
            path.relative_to(folder).parts[0]
            for path in folder.rglob("*.html")
            if path.stat().st_size
        }


def solution_sources(notebook: NotebookNode) -> dict[str, str]:
    """Task → source of its answer cell in the solution."""
    return {
        task_of(cell): cell.source
        for cell in notebook.cells
        if kind_of(cell) == "answer"
    }


class GradedClass:
    """The class of a unit; grading starts at once and is waited for when asked.

    It is everybody or, since nbgrader takes seconds for each, every third student.
    """

    def __init__(self, unit: CourseUnit, root: Path, *, everybody: bool) -> None:
        self.packed = packed_answers(unit) if everybody else sampled_answers(unit)
        self.feedback_for = "*" if everybody else "*[0b]"  # every tenth and the stub
        self.course = TemporaryCourse(unit, root)
        self.course.hand_in_class(self.packed)
        self.course.run("generate_assignment")
        self.grading = self.course.start("autograde")

    @cached_property
    def scores(self) -> dict[str, dict[str, float | None]]:
        """Student → task → automatic score."""
        self.course.finish("autograde", self.grading)
        return self.course.scores()

    @cached_property
    def feedback(self) -> set[str]:
        """The students who got feedback, after grading."""
        self.course.finish("autograde", self.grading)
        self.course.run("generate_feedback", f"--student={self.feedback_for}")
        return self.course.feedback()

    def stop(self) -> None:
        """End the grading if it still runs."""
        if self.grading.poll() is None:
            self.grading.terminate()
            self.grading.wait()
