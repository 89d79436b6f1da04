"""Feedback says what a learner may know, and nothing of the hidden tests."""

import html
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI

from autograder.cli import main
from autograder.course import Course, CourseError
from autograder.reports.feedback import write_feedback
from autograder.reports.hidden_tests import (
    PLACEHOLDER,
    HideHiddenTests,
    Split,
    instructors_message,
    split_test,
)
from autograder.reports.task_names import NameTasks

UNIT = "01_sums"
ROW = r'<tr><td><a href="#([^"]*)">(.*?)</tr>'
BEGIN, END = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"


def page(course: Course, student: str) -> str:
    path = course.folder("feedback") / student / UNIT / "sums.html"
    content = path.read_text(encoding="utf-8")
    body = content[content.index("<body") :]
    return html.unescape(re.sub(r"<[^>]*>", "", body))


def graded_cells(course: Course, student: str) -> dict[str, nbformat.NotebookNode]:
    path = course.folder("autograded") / student / UNIT / "sums.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    return {cell.metadata.nbgrader.grade_id: cell for cell in cells}


def test_everybody_gets_a_page_without_hidden_tests(graded: Course) -> None:
    assert write_feedback(graded, graded.unit(UNIT)) == {}
    for student in ("ada", "bob", "cem", "dot"):
        source = graded_cells(graded, student)["add-test"].source
        assert "add(20, 22) == 42" in source  # so that there is something to hide
        text = page(graded, student)
        assert "add(20, 22)" not in text
        assert "scale(3, 5) == " not in text
        assert "HIDDEN" not in text
        assert PLACEHOLDER in text
        assert "add(1, 1) == 2" in text


def test_scores_are_those_of_the_gradebook(graded: Course) -> None:
    write_feedback(graded, graded.unit(UNIT))
    with Gradebook(graded.directory.db_url, "small") as gradebook:
        for student, score in (("ada", 4.0), ("bob", 0.0), ("cem", 2.0), ("dot", 2.0)):
            assert gradebook.find_submission(UNIT, student).score == score
            assert f"{score:g} of 4 points" in page(graded, student)


def test_the_index_names_the_tasks_and_their_points(graded: Course) -> None:
    write_feedback(graded, graded.unit(UNIT), ["cem"])
    content = (graded.folder("feedback") / "cem" / UNIT / "sums.html").read_text()
    index = content[content.index("<nav") : content.index("</nav>")]
    rows = [
        (target, *re.sub(r"<[^>]*>", " ", row).split())
        for target, row in re.findall(
            r'<tr><td><a href="#([^"]*)">(.*?)</tr>', index, re.S
        )
    ]
    assert rows == [
        ("add-test", "Task", "add", "2", "of", "2"),
        ("scale-test", "Task", "scale", "0", "of", "2"),
        ("words-answer", "Task", "scale", "no", "points"),
    ]
    for target, *_ in rows:
        assert f'id="{target}"' in content


def test_a_task_without_a_heading_is_called_by_its_id() -> None:
    cell = new_code_cell("assert True")
    marks = {"grade": True, "solution": False, "locked": True, "schema_version": 3}
    cell.metadata.nbgrader = {**marks, "grade_id": "two_sums-test", "points": 1}
    named, _ = NameTasks().preprocess(nbformat.v4.new_notebook(cells=[cell]), {})
    assert named.cells[0].metadata.nbgrader["task_name"] == "two sums"


def test_a_hidden_failure_shows_the_instructors_message_alone(graded: Course) -> None:
    write_feedback(graded, graded.unit(UNIT))
    text = page(graded, "bob")
    assert "Not yet. Try numbers that differ." in text
    assert "A hidden check fails: the answer is not right on other data." in text
    assert "Traceback" not in text
    assert text.count("hidden-leak") == 1  # the learner's own code, no value of it


def test_a_visible_failure_shows_its_line_but_not_the_hidden_ones_around_it(
    graded: Course,
) -> None:
    output = graded_cells(graded, "dot")["add-test"].outputs[0]
    stock = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(output.traceback))
    assert "add(20, 22) == 42" in stock
    write_feedback(graded, graded.unit(UNIT))
    text = page(graded, "dot")
    assert "line 1: assert add(1, 1) == 2\nNot yet. AssertionError" in text
    assert "Traceback" not in text
    assert "42" not in text


def test_the_page_needs_no_script_and_no_server(graded: Course) -> None:
    write_feedback(graded, graded.unit(UNIT))
    for path in graded.folder("feedback").rglob("*.html"):
        content = path.read_text(encoding="utf-8")
        assert "<script" not in content
        assert "Content-Security-Policy" in content
        assert not re.search(r"(?:src|href)=.https?:", content)
    ada = graded.folder("feedback") / "ada" / UNIT / "sums.html"
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in ada.read_text()


def test_a_comment_of_the_instructor_is_shown(graded: Course) -> None:
    with Gradebook(graded.directory.db_url, "small") as gradebook:
        comment = gradebook.find_comment("words-answer", "sums", UNIT, "ada")
        comment.manual_comment = "A *good* answer <script>alert(2)</script>"
        gradebook.db.commit()
    write_feedback(graded, graded.unit(UNIT), ["ada"])
    content = (graded.folder("feedback") / "ada" / UNIT / "sums.html").read_text()
    assert "A <em>good</em> answer" in content
    assert "<script" not in content


def test_other_files_of_a_submission_are_not_handed_out(graded: Course) -> None:
    folder = graded.folder("autograded") / "ada" / UNIT
    (folder / "evil.html").write_text("<script>alert(1)</script>")
    write_feedback(graded, graded.unit(UNIT), ["ada"])
    names = [p.name for p in (graded.folder("feedback") / "ada" / UNIT).iterdir()]
    assert names == ["sums.html"]


def test_one_broken_notebook_does_not_stop_the_others(graded: Course) -> None:
    broken = graded.folder("autograded") / "ada" / UNIT / "sums.ipynb"
    broken.chmod(0o644)
    broken.write_text("{")
    failures = write_feedback(graded, graded.unit(UNIT))
    assert list(failures) == ["ada"]
    assert failures["ada"] and "\n" not in failures["ada"]
    assert "2 of 4 points" in page(graded, "dot")


def test_the_same_pages_come_from_nbgrader_alone(graded: Course) -> None:
    result = NbGraderAPI(config=graded.config).generate_feedback(UNIT, "bob")
    assert result["success"], result["log"]
    assert "Not yet. Try numbers that differ." in page(graded, "bob")
    assert "scale(3, 5) == " not in page(graded, "bob")


def test_a_course_made_by_quickstart_is_protected_too(
    graded: Course, tmp_path: Path
) -> None:
    root = tmp_path / "other"
    shutil.copytree(graded.root, root)
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        "c.CourseDirectory.course_id = 'small'\n"
        "c.CourseDirectory.source_directory = 'solutions'\n"
        "c.CourseDirectory.autograded_directory = 'build/autograded'\n"
        f"c.CourseDirectory.db_url = 'sqlite:///{root}/build/gradebook.db'\n"
    )
    other = Course(root)
    assert write_feedback(other, other.unit(UNIT), ["cem"]) == {}
    content = (root / "feedback" / "cem" / UNIT / "sums.html").read_text()
    assert "<script" not in content
    assert "add(20, 22)" not in content


def test_command_names_students_without_a_grade(
    graded: Course,
    course: Course,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(graded.root)
    assert main(["feedback", "1", "--student", "ada"]) == 0
    assert "feedback is in" in capsys.readouterr().out
    assert main(["feedback", "1", "--student", "eve"]) == 1
    assert "not graded in 01_sums: eve" in capsys.readouterr().err
    with pytest.raises(CourseError, match="is not graded"):
        write_feedback(course, course.unit(UNIT))


# Taking a test apart


def test_hidden_regions_are_found_wherever_they_are() -> None:
    source = f"a\n### {BEGIN}\nb\n### {END}\nc\n# {BEGIN}\nd"
    parts = split_test(source, BEGIN, END)
    assert parts.visible == f"a\nc\n{PLACEHOLDER}"
    assert (parts.hidden, parts.hidden_lines) == ("b\nd", {2, 3, 4, 6, 7})
    assert split_test("a\nb", BEGIN, END).hidden == ""


def test_line_of_a_visible_failure_is_the_line_that_the_page_shows() -> None:
    source = f"a = 1\n### {BEGIN}\nb = 2\n### {END}\ncheck(a)"
    metadata = {"nbgrader": {"grade": True, "solution": False, "grade_id": "t"}}
    why = new_output(
        "error", ename="CheckFailed", evalue="a is 1.", traceback=["----> 5 check(a)"]
    )
    cell = new_code_cell(source, outputs=[why], metadata=metadata)
    cell, _ = HideHiddenTests().preprocess_cell(cell, {}, 0)
    assert cell.source == "a = 1\ncheck(a)"
    assert cell.outputs[0].text == "line 2: check(a)\nNot yet. a is 1.\n"


def message(ename: str, evalue: str, hidden: str = "") -> str:
    visible = "check(predict, name='predict(X)', mistakes={'the bias is left out': 1})"
    return instructors_message(ename, evalue, Split(visible, hidden, frozenset({2})))


def test_values_in_a_failing_check_are_not_part_of_the_message() -> None:
    check = "predict(X) is not right.\n  expected: [1 2]\n  got:      [3 4]"
    assert message("CheckFailed", check) == "predict(X) is not right."
    named = f"{check}\nThis is what comes out when the bias is left out."
    assert message("CheckFailed", named) == (
        "predict(X) is not right. This is what comes out when the bias is left out."
    )
    assert "other data" in message("AssertionError", "assert 17 == 42")
    assert message("CheckFailed", named, "x = 1  # message: Mind the bias.") == (
        "Mind the bias."
    )


def test_a_flood_of_output_does_not_make_a_hidden_failure_visible() -> None:
    source = f"report_visible('t')\n### {BEGIN}\nassert 17 == 42\n### {END}"
    metadata = {"nbgrader": {"grade": True, "solution": False, "grade_id": "t"}}
    for flood in ("\n" * 500, "x" * 20_000):
        outputs = [
            new_output("stream", text=flood),
            new_output("error", ename="CheckFailed", evalue="17", traceback=["17"]),
        ]
        cell = new_code_cell(source, outputs=outputs, metadata=metadata)
        cell, _ = HideHiddenTests().preprocess_cell(cell, {}, 0)
        assert "17" not in cell.source + cell.outputs[0].text


def test_a_learners_error_cannot_carry_hidden_inputs_out() -> None:
    for ename, evalue in (
        ("CheckFailed", "[17, 42] is not right.\n  x"),
        ("CheckFailed", "This is what comes out when [17, 42]."),
        ("[17, 42]", "x"),
        ("IndexError", "[17, 42]"),
        ("ValueError", "x # message: [17, 42]"),
    ):
        assert "17" not in message(ename, evalue)
    assert message("IndexError", "x") == (
        "A hidden check ends with IndexError on other data."
    )
