"""Explorers whose picture is computed in Python, often with a learner's function."""

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets

from utils.explorers.base import Explorer
from utils.explorers.controls import State
from utils.explorers.learner import SECONDS, LearnerProblem, Patience, call_learner


class LiveExplorer(Explorer):
    """An explorer that asks Python for every new picture.

    If the learner's function fails, the message stands where the picture was, and the
    next move or the next run of the cell tries again.

    Args:
        seconds: how long the learner's function may take for one picture.
    """

    asked = traitlets.Int(0).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)

    def __init__(self, *, seconds: float = SECONDS, **values: Any) -> None:
        self.patience = Patience(seconds)
        self._drawn: object = None
        super().__init__(**values)
        self.refresh()
        self.observe(self._answer, names=["state", "asked"])

    def redraw(self, state: State) -> tuple[State, str]:
        """Set the traits that hold the picture.

        Returns:
            the read-out and the summary of this state.
        """
        raise NotImplementedError

    def call(
        self, function: Callable[..., Any], *arguments: Any, shape: tuple[int, ...]
    ) -> np.ndarray:
        """What the learner's function returns; see `call_learner`."""
        return call_learner(function, *arguments, shape=shape, patience=self.patience)

    def occasion(self) -> object:
        """Everything on which the picture depends."""
        return dict(self.state)

    def refresh(self) -> None:
        """Compute the picture again, for example after the function was mended."""
        self._drawn = self.occasion()
        self.patience.begin()
        with self.hold_sync():
            try:
                readout, summary = self.redraw(self.state)
            except LearnerProblem as problem:
                self.message = str(problem)
                return
            self.message = ""
            self.readout = readout
            self.summary = summary

    def _answer(self, change: Any) -> None:
        # a move changes `state` and `asked` together; one picture answers both
        with self.hold_sync():  # one message instead of two
            if self.message or self._drawn != self.occasion():
                self.refresh()
            self.answered = self.asked
