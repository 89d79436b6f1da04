"""The learner's side of the boundary: does what the judge asks, and lends it objects.

Nothing here protects anything: it runs in the learner's process, and a learner may
replace every line of it. The judge therefore believes none of its answers.
"""

import builtins
import copy
import importlib
import operator
import socket
import sys
import threading
import traceback
from collections.abc import Iterator
from typing import Any

from autograder.judging import wire
from autograder.judging.changes import encode_changes, fingerprint, set_states
from autograder.judging.decode import Decoder
from autograder.judging.encode import Encoder
from autograder.judging.wire import CannotCross, Node

LONGEST_TEXT = 4000
MOST_HANDLES = 200_000


class FromJudge:
    """An object that stays in the judge's process: it can be called and iterated."""

    def __init__(self, answers: "Answers", number: int, name: str) -> None:
        self.__answers, self.__number, self.__name__ = answers, number, name

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.__answers.call_back(self.__number, "call", arguments, named)

    def __iter__(self) -> Iterator[Any]:
        iterator = self.__answers.call_back(self.__number, "iter", (), {})
        while (step := iterator.advance()) is not None:
            yield step[0]

    def __len__(self) -> int:
        return int(self.__answers.call_back(self.__number, "len", (), {}))

    def __getitem__(self, key: Any) -> Any:
        return self.__answers.call_back(self.__number, "item", (key,), {})

    def advance(self) -> Any:
        return self.__answers.call_back(self.__number, "next", (), {})

    def number_for(self, answers: "Answers") -> int | None:
        return self.__number if self.__answers is answers else None


class Answers:
    """Answers the judge's requests about one notebook's names and objects."""

    def __init__(self, link: socket.socket, namespace: dict[str, Any]) -> None:
        self.link, self.namespace = link, namespace
        self.lent: list[Any] = []
        self.thread = threading.get_ident()

    def answer(self) -> None:
        """Receive one request and answer it."""
        self._answer(*wire.receive(self.link))

    def _answer(self, request: dict[str, Any], buffers: list[bytes]) -> None:
        decoder = Decoder(buffers, self._resolve)
        try:
            arguments = [decoder.decode(node) for node in request["arguments"]]
            named = {key: decoder.decode(n) for key, n in request["named"].items()}
            if request["seeds"] is not None:
                set_states(decoder.decode(request["seeds"]))
            for name, node in request["names"]:
                self._rebind(name, node, decoder)
            before = [fingerprint(value) for value in decoder.objects]
            result = self._perform(request["do"], arguments, named)
            known = {id(value): n for n, value in enumerate(decoder.objects)}
            encoder = Encoder(self._export, known)
            node = encoder.encode(result)
            changes = encode_changes(encoder, decoder.objects, before)
            answer: dict[str, Any] = {"result": node, "changes": changes}
            wire.send(self.link, answer, encoder.buffers)
        except BaseException as problem:
            self._send_error(problem)

    def _rebind(self, name: str, node: Node, decoder: Decoder) -> None:
        if node is None:
            self.namespace.pop(name, None)
        else:
            self.namespace[name] = decoder.decode(node[0])

    def _send_error(self, problem: BaseException) -> None:
        """Tell the judge what was raised: types by name, and the learner's lines."""
        try:
            text = str(problem)[:LONGEST_TEXT]
        except BaseException:
            text = ""
        if isinstance(problem, KeyboardInterrupt):
            text = "your code was still running when its time was over"
        own = [
            f"line {frame.lineno} in {frame.name}: {frame.line or ''}"
            for frame in traceback.extract_tb(problem.__traceback__)[-20:]
            if "autograder" not in frame.filename
        ]
        kinds = [
            f"{kind.__module__}.{kind.__qualname__}" for kind in type(problem).__mro__
        ]
        error = {"kinds": kinds, "text": text, "lines": own[-5:]}
        wire.send(self.link, {"error": error}, [])

    def _perform(self, what: str, arguments: list[Any], named: dict[str, Any]) -> Any:
        """One of the things that the judge may ask for."""
        if what == "synchronize":
            return None
        if what == "get":
            return tuple(
                (name, self.namespace[name])
                for name in arguments[0]
                if name in self.namespace
            )
        if what == "call":
            return arguments[0](*arguments[1:], **named)
        if what == "attribute":
            return getattr(arguments[0], arguments[1])
        if what == "set attribute":
            return setattr(*arguments)
        if what == "iterate":
            return _Iterator(iter(arguments[0]))
        if what == "next":
            return arguments[0].advance()
        if what == "copy":
            return copy.deepcopy(arguments[0])
        if what in ("len", "float", "int", "complex", "str", "isinstance", "round"):
            return getattr(builtins, what)(*arguments)
        return getattr(operator, what)(*arguments)

    def _export(self, encoder: Encoder, value: Any, depth: int) -> Node:
        """Lend an object to the judge, or return one that is the judge's."""
        if isinstance(value, FromJudge):
            return ["yours", value.number_for(self)]
        if len(self.lent) >= MOST_HANDLES:
            raise CannotCross("too many objects")
        self.lent.append(value)
        kinds = [
            f"{kind.__module__}.{kind.__qualname__}" for kind in type(value).__mro__
        ]
        name = str(getattr(value, "__name__", "")) if callable(value) else ""
        return ["lent", len(self.lent) - 1, kinds[:20], name[:200]]

    def _resolve(self, decoder: Decoder, node: Node, depth: int) -> Any:
        """What the judge means by a node of its own."""
        tag, *rest = node
        if tag == "yours":
            return self.lent[rest[0]]
        if tag == "lent":
            return FromJudge(self, *rest)
        if tag == "import":
            return _named(*rest)
        if tag == "object":
            kind = _named(rest[0], rest[1])
            value = decoder.number(kind.__new__(kind))
            value.__dict__.update(decoder.decode(rest[2], depth + 1))
            return value
        raise CannotCross(f"an unknown kind of value: {tag}")

    def call_back(
        self, number: int, what: str, arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> Any:
        """Have the judge call one of its objects, answering it meanwhile."""
        if threading.get_ident() != self.thread:
            raise RuntimeError(
                "call this function from the thread that it was given to"
            )
        encoder = Encoder(self._export)
        request = {
            "callback": number,
            "do": what,
            "arguments": [encoder.encode(item) for item in arguments],
            "named": {key: encoder.encode(item) for key, item in named.items()},
        }
        wire.send(self.link, request, encoder.buffers)
        while True:
            answer, buffers = wire.receive(self.link)
            if "do" in answer:
                self._answer(answer, buffers)
                continue
            if "error" in answer:
                raise RuntimeError(answer["error"])
            return Decoder(buffers, self._resolve).decode(answer["result"])


class _Iterator:
    """Steps through what a learner made iterable, one request a step."""

    def __init__(self, iterator: Iterator[Any]) -> None:
        self.iterator = iterator

    def advance(self) -> tuple[Any] | None:
        for item in self.iterator:
            return (item,)
        return None


def _named(module: str, name: str) -> Any:
    """An object that both sides have under the same name."""
    value: Any = sys.modules.get(module) or importlib.import_module(module)
    for part in name.split("."):
        value = getattr(value, part)
    return value
