"""The report is complete, right and harmless."""

import html.parser
import json
import math
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course import Course, CourseError
from autograder.reports.graded import Graded, graded_submissions
from autograder.reports.item_analysis import analyze_tasks, count_misconceptions
from autograder.reports.report import course_report, unit_report
from autograder.reports.report_page import page, table, unit_sections

UNIT = "01_sums"
ADDED = "This is what comes out when a and b are added."
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"


class Scan(html.parser.HTMLParser):
    """Fails on anything active and collects the tags that are open at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.counts: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "iframe", "object", "img", "link", "a", "form")
        assert not any(name.startswith("on") for name, _ in attrs)
        self.counts[tag] = self.counts.get(tag, 0) + 1
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.counts[tag] = self.counts.get(tag, 0) + 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def scan(text: str) -> dict[str, int]:
    parser = Scan()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser.counts


def note_results(course: Course) -> None:
    """What `course grade` notes, for the four of the graded course and a failure."""
    folder = course.folder("submitted").parent / "results" / UNIT
    folder.mkdir(parents=True)
    for number, student in enumerate(["ada", "bob", "cem", "dot", "eve"]):
        wrong = student in ("bob", "cem")
        message = f"scale(3, 5) is not right.\n{ADDED}" if wrong else ""
        facts = {
            "student": student,
            "unit": UNIT,
            "tasks": {"scale-test": {"score": 0, "max_score": 2, "message": message}},
            "status": "failed" if student == "eve" else "graded",
            "error": f"too slow {ATTACK}" if student == "eve" else "",
            "wall_s": 1.5 + number,
            "cpu_s": 1.0,
            "peak_mb": 100.0 + number,
            "exercise_version": "abc",
        }
        (folder / f"{student}.json").write_text(json.dumps(facts))


def submission(student: str, *scores: float, **more: object) -> Graded:
    tasks = {f"t{k}": (score, 1.0) for k, score in enumerate(scores)}
    return Graded(student, tasks=tasks, **more)


def test_everything_known_about_a_unit_is_read(graded: Course) -> None:
    note_results(graded)
    found = {s.student: s for s in graded_submissions(graded, graded.unit(UNIT))}
    assert sorted(found) == ["ada", "bob", "cem", "dot", "eve"]
    assert (found["ada"].score, found["ada"].points) == (4.0, 4.0)
    assert found["bob"].tasks["scale-test"] == (0.0, 2.0)
    assert ADDED in found["cem"].messages["scale-test"]
    assert "return b * a" in found["dot"].answers["sums/scale-answer"]
    assert found["eve"].error.startswith("too slow")
    assert found["dot"].wall_s == 4.5


def test_a_graders_own_points_count(graded: Course) -> None:
    note_results(graded)
    with Gradebook(graded.directory.db_url, "small") as gradebook:
        grade = gradebook.find_grade("add-test", "sums", UNIT, "bob")
        grade.manual_score = 1.5
        gradebook.db.commit()
    found = {s.student: s for s in graded_submissions(graded, graded.unit(UNIT))}
    assert found["bob"].score == 1.5


def test_difficulty_and_discrimination() -> None:
    students = [
        submission("a", 1, 1, 0, 1),
        submission("b", 1, 1, 0, 1),
        submission("c", 0, 0, 1, 1),
        submission("d", 0, 1, 1, 1),
    ]
    first, _, third, fourth = analyze_tasks(students)
    assert (first.difficulty, third.difficulty, fourth.difficulty) == (0.5, 0.5, 1.0)
    # By hand: task t0 is 1 1 0 0, the rest of the score is 2 2 2 3.
    assert first.discrimination == pytest.approx(-1 / math.sqrt(3))
    assert third.discrimination < 0
    assert math.isnan(fourth.discrimination)
    assert analyze_tasks([]) == []


def test_misconceptions_are_counted_once_a_submission() -> None:
    students = [
        submission("a", messages={"t": f"x\n{ADDED}\n{ADDED}"}),
        submission("b", messages={"t": ADDED, "u": "This is what comes out when X."}),
        submission("c", messages={"t": "no name"}),
    ]
    assert count_misconceptions(students) == [
        ("t", "a and b are added", 2),
        ("u", "X", 1),
    ]


def test_the_page_has_every_section_with_a_plot(graded: Course) -> None:
    note_results(graded)
    text = unit_report(graded, graded.unit(UNIT))
    counts = scan(text)
    assert counts["section"] == counts["svg"] == 6
    for title in (
        "Scores",
        "Tasks",
        "Misconceptions",
        "Time and memory",
        "Failures",
        "Similar submissions",
    ):
        assert f"<h2>{title}</h2>" in text
    assert "a and b are added" in text
    assert "too slow &lt;script&gt;" in text
    assert "4 submissions, 4 points" in text
    assert "http:" not in text.replace("http://www.w3.org/", "")
    assert "https:" not in text


def test_a_unit_that_plain_nbgrader_graded_has_a_report(graded: Course) -> None:
    text = unit_report(graded, graded.unit(UNIT))
    scan(text)
    assert "Measured by <code>course grade</code> only" in text
    assert "No check has recognized one" in text


def test_the_whole_course_on_one_page(graded: Course) -> None:
    note_results(graded)
    text = course_report(graded)
    assert scan(text)["section"] == 7
    assert "<h2>Units</h2>" in text


def test_learners_text_is_escaped_everywhere() -> None:
    students = [
        Graded(
            f"{ATTACK}{k}",
            tasks={"t": (k, 3.0), "$x^$": (0.0, 1.0)},
            messages={"t": f"This is what comes out when {ATTACK}."},
            answers={"n/t": f"x = 1 + 2 + 3 + 4 + 5 + {k}"},
            wall_s=1.0,
            cpu_s=1.0,
            peak_mb=1.0,
            version=ATTACK,
        )
        for k in range(3)
    ]
    students.append(Graded(ATTACK, error=ATTACK))
    scan(page(ATTACK, unit_sections(students, {"n/t": ""})))


def test_only_failures_and_empty_units_have_a_page_too() -> None:
    scan(page("x", unit_sections([Graded("a", error="gone")], {})))
    scan(page("x", unit_sections([], {})))


def test_long_tables_and_texts_are_cut() -> None:
    text = table(["a"], [["x" * 1000]] * 500)
    assert text.count("<tr>") == 201
    assert "300 more are not listed" in text
    assert "x" * 401 not in text


def test_command_writes_the_page(
    graded: Course,
    course: Course,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(graded.root)
    assert main(["report", "1"]) == 0
    path = graded.root / "build" / "reports" / "01_sums.html"
    assert capsys.readouterr().out == f"wrote {path}\n"
    assert path.read_text().startswith("<!DOCTYPE html>")
    assert main(["report", "--to", str(tmp_path / "all.html")]) == 0
    assert "Course report" in (tmp_path / "all.html").read_text()
    with pytest.raises(CourseError, match="is not graded"):
        unit_report(course, course.unit(UNIT))
    with pytest.raises(CourseError, match="nothing is graded"):
        course_report(course)
