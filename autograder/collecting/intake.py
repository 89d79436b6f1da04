"""Collects what learners sent: SOURCE → submitted/STUDENT/UNIT/, ready for grading.

SOURCE is a folder with one sub-folder a student, nbgrader's own submitted/ folder, or
the ZIP file that Canvas or Moodle makes. The newest attempt of everybody is checked,
put back into the shape of the released exercise and stored; a file that cannot be
graded goes to quarantine/ with a one-line reason. What is replaced is kept in intake/.

    course collect 01_linear_regression submissions.zip
    course collect 3 ~/Downloads/from-canvas/
"""

import argparse
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from nbformat import NotebookNode

from autograder.collecting.archives import sent_files
from autograder.collecting.attempts import (
    Sent,
    by_student,
    extras,
    opened,
    receipt_notes,
    recency,
)
from autograder.collecting.owners import Owner
from autograder.collecting.repair import find_exercise, repair
from autograder.collecting.storage import Storage
from autograder.collecting.untrusted import MAX_BYTES, Refused, read_learner_notebook
from autograder.course import Course, CourseError, Unit
from autograder.notebook import read_notebook, to_json
from autograder.reports.roster import known_students, register

MAX_ATTEMPTS = 50


@dataclass
class Outcome:
    """What became of one student's files."""

    student: str
    state: str = "quarantined"  # or collected, unchanged
    reason: str = ""
    notes: list[str] = field(default_factory=list)
    late: bool = False

    def __str__(self) -> str:
        late = ["late"] if self.late else []
        details = "; ".join([*([self.reason] if self.reason else []), *self.notes])
        head = f"{self.student}: {', '.join([self.state, *late])}"
        return f"{head} ({details})" if details else head


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", help="folder name, slug or number")
    parser.add_argument("source", metavar="SOURCE", type=Path, help="folder or ZIP")


def run(options: argparse.Namespace) -> int:
    """Collect; the exit status is 1 if something went to quarantine."""
    course = Course.find()
    unit = course.unit(options.unit)
    outcomes = collect(course, unit, options.source)
    for outcome in outcomes:
        print(outcome)
    states = [outcome.state for outcome in outcomes]
    bad = states.count("quarantined")
    print(
        f"{unit.name}: {states.count('collected')} collected, "
        f"{states.count('unchanged')} unchanged, {bad} quarantined"
    )
    if bad:
        print(f"look at {Storage(course, unit).quarantine}")
    return 1 if bad else 0


def collect(course: Course, unit: Unit, source: Path) -> list[Outcome]:
    """Collect everything in `source`; one outcome for each student, sorted.

    Raises:
        CourseError: the unit is not released, or there is no such source.
    """
    with sent_files(source) as files:
        sent, homeless = by_student(files, unit.name, source)
        return _collect_students(course, unit, source, sent) + [
            Outcome(str(path), reason="belongs to no student: put it into a sub-folder")
            for path in homeless
        ]


def _collect_students(
    course: Course, unit: Unit, source: Path, sent: dict[str, list[Sent]]
) -> list[Outcome]:
    released = released_notebooks(course, unit)
    storage = Storage(course, unit, source.resolve())
    known = known_students(course)
    outcomes, registered = [], []
    for student, files in sorted(sent.items()):
        owner = files[0][0]
        owner = replace(owner, student=known.get(owner.platform_id, student))
        outcomes.append(_collect_student(owner, files, released, storage))
        if owner.platform_id and outcomes[-1].state != "quarantined":
            registered.append(owner)
    register(course, registered)
    return outcomes


def released_notebooks(course: Course, unit: Unit) -> dict[str, NotebookNode]:
    """The exercise as learners got it, by name without `.ipynb`."""
    folder = course.folder("release") / unit.name
    released = {path.stem: read_notebook(path) for path in folder.glob("*.ipynb")}
    if not released:
        raise CourseError(
            f"{unit.name} is not released; run course release {unit.name}"
        )
    return released


def _collect_student(
    owner: Owner,
    files: list[Sent],
    released: dict[str, NotebookNode],
    storage: Storage,
) -> Outcome:
    """Whatever happens here stays with this student."""
    outcome = Outcome(owner.student)
    try:
        _choose_and_store(owner.student, files, released, storage, outcome)
    except Refused as problem:
        outcome.reason = str(problem)
    except Exception as problem:
        outcome.reason = f"could not be read: {type(problem).__name__}: {problem}"
    outcome.reason = " ".join(outcome.reason.split())[:300]
    if outcome.state == "quarantined":
        storage.quarantine_student(owner.student, [f for _, f in files], str(outcome))
    return outcome


def _choose_and_store(
    student: str,
    files: list[Sent],
    released: dict[str, NotebookNode],
    storage: Storage,
    outcome: Outcome,
) -> None:
    if storage.in_place and storage.is_stored(student):
        outcome.state = "unchanged"
        return
    sent, problems = opened(files)
    chosen, attempt, refusals = _choose(sent, released, outcome)
    problems += refusals
    if not chosen:
        raise Refused("; ".join(problems) or "no notebook was sent")
    if attempt < storage.record(student).get("attempt", 0):
        outcome.state = "unchanged"
        outcome.notes = ["older than the attempt that was collected before"]
        return
    missing = sorted(set(released) - set(chosen))
    others, left_out = extras(sent, storage.unit)
    outcome.notes += [f"left out: {problem}" for problem in problems]
    outcome.notes += [f"{name}.ipynb was not sent" for name in missing]
    outcome.notes += [*left_out, *receipt_notes(sent)]
    contents = {PurePosixPath(f"{name}.ipynb"): chosen[name] for name in chosen}
    facts = {"attempt": attempt, "late": outcome.late}
    stored = storage.store(student, contents | others, facts)
    outcome.notes += stored.notes
    outcome.state = "collected" if stored.changed else "unchanged"


def _choose(
    sent: list[Sent], released: dict[str, NotebookNode], outcome: Outcome
) -> tuple[dict[str, bytes], int, list[str]]:
    """The newest readable attempt at each notebook, repaired; its number; refusals."""
    notebooks = [s for s in sent if s[1].path.suffix.lower() == ".ipynb"]
    notebooks.sort(key=recency, reverse=True)
    chosen: dict[str, bytes] = {}
    attempt, refusals = 0, []
    for owner, file in notebooks[:MAX_ATTEMPTS]:
        try:
            content = file.read(MAX_BYTES)
            name, repaired, notes = check_notebook(content, released, file.path.stem)
        except Refused as problem:
            refusals.append(f"{file.path.name} {problem}")
            continue
        if name not in chosen:  # else it is an older attempt
            chosen[name] = repaired
            attempt = max(attempt, owner.attempt)
            outcome.late = outcome.late or owner.late
            outcome.notes += notes
    return chosen, attempt, refusals


def check_notebook(
    content: bytes, released: dict[str, NotebookNode], file_name: str
) -> tuple[str, bytes, list[str]]:
    """The name, the repaired bytes and the notes of a notebook that was sent.

    Raises:
        Refused: it cannot be graded; for whatever bytes, this and nothing else.
    """
    try:
        notebook = read_learner_notebook(content)
        name = find_exercise(notebook, released, file_name)
        repaired, notes = repair(notebook, released[name])
        return name, to_json(repaired).encode(), notes
    except (MemoryError, RecursionError):
        raise Refused("is too complicated to be read") from None
