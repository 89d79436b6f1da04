"""Messages between the learner's process and the judge: plain data, never pickle.

Numbers, strings, containers, arrays and tensors cross by value. Everything else stays
where it is and crosses as a handle: a number that only its owner can turn back into
the object. A message is JSON that says what is what (`encode`, `decode`), followed by
the raw buffers of arrays. Nothing in it names code to run, and sizes are checked
before anything is parsed.
"""

import collections
import json
import socket
import struct
from typing import Any

import numpy as np
import torch

from autograder.jail.frames import ProtocolError, receive_exactly

Node = Any  # what JSON can hold
SCALARS = frozenset({type(None), bool, int, float, str})
ARRAY_KINDS = "biufcSU"
MAX_DEPTH = 100
DICTIONARIES: dict[type, str] = {
    dict: "dict",
    collections.OrderedDict: "OrderedDict",
    collections.Counter: "Counter",
    collections.defaultdict: "defaultdict",
}
# Classes that the untrusted side may name: calling one has no side effect.
NAMED_CLASSES: dict[str, type] = {
    f"{kind.__module__}.{kind.__qualname__}": kind
    for kind in (
        *(bool, int, float, complex, str, list, tuple, dict, set, type(None)),
        *(np.float16, np.float32, np.float64, np.int32, np.int64, np.bool_, np.ndarray),
        *(torch.Tensor, torch.nn.Parameter),
        *(kind for kind in vars(torch.nn).values() if isinstance(kind, type)),
    )
}

_HEAD = struct.Struct(">II")
_MAX_TEXT = 64 << 20
_MAX_BUFFERS = 256 << 20
_MAX_BUFFER_COUNT = 1 << 20


class CannotCross(TypeError):
    """A value that does not cross the boundary; the text says which."""


def send(link: socket.socket, node: Node, buffers: list[bytes]) -> None:
    """Send one message.

    Raises:
        CannotCross: it is larger than a message may be.
    """
    text = json.dumps(node).encode("utf-8", "surrogatepass")
    size = sum(map(len, buffers))
    if len(text) > _MAX_TEXT or size > _MAX_BUFFERS:
        megabytes = (len(text) + size) >> 20
        raise CannotCross(f"a value of {megabytes} MB is too large to be checked")
    lengths = struct.pack(f">{len(buffers)}Q", *map(len, buffers))
    link.sendall(_HEAD.pack(len(text), len(buffers)) + lengths + text)
    for buffer in buffers:
        link.sendall(buffer)


def receive(link: socket.socket) -> tuple[Node, list[bytes]]:
    """Wait for one message.

    Raises:
        EOFError: the other process has gone.
        ProtocolError: what came is no message of allowed size.
    """
    text_size, count = _HEAD.unpack(receive_exactly(link, _HEAD.size))
    if text_size > _MAX_TEXT or count > _MAX_BUFFER_COUNT:
        raise ProtocolError("a message is too large")
    lengths = struct.unpack(f">{count}Q", receive_exactly(link, 8 * count))
    if sum(lengths) > _MAX_BUFFERS:
        raise ProtocolError("a message is too large")
    text = receive_exactly(link, text_size)
    buffers = [bytes(receive_exactly(link, length)) for length in lengths]
    try:
        return json.loads(text), buffers
    except (ValueError, RecursionError) as problem:
        raise ProtocolError("a message is not JSON") from problem
