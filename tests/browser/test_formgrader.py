"""What an instructor clicks in nbgrader's formgrader: generate, autograde, feedback.

The course has nothing of ours but the lines of `nbgrader_config.py`. Its one submission
is partly right, partly wrong, and says where it ran.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, Page

from autograder.reports.gradebook import find_alembic
from tests.browser.server import serve

ROOT = Path(__file__).parents[2]
UNIT, STUDENT = "01_sums", "ada"
GRADED_SECONDS = 120
WITNESS = """import os
print("ran in", os.getcwd(), "as", os.getuid(), os.listdir("/work") if
      os.path.exists("/work") else [])"""


def marks(name: str, **more: object) -> dict[str, object]:
    base = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {**base, "schema_version": 3, "grade_id": name, **more}}


def write_notebook(path: Path, *, add: str, scale: str) -> None:
    cells = []
    for number, (name, body, hidden) in enumerate(
        (("add", add, "add(20, 22) == 42"), ("scale", scale, "scale(3, 5) == 15")),
        start=1,
    ):
        prompt = f"## Task {number} · Write `{name}`"
        test = (
            f"assert {name}(2, 2) == 4\n### BEGIN HIDDEN TESTS\nassert {hidden}\n"
            "### END HIDDEN TESTS"
        )
        more = marks(f"{name}-test", grade=True, locked=True, points=number)
        cells += [
            new_markdown_cell(prompt, metadata=marks(f"{name}-prompt", locked=True)),
            new_code_cell(body, metadata=marks(f"{name}-answer", solution=True)),
            new_code_cell(test, metadata=more),
        ]
    for cell in cells:
        cell["id"] = cell.metadata.nbgrader["grade_id"]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def solved(name: str, expression: str) -> str:
    return (
        f"def {name}(a, b):\n    ### BEGIN SOLUTION\n    return {expression}\n"
        "    ### END SOLUTION"
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with this one's own `nbgrader_config.py` and one submission."""
    root = tmp_path_factory.mktemp("formgrader") / "course"
    path = root / "solutions" / UNIT / "sums.ipynb"
    write_notebook(path, add=solved("add", "a + b"), scale=solved("scale", "a * b"))
    config = (ROOT / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text(config)
    (root / "build" / "exchange").mkdir(parents=True, mode=0o777)
    write_notebook(
        root / "build" / "submitted" / STUDENT / UNIT / "sums.ipynb",
        add=f"{WITNESS}\ndef add(a, b):\n    return a + b",
        scale="def scale(a, b):\n    return a + b",
    )
    find_alembic()
    return root


@pytest.fixture(scope="module")
def address(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(course, tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []


def click_and_wait(page: Page, selector: str) -> str:
    """Click what starts a step of nbgrader; what its message says at the end."""
    page.locator(f"tr:has-text('{UNIT}'), tr:has-text('{STUDENT}')").locator(
        selector
    ).first.click()
    message = page.locator(".modal.in .modal-body, .modal.show .modal-body")
    message.wait_for(timeout=GRADED_SECONDS * 1000)
    said = message.inner_text()
    page.keyboard.press("Escape")
    return said


def test_generate_autograde_and_feedback_by_clicks(
    page: Page, course: Path, address: str
) -> None:
    page.goto(f"{address}/formgrader")
    page.locator("td.assign a").first.wait_for()
    assert "Successfully created" in click_and_wait(page, "td.assign a")
    assert (course / "exercises" / UNIT / "sums.ipynb").is_file()

    page.goto(f"{address}/formgrader/manage_submissions/{UNIT}")
    page.locator("td.autograde a").first.wait_for()
    assert "Successfully autograded" in click_and_wait(page, "td.autograde a")

    page.goto(f"{address}/formgrader")
    page.locator("td.generate-feedback a").first.wait_for()
    said = click_and_wait(page, "td.generate-feedback a")
    assert "Successfully generated feedback" in said

    with Gradebook(f"sqlite:///{course}/build/gradebook.db", "deep_learning") as book:
        submission = book.find_submission(UNIT, STUDENT)
        assert (submission.score, submission.max_score) == (1.0, 3.0)

    executed = course / "build" / "autograded" / STUDENT / UNIT / "sums.ipynb"
    cells = json.loads(executed.read_text())["cells"]
    printed = "".join(cells[1]["outputs"][0]["text"])
    assert printed.startswith("ran in /home/student as 65534")
    assert "AssertionError" in json.dumps(cells[5]["outputs"])

    feedback = course / "build" / "feedback" / STUDENT / UNIT / "sums.html"
    page.goto(feedback.as_uri())
    rows = page.locator("nav tbody tr").all_inner_texts()
    assert [" ".join(row.split()) for row in rows] == [
        "Task 1 · Write add 1 of 1",
        "Task 2 · Write scale 0 of 2",
    ]
    assert "scale(3, 5)" not in page.inner_text("body")
    page.locator("nav a").nth(1).click()
    assert page.evaluate("() => location.hash") == "#scale-test"
