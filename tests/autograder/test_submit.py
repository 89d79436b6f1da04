"""A learner's ZIP file: complete, with a receipt, and what collect makes of it."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.collecting.intake import collect
from autograder.course import Course

UNIT = "01_sums"
OWN = f"work/exercises/{UNIT}"  # where `course lab` puts the copies
Answered = Callable[..., bytes]


@pytest.fixture
def learner(
    course: Course, answered: Answered, monkeypatch: pytest.MonkeyPatch
) -> Course:
    """A course in which the learner has filled in everything; no sources."""
    folder = course.root / OWN
    folder.mkdir(parents=True)
    (folder / "sums.ipynb").write_bytes(answered(add="a + b", scale="a * b"))
    (course.root / "solutions" / UNIT / "sums.ipynb").unlink()
    monkeypatch.chdir(course.root)
    return course


def test_the_zip_holds_the_notebook_and_a_receipt(
    learner: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["submit", "1", "--to", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    (path,) = tmp_path.glob("01_sums-*.zip")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [f"{UNIT}/sums.ipynb", f"{UNIT}/receipt.json"]
        receipt = json.loads(archive.read(f"{UNIT}/receipt.json"))
    assert receipt["unit"] == UNIT
    assert receipt["digest"] in printed
    assert receipt["time"].endswith("+00:00")
    assert len(receipt["exercise_version"]["sums.ipynb"]) == 12
    assert "note:" not in printed


def test_two_submissions_in_one_second_are_two_files(
    learner: Course, tmp_path: Path
) -> None:
    for _ in range(3):
        assert main(["submit", "sums", "--to", str(tmp_path)]) == 0
    assert len(list(tmp_path.glob("01_sums-*.zip"))) == 3


def test_unfinished_answers_and_edited_tests_are_mentioned(
    learner: Course,
    answered: Answered,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    notebook = json.loads(answered(add="a + b"))
    notebook["cells"][2]["source"] = "pass"
    path = learner.root / OWN / "sums.ipynb"
    path.write_text(json.dumps(notebook))
    assert main(["submit", "1", "--to", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "still raise an error: 1" in printed
    assert "cells that differ from the exercise" in printed


@pytest.mark.parametrize("content", [b"", b"{", b"[1]"])
def test_a_broken_notebook_is_not_packed(
    learner: Course,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
) -> None:
    (learner.root / OWN / "sums.ipynb").write_bytes(content)
    assert main(["submit", "1", "--to", str(tmp_path)]) == 1
    assert "sums.ipynb is" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.zip"))


def test_a_missing_notebook_and_an_unknown_unit_are_named(
    learner: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (learner.root / OWN / "sums.ipynb").rename(tmp_path / "x.ipynb")
    assert main(["submit", "1", "--to", str(tmp_path)]) == 1
    assert "saved under another name" in capsys.readouterr().err
    assert main(["submit", "2"]) == 1
    assert "the course has: 01_sums" in capsys.readouterr().err


def test_another_folder_can_be_packed(learner: Course, tmp_path: Path) -> None:
    (learner.root / OWN).rename(tmp_path / "mine")
    options = ["--from", str(tmp_path / "mine"), "--to", str(tmp_path)]
    assert main(["submit", "1", *options]) == 0
    assert len(list(tmp_path.glob("01_sums-*.zip"))) == 1


def test_missing_copies_are_one_line_that_says_what_to_do(
    learner: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (learner.root / OWN).rename(tmp_path / "mine")
    assert main(["submit", "1"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "run `course lab`" in line


def test_what_was_packed_is_collected_with_its_receipt(
    learner: Course, course_template: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "in" / "ada"
    inbox.mkdir(parents=True)
    assert main(["submit", "1", "--to", str(inbox)]) == 0
    teacher = Course(learner.root)
    source = "solutions/01_sums/sums.ipynb"
    (teacher.root / source).write_bytes((course_template / source).read_bytes())
    (outcome,) = collect(teacher, teacher.unit(UNIT), tmp_path / "in")
    assert outcome.state == "collected"
    assert len(outcome.notes) == 1
    assert outcome.notes[0].startswith("receipt ")


def test_a_changed_notebook_does_not_match_its_receipt(
    learner: Course, course_template: Path, answered: Answered, tmp_path: Path
) -> None:
    assert main(["submit", "1", "--to", str(tmp_path)]) == 0
    (path,) = tmp_path.glob("*.zip")
    inbox = tmp_path / "in" / "ada"
    inbox.mkdir(parents=True)
    with zipfile.ZipFile(path) as archive:
        receipt = archive.read(f"{UNIT}/receipt.json")
    (inbox / "receipt.json").write_bytes(receipt)
    (inbox / "sums.ipynb").write_bytes(answered(add="a + b"))
    source = "solutions/01_sums/sums.ipynb"
    (learner.root / source).write_bytes((course_template / source).read_bytes())
    teacher = Course(learner.root)
    (outcome,) = collect(teacher, teacher.unit(UNIT), tmp_path / "in")
    assert outcome.notes == ["the files are not those of the receipt"]
