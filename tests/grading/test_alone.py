"""The runner of single answers sees what nbgrader would see."""

from typing import Any

import pytest

from autograder.notebook import as_node

from .units import CourseUnit, run_alone

TEST = "assert f(2) == 3, 'f(2) is not right'"
ANSWERS = {
    "wrong: off by one": "def f(x):\n    return x",
    "wrong: loud": "import warnings\ndef f(x):\n    warnings.warn('old')\n    return 3",
    "wrong: deadly": "import os\nos._exit(3)",
    "wrong: syntax": "def f(",
    "right: other": "def f(x):\n    return 1 + x",
}


def marked(name: str, source: str, **marks: bool) -> dict[str, Any]:
    points = {"points": 1} if marks.get("grade") else {}
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"nbgrader": {"grade_id": name, **marks, **points}},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("unit")
    cells = [
        marked("imports", "offset = 1", locked=True),
        marked("f-answer", "def f(x):\n    return x + offset", solution=True),
        marked("f-test", TEST, grade=True, locked=True),
        marked("g-answer", "def g():\n    return f(1)", solution=True),
        marked("g-test", "assert g() == 2", grade=True, locked=True),
    ]
    notebook = as_node({"cells": cells, "metadata": {}})
    unit = CourseUnit("unit", folder / "unit.ipynb", folder / "unit.ipynb")
    answers = [
        {"label": name, "task": "f", "source": source}
        for name, source in ANSWERS.items()
    ]
    return run_alone(
        unit, folder, whole_notebook=True, notebook=notebook, answers=answers
    )


def test_solution_passes(results: dict[str, Any]) -> None:
    assert {task: run["passed"] for task, run in results["solution"].items()} == {
        "f": True,
        "g": True,
    }


@pytest.mark.parametrize("name", ANSWERS)
def test_answer_is_judged(results: dict[str, Any], name: str) -> None:
    report = results["answers"][name]
    if name == "wrong: deadly":
        assert "3" in report["died"]
    else:
        assert report["tests"]["f"]["passed"] == name.startswith("right")


def test_failing_text_is_kept(results: dict[str, Any]) -> None:
    answers = results["answers"]
    assert "f(2) is not right" in answers["wrong: off by one"]["tests"]["f"]["text"]
    assert "old" in answers["wrong: loud"]["tests"]["f"]["text"]
    assert "SyntaxError" in answers["wrong: syntax"]["cell"]["text"]


def test_task_that_uses_a_wrong_answer_is_seen_to_fail(results: dict[str, Any]) -> None:
    assert not results["answers"]["wrong: off by one"]["tests"]["g"]["passed"]
    assert results["answers"]["right: other"]["tests"]["g"]["passed"]
