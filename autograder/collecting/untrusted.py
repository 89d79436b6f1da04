"""Reads the bytes of a learner's notebook into plain cells, or says why it cannot.

Nothing of the file survives but the kind, the text, the ids and the pictures of its
cells; outputs, tags and notebook metadata are dropped. The size is looked at before
anything is parsed, and every refusal is one sentence.
"""

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from typing import Any

from autograder.collecting.versions import KEY

MAX_BYTES = 16_000_000
MAX_VALUES = 1_000_000  # brackets and commas; each costs up to 150 bytes once parsed
MAX_CELLS = 2_000
MAX_SOURCE = 1_000_000  # characters in one cell
PICTURES = {"image/png", "image/jpeg", "image/gif"}

_VERSION = re.compile(r"[0-9a-f]{12}")

Attachments = dict[str, dict[str, str]]


class Refused(Exception):
    """The file cannot be graded; the text is the reason, in one line."""


@dataclass(frozen=True)
class LearnerCell:
    """What is kept of a cell that a learner sent."""

    kind: str  # code, markdown or raw
    source: str
    cell_id: str = ""
    marks: dict[str, Any] = field(default_factory=dict)  # nbgrader's, not to be trusted
    attachments: Attachments = field(default_factory=dict)

    @property
    def grade_id(self) -> str:
        name = self.marks.get("grade_id")
        return name if isinstance(name, str) else ""


@dataclass(frozen=True)
class LearnerNotebook:
    cells: list[LearnerCell]
    language: str  # lower case; empty if the file does not say
    kernel: str
    recorded_version: str = ""  # of the exercise, as `course collect` noted it


def check_size(size: int, limit: int = MAX_BYTES) -> None:
    """Refuse a file of this many bytes if that is more than the limit."""
    if size > limit:
        raise Refused(
            f"has {size / 1e6:.1f} MB, more than {limit / 1e6:.3g}; "
            "clear the outputs and send it again"
        )


def read_learner_notebook(data: bytes) -> LearnerNotebook:
    """The cells of a notebook of which nothing is known.

    Raises:
        Refused: it is too large, empty, truncated, no notebook or of another format.
    """
    content = _parse(data)
    if not isinstance(content, dict) or "nbformat" not in content:
        raise Refused("is JSON, but not a notebook")
    if type(content["nbformat"]) is not int or content["nbformat"] != 4:
        shown = _one_line(str(content["nbformat"])[:20])
        raise Refused(
            f"has notebook format {shown} instead of 4; "
            "open it in JupyterLab and save it again"
        )
    cells = content.get("cells")
    if not isinstance(cells, list):
        raise Refused("is a notebook without a list of cells")
    if len(cells) > MAX_CELLS:
        raise Refused(f"has {len(cells)} cells, more than {MAX_CELLS}")
    metadata = content.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    language, kernel = _language(metadata)
    read = [_read_cell(cell, number) for number, cell in enumerate(cells, start=1)]
    recorded = metadata.get(KEY)
    if not isinstance(recorded, str) or not _VERSION.fullmatch(recorded):
        recorded = ""
    return LearnerNotebook(read, language, kernel, recorded)


def _parse(data: bytes) -> Any:
    check_size(len(data))
    if not data.strip():
        raise Refused("is empty")
    if sum(data.count(mark) for mark in (b"[", b"{", b",")) > MAX_VALUES:
        raise Refused("holds too many values; clear the outputs and send it again")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("is not a notebook: it is not UTF-8 text") from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        if text.lstrip()[:1] in ("{", "[") and (
            problem.pos >= len(text.rstrip()) or "Unterminated" in problem.msg
        ):
            raise Refused(f"is truncated at line {problem.lineno}") from None
        place = f"line {problem.lineno}: {problem.msg}"
        raise Refused(f"is not a notebook: not JSON, {place}") from None
    except (RecursionError, ValueError):
        raise Refused("is not a notebook: its JSON is unusual") from None


def _language(metadata: dict[str, Any]) -> tuple[str, str]:
    kernelspec, info = metadata.get("kernelspec"), metadata.get("language_info")
    kernelspec = kernelspec if isinstance(kernelspec, dict) else {}
    info = info if isinstance(info, dict) else {}
    language = kernelspec.get("language") or info.get("name")
    kernel = kernelspec.get("name")
    language = language if isinstance(language, str) else ""
    kernel = kernel if isinstance(kernel, str) else ""
    return _one_line(language)[:40].lower(), _one_line(kernel)[:40]


def _read_cell(cell: Any, number: int) -> LearnerCell:
    if not isinstance(cell, dict):
        raise Refused(f"cell {number} is not a cell")
    kind = cell.get("cell_type")
    if kind not in ("code", "markdown", "raw"):
        raise Refused(f"cell {number} is neither code nor Markdown")
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    cell_id = cell.get("id")
    return LearnerCell(
        kind=kind,
        source=_source(cell.get("source"), number),
        cell_id=cell_id if isinstance(cell_id, str) else "",
        marks=marks if isinstance(marks, dict) else {},
        attachments={} if kind == "code" else _attachments(cell.get("attachments")),
    )


def _source(source: Any, number: int) -> str:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise Refused(f"cell {number} has no readable text")
    if len(source) > MAX_SOURCE:
        raise Refused(f"cell {number} has {len(source)} characters of text")
    return writable(source)


def writable(text: str) -> str:
    """The text with half characters (lone surrogates) replaced by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _attachments(attachments: Any) -> Attachments:
    """The pictures of a Markdown cell; anything that is not one is left out."""
    kept: Attachments = {}
    if not isinstance(attachments, dict):
        return kept
    for name, versions in attachments.items():
        if not isinstance(versions, dict):
            continue
        pictures = {
            mime: data
            for mime, data in versions.items()
            if mime in PICTURES and is_base64(data)
        }
        if pictures:
            kept[writable(name)] = pictures
    return kept


def is_base64(data: Any) -> bool:
    """Whether this is text that holds base64 and nothing else."""
    if not isinstance(data, str) or not data:
        return False
    try:
        base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _one_line(text: str) -> str:
    return " ".join(writable(text).split())
