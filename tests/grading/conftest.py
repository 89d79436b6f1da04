"""What the tests of one unit share: its answers are run once, its class graded once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .gradebook import GradedClass
from .units import CourseUnit, run_alone

Alone = Callable[[CourseUnit], dict[str, Any]]
Graded = Callable[[CourseUnit], GradedClass]


@pytest.fixture(scope="session")
def graded(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Graded]:
    """Unit → its class, whose grading has at least been started."""
    classes: dict[str, GradedClass] = {}
    everybody = bool(request.config.getoption("--stress"))

    def get(unit: CourseUnit) -> GradedClass:
        if unit.name not in classes:
            root = tmp_path_factory.mktemp("class")
            classes[unit.name] = GradedClass(unit, root, everybody=everybody)
        return classes[unit.name]

    yield get
    for graded_class in classes.values():
        graded_class.stop()


@pytest.fixture(scope="session")
def alone(
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
    graded: Graded,
) -> Alone:
    """Unit → results of each of its answers run alone; computed once.

    If the unit's class will be needed too, nbgrader grades it at the same time.
    """
    results: dict[str, Any] = {}
    stress = bool(request.config.getoption("--stress"))
    needs_class = {
        item.callspec.params["unit"].name
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and "graded" in item.fixturenames
        and hasattr(item, "callspec")
    }

    def run(unit: CourseUnit) -> dict[str, Any]:
        if unit.name not in results:
            if unit.name in needs_class:
                graded(unit)
            scratch = tmp_path_factory.mktemp("alone")
            results[unit.name] = run_alone(unit, scratch, whole_notebook=stress)
        return results[unit.name]

    return run
