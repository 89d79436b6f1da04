"""Gives each graded cell of a feedback page the name of its task.

The name is the heading above the cell, as the learner knows it from the exercise; a
cell without one is called by its nbgrader id.
"""

import re
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution, is_task

LONGEST_NAME = 200
_HEADING = re.compile(r"^#{2,6}\s+(\S.*?)\s*#*\s*$", re.MULTILINE)
_PART = re.compile(r"[-_]?(?:test|answer)$")


class NameTasks(NbGraderPreprocessor):
    """Runs over a graded notebook on its way to the feedback page."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Write the name into the metadata of each graded cell."""
        heading = ""
        for cell in nb.cells:
            asks = cell.cell_type == "markdown" and not is_solution(cell)
            if asks and (found := _HEADING.search(cell.source)):
                heading = found[1][:LONGEST_NAME]
            if is_grade(cell) or is_task(cell):
                own = str(cell.metadata.nbgrader["grade_id"])
                cell.metadata.nbgrader["task_name"] = heading or _spoken(own)
        return nb, resources


def _spoken(grade_id: str) -> str:
    """`two_sums-test` as `two sums`."""
    return re.sub(r"[-_]+", " ", _PART.sub("", grade_id)) or grade_id
