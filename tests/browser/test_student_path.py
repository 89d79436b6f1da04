"""What a student does first: run a lecture, move something, answer a task."""

import shutil
from pathlib import Path

from tests.browser.lab import Lab
from tests.browser.pages import NotebookPage
from utils.known_values import FILE

ROOT = Path(__file__).parents[2]
LECTURE = ROOT / "lectures/01_linear_regression.ipynb"
EXERCISE = ROOT / "exercises/01_linear_regression/linear_regression.ipynb"
KNOWN_VALUES = EXERCISE.with_name(FILE)
WRONG = "def predict(X, theta):\n    return X @ theta[1:]"
RIGHT = "def predict(X, theta):\n    return theta[0] + X @ theta[1:]"


def copied(lab: Lab, *files: Path) -> str:
    """A student's own copies, in one folder; the name of the first one in the lab."""
    folder = lab.root / "student"
    folder.mkdir(exist_ok=True)
    for file in files:
        shutil.copy(file, folder)
    return f"student/{files[0].name}"


def type_answer(notebook: NotebookPage, cell_id: str, text: str) -> None:
    """Replace what stands in a cell, by keyboard."""
    cell, _ = notebook.try_to_run(cell_id)
    cell.locator(".cm-content").click()
    notebook.page.keyboard.press("Control+A")
    notebook.page.keyboard.insert_text(text)
    notebook.run(cell_id)


def test_lecture_runs_and_its_explorer_moves(notebook: NotebookPage, lab: Lab) -> None:
    with notebook.opened(copied(lab, LECTURE)) as lecture:
        lecture.run("imports")
        cell = lecture.run("losses-explorer")
        cell.locator(".explorer canvas").wait_for()
        before = lecture.pixels(cell)
        cell.locator("input[type=range]").first.focus()
        lecture.page.keyboard.press("ArrowLeft")
        lecture.wait_for_other_pixels(cell, before)


def test_wrong_answer_is_explained_and_right_one_passes(
    notebook: NotebookPage, lab: Lab
) -> None:
    with notebook.opened(copied(lab, EXERCISE, KNOWN_VALUES)) as exercise:
        exercise.run("imports")
        type_answer(exercise, "predict-answer", WRONG)
        cell, problem = exercise.try_to_run("predict-test")
        assert problem["ename"] == "CheckFailed"
        shown = cell.locator(".jp-OutputArea-output").inner_text()
        assert shown.startswith("Not yet.")
        assert "the bias is left out" in shown
        type_answer(exercise, "predict-answer", RIGHT)
        cell = exercise.run("predict-test")
        assert "the visible checks pass" in cell.locator(".jp-OutputArea").inner_text()
