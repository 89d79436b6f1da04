"""The checks that learners see say of every answer what those of the source say.

The source computes what misconceptions give, the released exercise reads it from
`known_values.json`. A normal run looks at one unit, `--stress` at all.
"""

from collections.abc import Iterator

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.learner.kernel import CellRun, run_cells
from autograder.notebook import as_node, read_notebook
from utils.known_values import FILE

from .units import ONE_THREAD, CourseUnit, kind_of, task_of, units_with_source

BEGIN, LAST_OF_VISIBLE = "### BEGIN HIDDEN TESTS", "report_visible("
IN_EVERY_RUN = "03_neural_networks"
UNITS = [
    pytest.param(unit, marks=[] if unit.name == IN_EVERY_RUN else pytest.mark.stress)
    for unit in units_with_source()
    if (unit.released_path.parent / FILE).is_file()
]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_released_checks_say_what_the_source_says(
    unit: CourseUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ONE_THREAD.items():
        monkeypatch.setenv(name, value)
    notebook = as_node({"cells": list(cells(unit)), "metadata": {}})
    said = {
        run.cell.id: words(run)
        for run in run_cells(
            notebook, folder=unit.released_path.parent, seconds_per_cell=120
        )
    }
    different = {
        answer.label: (said[f"source-{number}"], said[f"released-{number}"])
        for number, answer in enumerate(unit.answers)
        if said[f"source-{number}"] != said[f"released-{number}"]
    }
    assert not different
    passed = [
        answer.name
        for number, answer in enumerate(unit.answers)
        if answer.is_right and said[f"released-{number}"] == ""
    ]
    assert len(passed) == sum(answer.is_right for answer in unit.answers)


def cells(unit: CourseUnit) -> Iterator[NotebookNode]:
    """Set-up and solution, then every answer with both forms of its visible checks."""
    released = {task_of(cell): cell for cell in read_notebook(unit.released_path).cells}
    tests, solutions = {}, {}
    for cell in unit.source.cells:
        if kind_of(cell) == "test":
            tests[task_of(cell)] = visible(cell.source)
        elif kind_of(cell) == "answer":
            solutions[task_of(cell)] = cell.source
        if kind_of(cell) in ("answer", "set-up"):
            yield code(cell.id, cell.source)
    for number, answer in enumerate(unit.answers):
        yield code(f"first-{number}", answer.source)
        yield code(f"source-{number}", tests[answer.task])
        yield code(f"second-{number}", answer.source)
        yield code(f"released-{number}", released[answer.task].source)
        yield code(f"solution-{number}", solutions[answer.task])


def visible(test: str) -> str:
    """A test of the source without its last hidden part."""
    end = test.rfind(BEGIN)
    return test[:end] if end > test.rfind(LAST_OF_VISIBLE) else test


def code(name: str, source: str) -> NotebookNode:
    return as_node({**new_code_cell(source), "id": name})


def words(run: CellRun) -> str:
    """What a check complains about; nothing if it passes."""
    return run.trouble or (str(run.error.evalue) if run.error else "")
