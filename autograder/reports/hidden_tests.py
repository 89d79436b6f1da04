"""Keeps hidden tests hidden in feedback: the instructor's message takes their place.

A learner sees the visible part of a test, and if a hidden part fails, one message:
a comment `# message: …` in the hidden part if the instructor wrote one, else the first
line of what the check said and the line that names a misconception. The hidden values,
the hidden code and every traceback through it stay with the instructor.
"""

import builtins
import re
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from autograder.notebook import as_node

PLACEHOLDER = "# Hidden checks on other data follow; they are not shown."
PASSED = "the visible checks pass."  # what `utils.checks.report_visible` prints
MAX_PRINTED = 10_000
CHECK = "CheckFailed"  # what `utils.checks` raises; its text speaks for itself
MISCONCEPTION = "This is what comes out when "

_MESSAGE = re.compile(r"#\s*message:\s*(\S.*)", re.IGNORECASE)
_COLOR = re.compile(r"\x1b\[[\d;]*[a-zA-Z]")
_ARROW_LINE = re.compile(r"^\s*-+>\s*(\d+)\b(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Split:
    """A test cell, taken apart; lines are counted from one."""

    visible: str
    hidden: str
    hidden_lines: frozenset[int]


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
    hidden_lines: set[int] = set()
    inside = ends_hidden = False
    for number, line in enumerate(source.split("\n"), start=1):
        if begin in line and not inside:
            inside = ends_hidden = True
            hidden_lines.add(number)
        elif inside:
            inside = end not in line
            hidden_lines.add(number)
            hidden += [line] * inside
        else:
            visible.append(line)
            ends_hidden = ends_hidden and not line.strip()
    if ends_hidden:
        visible.append(PLACEHOLDER)
    if hidden_lines and not hidden:
        hidden.append("")  # an empty region is one nevertheless
    return Split("\n".join(visible), "\n".join(hidden), frozenset(hidden_lines))


def instructors_message(ename: str, evalue: str, parts: Split) -> str:
    """What a learner may know about a failure of the hidden part.

    A learner's code can raise whatever it likes, with hidden inputs in the text. So
    only sentences that the test itself contains are passed on.
    """
    if written := _MESSAGE.findall(parts.hidden):
        return " ".join(message.strip() for message in written)
    known = f"{parts.visible}\n{parts.hidden}"
    lines = [line.strip() for line in evalue.splitlines() if line.strip()]
    named = [line for line in lines if _is_known(line, MISCONCEPTION, ".", known)]
    summary = [line for line in lines[:1] if _is_summary(line, known)]
    if summary or named:
        return " ".join([*summary, *named])
    if is_builtin_error(ename):
        return f"A hidden check ends with {ename} on other data."
    return "A hidden check fails: the answer is not right on other data."


def is_builtin_error(name: str) -> bool:
    """Whether this names an error of Python's own, other than a failed assertion."""
    kind = getattr(builtins, name, None)
    is_error = isinstance(kind, type) and issubclass(kind, Exception)
    return is_error and kind is not AssertionError


def _is_known(line: str, start: str, end: str, known: str) -> bool:
    """Whether a line is `start`, a text of the test, and `end`."""
    if not (line.startswith(start) and line.endswith(end)):
        return False
    text = line[len(start) : len(line) - len(end)]
    return len(text) > 2 and text in known


def _is_summary(line: str, known: str) -> bool:
    """Whether this is how `utils.checks` begins, about something that is tested."""
    endings = (" is not right.", " has the wrong shape.")
    return any(
        _is_known(line, "", f"{call}{ending}", known)
        for ending in endings
        for call in ("", "(…)")
    )


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
        return [_text(_visible_failure(error, traceback, parts))]
    message = instructors_message(error.ename, error.evalue, parts)
    return [_text(f"Not yet. {message}")]


def _fails_visibly(traceback: str, printed: str, parts: Split) -> bool:
    """Whether the visible part failed; if that is not certain, it did not."""
    if PASSED in printed or len(printed) > MAX_PRINTED or printed.count("\n") > 200:
        return False  # nbgrader cuts long outputs, and what was cut may matter
    if failed := _ARROW_LINE.search(traceback):
        return int(failed[1]) not in parts.hidden_lines
    return "report_visible(" in parts.visible


def _visible_failure(error: NotebookNode, traceback: str, parts: Split) -> str:
    """The line that failed and why; a traceback would show the lines around it."""
    where = []
    if failed := _ARROW_LINE.search(traceback):
        number = int(failed[1])  # the page shows the cell without its hidden lines
        number -= sum(hidden < number for hidden in parts.hidden_lines)
        where = [f"line {number}: {failed[2].strip()}"]
    why = error.evalue if error.ename == CHECK else f"{error.ename}: {error.evalue}"
    return "\n".join([*where, f"Not yet. {why.rstrip(': ')}"])


def _text(text: str) -> NotebookNode:
    return as_node({"output_type": "stream", "name": "stdout", "text": text + "\n"})
