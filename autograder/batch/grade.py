"""Grades submissions: runs learners' code in a jail and their tests out of its reach.

Only what changed since the last run is graded: the submission, the source notebook or
the course's own code. A run that was stopped goes on where it was. Scores and feedback
come from nbgrader's gradebook, as after `nbgrader autograde`.

    course grade 01_linear_regression
    course grade 3 --student ada --student alan --force
    course grade 3 --jobs 2 --json scores.jsonl
    course grade 3 --preview
    course grade 3 --scheduler tcp://10.0.0.1:8786
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from autograder.batch.cluster import run_on_cluster
from autograder.batch.record import Recorder
from autograder.batch.results import FAILED, GRADED, Result, Results, write_json_lines
from autograder.batch.schedule import Done, described, run_locally
from autograder.batch.submissions import Assignment, Submission, Work
from autograder.collecting.untrusted import Refused
from autograder.course import Course
from autograder.judging.execute import close_zygotes
from autograder.judging.verdicts import summarize


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", help="folder name, slug or number")
    parser.add_argument(
        "--student", action="append", default=[], metavar="ID", help="only this student"
    )
    parser.add_argument(
        "--jobs", type=_positive, default=1, metavar="N", help="submissions at a time"
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="run on the Dask cluster at this address"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write a JSON object per submission"
    )
    parser.add_argument("--force", action="store_true", help="grade what is unchanged")
    parser.add_argument(
        "--preview", action="store_true", help="only list whose score would change"
    )
    parser.add_argument(
        "--unsafe",
        action="store_true",
        help="run learners' code without a jail; only where there is none",
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def run(options: argparse.Namespace) -> int:
    """Grade; the exit status is 1 if a submission could not be graded."""
    course = Course.find()
    assignment = Assignment(course, course.unit(options.unit))
    if options.unsafe:
        assignment.judge.unsafe = True
    grader = Grader(assignment, Recorder(assignment))
    try:
        grader.grade(options)
    except KeyboardInterrupt:
        print("stopped; run the same command to go on", file=sys.stderr)
        return 1
    finally:
        close_zygotes()
    return report(grader, options)


class Grader:
    """One run of `course grade`."""

    def __init__(self, assignment: Assignment, recorder: Recorder) -> None:
        self.assignment, self.recorder = assignment, recorder
        self.stored = Results(assignment.course, assignment.unit)
        self.results: dict[str, Result] = {}
        self.graded_now = 0

    def grade(self, options: argparse.Namespace) -> None:
        """Grade what the options select into `results`, by student."""
        self.recorder.register()
        submissions = self.assignment.submissions(options.student)
        changed = [s for s in submissions if options.force or not self._is_done(s)]
        if not changed:
            return
        read = (partial(self.assignment.prepare, s) for s in changed)
        with tqdm(
            total=len(submissions),
            initial=len(submissions) - len(changed),
            unit="submission",
            disable=None,
        ) as bar:
            for done in self._run(read, options):
                if options.preview:
                    self._preview(done, bar)
                else:
                    self._record(done)
                bar.update()

    def _run(
        self, read: Iterable[Callable[[], Work]], options: argparse.Namespace
    ) -> Iterator[Done]:
        judge = self.assignment.judge
        if options.scheduler:
            return run_on_cluster(read, judge, options.scheduler)
        return run_locally(read, judge, options.jobs)

    def _is_done(self, submission: Submission) -> bool:
        """Whether the stored result is of just this submission; if so, keep it."""
        result = self.stored.read(submission.student)
        if result is None or result.status != GRADED:
            return False
        try:
            if result.digest != self.assignment.digest(submission):
                return False
        except (Refused, OSError):
            return False
        self.results[submission.student] = result
        return True

    def _record(self, done: Done) -> None:
        """Write one submission to the gradebook, then its result."""
        student = done.work.student
        if not done.error:
            executed = {name: out.notebook for name, out in done.outcomes.items()}
            try:
                self.recorder.write(student, executed)
            except Exception as problem:  # whatever it is, it must not stop the batch
                done.error = f"it could not be recorded: {described(problem)}"
        scores = {} if done.error else self.recorder.scores(student)
        result = summarize(done, self.assignment.unit.name, scores)
        self.stored.write(result)
        self.results[student] = result
        self.graded_now += result.status == GRADED

    def _preview(self, done: Done, bar: "tqdm[Any]") -> None:
        """Say how the scores of one submission would change."""
        student = done.work.student
        before = self.recorder.scores(student)
        result = summarize(done, self.assignment.unit.name, None)
        self.results[student] = result
        self.graded_now += result.status == GRADED
        if result.status == FAILED:
            return
        changes = [
            f"{name} {_shown(before.get(name))} → {_shown(task)}"
            for name, task in result.tasks.items()
            if before.get(name, {}).get("score") != task["score"]
        ]
        if changes:
            bar.write(f"{student}: {', '.join(changes)}")


def _shown(task: dict[str, Any] | None) -> str:
    return "none" if task is None else f"{task['score']:g}"


def report(grader: Grader, options: argparse.Namespace) -> int:
    """Print what came out; the exit status of the command."""
    results = [grader.results[student] for student in sorted(grader.results)]
    if options.json:
        write_json_lines(results, options.json)
    failed = [result for result in results if result.status == FAILED]
    for result in failed:
        print(f"{result.student}: {result.error}", file=sys.stderr)
    unchanged = len(results) - grader.graded_now - len(failed)
    print(
        f"{grader.assignment.unit.name}: {grader.graded_now} graded"
        f"{' (preview)' if options.preview else ''}, {unchanged} unchanged, "
        f"{len(failed)} failed"
    )
    return 1 if failed else 0
