"""Whatever was done to a notebook's cells, it is graded as the source says."""

import copy

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.collecting.restore import MISSING_CODE, Master, restore
from autograder.collecting.untrusted import read_learner_notebook
from autograder.notebook import to_json

from .conftest import answer_cell, graded_cell, marks, setup_cell

WRITTEN = {"grade": True, "solution": True, "points": 3}


def source():
    return new_notebook(
        cells=[
            setup_cell("import math"),
            answer_cell("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "a"),
            graded_cell(
                "assert x\n### BEGIN HIDDEN TESTS\nassert x == 1\n### END HIDDEN TESTS",
                "a-test",
            ),
            answer_cell("y = 0", "b"),
            graded_cell("assert y == 2", "b-test", points=2),
            new_markdown_cell("your text", metadata=marks("words", **WRITTEN)),
        ]
    )


def submitted():
    notebook = copy.deepcopy(source())
    notebook.cells[1].source = "x = 1"
    notebook.cells[2].source = "assert x"
    notebook.cells[3].source = "y = 2"
    notebook.cells.insert(2, new_code_cell("own = x"))
    return notebook


def restored(notebook):
    learner = read_learner_notebook(to_json(notebook).encode())
    return restore(learner, Master.of(source()))


def test_untouched_structure_needs_no_repair():
    notebook, repairs = restored(submitted())
    assert repairs == []
    assert [cell.source.splitlines()[0] for cell in notebook.cells] == [
        *("import math", "x = 1", "own = x", "assert x", "y = 2", "assert y == 2"),
        "your text",
    ]
    assert "assert x == 1" in notebook.cells[3].source


def delete_test(cells):
    del cells[3]


def delete_answer(cells):
    del cells[4]


def delete_setup(cells):
    del cells[0]


def duplicate_test(cells):
    cells.insert(0, graded_cell("pass", "a-test", points=99))


def duplicate_answer(cells):
    cells.insert(0, answer_cell("y = 77", "b"))


def retype_test(cells):
    cells[3] = new_markdown_cell("assert x", metadata=cells[3].metadata)


def retype_answer(cells):
    cells[1] = new_markdown_cell("x = 1", metadata=cells[1].metadata)


def reverse(cells):
    cells.reverse()


def edit_test(cells):
    cells[3].source = "pass"
    cells[5].source = "raise SystemExit"


def edit_points(cells):
    cells[3].metadata.nbgrader["points"] = 1000


def unlock_setup(cells):
    cells[0].metadata.nbgrader["locked"] = False
    cells[0].source = "math = None"


def make_answer_a_test(cells):
    cells[1].metadata.nbgrader.update(grade=True, points=50, solution=False)


def make_test_an_answer(cells):
    cells[3].metadata.nbgrader.update(grade=False, solution=True, locked=False)
    cells[3].source = "pass"


def future_schema(cells):
    for cell in cells:
        cell.metadata.setdefault("nbgrader", {})["schema_version"] = 99


def old_schema(cells):
    for cell in cells:
        cell.metadata.setdefault("nbgrader", {})["schema_version"] = 0


def invent_a_test(cells):
    cells.append(graded_cell("pass", "bonus", points=500))


def metadata_of_wrong_types(cells):
    for cell in cells[:1] + cells[3:4]:
        cell.metadata["nbgrader"].update(locked="yes", grade=[], points={}, checksum=7)


def tags_that_skip(cells):
    for cell in cells:
        cell.metadata["tags"] = ["skip-execution", "raises-exception"]


def same_cell_ids(cells):
    for cell in cells:
        cell["id"] = "same"


DAMAGES = [
    *(
        delete_test,
        delete_setup,
        duplicate_test,
        duplicate_answer,
        retype_test,
        reverse,
    ),
    *(retype_answer, edit_test, edit_points, unlock_setup, make_answer_a_test),
    *(make_test_an_answer, future_schema, old_schema, invent_a_test, same_cell_ids),
    *(metadata_of_wrong_types, tags_that_skip),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_is_undone(damage):
    notebook = submitted()
    damage(notebook.cells)
    result, _ = restored(notebook)
    want, _ = restored(submitted())
    graded = [cell for cell in result.cells if "nbgrader" in cell.metadata]
    assert [(c.cell_type, c.source, c.metadata) for c in graded] == [
        (c.cell_type, c.source, c.metadata)
        for c in want.cells
        if "nbgrader" in c.metadata
    ]
    assert len({cell["id"] for cell in result.cells}) == len(result.cells)


def test_deleted_answer_is_marked_as_missing():
    notebook = submitted()
    delete_answer(notebook.cells)
    result, repairs = restored(notebook)
    assert repairs == ["b was missing"]
    assert MISSING_CODE in [cell.source for cell in result.cells]


def test_own_cells_stay_behind_the_cell_that_they_followed():
    notebook = submitted()
    notebook.cells.insert(0, new_code_cell("first = 1"))
    notebook.cells.append(new_code_cell("last = 1"))
    sources = [cell.source for cell in restored(notebook)[0].cells]
    assert sources[0] == "first = 1"
    assert sources[-1] == "last = 1"
    assert sources.index("own = x") == sources.index("x = 1") + 1


def test_restoring_twice_changes_nothing():
    once, _ = restored(submitted())
    twice, repairs = restored(once)
    assert repairs == []
    assert [c.source for c in once.cells] == [c.source for c in twice.cells]
