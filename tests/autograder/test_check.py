"""`course check`: a line a task, from a clean kernel, whatever the notebook is."""

import shutil
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.course import Course
from autograder.notebook import as_node, read_notebook

from .toy_course import cell, edit, make_course, notebook_of, released, write

Screen = pytest.CaptureFixture[str]
RIGHT = {
    "difference": "def difference(a, b):\n    return a - b",
    "total": "def total(a, b):\n    return a + b",
}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("template") / "course").root


@pytest.fixture
def course(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    shutil.copytree(template, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    return Course(tmp_path / "course")


def hand_in(course: Course, **answers: str) -> Path:
    """A learner's copy of the first exercise with these answers."""
    path = course.root / "work" / "exercises" / "01_sums" / "sums.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(released(course, "01_sums"), path)
    for task, source in answers.items():
        edit(path, f"{task}-answer", source=source)
    return path


def check(path: Path, screen: Screen, *options: str) -> tuple[int, list[str]]:
    status = main(["check", *options, str(path)])
    return status, screen.readouterr().out.splitlines()


def test_right_answers_pass(course: Course, capsys: Screen) -> None:
    status, lines = check(hand_in(course, **RIGHT), capsys)
    assert status == 0
    assert lines == [
        "pass  difference  2 of 2",
        "pass  total       1 of 1",
        "3 of 3 points in the visible checks",
    ]


@pytest.mark.parametrize("wanted", ["1", "01", "sums", "01_sums"])
def test_unit_stands_for_the_copies_in_work(
    course: Course, wanted: str, capsys: Screen
) -> None:
    hand_in(course, **RIGHT)
    assert main(["check", wanted]) == 0
    assert "3 of 3 points" in capsys.readouterr().out


def test_folder_stands_for_its_notebooks(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: Screen
) -> None:
    folder = hand_in(course, **RIGHT).parent
    (folder / "sums.new.ipynb").write_text("the copy that --beside makes")
    monkeypatch.chdir(folder.parent)
    assert main(["check", "01_sums"]) == 0
    assert "3 of 3 points" in capsys.readouterr().out


def test_unit_without_a_copy_and_unknown_unit_are_one_line(
    course: Course, capsys: Screen
) -> None:
    assert main(["check", "2"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "does not exist" in line
    assert main(["check", "9"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "the course has: 01_sums, 02_powers" in line


def test_last_of_several_copies_of_an_answer_counts_as_in_grading(
    course: Course, capsys: Screen
) -> None:
    path = hand_in(course, difference=RIGHT["difference"])
    notebook = read_notebook(path)
    (stub,) = [one for one in notebook.cells if one.id == "total-answer"]
    again = {**stub, "id": "pasted", "source": RIGHT["total"]}
    notebook.cells.insert(notebook.cells.index(stub) + 1, as_node(again))
    write(path, notebook)
    assert check(path, capsys)[0] == 0


def test_bare_stub_is_not_answered_yet(course: Course, capsys: Screen) -> None:
    status, lines = check(hand_in(course), capsys)
    assert status == 1
    assert lines == [
        "open  difference  0 of 2  not answered yet",
        "open  total       0 of 1  not answered yet",
        "0 of 3 points in the visible checks",
    ]


def test_recognized_misconception_is_named(course: Course, capsys: Screen) -> None:
    wrong = "def difference(a, b):\n    return b - a"
    status, lines = check(hand_in(course, difference=wrong), capsys)
    assert status == 1
    assert lines[0].startswith("fail  difference  0 of 2  difference(3, 5)")
    assert any("when the arguments are swapped" in line for line in lines)


def test_error_in_the_answer_cell_is_told(course: Course, capsys: Screen) -> None:
    _, lines = check(hand_in(course, total="def total(a, b:"), capsys)
    assert "the answer cell ends with SyntaxError" in lines[1]


def test_edited_and_deleted_tests_do_not_matter(course: Course, capsys: Screen) -> None:
    path = hand_in(course, total="def total(a, b):\n    return 5")
    edit(path, "total-test", source="pass")
    notebook = read_notebook(path)
    notebook.cells = [one for one in notebook.cells if one.id != "difference-test"]
    write(path, notebook)
    status, lines = check(path, capsys)
    assert status == 1
    assert lines[0].startswith("open  difference")
    assert lines[1] == "fail  total       0 of 1  AssertionError"


def test_deleted_answer_is_not_answered_yet(course: Course, capsys: Screen) -> None:
    path = hand_in(course, **RIGHT)
    notebook = read_notebook(path)
    notebook.cells = [one for one in notebook.cells if one.id != "total-answer"]
    write(path, notebook)
    _, lines = check(path, capsys)
    assert lines[1] == "open  total       0 of 1  not answered yet"


def test_cells_that_the_learner_added_are_used(course: Course, capsys: Screen) -> None:
    uses = "def total(a, b):\n    return plus(a, b)"
    path = hand_in(course, difference=RIGHT["difference"], total=uses)
    notebook = read_notebook(path)
    place = [one.id for one in notebook.cells].index("total-answer")
    notebook.cells.insert(
        place, cell("code", "mine", "def plus(a, b):\n    return a + b")
    )
    write(path, notebook)
    assert check(path, capsys)[0] == 0


def test_error_in_a_trial_does_not_stop_the_check(
    course: Course, capsys: Screen
) -> None:
    path = hand_in(course, **RIGHT)
    edit(path, "difference-try", source="1 / 0")
    assert check(path, capsys)[0] == 0


def test_endless_loop_is_stopped_and_the_rest_goes_on(
    course: Course, capsys: Screen
) -> None:
    endless = "def difference(a, b):\n    while True:\n        pass"
    path = hand_in(course, difference=endless, total=RIGHT["total"])
    status, lines = check(path, capsys, "--seconds", "1")
    assert status == 1
    assert "stopped after 1 seconds" in lines[0]
    assert lines[1] == "pass  total       1 of 1"


def test_dead_kernel_never_passes(course: Course, capsys: Screen) -> None:
    deadly = "def difference(a, b):\n    import os\n\n    os._exit(0)"
    path = hand_in(course, difference=deadly, total=RIGHT["total"])
    status, lines = check(path, capsys)
    assert status == 1
    assert "the kernel died" in lines[0]
    assert lines[1].startswith("fail  total       0 of 1  not run")


def test_warning_in_a_test_costs_the_point(course: Course, capsys: Screen) -> None:
    body = "    import warnings\n\n    warnings.warn('old')\n    return 2"
    loud = f"def total(a, b):\n{body}"
    status, lines = check(hand_in(course, total=loud), capsys)
    assert status == 1
    assert "must stay silent" in lines[1] and "old" in "".join(lines)


def test_control_characters_of_a_message_are_not_printed(
    course: Course, capsys: Screen
) -> None:
    rude = "def total(a, b):\n    raise ValueError('\\x1b[2Jgone\\x07')"
    _, lines = check(hand_in(course, total=rude), capsys)
    assert lines[1] == "fail  total       0 of 1  ValueError: gone"


@pytest.mark.parametrize("content", ["", "{", "hello", '{"nbformat": 4}', "[1]"])
def test_what_is_no_notebook_is_one_line(
    course: Course, content: str, capsys: Screen
) -> None:
    path = course.root / "sums.ipynb"
    path.write_text(content)
    assert main(["check", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_notebook_of_another_unit_is_one_line(course: Course, capsys: Screen) -> None:
    path = hand_in(course)
    shutil.copy(released(course, "02_powers"), path)
    assert main(["check", str(path)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "holds the exercise 02_powers, not 01_sums" in line


def test_notebook_that_is_no_exercise_is_one_line(
    course: Course, capsys: Screen
) -> None:
    path = course.root / "lectures" / "01_sums.ipynb"
    write(path, notebook_of(cell("code", "one", "1")))
    assert main(["check", str(path)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "not an exercise of this course" in line
