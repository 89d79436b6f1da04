"""Goes over a learner's notebook before a page is made of it; see `sanitize`."""

import html
import re
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from autograder.collecting.untrusted import PICTURES, is_base64
from autograder.notebook import as_node
from autograder.reports.formulas import to_mathml
from autograder.reports.pictures import pixel_picture, svg_picture
from autograder.reports.sanitize import render_markdown, safe_html

MAX_OUTPUTS = 200  # of one cell
MAX_TEXT = 1_000_000  # characters of one output

_NAME = re.compile(r"[a-zA-Z0-9_-]{1,200}")
_LANGUAGE = re.compile(r"[\w+-]{1,40}")
_DOLLARS = re.compile(r"^\s*\$+|\$+\s*$")
_MARKS = ("grade", "solution", "locked", "task")
_NAMES_ON_THE_PAGE = (
    "student",
    "first_name",
    "last_name",
    "notebook_id",
    "notebook_path",
    "assignment_id",
)


class CleanOutputs(Preprocessor):
    """Leaves in each cell only what cannot do anything in a browser."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook and the names around it, cleaned."""
        info = nb.metadata.get("language_info")
        language = info.get("name") if isinstance(info, dict) else None
        nb.metadata = as_node({})
        if isinstance(language, str) and _LANGUAGE.fullmatch(language):
            nb.metadata.language_info = as_node({"name": language})
        for cell in nb.cells:
            _clean_cell(cell)
        for name in _NAMES_ON_THE_PAGE:
            if isinstance(resources.get(name), str):
                resources[name] = html.escape(resources[name])
        return nb, resources


def _clean_cell(cell: NotebookNode) -> None:
    cell.metadata = _clean_metadata(cell.metadata)
    if cell.cell_type == "raw":  # a page would show it as HTML
        cell.cell_type = "markdown"
        cell.source = _fenced(cell.source)
    if cell.cell_type == "code":
        count = cell.get("execution_count")
        cell.execution_count = count if type(count) is int else None
        outputs = cell.get("outputs", [])
        cell.outputs = [_clean_output(output) for output in outputs[:MAX_OUTPUTS]]
        if len(outputs) > MAX_OUTPUTS:
            left_out = len(outputs) - MAX_OUTPUTS
            cell.outputs.append(_stream(f"[{left_out} more outputs are not shown]"))
    else:
        cell.attachments = _clean_attachments(cell.get("attachments"))


def _clean_metadata(metadata: Any) -> NotebookNode:
    """What the pages need of nbgrader's marks, if they are what nbgrader writes."""
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if not isinstance(marks, dict):
        return as_node({})
    name, points = marks.get("grade_id"), marks.get("points")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return as_node({})
    kept: dict[str, Any] = {mark: marks.get(mark) is True for mark in _MARKS}
    kept |= {"grade_id": name, "schema_version": 3}
    if type(points) in (int, float):
        kept["points"] = points
    return as_node({"nbgrader": kept})


def _clean_attachments(attachments: Any) -> NotebookNode:
    clean = {}
    for name, versions in (attachments or {}).items():
        kept = {k: v for k, v in versions.items() if k in PICTURES and is_base64(v)}
        if kept:
            clean[name] = kept
    return as_node(clean)


def _clean_output(output: NotebookNode) -> NotebookNode:
    kind = output.get("output_type")
    if kind == "stream":
        return _stream(output.get("text"), str(output.get("name")))
    if kind == "error":
        lines = output.get("traceback")
        return as_node(
            {
                "output_type": "error",
                "ename": _plain(output.get("ename"))[:200],
                "evalue": _plain(output.get("evalue")),
                "traceback": [_plain(x) for x in lines or [] if isinstance(x, str)],
            }
        )
    data = _clean_data(output.get("data") or {})
    return as_node({"output_type": "display_data", "data": data, "metadata": {}})


def _clean_data(data: dict[str, Any]) -> dict[str, str]:
    """The richest representation that can be made harmless, as HTML or plain text."""
    if isinstance(data.get("text/html"), str):
        return {"text/html": safe_html(data["text/html"])}
    if isinstance(data.get("image/svg+xml"), str):
        return {"text/html": svg_picture(data["image/svg+xml"])}
    for kind in sorted(PICTURES & set(data)):
        return {"text/html": pixel_picture(kind, data[kind])}
    if isinstance(data.get("text/markdown"), str):
        return {"text/html": render_markdown(data["text/markdown"])}
    if isinstance(data.get("text/latex"), str):
        tex = _DOLLARS.sub("", data["text/latex"])
        return {"text/html": to_mathml(tex, display=True)}
    if isinstance(data.get("text/plain"), str):
        return {"text/plain": _plain(data["text/plain"])}
    return {"text/plain": "[an output of another kind is not shown]"}


def _stream(text: Any, stream: str = "stdout") -> NotebookNode:
    name = stream if stream in ("stdout", "stderr") else "stdout"
    return as_node({"output_type": "stream", "name": name, "text": _plain(text)})


def _plain(text: Any) -> str:
    shown = str(text)
    if len(shown) <= MAX_TEXT:
        return shown
    return f"{shown[:MAX_TEXT]}\n[{len(shown) - MAX_TEXT} more characters]"


def _fenced(source: str) -> str:
    longest = max(map(len, re.findall("`+", source)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{source}\n{fence}"
