"""A course of two small units, written by hand, for the tests of the release tools."""

from pathlib import Path

from nbformat import NotebookNode

from autograder.authoring.canonical import canonical_text
from autograder.authoring.release import release
from autograder.course import Course
from autograder.notebook import as_node, read_notebook

CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "toy"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("to do")'}
"""
CHECKED = """from utils.checks import check_function

check_function(
    {name},
    lambda a, b: {right},
    [3, 5],
    name="{name}(3, 5)",
    mistakes={{"the arguments are swapped": lambda a, b: {swapped}}},
)
### BEGIN HIDDEN TESTS
assert {name}(20, 1) == {hidden}
### END HIDDEN TESTS"""


def make_course(root: Path) -> Course:
    """Write and release the course; `root` must not hold one yet."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "nbgrader_config.py").write_text(CONFIG)
    course = Course(root)
    write(root / "lectures" / "01_sums.ipynb", lecture("01_sums", "sums"))
    write(root / "lectures" / "02_powers.ipynb", lecture("02_powers", "powers"))
    write(source(course, "01_sums"), exercise("difference", "a - b", "b - a", 19))
    write(source(course, "02_powers"), exercise("power", "a**b", "b**a", 20))
    release(course, course.units)
    return course


def source(course: Course, unit: str) -> Path:
    return course.root / "solutions" / unit / f"{unit.partition('_')[2]}.ipynb"


def released(course: Course, unit: str) -> Path:
    return course.root / "exercises" / unit / f"{unit.partition('_')[2]}.ipynb"


def write(path: Path, notebook: NotebookNode) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(canonical_text(notebook))


def edit(path: Path, cell_id: str, **changes: object) -> None:
    """Change a cell of a stored notebook and leave everything else."""
    notebook = read_notebook(path)
    (cell,) = [cell for cell in notebook.cells if cell.id == cell_id]
    cell.update(changes)  # type: ignore[no-untyped-call]
    path.write_text(canonical_text(notebook))


def lecture(unit: str, slug: str) -> NotebookNode:
    link = f"[exercise](../exercises/{unit}/{slug}.ipynb)"
    return notebook_of(
        cell("markdown", "title", f"# {slug.capitalize()}\n\nThe {link}."),
        cell("code", "example", "total = 1 + 1"),
    )


def exercise(name: str, right: str, swapped: str, hidden: int) -> NotebookNode:
    """Two tasks: NAME, and the sum of two numbers."""
    answer = (
        "def {}(a, b):\n    ### BEGIN SOLUTION\n    return {}\n    ### END SOLUTION"
    )
    test = CHECKED.format(name=name, right=right, swapped=swapped, hidden=hidden)
    return notebook_of(
        graded("markdown", f"{name}-prompt", f"Write `{name}`.", locked=True),
        graded("code", f"{name}-answer", answer.format(name, right), solution=True),
        cell("code", f"{name}-try", f"# {name}(2, 1)"),
        graded("code", f"{name}-test", test, grade=True, locked=True, points=2),
        graded("code", "total-answer", answer.format("total", "a + b"), solution=True),
        graded(
            *("code", "total-test", "assert total(1, 1) == 2"),
            grade=True,
            locked=True,
            points=1,
        ),
        graded(
            *("markdown", "words-answer", "Well."), grade=True, solution=True, points=0
        ),
    )


def notebook_of(*cells: NotebookNode) -> NotebookNode:
    return as_node(
        {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    )


def graded(cell_type: str, name: str, text: str, **marks: object) -> NotebookNode:
    metadata = {
        "schema_version": 3,
        "grade_id": name,
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
        **marks,
    }
    return cell(cell_type, name, text, nbgrader=metadata)


def cell(cell_type: str, cell_id: str, text: str, **metadata: object) -> NotebookNode:
    content = {
        "cell_type": cell_type,
        "id": cell_id,
        "metadata": metadata,
        "source": text,
    }
    if cell_type == "code":
        content.update(execution_count=None, outputs=[])
    return as_node(content)
