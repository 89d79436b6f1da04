"""Where results of other threads arrive, and Ctrl-C with them.

Python raises KeyboardInterrupt wherever the main thread happens to be. In a library
that has just taken a lock, that lock stays taken, and whoever needs it waits for ever;
in a finalizer, the error is dropped. Here Ctrl-C is one more message, seen between two
steps.
"""

import signal
from queue import SimpleQueue
from types import FrameType
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")


class Inbox(Generic[Item]):
    """Items for the main thread, in the order in which they came.

    Inside `with`, Ctrl-C raises nothing by itself, but makes `take` raise.
    """

    def __init__(self) -> None:
        # of all queues the one that a signal handler may use: the handler can
        # interrupt this very queue
        self._items: SimpleQueue[Item | KeyboardInterrupt] = SimpleQueue()
        self._former: Any = signal.SIG_DFL

    def put(self, item: Item) -> None:
        """Add an item, from any thread."""
        self._items.put(item)

    def take(self) -> Item:
        """Wait for the next item.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed after all earlier items had come.
        """
        item = self._items.get()
        if isinstance(item, KeyboardInterrupt):
            raise item
        return item

    def __enter__(self) -> "Inbox[Item]":
        self._former = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGINT, self._former)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._items.put(KeyboardInterrupt())
