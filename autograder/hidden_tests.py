"""Keeps hidden tests hidden in feedback: the instructor's message takes their place.

A learner sees the visible part of a test, and if the hidden part fails, one message:
a comment `# message: …` in the hidden part if the instructor wrote one, else the first
line of what the check said and the line that names a misconception. The hidden values,
the hidden code and every traceback through it stay with the instructor.
"""

import re
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from autograder.notebook import as_node

PLACEHOLDER = "# Hidden checks on other data follow; they are not shown."
PASSED = "the visible checks pass."  # what `utils.checks.report_visible` prints
MISCONCEPTION = "This is what comes out when "

_MESSAGE = re.compile(r"#\s*message:\s*(\S.*)", re.IGNORECASE)
_COLOR = re.compile(r"\x1b\[[\d;]*[a-zA-Z]")
_NUMBER = re.compile(r"^\s*(?:-+>)?\s*\d+(?=\s|$)")
_ARROW = re.compile(r"^\s*-+>\s*(\d+)\b", re.MULTILINE)


@dataclass(frozen=True)
class Split:
    """A test cell, taken apart."""

    visible: str
    hidden: str
    first_hidden_line: int


class HideHiddenTests(NbGraderPreprocessor):
    """Runs over a graded notebook on its way to the feedback page."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Hide the hidden part of one test cell and of what it put out."""
        if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
            return cell, resources
        delimiters = ClearHiddenTests(config=self.config)
        parts = split_test(
            cell.source, delimiters.begin_test_delimeter, delimiters.end_test_delimeter
        )
        if parts.hidden:
            cell.source = parts.visible
            cell.outputs = _safe_outputs(cell.outputs, parts)
        return cell, resources


def split_test(source: str, begin: str, end: str) -> Split:
    """The visible and the hidden part of a test cell's source."""
    visible: list[str] = []
    hidden: list[str] = []
    first, inside = 0, False
    for number, line in enumerate(source.split("\n"), start=1):
        if begin in line and not inside:
            inside = True
            first = first or number
            visible.append(PLACEHOLDER)
        elif end in line and inside:
            inside = False
        else:
            (hidden if inside else visible).append(line)
    if first and not hidden:
        hidden.append("")  # an empty region is one nevertheless
    return Split("\n".join(visible), "\n".join(hidden), first)


def instructors_message(evalue: str, hidden: str) -> str:
    """What a learner may know about a failure of the hidden part."""
    if written := _MESSAGE.findall(hidden):
        return " ".join(message.strip() for message in written)
    lines = [line.strip() for line in evalue.splitlines() if line.strip()]
    named = [line for line in lines if line.startswith(MISCONCEPTION)]
    summary = lines[:1] if named or _is_summary(lines) else []
    text = " ".join([*summary, *named])
    return text or "A hidden check fails: the answer is not right on other data."


def _is_summary(lines: list[str]) -> bool:
    """Whether the first line is a sentence of `utils.checks`, followed by values."""
    return len(lines) > 1 and lines[0].endswith((" is not right.", " wrong shape."))


def _safe_outputs(outputs: list[NotebookNode], parts: Split) -> list[NotebookNode]:
    """The outputs of a test cell without anything that the hidden part made."""
    errors = [output for output in outputs if output.output_type == "error"]
    printed = "".join(o.text for o in outputs if o.output_type == "stream")
    if not errors:
        passed = [line for line in printed.splitlines() if line.endswith(PASSED)]
        return [_text("\n".join(passed))] if passed else []
    error = errors[0]
    traceback = _COLOR.sub("", "\n".join(error.traceback))
    if _fails_visibly(traceback, printed, parts):
        return [_text(_without_hidden_lines(traceback or error.evalue, parts.hidden))]
    return [_text("Not yet. " + instructors_message(error.evalue, parts.hidden))]


def _fails_visibly(traceback: str, printed: str, parts: Split) -> bool:
    """Whether the visible part failed; if that is not certain, it did not."""
    if PASSED in printed:
        return False
    if lines := _ARROW.findall(traceback):
        return int(lines[0]) < parts.first_hidden_line
    return "report_visible(" in parts.visible


def _without_hidden_lines(traceback: str, hidden: str) -> str:
    """A traceback shows the lines around the one that failed: not the hidden ones."""
    secret = {line.strip() for line in hidden.splitlines() if line.strip()}
    shown = []
    for line in traceback.splitlines():
        code = _NUMBER.sub("", line).strip()
        if code not in secret and not code.startswith("### BEGIN"):
            shown.append(line)
    return "\n".join(shown)


def _text(text: str) -> NotebookNode:
    return as_node({"output_type": "stream", "name": "stdout", "text": text + "\n"})
