"""How the judge's own values reach the learner's code.

Plain data goes as a copy. What both sides have under the same name (library functions,
what locked set-up cells define) goes by that name. Torch modules, optimizers and other
objects of such classes go as a copy of their attributes. Anything else that can be
called or iterated stays here and is lent: the learner can call it, not look into it.
"""

import itertools
import math
import sys
import types
from collections.abc import Iterable
from typing import Any

import numpy as np
import torch

from autograder.jail.frames import ProtocolError
from autograder.judging.encode import Encoder
from autograder.judging.handles import Handle
from autograder.judging.wire import CannotCross, Node

COPIED = ("torch.nn.", "torch.optim.", "torch.utils.data.", "utils.")
UNNAMED_HOMES = (torch, torch.nn.functional, np, math)  # of functions without a module
NEVER_BY_NAME = ("__main__", "autograder", "_io", "IPython")


class Lending:
    """The judge's objects that the learner's process knows by number.

    Args:
        namespace: the judge's; what set-up cells defined there is on both sides.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.lent: list[Any] = []
        self.shared: dict[str, Any] = {}

    def share(self) -> None:
        """Remember what the set-up cells so far have defined, on both sides alike."""
        kinds = type | types.FunctionType
        self.shared = {
            name: value
            for name, value in self.namespace.items()
            if isinstance(value, kinds) and value.__module__ == "__main__"
        }

    def export(self, encoder: Encoder, value: Any, depth: int) -> Node:
        """The node of a value that is no plain data.

        Raises:
            CannotCross: it cannot be given to the learner's code.
        """
        if type(value) is Handle:
            return ["yours", object.__getattribute__(value, "_number")]
        if isinstance(value, tuple):
            return ["tuple", [encoder.encode(item, depth + 1) for item in value]]
        if (name := self._common_name(value)) is not None:
            return ["import", *name]
        kind = type(value)
        if (home := self._common_name(kind)) is not None and self._is_copied(kind):
            encoder.number(value)
            return ["object", *home, encoder.encode(dict(vars(value)), depth + 1)]
        if not callable(value) and not isinstance(value, Iterable):
            raise CannotCross(
                f"a {kind.__name__} cannot be given to the learner's code"
            )
        self.lent.append(value)
        return ["lent", len(self.lent) - 1, str(getattr(value, "__name__", ""))]

    def _is_copied(self, kind: type) -> bool:
        own = kind.__module__ == "__main__" and kind.__name__ in self.shared
        copied = f"{kind.__module__}.".startswith(COPIED)
        return (
            (own or copied) and hasattr(kind, "__dict__") and kind.__dictoffset__ != 0
        )

    def _common_name(self, value: Any) -> tuple[str, str] | None:
        """Module and name under which the learner's process has the same object."""
        if isinstance(value, types.ModuleType):
            return None
        name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
        if not isinstance(name, str) or "<" in name:
            return None
        if self.shared.get(name) is value:
            return "__main__", name
        module = getattr(value, "__module__", None)
        if isinstance(module, str) and not module.startswith(NEVER_BY_NAME):
            found: Any = sys.modules.get(module)
            for part in name.split("."):
                found = getattr(found, part, None)
            if found is value:
                return module, name
        homes = (home for home in UNNAMED_HOMES if getattr(home, name, None) is value)
        return next(((home.__name__, name) for home in homes), None)

    def lent_object(self, number: Any) -> Any:
        """The object that was lent under a number.

        Raises:
            ProtocolError: there is none.
        """
        if type(number) is not int or not 0 <= number < len(self.lent):
            raise ProtocolError("an object that was not lent")
        return self.lent[number]

    def use(
        self, target: Any, what: str, arguments: list[Any], named: dict[str, Any]
    ) -> Any:
        """Do one of the few things that a learner may do with a lent object.

        Raises:
            ProtocolError: it is none of them.
        """
        if what == "call" and callable(target):
            return target(*arguments, **named)
        if what == "iter":
            return iter(target)
        if what == "len":
            return len(target)
        if what == "item":
            return target[arguments[0]]
        if what == "next":
            return next(((item,) for item in itertools.islice(target, 1)), None)
        raise ProtocolError("this cannot be done with a lent object")
