"""Turns values into what a message holds; `decode` is its inverse.

What can be changed in place (lists, arrays, tensors, …) is numbered in the order in
which it is met, so that shared objects stay shared, and so that an answer can speak of
the objects of its request.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograder.judging.wire import (
    ARRAY_KINDS,
    DICTIONARIES,
    MAX_DEPTH,
    NAMED_CLASSES,
    SCALARS,
    CannotCross,
    Node,
)

LONGEST_INTEGER = 1 << 1000  # longer ones are written in hexadecimal
FACTORIES: dict[Any, str] = {dict: "dict", list: "list", int: "int", float: "float"}


class Encoder:
    """Collects the buffers and the numbered objects of one message.

    Args:
        export: makes the node of an object that is no plain data; it may call back.
        known: the objects that the other side knows by number, as id → number.
    """

    def __init__(
        self,
        export: Callable[["Encoder", Any, int], Node],
        known: dict[int, int] | None = None,
    ) -> None:
        self.export = export
        self.known = known or {}
        self.buffers: list[bytes] = []
        self.numbers: dict[int, int] = {}
        self.objects: list[Any] = []  # keeps the ids in `numbers` from being reused

    def encode(self, value: Any, depth: int = 0) -> Node:
        """The node of a value.

        Raises:
            CannotCross: the value is nested too deeply, or `export` refuses it.
        """
        kind = type(value)
        if kind in SCALARS and (kind is not int or abs(value) < LONGEST_INTEGER):
            return value
        if depth > MAX_DEPTH:
            raise CannotCross("a value that is nested too deeply cannot be checked")
        if id(value) in self.known:
            return ["known", self.known[id(value)]]
        if id(value) in self.numbers:
            return ["again", self.numbers[id(value)]]
        return self.content(value, depth)

    def number(self, value: Any) -> None:
        """Give an object the next number; the decoder counts in the same order."""
        self.numbers[id(value)] = len(self.objects)
        self.objects.append(value)

    def content(self, value: Any, depth: int = 0) -> Node:
        """The node of a value, even of an object that the other side knows."""
        kind = type(value)
        if kind is list or kind is set:
            self.number(value)
            return [kind.__name__, self._all(value, depth)]
        if isinstance(value, tuple) and (kind is tuple or kind is torch.Size):
            return ["tuple", self._all(value, depth)]
        if kind in DICTIONARIES:
            return self._dictionary(value, depth)
        if isinstance(value, torch.Tensor):
            return self._tensor(value, depth)
        if isinstance(value, np.ndarray | np.generic):
            return self._array(value, depth)
        return self._rare(value, depth)

    def _all(self, values: Any, depth: int) -> list[Node]:
        return [self.encode(item, depth + 1) for item in values]

    def _buffer(self, data: bytes) -> int:
        self.buffers.append(data)
        return len(self.buffers) - 1

    def _dictionary(self, value: Any, depth: int) -> Node:
        self.number(value)
        factory = FACTORIES.get(getattr(value, "default_factory", None), "")
        keys, items = self._all(value.keys(), depth), self._all(value.values(), depth)
        return ["dict", DICTIONARIES[type(value)], factory, keys, items]

    def _array(self, value: Any, depth: int) -> Node:
        if value.dtype.kind not in ARRAY_KINDS or isinstance(value, np.ma.MaskedArray):
            return self.export(self, value, depth)
        single = isinstance(value, np.generic)
        if not single:
            self.number(value)
        buffer = self._buffer(np.ascontiguousarray(value).tobytes())
        shape = list(value.shape)
        return ["number" if single else "array", value.dtype.str, shape, buffer]

    def _tensor(self, value: torch.Tensor, depth: int) -> Node:
        plain = torch.Tensor.detach(value)
        if plain.layout != torch.strided or plain.is_quantized:
            return self.export(self, value, depth)
        self.number(value)
        flat = plain.cpu().resolve_conj().resolve_neg().contiguous().reshape(-1)
        data = flat.view(torch.uint8).numpy().tobytes() if flat.numel() else b""
        kind = str(value.dtype).removeprefix("torch.")
        leaf = value.is_leaf and value.requires_grad
        return [
            "tensor",
            kind,
            list(value.shape),
            self._buffer(data),
            bool(leaf),
            isinstance(value, torch.nn.Parameter),
            self.encode(value.grad, depth + 1) if leaf else None,
        ]

    def _rare(self, value: Any, depth: int) -> Node:
        kind = type(value)
        if kind is int:
            return ["int", hex(value)]
        if kind is complex:
            return ["complex", value.real, value.imag]
        if kind is bytes:
            return ["bytes", self._buffer(value)]
        if kind is frozenset:
            return ["frozenset", self._all(value, depth)]
        if kind is slice or kind is range:
            bounds = (value.start, value.stop, value.step)
            return [kind.__name__, self._all(bounds, depth)]
        if kind is torch.dtype:
            return ["torch.dtype", str(value).removeprefix("torch.")]
        if isinstance(value, np.dtype) and value.kind in ARRAY_KINDS:
            return ["numpy.dtype", value.str]
        if kind is torch.device:
            return ["device", str(value)]
        if value is Ellipsis:
            return ["..."]
        if kind is np.random.Generator and type(value.bit_generator) is np.random.PCG64:
            self.number(value)
            return [
                "generator",
                self.encode(dict(value.bit_generator.state), depth + 1),
            ]
        if kind is torch.Generator:
            self.number(value)
            return [
                "torch.generator",
                self._buffer(value.get_state().numpy().tobytes()),
            ]
        if isinstance(value, type):
            name = f"{value.__module__}.{value.__qualname__}"
            if NAMED_CLASSES.get(name) is value:
                return ["class", name]
        return self.export(self, value, depth)
