"""Every solution runs from a clean kernel without a network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from .stored import ROOT, SOLUTIONS, each, execute


@each(SOLUTIONS)
@pytest.mark.usefixtures("offline")
def test_solution_runs(
    path: Path, record_property: Callable[[str, float], None]
) -> None:
    _, seconds = execute(path)
    record_property(path.relative_to(ROOT).as_posix(), seconds)
