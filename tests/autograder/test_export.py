"""The grade files say what the gradebook says, in the form that each reader needs."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course import Course, CourseError
from autograder.reports.export import Grade, harmless, read_grades, to_canvas, to_moodle

UNIT = "01_sums"


@pytest.fixture
def named(graded: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    """The graded course, with names and platform ids for three of the four."""
    with Gradebook(graded.directory.db_url, "small") as gradebook:
        for student, number, first, last in (
            ("ada", "4711", "Ada", "Lovelace, Countess"),
            ("bob", "4712", "", "=HYPERLINK(1)"),
            ("cem", "4713", "Çem", "Öz"),
        ):
            gradebook.update_or_create_student(
                student, lms_user_id=number, first_name=first, last_name=last
            )
    monkeypatch.chdir(graded.root)
    return graded


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_has_a_line_for_each_submission(
    named: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export"]) == 0
    assert capsys.readouterr().out == "wrote grades.csv\n"
    found = {row["student_id"]: row for row in rows(named.root / "grades.csv")}
    assert sorted(found) == ["ada", "bob", "cem", "dot"]
    assert found["ada"]["last_name"] == "Lovelace, Countess"
    assert (found["ada"]["total"], found["ada"]["max_score"]) == ("4", "4")
    assert found["bob"]["last_name"] == "'=HYPERLINK(1)"
    assert found["dot"]["score"] == "2"


def test_canvas_matches_people_by_number(
    named: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--to", "canvas"]) == 1
    assert "dot: left out" in capsys.readouterr().out
    found = rows(named.root / "grades-canvas.csv")
    assert list(found[0]) == [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        UNIT,
    ]
    assert found[0]["Student"] == "    Points Possible"
    assert found[0][UNIT] == "4"
    assert {row["ID"]: row[UNIT] for row in found[1:]} == {
        "4711": "4",
        "4712": "0",
        "4713": "2",
    }
    assert found[3]["Student"] == "Öz, Çem"


def test_moodle_matches_people_by_participant(named: Course) -> None:
    assert main(["export", "1", "--to", "moodle", "--file", "m.csv"]) == 1
    found = rows(named.root / "m.csv")
    assert [row["Identifier"] for row in found] == [
        "Participant 4711",
        "Participant 4712",
        "Participant 4713",
    ]
    assert found[2] == {
        "Identifier": "Participant 4713",
        "Full name": "Çem Öz",
        "Grade": "2",
        "Maximum Grade": "4",
        "Last modified (grade)": "-",
    }


def test_late_penalties_are_taken_off_but_not_below_zero(named: Course) -> None:
    with Gradebook(named.directory.db_url, "small") as gradebook:
        for student in ("ada", "bob"):
            notebook = gradebook.find_submission_notebook("sums", UNIT, student)
            notebook.late_submission_penalty = 1.5
        gradebook.db.commit()
    totals = {grade.student: grade.total for grade in read_grades(named)}
    assert (totals["ada"], totals["bob"], totals["cem"]) == (2.5, 0.0, 2.0)


def test_a_moodle_worksheet_is_for_one_unit() -> None:
    ada = ("ada", "Lovelace, Countess", "Ada", "", "4711", "")
    grades = [Grade(unit, *ada, 4.0, 0.0, 4.0) for unit in (UNIT, "02_more")]
    with pytest.raises(CourseError, match="name a UNIT"):
        to_moodle(grades)
    text, _ = to_canvas(grades)
    assert text.splitlines()[0].endswith("Section,01_sums,02_more")
    assert '"Lovelace, Countess, Ada",4711,,,,4,4' in text


def test_formulas_in_names_are_shown_not_computed() -> None:
    assert harmless("=1+1") == "'=1+1"
    assert harmless("@x") == "'@x"
    assert harmless("O'Brien") == "O'Brien"


def test_nothing_graded_is_one_clear_sentence(
    course: Course,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(course.root)
    assert main(["export"]) == 1
    assert "nothing is graded yet" in capsys.readouterr().err
    (course.root / "build" / "gradebook.db").unlink()
    assert main(["export"]) == 1
    assert "no gradebook yet" in capsys.readouterr().err


def test_nbgraders_own_exporter_works_as_well(named: Course) -> None:
    command = [sys.executable, "-m", "nbgrader", "export"]
    subprocess.run(command, cwd=named.root, check=True, capture_output=True)
    assert "01_sums" in (named.root / "grades.csv").read_text()
