"""Every named wrong answer loses its task and hears why; every right one keeps it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from .corpus import Answer, read_corpus
from .units import CourseUnit, units_with_source

UNITS = units_with_source()
WITH_CORPUS = [unit for unit in UNITS if unit.corpora]
RECOGNIZED = "This is what comes out when "

Alone = Callable[[CourseUnit], dict[str, Any]]


def by_unit(units: list[CourseUnit]) -> Any:
    return pytest.mark.parametrize("unit", units, ids=[unit.name for unit in units])


every_corpus = pytest.mark.parametrize(
    ("unit", "task"),
    [
        pytest.param(unit, task, id=f"{unit.name}/{task}")
        for unit in WITH_CORPUS
        for task in unit.corpora
    ],
)
every_answer = pytest.mark.parametrize(
    ("unit", "answer"),
    [
        pytest.param(unit, answer, id=answer.label)
        for unit in WITH_CORPUS
        for answer in unit.answers
    ],
)


@by_unit(UNITS)
def test_every_task_has_a_corpus_and_every_corpus_a_task(unit: CourseUnit) -> None:
    assert sorted(unit.corpora) == sorted(unit.points)


@every_corpus
def test_corpus_has_enough_different_answers(unit: CourseUnit, task: str) -> None:
    answers = read_corpus(unit.corpora[task])
    kinds = Counter(answer.is_right for answer in answers)
    assert kinds[False] >= 3, "at least three wrong answers"
    assert kinds[True] >= 2, "at least two unusual right answers"


@by_unit(WITH_CORPUS)
def test_most_misconceptions_are_recognized(unit: CourseUnit) -> None:
    wrong = [answer for answer in unit.answers if not answer.is_right]
    silent = [answer.label for answer in wrong if not answer.message]
    assert len(silent) <= len(wrong) / 5, silent


@by_unit(WITH_CORPUS)
def test_solution_passes_every_test(unit: CourseUnit, alone: Alone) -> None:
    solution = alone(unit)["solution"]
    failures = {
        name: run["text"] for name, run in solution.items() if not run["passed"]
    }
    assert not failures
    assert sorted(solution) == sorted(unit.points)


@by_unit(WITH_CORPUS)
def test_no_test_ends_with_a_value(unit: CourseUnit, alone: Alone) -> None:
    """nbgrader would take the value for partial credit."""
    solution = alone(unit)["solution"]
    assert [task for task, run in solution.items() if run["value"]] == []


@every_answer
def test_answer_alone(unit: CourseUnit, answer: Answer, alone: Alone) -> None:
    report = alone(unit)["answers"][answer.label]
    assert "died" not in report, report.get("died")
    own_cell, tests = report["cell"], report["tests"]
    verdict = tests[answer.task]
    shown = verdict["text"] or own_cell["text"]
    assert verdict["passed"] == answer.is_right, shown
    others = {task for task, run in tests.items() if not run["passed"]} - {answer.task}
    excused = {task for task, uses in unit.depends_on.items() if answer.task in uses}
    assert others <= excused, "the answer costs other tasks too"
    assert not answer.is_right or not others, "a right answer costs another task"
    said = " ".join(shown.split()).casefold()
    assert answer.message.casefold() in said


@every_corpus
def test_no_misconception_is_named_twice(
    unit: CourseUnit, task: str, alone: Alone
) -> None:
    named = Counter(
        report["tests"][task]["text"].partition(RECOGNIZED)[2].splitlines()[0]
        for label, report in alone(unit)["answers"].items()
        if label.startswith(f"{unit.name}/{task}: wrong")
        and RECOGNIZED in report.get("tests", {}).get(task, {}).get("text", "")
    )
    assert [sentence for sentence, count in named.items() if count > 1] == []
