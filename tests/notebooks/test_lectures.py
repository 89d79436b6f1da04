"""Every lecture runs from a clean kernel without a network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.website.executed import store

from .stored import LECTURES, ROOT, each, execute


@each(LECTURES)
@pytest.mark.usefixtures("offline")
def test_lecture_runs(
    path: Path, record_property: Callable[[str, float], None]
) -> None:
    executed, seconds = execute(path)
    store(ROOT, path, executed)  # the web site is built from it
    record_property(path.relative_to(ROOT).as_posix(), seconds)
