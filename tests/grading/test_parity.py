"""This course's grader gives every answer the score that stock nbgrader gives it.

Stock grades the class of each unit anyway (`test_packed.py`); here `course grade`
grades the same submissions, every answer of every task among them. A normal run takes
the bare stub and one student in ten, `--stress` takes everybody.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .gradebook import SOLUTION, STUB, GradedClass, packed_answers
from .units import ONE_THREAD, ROOT, CourseUnit, units_with_source

UNITS = [unit for unit in units_with_source() if unit.corpora]
Graded = Callable[[CourseUnit], GradedClass]

# "unit/student/task" → why stock's score is known to be wrong there
DIFFERENCES: dict[str, str] = {}


def chosen(unit: CourseUnit, *, everybody: bool) -> list[str]:
    """The students whose scores are compared."""
    packed = list(packed_answers(unit))
    if everybody:
        return [STUB, SOLUTION, *packed]
    start = int(unit.name[:2]) % len(packed)
    return [STUB, *packed[start::10]]


def our_scores(
    unit: CourseUnit, submitted: Path, root: Path, students: list[str]
) -> dict[str, dict[str, float]]:
    """Student → task → score, by `course grade` in a course of its own."""
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(unit.source_path.parent, root / "solutions" / unit.name)
    for student in students:
        shutil.copytree(submitted / student, root / "build" / "submitted" / student)
    results = root / "results.jsonl"
    command = [sys.executable, "-m", "autograder.cli", "grade", unit.name]
    done = subprocess.run(
        [*command, "--json", str(results)],
        cwd=root,
        env={**os.environ, **ONE_THREAD},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {
        result["student"]: {
            name.removesuffix("-test"): task["score"]
            for name, task in result["tasks"].items()
        }
        for result in map(json.loads, results.read_text().splitlines())
    }


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("unit", UNITS, ids=[unit.name for unit in UNITS])
def test_scores_equal_those_of_stock(
    unit: CourseUnit, graded: Graded, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if shutil.which("bwrap") is None:
        pytest.skip("needs bwrap: apt-get install bubblewrap")
    everybody = bool(request.config.getoption("--stress"))
    students = chosen(unit, everybody=everybody)
    graded_class = graded(unit)
    stock = graded_class.scores
    submitted = graded_class.course.root / "build" / "submitted"
    ours = our_scores(unit, submitted, tmp_path, students)
    assert sorted(ours) == sorted(students)
    different = {
        f"{unit.name}/{student}/{task}": (stock[student][task], ours[student][task])
        for student in students
        for task in unit.points
        if stock[student][task] != ours[student][task]
    }
    unexplained = {
        name: pair for name, pair in different.items() if name not in DIFFERENCES
    }
    assert not unexplained, "(stock, ours)"


def test_everybody_is_every_answer() -> None:
    """So that `--stress` compares each answer at least once."""
    for unit in UNITS:
        handed_in = {
            answer.label
            for answers in packed_answers(unit).values()
            for answer in answers.values()
        }
        assert handed_in == {answer.label for answer in unit.answers}
