"""Turns what a message holds back into values, trusting nothing about it."""

import collections
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograder.jail.frames import ProtocolError
from autograder.judging.wire import ARRAY_KINDS, MAX_DEPTH, NAMED_CLASSES, SCALARS, Node

TORCH_KINDS = {
    str(kind).removeprefix("torch."): kind
    for kind in vars(torch).values()
    if isinstance(kind, torch.dtype) and not str(kind).startswith("torch.q")
}
DICTIONARIES: dict[str, Any] = {
    "dict": dict,
    "OrderedDict": collections.OrderedDict,
    "Counter": collections.Counter,
    "defaultdict": collections.defaultdict,
}
UNREADABLE = (
    TypeError,
    ValueError,
    LookupError,
    RuntimeError,
    OverflowError,
    AttributeError,
)
FACTORIES: dict[str, Any] = {"dict": dict, "list": list, "int": int, "float": float}


class Decoder:
    """Reads one message.

    Args:
        buffers: the message's buffers.
        resolve: turns a node that only this side understands into an object.
        known: the objects that "known" nodes speak of, by number.
    """

    def __init__(
        self,
        buffers: list[bytes],
        resolve: Callable[["Decoder", Node, int], Any],
        known: list[Any] | None = None,
    ) -> None:
        self.buffers = buffers
        self.resolve = resolve
        self.known = known or []
        self.objects: list[Any] = []

    def decode(self, node: Node, depth: int = 0) -> Any:
        """The value of a node.

        Raises:
            ProtocolError: the node is not what `Encoder` makes.
        """
        if type(node) in SCALARS:
            return node
        if depth > MAX_DEPTH:
            raise ProtocolError("a value is nested too deeply")
        try:
            return self._decode(node[0], node, depth)
        except ProtocolError:
            raise
        except UNREADABLE as why:
            raise ProtocolError(f"a value cannot be read: {why}") from why

    def _decode(self, tag: str, node: Node, depth: int) -> Any:
        if tag == "again":
            return self.objects[_index(node[1])]
        if tag == "known":
            return self.known[_index(node[1])]
        if tag == "...":
            return ...
        reader = getattr(self, f"_read_{tag.replace('.', '_')}", None)
        if reader is None:
            return self.resolve(self, node, depth)
        return reader(node, depth + 1)

    def number(self, value: Any) -> Any:
        """Give an object the next number, as the encoder did."""
        self.objects.append(value)
        return value

    def _read_list(self, node: Node, depth: int) -> list[Any]:
        result: list[Any] = self.number([])
        result.extend(self.decode(item, depth) for item in node[1])
        return result

    def _read_set(self, node: Node, depth: int) -> set[Any]:
        result: set[Any] = self.number(set())
        result.update(self.decode(item, depth) for item in node[1])
        return result

    def _read_tuple(self, node: Node, depth: int) -> tuple[Any, ...]:
        return tuple(self.decode(item, depth) for item in node[1])

    def _read_frozenset(self, node: Node, depth: int) -> frozenset[Any]:
        return frozenset(self.decode(item, depth) for item in node[1])

    def _read_dict(self, node: Node, depth: int) -> dict[Any, Any]:
        _, kind, factory, keys, items = node
        result: dict[Any, Any] = self.number(DICTIONARIES[kind]())
        if isinstance(result, collections.defaultdict):
            result.default_factory = FACTORIES.get(factory)
        decoded_keys = [self.decode(key, depth) for key in keys]
        decoded_items = [self.decode(item, depth) for item in items]
        result.update(dict(zip(decoded_keys, decoded_items, strict=True)))
        return result

    def _read_number(self, node: Node, depth: int) -> Any:
        return self._plain_array(node)[()]

    def _read_array(self, node: Node, depth: int) -> Any:
        return self.number(self._plain_array(node))

    def _plain_array(self, node: Node) -> np.ndarray:
        _, name, shape, buffer = node
        kind = np.dtype(str(name))
        if kind.kind not in ARRAY_KINDS:
            raise ProtocolError("an array of an unknown kind")
        data = self.buffers[_index(buffer)]
        if math.prod(_shape(shape)) * kind.itemsize != len(data):
            raise ProtocolError("an array whose size does not fit its shape")
        return np.frombuffer(bytearray(data), kind).reshape(shape)

    def _read_tensor(self, node: Node, depth: int) -> torch.Tensor:
        _, name, shape, buffer, leaf, parameter, gradient = node
        data, kind = self.buffers[_index(buffer)], TORCH_KINDS[name]
        if math.prod(_shape(shape)) * kind.itemsize != len(data):
            raise ProtocolError("a tensor whose size does not fit its shape")
        flat = torch.empty(0, dtype=kind)
        if data:
            flat = torch.frombuffer(bytearray(data), dtype=kind)
        result = flat.reshape(shape)
        if parameter:
            result = torch.nn.Parameter(result, requires_grad=bool(leaf))
        elif leaf:
            result.requires_grad_()
        self.number(result)
        if gradient is not None:
            result.grad = self.decode(gradient, depth)
        return result

    def _read_int(self, node: Node, depth: int) -> int:
        return int(node[1], 16)

    def _read_complex(self, node: Node, depth: int) -> complex:
        return complex(node[1], node[2])

    def _read_bytes(self, node: Node, depth: int) -> bytes:
        return self.buffers[_index(node[1])]

    def _read_slice(self, node: Node, depth: int) -> slice:
        return slice(*self._read_tuple(node, depth))

    def _read_range(self, node: Node, depth: int) -> range:
        return range(*self._read_tuple(node, depth))

    def _read_torch_dtype(self, node: Node, depth: int) -> torch.dtype:
        return TORCH_KINDS[node[1]]

    def _read_numpy_dtype(self, node: Node, depth: int) -> Any:
        return np.dtype(str(node[1]))

    def _read_device(self, node: Node, depth: int) -> torch.device:
        return torch.device(str(node[1]))

    def _read_class(self, node: Node, depth: int) -> type:
        return NAMED_CLASSES[node[1]]

    def _read_generator(self, node: Node, depth: int) -> np.random.Generator:
        generator: np.random.Generator = self.number(np.random.default_rng(0))
        generator.bit_generator.state = self.decode(node[1], depth)
        return generator

    def _read_torch_generator(self, node: Node, depth: int) -> torch.Generator:
        generator: torch.Generator = self.number(torch.Generator())
        state = bytearray(self.buffers[_index(node[1])])
        generator.set_state(torch.frombuffer(state, dtype=torch.uint8))
        return generator


def _index(number: Any) -> int:
    """A number as an index that does not count from the end."""
    if type(number) is not int or number < 0:
        raise ProtocolError("a number of an object is not valid")
    return number


def _shape(shape: Any) -> list[int]:
    if not isinstance(shape, list):
        raise ProtocolError("a shape is not a list")
    return [_index(length) for length in shape]
