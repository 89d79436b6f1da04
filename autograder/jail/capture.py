"""The outputs of one cell, as nbformat keeps them: bounded, and valid whatever came."""

import json
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode, v4

MOST_LINES, LONGEST_LINE = 100, 5000
HIGHEST_COUNT = 1 << 30


def clean(text: Any) -> str:
    """A text that can be written as UTF-8."""
    return str(text).encode("utf-8", "replace").decode()


@dataclass
class Capture:
    """Collects outputs while there is room.

    Attributes:
        room: characters that may still come.
        full: whether some did not fit.
    """

    room: int
    outputs: list[NotebookNode] = field(default_factory=list)
    full: bool = False

    def add(self, output: NotebookNode, size: int) -> None:
        """Add an output, unless it is larger than the room that is left."""
        if size > self.room:
            self.full = True
        else:
            self.room -= size
            self.outputs.append(output)

    def add_text(self, text: str, name: str = "stdout") -> None:
        """Add text to a stream; what does not fit is cut off."""
        text = clean(text)
        if len(text) > self.room:
            text, self.full = text[: self.room], True
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text += text
            self.room -= len(text)
        elif text:
            self.add(_output("stream", name=name, text=text), len(text))

    def add_message(self, message: dict[str, Any]) -> None:
        """Add what a process says that a cell has shown.

        Raises:
            Exception: it is no such message.
        """
        kind = message["type"]
        if kind == "full":
            self.full = True
        elif kind == "stream":
            name = "stderr" if message["name"] == "stderr" else "stdout"
            self.add_text(message["text"], name)
        elif kind == "clear":
            self.outputs.clear()
        elif kind == "error":
            lines = [clean(line)[:LONGEST_LINE] for line in message["traceback"]]
            error = _error(message["ename"], message["evalue"], lines[:MOST_LINES])
            if sum(output.output_type == "error" for output in self.outputs) < 5:
                self.outputs.append(error)  # even if text has taken all the room
        elif kind in ("display_data", "execute_result"):
            data = {clean(mime): _datum(x) for mime, x in message["data"].items()}
            output = _output(kind, data=data)
            if kind == "execute_result":
                output.execution_count = as_count(message["execution_count"])
            self.add(output, sum(map(len, data.values())))

    def add_note(self, text: str) -> None:
        """Add a remark of the grader's own; there is always room for it."""
        self.room = max(self.room, 1000)
        self.add_text(f"\n{text}\n")

    def add_error(self, name: str, text: str) -> None:
        """Add an error of the grader's own; there is always room for it."""
        self.outputs.append(_error(name, text, [f"{name}: {text}"]))


def as_count(value: Any) -> int | None:
    """A number of an executed cell, if a notebook can hold it."""
    fits = type(value) is int and 0 <= value <= HIGHEST_COUNT
    return value if fits else None


def _error(name: Any, text: Any, lines: list[str]) -> NotebookNode:
    name, text = clean(name)[:200], clean(text)[:10_000]
    return _output("error", ename=name, evalue=text, traceback=lines)


def _datum(value: Any) -> str:
    return clean(value if isinstance(value, str) else json.dumps(value))


def _output(kind: str, **content: Any) -> NotebookNode:
    output: NotebookNode = v4.new_output(kind, **content)  # type: ignore[no-untyped-call]
    return output
