"""nbgrader's own exchange, from release to a collected submission and back."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.collecting.intake import collect
from autograder.course import Course
from autograder.reports.feedback import write_feedback
from autograder.reports.gradebook import find_alembic

UNIT = "01_sums"


def nbgrader(folder: Path, *words: str) -> None:
    """Run an nbgrader command in a folder, as the same user with a home of its own."""
    find_alembic()
    environment = {**os.environ, "HOME": str(folder), "JUPYTER_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "nbgrader", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def learners_folder(course: Course, folder: Path) -> Path:
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        f"c.Exchange.root = {str(course.root / 'build' / 'exchange')!r}\n"
        "c.CourseDirectory.course_id = 'small'\n"
    )
    return folder


def test_a_submission_comes_through_the_exchange(
    course: Course, answered: Callable[..., bytes], tmp_path: Path
) -> None:
    (course.root / "build" / "exchange").chmod(0o777)
    nbgrader(course.root, "release_assignment", UNIT)
    learner = learners_folder(course, tmp_path / "learner")
    nbgrader(learner, "fetch_assignment", UNIT)
    notebook = learner / UNIT / "sums.ipynb"
    released = course.folder("release") / UNIT / "sums.ipynb"
    assert notebook.read_bytes() == released.read_bytes()
    notebook.write_bytes(answered(add="a + b"))
    nbgrader(learner, "submit", UNIT)
    nbgrader(course.root, "collect", UNIT)
    (outcome,) = collect(course, course.unit(UNIT), course.folder("submitted"))
    assert (outcome.state, outcome.notes[1:]) == ("collected", [])
    stored = course.folder("submitted") / outcome.student / UNIT
    assert sorted(path.name for path in stored.iterdir()) == [
        "submission_secret.txt",
        "sums.ipynb",
        "timestamp.txt",
    ]


def test_feedback_goes_back_through_the_exchange(graded: Course) -> None:
    (graded.root / "build" / "exchange").chmod(0o777)
    for step in ("submitted", "autograded"):
        for path in graded.folder(step).glob(f"*/{UNIT}"):
            (path / "timestamp.txt").write_text("2026-11-20 12:00:00 UTC")
            (path / "submission_secret.txt").write_text(path.parent.name)
    assert write_feedback(graded, graded.unit(UNIT)) == {}
    nbgrader(graded.root, "release_feedback", UNIT)
    pages = list((graded.root / "build" / "exchange").glob("small/feedback/*.html"))
    assert len(pages) == 4
    assert all("add(20, 22)" not in page.read_text() for page in pages)
