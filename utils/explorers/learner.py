"""Calls functions that a learner wrote, and says in one sentence what went wrong."""

import ctypes
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

SECONDS = 2.0


class LearnerProblem(Exception):
    """The learner's function cannot be shown; the text says why and what to do."""


class TooSlow(BaseException):
    """Ends a function that runs too long; not an `Exception`, so hard to swallow."""


class _Worker:
    """One thread that runs functions, one after the other.

    A thread can be given up when a function does not return; the kernel then stays
    free, whatever the function does.
    """

    def __init__(self) -> None:
        self.tasks: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()

    def _work(self) -> None:
        while True:
            try:
                self.tasks.get()()
            except TooSlow:
                return

    def give_up(self) -> None:
        """End the thread at its next line of Python."""
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(self.thread.ident or 0), ctypes.py_object(TooSlow)
        )


class Patience:
    """Runs the functions that one picture needs for a limited time together."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._worker: _Worker | None = None
        self.begin()

    def begin(self) -> None:
        """A new picture: from now on there are `seconds` again."""
        self._left = self.seconds

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """The function's value.

        Raises:
            TimeoutError: it did not return in time.
            Exception: whatever the function raises.
        """
        answer: queue.SimpleQueue[tuple[Any, BaseException | None]]
        answer = queue.SimpleQueue()

        def task() -> None:
            try:
                with np.errstate(all="ignore"):
                    answer.put((function(*arguments), None))
            except TooSlow:
                raise
            except BaseException as problem:
                answer.put((None, problem))

        self._worker = self._worker or _Worker()
        self._worker.tasks.put(task)
        began = time.monotonic()
        try:
            value, problem = answer.get(timeout=max(0.0, self._left))
        except queue.Empty:
            self._worker.give_up()
            self._worker = None
            raise TimeoutError from None
        self._left -= time.monotonic() - began
        if problem is not None:
            raise problem
        return value


def call_learner(
    function: Callable[..., Any],
    *arguments: Any,
    shape: tuple[int, ...],
    patience: Patience,
    first: int = 0,
) -> np.ndarray:
    """What a learner's function returns, as an array that can be drawn.

    Args:
        function: the learner's function.
        arguments: what it is called with.
        shape: the shape that its value must have.
        patience: how long it may take.
        first: if not 0, the function returns several arrays of this shape, of which
            so many are drawn.

    Returns:
        Array of this shape, with `first` of them stacked, float64, all values finite.

    Raises:
        LearnerProblem: it raised, took too long, or returned something else.
    """
    name = getattr(function, "__name__", "your function")
    try:
        value = patience.call(function, *arguments)
    except TimeoutError:
        raise LearnerProblem(
            f"{name} did not return within {patience.seconds:g} s. Is there a loop "
            "that never ends? Mend it and run both cells again."
        ) from None
    except Exception as problem:
        raise LearnerProblem(
            f"{name} raised {type(problem).__name__}{_line_of(problem, function)}:\n"
            f"{problem}\nMend it and run both cells again."
        ) from None
    if not first:
        return _checked_array(value, shape, name)
    if not isinstance(value, tuple | list) or len(value) < first:
        raise LearnerProblem(f"{name} must return {first} arrays: `return a, b`.")
    return np.stack([_checked_array(part, shape, name) for part in value[:first]])


def _checked_array(value: Any, shape: tuple[int, ...], name: str) -> np.ndarray:
    if value is None:
        raise LearnerProblem(f"{name} returned None. Is a `return` missing?")
    if isinstance(value, torch.Tensor):
        value = value.detach().cpu().numpy()
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise LearnerProblem(
            f"{name} returned a {type(value).__name__} that is not an array of numbers."
        ) from None
    if array.shape != shape:
        raise LearnerProblem(
            f"{name} returned shape {array.shape}; the picture needs {shape}."
        )
    if bad := int(np.size(array) - np.isfinite(array).sum()):
        raise LearnerProblem(
            f"{name} returned {bad} of {array.size} values that are NaN or infinite. "
            "Does an exponential overflow, or a logarithm get 0?"
        )
    return array


def _line_of(problem: BaseException, function: Callable[..., Any]) -> str:
    """ ", in line 3 of its cell", if the problem arose in the learner's own file."""
    code = getattr(function, "__code__", None)
    trace = problem.__traceback__
    line = None
    while trace is not None:
        if code and trace.tb_frame.f_code.co_filename == code.co_filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    return f" in line {line}" if line else ""
