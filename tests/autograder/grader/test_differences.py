"""Where this grader's score is meant to differ from stock nbgrader's, and why.

`docs/grading.md` has the same list. Everywhere else the scores are equal:
`tests/grading/test_parity.py`.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.reports.gradebook import open_gradebook

from .command import start_command

UNIT = "01_sums"
# student → answers; what stock gives to each task, None if to nothing; what we give
CASES = {
    "a warning on standard error costs all points of the test that caused it": (
        {"add": "(__import__('warnings').warn('now'), a + b)[1]", "scale": "a * b"},
        {"add-test": 0, "scale-test": 2},
        {"add-test": 2, "scale-test": 2},
    ),
    "a process that dies in one task costs the whole submission": (
        {"add": "a + b", "scale": "__import__('os')._exit(0)"},
        None,
        {"add-test": 2, "scale-test": 0},
    ),
}


def hand_in(course, answered):
    for number, (answers, _, _) in enumerate(CASES.values()):
        folder = course.folder("submitted") / f"s{number}" / UNIT
        folder.mkdir(parents=True)
        (folder / "sums.ipynb").write_bytes(answered(**answers))


def scores(course):
    autograded = course.folder("autograded")
    with open_gradebook(course) as gradebook:
        return {
            submission.student.id: {
                grade.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.name.endswith("-test")
            }
            for submission in gradebook.assignment_submissions(UNIT)
            if (autograded / submission.student.id / UNIT / "sums.ipynb").is_file()
        }


@pytest.mark.timeout(300)
def test_scores_differ_from_stock_only_as_documented(course, answered, tmp_path):
    hand_in(course, answered)
    stock = type(course)(shutil.copytree(course.root, tmp_path / "stock"))
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", UNIT],
        cwd=stock.root,
        env={**os.environ, "PATH": programs, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        check=False,  # it says that one of the submissions could not be graded
    )
    command = start_command(course)
    assert command.wait() == 0, command.words()
    theirs, ours = scores(stock), scores(course)
    for number, (reason, (_, expected, wanted)) in enumerate(CASES.items()):
        assert theirs.get(f"s{number}") == expected, (reason, json.dumps(theirs))
        assert ours[f"s{number}"] == wanted, reason
