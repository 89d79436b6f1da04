"""Explorers whose numbers come from Python, often from the learner's own function."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import traitlets

from utils.explorers.base import Explorer
from utils.explorers.controls import State
from utils.explorers.learner import SECONDS, LearnerProblem, Patience, call_learner

Arrays = Mapping[str, np.ndarray]


class ArrayExplorer(Explorer):
    """An explorer whose arrays are computed in Python and painted in the browser.

    A subclass implements `compute`. Arrays travel as raw float32. If the learner's
    function fails, the message stands where the picture was, and the next move or the
    next run of the cell tries again.
    """

    arrays = traitlets.Dict().tag(sync=True)
    asked = traitlets.Int(0).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)

    def __init__(self, *, seconds: float = SECONDS, **values: Any) -> None:
        self.patience = Patience(seconds)
        super().__init__(**values)
        self.refresh()
        self.observe(self._answer, names=["state", "asked"])

    def compute(self, state: State) -> tuple[Arrays, State, str]:
        """The picture for this state.

        Returns:
            arrays by name; the read-out, numbers by name; the summary.
        """
        raise NotImplementedError

    def call(
        self, function: Callable[..., Any], *arguments: Any, shape: tuple[int, ...]
    ) -> np.ndarray:
        """What the learner's function returns; see `call_learner`."""
        return call_learner(function, *arguments, shape=shape, patience=self.patience)

    def refresh(self) -> None:
        """Compute the picture again, for example after the function was mended."""
        try:
            arrays, readout, summary = self.compute(self.state)
        except LearnerProblem as problem:
            self.message = str(problem)
            return
        with self.hold_sync():
            self.message = ""
            self.arrays = {name: pack(array) for name, array in arrays.items()}
            self.readout = readout
            self.summary = summary

    def _answer(self, change: Any) -> None:
        self.refresh()
        self.answered = self.asked


def pack(array: np.ndarray) -> State:
    """An array as the browser gets it: its shape and its float32 bytes."""
    numbers = np.ascontiguousarray(array, dtype=np.float32)
    return {"shape": list(numbers.shape), "data": numbers.tobytes()}
