"""Runs one restored notebook, so that every test cell ends with a verdict.

This is what `nbgrader autograde`, the formgrader's button, `course grade` and a Dask
worker have in common. It knows nothing of gradebooks.
"""

import copy
import math
import os
import stat
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils

from autograder.collecting.restore import grade_id
from autograder.collecting.untrusted import Refused
from autograder.jail.capture import Capture
from autograder.jail.sandbox import Zygote
from autograder.judging.session import Session, Verdict

FILES_MB = 64
MOST_FILES = 2000
MOST_RESTARTS = 3
LINK = "holds a link to another file: hand in the file itself"


@dataclass
class Job:
    """One notebook to run; it holds all that a worker on another machine needs.

    Attributes:
        notebook: the submission, restored.
        source: the source notebook, with solutions and hidden tests.
        student_files, judge_files: what lies beside the notebook, path → content.
        limits: as `Judge.as_limits` gives them.
        secret: what hidden inputs are drawn from; "" if the course has none.
        judged: whether tests run in a process of their own.
    """

    notebook: NotebookNode
    source: NotebookNode
    limits: dict[str, int]
    student_files: dict[str, bytes] = field(default_factory=dict)
    judge_files: dict[str, bytes] = field(default_factory=dict)
    secret: str = ""
    judged: bool = True


@dataclass
class Outcome:
    """A notebook that has run."""

    notebook: NotebookNode
    wall_s: float
    cpu_s: float
    peak_mb: float


def run_notebook(zygote: Zygote, job: Job) -> Outcome:
    """Run a notebook; its test cells hold the judge's outputs afterwards."""
    started = time.monotonic()
    notebook = copy.deepcopy(job.notebook)
    run = Run(zygote, job)
    try:
        run.run_all(notebook)
    finally:
        run.close()
    return Outcome(notebook, time.monotonic() - started, run.cpu_s, run.peak_mb)


class Run:
    """Sends each cell of a notebook to the process where it belongs.

    When a learner's process has died, its cells run once more in a new one, without
    the cell that killed it, so that one task's failure does not cost the others.
    """

    def __init__(self, zygote: Zygote, job: Job) -> None:
        self.zygote, self.job = zygote, job
        self.source_cells = {grade_id(cell): cell for cell in job.source.cells}
        self.deadline = time.monotonic() + job.limits["submission_seconds"]
        self.finished: list[Any] = []  # cells to run again in a new process
        self.restarts = 0
        self.cpu_s = self.peak_mb = 0.0
        self._start()

    def _start(self) -> None:
        """Start both processes and give them what they need before the first cell."""
        job = self.job
        self.session = Session(self.zygote, job.limits, judged=job.judged)
        self.session.deadline = self.deadline
        self.told = 0  # how many source cells the judge has been told about
        self.session.give(self.session.student, job.student_files)
        tests_run_in = self.session.judge or self.session.student
        if self.session.judge is not None:
            self.session.give(self.session.judge, job.judge_files)
        if job.secret:
            tests_run_in.send({"do": "secret", "value": job.secret})

    def close(self) -> None:
        """End the processes and count what they used."""
        self.session.close()
        cpu_s, peak_mb = self.session.usage()
        self.cpu_s += cpu_s
        self.peak_mb = max(self.peak_mb, peak_mb)

    def _revive(self) -> None:
        """Replace processes of which one has died, at most a few times."""
        dead = any(worker.ended is not None for worker in self.session.workers)
        if not dead or self.restarts >= MOST_RESTARTS:
            return
        self.restarts += 1
        self.close()
        self._start()
        for cell in self.finished:
            self._run_cell(cell)

    def run_all(self, notebook: NotebookNode) -> None:
        """Run every code cell, in order, and store its outputs."""
        for cell in notebook.cells:
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            if not cell.source.strip() and not is_test(cell):
                continue
            self._revive()
            verdict = self._run_test(cell) if is_test(cell) else self._run_cell(cell)
            if not is_test(cell) and verdict.status in ("ok", "error"):
                self.finished.append(cell)
            cell.outputs, cell.execution_count = verdict.outputs, verdict.count

    def _run_cell(self, cell: NotebookNode) -> Verdict:
        if utils.is_locked(cell) and grade_id(cell) is not None:
            return self._run_setup(cell.source)
        return self.session.run(self.session.student, "cell", cell.source)

    def _run_setup(self, source: str) -> Verdict:
        """Run a locked cell on both sides; the learner's outputs are shown."""
        if self.session.judge is not None:
            self.session.run(self.session.judge, "setup", source)
        return self.session.run(self.session.student, "cell", source)

    def _run_test(self, cell: Any) -> Verdict:
        """Run a test from the source notebook and make sure that it has a verdict."""
        source = self.source_cells[grade_id(cell)].source
        judge = self.session.judge
        if judge is None:
            verdict = self.session.run(self.session.student, "cell", source)
        else:
            judge.send(self._news(grade_id(cell)))
            verdict = self.session.run(judge, "test", source)
        settle(verdict, float(cell.metadata.nbgrader["points"]))
        return verdict

    def _news(self, test: str | None) -> dict[str, Any]:
        """What the source's cells before a test define and import."""
        cells = self.job.source.cells
        end = next(n for n, cell in enumerate(cells) if grade_id(cell) == test)
        fresh = cells[self.told : end]
        self.told = max(end, self.told)
        code = [cell for cell in fresh if cell.cell_type == "code"]
        answers = [cell.source for cell in code if utils.is_solution(cell)]
        free = [cell.source for cell in code if _is_free(cell)]
        return {"do": "names", "answers": answers, "free": free}


def _is_free(cell: Any) -> bool:
    return not utils.is_solution(cell) and not utils.is_locked(cell)


def is_test(cell: Any) -> bool:
    """Whether a cell is graded by running it."""
    return bool(
        cell.cell_type == "code"
        and utils.is_grade(cell)
        and not utils.is_solution(cell)
    )


def settle(verdict: Verdict, points: float) -> None:
    """Make the outputs of a test say what its verdict is, to nbgrader as well.

    nbgrader gives all points to a test without outputs, none to one that wrote to
    standard error, and all of them for a partial score that is negative or no number.
    """
    for output in verdict.outputs:
        if output.output_type == "stream":
            output.name = "stdout"
    results = [o for o in verdict.outputs if o.output_type == "execute_result"]
    failed = any(output.output_type == "error" for output in verdict.outputs)
    if verdict.status != "ok" and not failed:
        _fail(verdict, "NoVerdictError", "the test ended without a verdict")
    elif verdict.status == "ok" and not all(_is_credit(o, points) for o in results):
        _fail(
            verdict, "ScoreError", f"the test's result is not between 0 and {points:g}"
        )


def _is_credit(output: Any, points: float) -> bool:
    """Whether a result is a score that the test may give, or no number at all."""
    try:
        score = float(output.data.get("text/plain", "?"))
    except ValueError:
        return True
    return math.isfinite(score) and 0 <= score <= points


def _fail(verdict: Verdict, name: str, text: str) -> None:
    capture = Capture(0, verdict.outputs)
    capture.add_error(name, text)


def read_files(folder: Path) -> dict[str, bytes]:
    """The files beside a notebook, without notebooks.

    Raises:
        Refused: they are too many or too large, or one is a link.
    """
    files: dict[str, bytes] = {}
    room = FILES_MB << 20
    for parent, names, leaves in os.walk(folder):
        names[:] = sorted(n for n in names if n not in (".git", "__pycache__"))
        for leaf in sorted(leaves):
            path = Path(parent) / leaf
            facts = path.lstat()
            if stat.S_ISLNK(facts.st_mode):
                raise Refused(LINK)
            if not stat.S_ISREG(facts.st_mode) or leaf.endswith((".ipynb", ".pyc")):
                continue
            room -= facts.st_size
            if room < 0 or len(files) >= MOST_FILES:
                raise Refused(
                    f"the files beside the notebook are more than {FILES_MB} MB or "
                    f"{MOST_FILES} in number"
                )
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return files
