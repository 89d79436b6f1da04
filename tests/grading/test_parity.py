"""This course's grader gives every answer the score that stock nbgrader gives it.

`course grade` grades everybody: each answer of each task is handed in by somebody. Its
scores are compared with what the corpora say and with stock's, which are there for
every third student in a normal run and for everybody with `--stress`.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .gradebook import (
    SOLUTION,
    STUB,
    GradedClass,
    TemporaryCourse,
    expected_scores,
    packed_answers,
)
from .units import ONE_THREAD, CourseUnit, units_with_source

UNITS = [unit for unit in units_with_source() if unit.corpora]
Graded = Callable[[CourseUnit], GradedClass]
Scores = dict[str, dict[str, float]]

# (unit, student, task) → why stock's score is known to be wrong there
DIFFERENCES: dict[tuple[str, str, str], str] = {}


def our_scores(course: TemporaryCourse) -> Scores:
    """Student → task → score, by `course grade`."""
    results = course.root / "results.jsonl"
    command = [sys.executable, "-m", "autograder.cli", "grade", course.unit.name]
    done = subprocess.run(
        [*command, "--json", str(results)],
        cwd=course.root,
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
def test_scores_are_those_of_the_corpora_and_of_stock(
    unit: CourseUnit, graded: Graded, tmp_path: Path
) -> None:
    if shutil.which("bwrap") is None:
        pytest.skip("needs bwrap: apt-get install bubblewrap")
    packed = packed_answers(unit)
    course = TemporaryCourse(unit, tmp_path)
    course.hand_in_class(packed)
    ours = our_scores(course)
    assert sorted(ours) == sorted((STUB, SOLUTION, *packed))
    unexpected = {
        (student, task): (score, ours[student][task])
        for student, task, score in expected_scores(unit, packed)
        if ours[student][task] != score
    }
    assert not unexpected, "(corpus, ours)"
    different = {
        (student, task): (score, ours[student][task])
        for student, scores in graded(unit).scores.items()
        for task, score in scores.items()
        if ours[student][task] != score
        and (unit.name, student, task) not in DIFFERENCES
    }
    assert not different, "(stock, ours)"


@pytest.mark.parametrize("unit", UNITS, ids=[unit.name for unit in UNITS])
def test_every_answer_is_handed_in(unit: CourseUnit) -> None:
    handed_in = {
        answer.label
        for answers in packed_answers(unit).values()
        for answer in answers.values()
    }
    assert handed_in == {answer.label for answer in unit.answers}
