"""The table of units in the README says what the notebooks say."""

from pathlib import Path

import pytest

from autograder.authoring.catalog import entries, with_table
from autograder.course import Course, CourseError

ROOT = Path(__file__).parents[2]


def test_readme_has_the_current_table() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert with_table(text, Course(ROOT)) == text, "run `course units --write`"


def test_every_entry_is_complete() -> None:
    for entry in entries(Course(ROOT)):
        assert entry.title.startswith(entry.unit.number), entry
        assert entry.question.endswith("?"), entry
        assert entry.tasks >= 4, entry
        assert entry.points >= entry.tasks, entry
        assert entry.exercise_minutes > 0, entry


def test_readme_without_markers_is_refused() -> None:
    with pytest.raises(CourseError, match="lacks"):
        with_table("# No table here", Course(ROOT))
