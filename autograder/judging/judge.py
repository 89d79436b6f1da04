"""The judge's side of the boundary: runs tests in the instructor's namespace.

Before a test runs, the names that it uses and that the *source* notebook's answer cells
define are bound to the learner's values; nothing else is taken from the learner. What
the learner's code returns is decoded without trust (`decode`) or held as a `Handle`.
"""

import builtins
import socket
import sys
from typing import Any

from autograder.jail.frames import ProtocolError
from autograder.judging import wire
from autograder.judging.changes import Seeds, apply_change
from autograder.judging.decode import Decoder
from autograder.judging.encode import Encoder
from autograder.judging.handles import Handle
from autograder.judging.lending import Lending
from autograder.judging.names import defined_names, used_names
from autograder.judging.wire import Node

MISSING = object()
LONGEST_TEXT = 4000


class LearnerError(RuntimeError):
    """The learner's code raised something that has no equal here."""


class LearnerGone(RuntimeError):
    """The learner's process has ended, so nothing can be asked of it."""


class Judge:
    """Binds names and carries requests to the learner's process.

    Args:
        link: the connection to it.
        namespace: where the tests run.
    """

    def __init__(self, link: socket.socket, namespace: dict[str, Any]) -> None:
        self.link, self.namespace = link, namespace
        self.lending = Lending(namespace)
        self.answer_names: set[str] = set()
        self.free_names: set[str] = set()
        self.bound: dict[str, Any] = {}
        self.seeds = Seeds()

    def bind(self, test: str) -> None:
        """Bind the learner's names that a test uses, as they are now."""
        self.seeds = Seeds()
        self.bound = {}
        free = self.free_names - defined_names(test)
        wanted = used_names(test, self.namespace) & (self.answer_names | free)
        for name in wanted:
            self.namespace.pop(name, None)
        if not wanted:
            return
        found = dict(self.ask("get", sorted(wanted)))
        if not found.keys() <= wanted:
            raise ProtocolError("names that were not asked for")
        self.namespace.update(found)
        self.bound = {name: found.get(name, MISSING) for name in wanted}

    def ask(self, what: str, *arguments: Any, **named: Any) -> Any:
        """Have the learner's process do something, and return the result.

        Raises:
            LearnerGone: the process has ended.
            CannotCross: an argument does not cross.
            Exception: what the learner's code raised, if its type is a known one.
        """
        __tracebackhide__ = True
        encoder = Encoder(self.lending.export)
        request: dict[str, Any] = {"do": what}
        request["arguments"] = [encoder.encode(item) for item in arguments]
        request["named"] = {key: encoder.encode(item) for key, item in named.items()}
        request["seeds"] = encoder.encode(self.seeds.take_changed())
        request["names"] = self._rebound(encoder)
        try:
            wire.send(self.link, request, encoder.buffers)
            answer, buffers = self._wait_for_answer()
        except (EOFError, OSError) as problem:
            raise LearnerGone("the process that ran your code has ended") from problem
        if "error" in answer:
            raise self._rebuild_error(answer["error"])
        return self._take(answer, buffers, encoder.objects)

    def _replaced(self) -> list[str]:
        """The learner's functions that the test has replaced or deleted.

        Only functions, and only by functions: a test's own variable may have the name
        of an answer's variable, and its value is not the learner's business.
        """
        return [
            name
            for name, before in self.bound.items()
            if (now := self.namespace.get(name, MISSING)) is not before
            and _is_function(before)
            and _is_function(now)
        ]

    def _rebound(self, encoder: Encoder) -> list[Node]:
        changed: list[Node] = []
        for name in self._replaced():
            now = self.namespace.get(name, MISSING)
            changed.append([name, None if now is MISSING else [encoder.encode(now)]])
            self.bound[name] = now
        return changed

    def finish(self) -> None:
        """After a test: let later cells see what it did to the learner's functions."""
        if self._replaced():
            self.ask("synchronize")

    def _wait_for_answer(self) -> tuple[dict[str, Any], list[bytes]]:
        """The answer to the request just sent; calls back meanwhile, if asked to."""
        while True:
            answer, buffers = wire.receive(self.link)
            if not isinstance(answer, dict):
                raise ProtocolError("an answer is no object")
            if "callback" not in answer:
                return answer, buffers
            self._call_back(answer, buffers)

    def _call_back(self, request: dict[str, Any], buffers: list[bytes]) -> None:
        """Call an object that was lent to the learner, and send the result."""
        encoder = Encoder(self.lending.export)
        try:
            decoder = Decoder(buffers, self._resolve)
            arguments = [decoder.decode(node) for node in request["arguments"]]
            named = {key: decoder.decode(n) for key, n in request["named"].items()}
            target = self.lending.lent_object(request["callback"])
            result = self.lending.use(target, request["do"], arguments, named)
            answer = {"result": encoder.encode(result)}
        except Exception as problem:
            answer, encoder.buffers = (
                {"error": f"{type(problem).__name__}: {problem}"},
                [],
            )
        wire.send(self.link, answer, encoder.buffers)

    def _take(self, answer: Any, buffers: list[bytes], objects: list[Any]) -> Any:
        """The result in an answer, after the changes that came with it."""
        decoder = Decoder(buffers, self._resolve, known=objects)
        try:
            result = decoder.decode(answer["result"])
            changes = [(int(n), decoder.decode(node)) for n, node in answer["changes"]]
            for number, new in changes:
                if number < 0:
                    raise ProtocolError("a number of an object is not valid")
                apply_change(objects[number], new)
        except (KeyError, TypeError, ValueError, IndexError, RuntimeError) as problem:
            raise ProtocolError(f"an answer cannot be read: {problem}") from problem
        return result

    def _resolve(self, decoder: Decoder, node: Node, depth: int) -> Any:
        tag, *rest = node
        if tag == "yours":
            return self.lending.lent_object(rest[0])
        if tag == "lent":
            number, kinds, name = rest
            texts = [str(kind)[:200] for kind in kinds]
            return Handle(self.ask, int(number), texts, str(name)[:200])
        raise ProtocolError("an unknown kind of value")

    def _rebuild_error(self, error: Any) -> Exception:
        """The exception that the learner's code raised, as one of a known type."""
        try:
            kinds, text = [str(kind) for kind in error["kinds"]], str(error["text"])
            lines = [str(line)[:300] for line in error["lines"][:5]]
        except (KeyError, TypeError):
            raise ProtocolError("an error cannot be read") from None
        problem = self._known_error(kinds, text[:LONGEST_TEXT])
        if lines:
            problem.add_note("In your code: " + "; ".join(lines))
        return problem

    def _known_error(self, kinds: list[str], text: str) -> Exception:
        for position, name in enumerate(kinds):
            module, _, kind = name.rpartition(".")
            scope = self.namespace if module == "__main__" else vars(builtins)
            if module in ("numpy.linalg", "numpy.exceptions"):
                scope = vars(sys.modules[module])
            found = scope.get(kind)
            if name == "builtins.KeyboardInterrupt":
                return TimeoutError(text)
            if not isinstance(found, type) or not issubclass(found, Exception):
                continue
            if issubclass(found, StopIteration | StopAsyncIteration):
                break  # it would end a loop of the test as if all had been checked
            own = kinds[0].rpartition(".")[2]
            try:
                return found(text if position == 0 else f"{own}: {text}")
            except TypeError:
                continue
        return LearnerError(f"{kinds[0].rpartition('.')[2] if kinds else '?'}: {text}")


def _is_function(value: Any) -> bool:
    if type(value) is Handle:
        return bool(value._name)
    return value is MISSING or callable(value)
