"""Reads a notebook that somebody else wrote, without trusting it.

Whatever is wrong with the file becomes one sentence that names it: the size is looked
at before the text is parsed, and the format is checked before a cell is touched.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4.rwbase import rejoin_lines
from nbformat.validator import iter_validate

from autograder.course import CourseError

MAJOR, MINOR = 4, 5
MAX_BYTES = 32 * 1024 * 1024


def read_notebook(path: Path) -> NotebookNode:
    """The notebook at `path`, in memory as nbformat 4.5.

    Raises:
        CourseError: there is no such file, or it is too large, empty, truncated or no
            notebook; one sentence that names the file.
    """
    return parse_notebook(_read_text(path), name=str(path))


def parse_notebook(text: str, *, name: str) -> NotebookNode:
    """The notebook that this JSON text holds; `name` is for the message."""
    if not text.strip():
        raise CourseError(f"{name} is empty; restore it from a copy")
    try:
        content = json.loads(text)
    except json.JSONDecodeError as problem:
        at_end = problem.pos >= len(text.rstrip()) or "Unterminated" in problem.msg
        what = "is truncated" if at_end else f"is not a notebook ({problem.msg})"
        raise CourseError(
            f"{name} {what}, line {problem.lineno}; restore it from a copy"
        ) from None
    except (RecursionError, ValueError):
        raise CourseError(f"{name} is not a notebook; its JSON is unusual") from None
    return _as_current_notebook(content, name)


def from_json(text: str) -> NotebookNode:
    """The notebook that `to_json` wrote; for text from elsewhere, `parse_notebook`."""
    return as_node(json.loads(text))


def to_json(notebook: NotebookNode) -> str:
    """The notebook as JSON with sorted keys, indent 1 and a newline at the end."""
    text: str = nbformat.v4.writes(notebook)  # type: ignore[no-untyped-call]
    return text + "\n"


def as_node(content: Any) -> NotebookNode:
    """Nested dictionaries as a notebook or cell, the lines of each source joined."""
    node: NotebookNode = nbformat.from_dict(content)  # type: ignore[no-untyped-call]
    if "cells" in node:
        rejoin_lines(node)  # type: ignore[no-untyped-call]
    return node


def _read_text(path: Path) -> str:
    if not path.exists():
        raise CourseError(f"{path} does not exist; check the name")
    if not path.is_file():
        raise CourseError(f"{path} is not a file; name a notebook")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise CourseError(
                f"{path} has {size / 1e6:.0f} MB, more than {MAX_BYTES / 1e6:.0f}; "
                "clear its outputs"
            )
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CourseError(f"{path} is not a notebook; it is not UTF-8 text") from None
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise CourseError(f"{path} cannot be read: {reason}") from None


def _as_current_notebook(content: Any, name: str) -> NotebookNode:
    if not isinstance(content, dict) or not isinstance(content.get("nbformat"), int):
        raise CourseError(f"{name} is not a notebook; it is JSON of another kind")
    major, minor = content["nbformat"], content.get("nbformat_minor")
    if major != MAJOR or not isinstance(minor, int) or not 0 <= minor <= MINOR:
        raise CourseError(
            f"{name} has notebook format {major}.{minor} instead of {MAJOR}.{MINOR}; "
            "open it in JupyterLab and save it"
        )
    try:
        problem = next(_violations(content, minor), None)
    except RecursionError:
        raise CourseError(f"{name} is not a notebook; its JSON is unusual") from None
    if problem is not None:
        place = "/".join(str(step) for step in problem.absolute_path)
        reason = str(problem.message).splitlines()[0][:120]
        raise CourseError(f"{name} is not a valid notebook: {place}: {reason}")
    notebook = as_node(content)
    notebook.nbformat_minor = MINOR
    return notebook


def _violations(content: dict[str, Any], minor: int) -> Iterator[Any]:
    found: Iterator[Any] = iter_validate(  # type: ignore[no-untyped-call]
        content, version=MAJOR, version_minor=minor
    )
    return found
