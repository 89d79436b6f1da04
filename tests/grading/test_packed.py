"""nbgrader itself, on a real gradebook, gives every answer what its corpus says."""

import fnmatch
from collections.abc import Callable
from typing import Any

import pytest

from .gradebook import (
    SOLUTION,
    STUB,
    GradedClass,
    expected_scores,
    packed_answers,
    sampled_answers,
)
from .units import CourseUnit, units_with_source

UNITS = [unit for unit in units_with_source() if unit.corpora]
LONG = [pytest.mark.stress]
Graded = Callable[[CourseUnit], GradedClass]


def parameters() -> list[Any]:
    """(unit, student) for every submission of every unit; a third in a normal run."""
    return [
        pytest.param(
            unit,
            student,
            id=f"{unit.name}/{student}",
            marks=[] if student in (STUB, SOLUTION, *sampled_answers(unit)) else LONG,
        )
        for unit in UNITS
        for student in (STUB, SOLUTION, *packed_answers(unit))
    ]


@pytest.mark.parametrize(("unit", "student"), parameters())
def test_gradebook_holds_what_the_corpora_say(
    unit: CourseUnit, student: str, graded: Graded
) -> None:
    graded_class = graded(unit)
    scores = graded_class.scores[student]
    answers = graded_class.packed.get(student, {})
    wrong = [
        f"{answers[task].label if task in answers else task}: "
        f"{scores[task]} instead of {score}"
        for name, task, score in expected_scores(unit, graded_class.packed)
        if name == student and scores[task] != score
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("unit", UNITS, ids=[unit.name for unit in UNITS])
def test_students_get_feedback(unit: CourseUnit, graded: Graded) -> None:
    graded_class = graded(unit)
    everybody = {STUB, SOLUTION, *graded_class.packed}
    asked = set(fnmatch.filter(everybody, graded_class.feedback_for))
    assert asked > {STUB}
    assert graded_class.feedback == asked
