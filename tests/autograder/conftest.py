"""A small course of one unit, made with nbgrader itself, and how much of a long test
to run."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.apps.api import NbGraderAPI

from autograder.course import Course
from autograder.reports.gradebook import find_alembic

UNIT = "01_sums"
CONFIG = """
from pathlib import Path
from autograder.reports.pages import protect
root = Path(__file__).parent
c = get_config()
c.CourseDirectory.course_id = "small"
c.CourseDirectory.root = str(root)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.submitted_directory = "build/submitted"
c.CourseDirectory.autograded_directory = "build/autograded"
c.CourseDirectory.feedback_directory = "build/feedback"
c.CourseDirectory.db_url = f"sqlite:///{root / 'build' / 'gradebook.db'}"
c.Exchange.root = str(root / "build" / "exchange")
protect(c)
"""


@pytest.fixture(scope="session")
def fraction(request: pytest.FixtureRequest) -> float:
    """How much of a long test to run: a tenth, or all of it with --stress."""
    return 1.0 if request.config.getoption("--stress") else 0.1


def marks(name: str, **more: object) -> dict[str, object]:
    base = {"grade": False, "solution": False, "locked": False, "schema_version": 3}
    return {"nbgrader": {**base, "task": False, "grade_id": name, **more}}


def task_cells(task: str, right: str, visible: str, hidden: str) -> list[object]:
    answer = (
        f"def {task}(a, b):\n    ### BEGIN SOLUTION\n    return {right}\n"
        "    ### END SOLUTION"
    )
    test = (
        f"{visible}\nprint('{task}: the visible checks pass.')\n"
        f"### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
    )
    return [
        new_markdown_cell(
            f"## Task {task}", metadata=marks(f"{task}-prompt", locked=True)
        ),
        new_code_cell(answer, metadata=marks(f"{task}-answer", solution=True)),
        new_code_cell(
            test, metadata=marks(f"{task}-test", grade=True, locked=True, points=2)
        ),
    ]


@pytest.fixture(scope="session")
def course_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with one released unit, to be copied."""
    root = tmp_path_factory.mktemp("template")
    (root / "nbgrader_config.py").write_text(CONFIG)
    cells = [
        *task_cells(
            "add", "a + b", "assert add(1, 1) == 2", "assert add(20, 22) == 42"
        ),
        *task_cells(
            "scale",
            "a * b",
            "assert scale(2, 2) == 4",
            "if scale(3, 5) == 8:\n"
            "    raise AssertionError('scale(3, 5) is not right.\\n"
            "  expected: 15\\n  got:      8\\n"
            "This is what comes out when a and b are added.')\n"
            "assert scale(3, 5) == 15  # message: Try numbers that differ.",
        ),
        new_markdown_cell(
            "your text",
            metadata=marks("words-answer", grade=True, solution=True, points=0),
        ),
    ]
    for cell in cells:
        cell["id"] = cell.metadata.nbgrader.grade_id
    notebook = new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            }
        },
    )
    source = root / "solutions" / UNIT / "sums.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(notebook, source)
    (root / "build" / "exchange").mkdir(parents=True, mode=0o777)
    find_alembic()
    released = NbGraderAPI(config=Course(root).config).generate_assignment(UNIT)
    assert released["success"], released["log"]
    return root


@pytest.fixture
def course(course_template: Path, tmp_path: Path) -> Course:
    """A fresh copy of the small course."""
    shutil.copytree(course_template, tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture
def answered(course: Course) -> Callable[..., bytes]:
    """A function that fills the released exercise in: `answered(add="a + b")`."""
    return lambda **answers: fill_in(course, answers)


def fill_in(course: Course, answers: dict[str, str]) -> bytes:
    path = course.folder("release") / UNIT / "sums.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        task = cell.metadata.nbgrader.grade_id.removesuffix("-answer")
        if task in answers and cell.cell_type == "code":
            cell.source = f"def {task}(a, b):\n    return {answers[task]}"
        elif task in answers:
            cell.source = answers[task]
    return nbformat.writes(notebook).encode()


ANSWERS = {
    "ada": {"add": "a + b", "scale": "a * b", "words": "**Well** done: $x^2$"},
    "bob": {"add": "2 if a == 1 else 'hidden-leak'", "scale": "a + b"},
    "cem": {"add": "b + a", "scale": "a + b", "words": "<script>alert(1)</script>"},
    "dot": {"add": "7", "scale": "b * a"},
}


@pytest.fixture(scope="session")
def graded_template(
    course_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The small course with four submissions, graded by stock nbgrader."""
    root = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(course_template, root)
    course = Course(root)
    for student, answers in ANSWERS.items():
        path = course.folder("submitted") / student / UNIT / "sums.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(fill_in(course, answers))
    find_alembic()
    command = [sys.executable, "-m", "nbgrader", "autograde", UNIT]
    result = subprocess.run(
        command, cwd=root, capture_output=True, check=False, timeout=120
    )
    assert result.returncode == 0, result.stderr.decode()
    return root


@pytest.fixture
def graded(graded_template: Path, tmp_path: Path) -> Course:
    """A fresh copy of the graded course."""
    shutil.copytree(graded_template, tmp_path / "graded")
    return Course(tmp_path / "graded")
