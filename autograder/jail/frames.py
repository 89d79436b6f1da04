"""Length-prefixed JSON between the grader and its sandboxed processes."""

import json
import socket
import struct
from typing import Any

LENGTH = struct.Struct(">I")


class ProtocolError(Exception):
    """The other side does not keep to the protocol; nothing it says counts."""


def send(channel: socket.socket, message: Any) -> None:
    """Send one message and wait until it has left."""
    data = json.dumps(message, default=repr).encode("utf-8", "surrogatepass")
    channel.sendall(LENGTH.pack(len(data)) + data)


def receive_exactly(channel: socket.socket, count: int) -> bytearray:
    """The next `count` bytes.

    Raises:
        EOFError: the other side has gone.
    """
    data = bytearray()
    while len(data) < count:
        part = channel.recv(min(1 << 20, count - len(data)))
        if not part:
            raise EOFError("the other process has gone")
        data += part
    return data


def receive(channel: socket.socket) -> Any:
    """Wait for one message from a process that is trusted."""
    (size,) = LENGTH.unpack(receive_exactly(channel, LENGTH.size))
    return json.loads(receive_exactly(channel, size))


class Frames:
    """Cuts what arrives from an untrusted process into messages of bounded size."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.data = bytearray()

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """The messages that are complete now.

        Raises:
            ProtocolError: a message is too long, or is no JSON object.
        """
        self.data += data
        messages = []
        while len(self.data) >= LENGTH.size:
            (size,) = LENGTH.unpack_from(self.data)
            if size > self.limit:
                raise ProtocolError(f"a message of {size} bytes")
            end = LENGTH.size + size
            if len(self.data) < end:
                break
            messages.append(_parse(bytes(self.data[LENGTH.size : end])))
            del self.data[:end]
        return messages


def _parse(data: bytes) -> dict[str, Any]:
    try:
        message = json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise ProtocolError("a message that is not JSON") from problem
    if not isinstance(message, dict):
        raise ProtocolError("a message that is not an object")
    return message
