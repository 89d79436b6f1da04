"""What a student does first: run a lecture, move something, answer a task."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.pages import NotebookPage

ROOT = Path(__file__).parents[2]
LECTURE = ROOT / "lectures/01_linear_regression.ipynb"
EXERCISE = ROOT / "exercises/01_linear_regression/linear_regression.ipynb"
WRONG = "def predict(X, theta):\n    return X @ theta[1:]"
RIGHT = "def predict(X, theta):\n    return theta[0] + X @ theta[1:]"


@pytest.fixture
def open_copy(chromium: Any, lab: Any) -> Iterator[Any]:
    """Opens a student's own copy of a notebook of the course."""
    pages = []

    def open_one(original: Path) -> NotebookPage:
        name = f"student_{original.name}"
        shutil.copy(original, lab.root / name)
        pages.append(NotebookPage(chromium, lab, name))
        return pages[-1]

    yield open_one
    for page in pages:
        page.assert_clean()
        page.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"
        )
        page.page.close()


def type_answer(notebook: NotebookPage, cell_id: str, text: str) -> None:
    """Replace what stands in a cell, by keyboard."""
    cell, _ = notebook.try_to_run(cell_id)
    cell.locator(".cm-content").click()
    notebook.page.keyboard.press("Control+A")
    notebook.page.keyboard.insert_text(text)
    notebook.run(cell_id)


def test_lecture_runs_and_its_explorer_moves(open_copy: Any) -> None:
    notebook = open_copy(LECTURE)
    notebook.run("imports")
    cell = notebook.run("losses-explorer")
    cell.locator(".explorer canvas").wait_for()
    before = notebook.pixels(cell)
    cell.locator("input[type=range]").first.focus()
    notebook.page.keyboard.press("ArrowLeft")
    notebook.wait_for_other_pixels(cell, before)


def test_wrong_answer_is_explained_and_right_one_passes(open_copy: Any) -> None:
    notebook = open_copy(EXERCISE)
    notebook.run("imports")
    type_answer(notebook, "predict-answer", WRONG)
    cell, problem = notebook.try_to_run("predict-test")
    assert problem["ename"] == "CheckFailed"
    shown = cell.locator(".jp-OutputArea-output").inner_text()
    assert shown.startswith("Not yet.")
    assert "the bias is left out" in shown
    type_answer(notebook, "predict-answer", RIGHT)
    cell = notebook.run("predict-test")
    assert "the visible checks pass" in cell.locator(".jp-OutputArea").inner_text()
