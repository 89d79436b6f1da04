"""The units of the course, as the tests of the graders see them."""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.authoring.cell_ids import nbgrader_metadata
from autograder.course import Course
from autograder.notebook import read_notebook

from .corpus import Answer, CorpusError, corpora, read_corpus

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NUMBA_THREADING_LAYER": "workqueue",
}


@dataclass(frozen=True)
class CourseUnit:
    """A unit with its source notebook and its corpora."""

    name: str
    source_path: Path
    released_path: Path

    @cached_property
    def source(self) -> NotebookNode:
        return read_notebook(self.source_path)

    @cached_property
    def points(self) -> dict[str, float]:
        """Task → points, for every task that is graded automatically."""
        return {
            task_of(cell): float(nbgrader_metadata(cell)["points"])
            for cell in self.source.cells
            if kind_of(cell) == "test"
        }

    @cached_property
    def depends_on(self) -> dict[str, set[str]]:
        """Task → tasks whose answers its test uses, from tags `uses-TASK`."""
        return {
            task_of(cell): {
                tag.removeprefix("uses-")
                for tag in cell.metadata.get("tags", [])
                if tag.startswith("uses-")
            }
            for cell in self.source.cells
            if kind_of(cell) == "test"
        }

    @cached_property
    def corpora(self) -> dict[str, Path]:
        return corpora(HERE, self.name)

    @cached_property
    def answers(self) -> list[Answer]:
        """All answers, without those of a corpus that breaks a rule.

        The test of the corpus itself tells about such a file; it must not keep the
        tests of other units from being collected.
        """
        found = []
        for path in self.corpora.values():
            with contextlib.suppress(CorpusError):
                found += read_corpus(path)
        return found


def units_with_source() -> list[CourseUnit]:
    """Every unit that has a source notebook."""
    course = Course.find(ROOT)
    return [
        CourseUnit(unit.name, path, course.folder("release") / unit.name / path.name)
        for unit in course.units
        for path in course.source_notebooks(unit)[:1]
    ]


def kind_of(cell: NotebookNode) -> str:
    """answer, test, try (an unlocked cell that is not graded), set-up or text."""
    metadata = nbgrader_metadata(cell)
    if cell.cell_type != "code":
        return "text"
    if metadata.get("solution"):
        return "answer"
    if metadata.get("grade"):
        return "test"
    return "set-up" if metadata.get("locked") else "try"


def task_of(cell: NotebookNode) -> str:
    """`predict` for the cells `predict-answer` and `predict-test`, else empty."""
    task, _, part = str(cell.id).rpartition("-")
    return task if part in ("answer", "test") else ""


def answers_of(unit: CourseUnit) -> list[dict[str, str]]:
    """The answers of a unit's corpora as the runner wants them."""
    return [
        {"label": answer.label, "task": answer.task, "source": answer.source}
        for answer in unit.answers
    ]


def run_alone(
    unit: CourseUnit,
    scratch: Path,
    *,
    whole_notebook: bool,
    notebook: NotebookNode | None = None,
    answers: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    """What each answer of a unit does when everything else is the solution.

    Args:
        unit: which unit.
        scratch: an empty folder for the results.
        whole_notebook: run each answer to the end, not only to its own test.
        notebook: instead of the unit's source.
        answers: instead of those of the unit's corpora.
    """
    cells = [
        {"kind": kind_of(cell), "task": task_of(cell), "source": cell.source}
        for cell in (notebook or unit.source).cells
        if cell.cell_type == "code"
    ]
    request = {
        "cells": cells,
        "answers": answers_of(unit) if answers is None else answers,
        "whole_notebook": whole_notebook,
        "scratch": str(scratch),
    }
    completed = subprocess.run(
        [sys.executable, "-P", str(HERE / "forked.py")],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        cwd=unit.source_path.parent,
        env={**os.environ, **ONE_THREAD},
        check=False,
    )
    if completed.returncode:
        raise RuntimeError(
            f"{unit.name}: the runner failed\n{completed.stderr[-4000:]}"
        )
    results: dict[str, Any] = json.loads((scratch / "results.json").read_text())
    return results
