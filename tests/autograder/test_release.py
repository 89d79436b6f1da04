"""Releasing and checking: exercises/ is exactly what solutions/ gives."""

import json
import shutil
from pathlib import Path

import pytest

from autograder.authoring.leaks import leaks
from autograder.authoring.metadata import problems_with_ids, problems_with_source
from autograder.authoring.release import check
from autograder.cli import main
from autograder.course import Course
from autograder.notebook import read_notebook

from .toy_course import (
    cell,
    edit,
    exercise,
    graded,
    make_course,
    notebook_of,
    released,
    source,
    write,
)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.chdir(make_course(tmp_path / "course").root)
    return Course(tmp_path / "course")


def problems(course: Course) -> str:
    return "\n".join(check(course, course.units, whole_course=True))


def tree(course: Course) -> dict[str, bytes]:
    folder = course.root / "exercises"
    return {str(path): path.read_bytes() for path in folder.rglob("*.ipynb")}


def test_fresh_release_has_no_problem(course: Course) -> None:
    assert problems(course) == ""
    assert main(["release", "--check"]) == 0


def test_release_removes_solutions_and_hidden_tests(course: Course) -> None:
    text = released(course, "01_sums").read_text()
    assert "NotImplementedError" in text
    assert "return a - b" not in text and "(20, 1)" not in text
    assert not [word for word in ("BEGIN", "END") if f"### {word}" in text]


def test_release_twice_gives_the_same_bytes(course: Course) -> None:
    before = tree(course)
    assert main(["release"]) == 0
    assert tree(course) == before


def test_release_does_not_depend_on_the_format_of_the_source(course: Course) -> None:
    before, path = tree(course), source(course, "01_sums")
    notebook = read_notebook(path)
    notebook.cells[1].execution_count = 3
    path.write_text(json.dumps(notebook))
    assert main(["release"]) == 0
    assert tree(course) == before
    assert "canonical form" in problems(course)


def test_other_files_of_a_unit_are_released(course: Course) -> None:
    (source(course, "01_sums").parent / "data.csv").write_text("1,2\n")
    assert "data.csv: is missing" in problems(course)
    assert main(["release", "1"]) == 0
    assert (released(course, "01_sums").parent / "data.csv").read_text() == "1,2\n"
    assert problems(course) == ""


def test_one_differing_byte_is_told_with_its_cell(course: Course) -> None:
    path = released(course, "01_sums")
    path.write_text(path.read_text().replace("Write `diff", "write `diff"))
    assert "sums.ipynb: cell 'difference-prompt' differs" in problems(course)
    assert main(["release", "--check"]) == 1


def test_differing_white_space_of_the_json_is_told(course: Course) -> None:
    path = released(course, "01_sums")
    path.write_text(path.read_text() + "\n")
    assert "the JSON around the cells differs" in problems(course)


def test_missing_and_extra_files_are_told(course: Course) -> None:
    released(course, "01_sums").unlink()
    (course.root / "exercises" / "02_powers" / "more.txt").write_text("more")
    (course.root / "exercises" / "09_gone").mkdir()
    found = problems(course)
    assert "exercises/01_sums/sums.ipynb: is missing" in found
    assert "exercises/02_powers/more.txt: has no source" in found
    assert "exercises/09_gone: no source" in found


@pytest.mark.parametrize("text", ["return a - b", "assert difference(20, 1) == 19"])
def test_leaked_line_is_told_with_its_cell(course: Course, text: str) -> None:
    edit(released(course, "01_sums"), "difference-try", source=f"# see:\n{text}")
    assert "cell 'difference-try': a protected line of 'difference-" in problems(course)


def test_leaked_marker_is_told() -> None:
    one = exercise("power", "a**b", "b**a", 20)
    other = notebook_of(cell("code", "power-try", "### begin hidden tests"))
    assert [text for text in leaks(one, other) if "marker" in text]


def test_whole_solution_in_another_cell_is_told() -> None:
    body = "    y = x\n    return y"
    code = f"def f(x):\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"
    one = notebook_of(
        graded("code", "f-answer", code, solution=True),
        cell("markdown", "hint", "y = x\n\nreturn y"),
    )
    other = notebook_of(one.cells[1])
    assert [text for text in leaks(one, other) if "whole solution" in text]


def test_a_line_that_the_source_shows_too_is_no_leak() -> None:
    code = (
        "def f(x):\n    ### BEGIN SOLUTION\n    return x + 12345\n    ### END SOLUTION"
    )
    one = notebook_of(
        graded("code", "f-answer", code, solution=True),
        cell("code", "show", "return x + 12345"),
    )
    assert list(leaks(one, notebook_of(one.cells[1]))) == []


def test_non_canonical_lecture_is_told(course: Course) -> None:
    path = course.root / "lectures" / "01_sums.ipynb"
    path.write_text(path.read_text().replace(' "nbformat"', '  "nbformat"'))
    assert problems(course).startswith(
        "lectures/01_sums.ipynb: is not in the canonical"
    )


def test_duplicate_and_unreadable_ids_are_told() -> None:
    cells = [
        cell("code", "one", ""),
        cell("code", "one", ""),
        cell("code", "1a2b3c4d", ""),
    ]
    found = list(problems_with_ids(notebook_of(*cells)))
    assert "cell 'one': 2 cells" in found[0]
    assert "cell '1a2b3c4d': the id is not readable" in found[1]


SOLVED = "### BEGIN SOLUTION\n1\n### END SOLUTION"
BROKEN = {
    "no points": (graded("code", "a-test", "1", grade=True, locked=True), "points"),
    "points 0": (
        graded("code", "a-test", "1", grade=True, locked=True, points=0),
        "points above 0",
    ),
    "negative points": (
        graded("code", "a-test", "1", grade=True, locked=True, points=-1),
        "number",
    ),
    "test not locked": (graded("code", "a-test", "1", grade=True, points=1), "marks"),
    "nothing marked": (graded("code", "a", "1"), "marks"),
    "locked answer": (graded("code", "a", SOLVED, solution=True, locked=True), "marks"),
    "task cell": (graded("markdown", "a", "1", locked=True, task=True), "marks"),
    "markdown test": (
        graded("markdown", "a", "1", grade=True, locked=True, points=1),
        "must be a code cell",
    ),
    "code to be read": (
        graded("code", "a", SOLVED, grade=True, solution=True, points=1),
        "must be a markdown cell",
    ),
    "old schema": (graded("code", "a", "1", locked=True, schema_version=2), "schema 2"),
    "text for a mark": (graded("code", "a", "1", locked="yes"), "true or false"),
    "checksum": (graded("code", "a", "1", locked=True, checksum="0" * 32), "checksum"),
    "answer without region": (
        graded("code", "a", "1", solution=True),
        "BEGIN SOLUTION",
    ),
    "open region": (
        graded("code", "a", "### BEGIN SOLUTION\n1", solution=True),
        "pair up",
    ),
    "inspect imported": (
        graded("code", "a-test", "import inspect", grade=True, locked=True, points=1),
        "inspect",
    ),
    "inspect from": (
        graded(
            *("code", "a-test", "from inspect import getsource"),
            grade=True,
            locked=True,
            points=1,
        ),
        "inspect",
    ),
}


@pytest.mark.parametrize(("broken", "reason"), BROKEN.values(), ids=BROKEN)
def test_incomplete_metadata_is_told_with_its_cell(broken: object, reason: str) -> None:
    found = list(problems_with_source(notebook_of(broken)))
    assert found and found[0].startswith("cell 'a") and reason in found[0]


def test_left_out_key_is_told() -> None:
    prompt = graded("markdown", "a", "text", locked=True)
    del prompt.metadata.nbgrader["task"]
    assert "lacks task" in next(problems_with_source(notebook_of(prompt)))


@pytest.mark.parametrize("content", ["", '{"cells": [', "hello", "[]"])
def test_bad_source_is_one_line_and_changes_nothing(
    course: Course, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(course)
    edit(source(course, "01_sums"), "difference-prompt", source="New.")
    source(course, "02_powers").write_text(content)
    assert main(["release"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "solutions/02_powers/powers.ipynb" in line
    assert tree(course) == before
    assert main(["release", "--check"]) == 1
    assert not list(course.root.glob(".release-*"))


def test_what_nbgrader_refuses_is_one_line(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    hidden = "### BEGIN HIDDEN TESTS\n1\n### END HIDDEN TESTS"
    edit(source(course, "01_sums"), "difference-try", source=hidden)
    assert main(["release"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "non-grade cell" in line


def test_unknown_unit_is_one_line(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["release", "77"]) == 1
    assert "01_sums" in capsys.readouterr().err


def test_course_without_units_is_in_order(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    shutil.rmtree(tmp_path / "solutions")
    shutil.rmtree(tmp_path / "exercises")
    assert problems(course) == ""


def test_writing_helper_gives_what_the_check_wants(course: Course) -> None:
    write(source(course, "01_sums"), exercise("difference", "a - b", "b - a", 19))
    assert problems(course) == ""


WATCHED = """from utils.checks import check_function, known_values

right = known_values("difference-test")
### BEGIN HIDDEN TESTS
right = lambda a, b: a - b
### END HIDDEN TESTS
check_function(difference, right, [3, 5], name="difference(3, 5)")"""


def stored_values(course: Course, folder: str) -> str:
    return (course.root / folder / "01_sums" / "known_values.json").read_text()


def test_solution_is_run_where_visible_checks_ask_for_values(course: Course) -> None:
    path = source(course, "01_sums")
    edit(path, "difference-test", source=WATCHED)
    assert "known values are old" in problems(course)
    assert main(["release"]) == 0
    assert problems(course) == ""
    values = json.loads(stored_values(course, "exercises"))["tests"]
    right = values["difference-test"]["difference(3, 5)"]["right"]
    assert right == [{"dtype": "int64", "shape": [], "entries": [-2]}]
    assert "a - b" not in released(course, "01_sums").read_text()

    edit(path, "difference-test", source=WATCHED.replace("[3, 5]", "[3, 6]"))
    assert "known values are old" in problems(course)
    edit(path, "difference-test", source=WATCHED)
    assert problems(course) == ""


def test_values_that_nobody_asks_for_are_deleted(course: Course) -> None:
    path = source(course, "01_sums")
    for broken in ("", "{"):
        (path.parent / "known_values.json").write_text(broken)
        assert "known values are old" in problems(course)
    assert main(["release"]) == 0
    assert problems(course) == ""
    assert not (path.parent / "known_values.json").exists()


@pytest.mark.parametrize(
    ("last", "words"), [("1 / 0", "division by zero"), ("assert 0", "AssertionError")]
)
def test_failing_solution_leaves_the_release_as_it_was(
    course: Course, capsys: pytest.CaptureFixture[str], last: str, words: str
) -> None:
    before = tree(course)
    edit(source(course, "01_sums"), "difference-test", source=f"{WATCHED}\n{last}")
    assert main(["release"]) != 0
    told = capsys.readouterr().err
    assert "cell difference-test" in told
    assert words in told
    assert tree(course) == before
