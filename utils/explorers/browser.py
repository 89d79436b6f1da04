"""Explorers that live in the browser alone: they need no kernel once they are drawn."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import traitlets

from utils.explorers.arrays import Arrays, pack
from utils.explorers.base import Explorer
from utils.explorers.controls import State
from utils.explorers.learner import SECONDS, LearnerProblem, Patience, call_learner

Call = Callable[..., np.ndarray]


class BrowserExplorer(Explorer):
    """An explorer whose numbers are computed in JavaScript.

    Its JavaScript file defines a constant `explorer` with the functions `layout`,
    `compute`, `draw` and `summary`; `shell.js` says what each one gets. The numbers
    come back to Python in the trait `readout`, where a test compares them with torch.

    With a function of your own, `LstmGates(lstm_step)`, the picture is drawn from what
    your function returns, and places where it differs from the demo's own numbers are
    crossed out. If it fails, the message stands where the picture was, and the next
    move or the next run of the cell tries again.

    Args:
        learner: your function; the explorer says what it gets and returns.
        seconds: how long it may take for one picture.
    """

    yours = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        learner: Callable[..., Any] | None = None,
        *,
        seconds: float = SECONDS,
        **values: Any,
    ) -> None:
        super().__init__(**values)
        if learner is None:
            return
        self.learner = learner
        self.patience = Patience(seconds)
        self._call = partial(call_learner, learner, patience=self.patience)
        self.refresh()
        self.observe(self.refresh, names="state")

    def of_learner(self, call: Call, state: State) -> Arrays:
        """What the learner's function gives for this state.

        Args:
            call: the function, guarded; takes its arguments and the keyword `shape`.
            state: the current values.

        Returns:
            arrays by the names that `compute` in JavaScript gives to `take`.
        """
        raise TypeError(f"{type(self).__name__} takes no function of yours.")

    def refresh(self, _: object = None) -> None:
        """Call the learner's function, for example again after it was mended."""
        self.patience.begin()
        with self.hold_sync():
            try:
                arrays = self.of_learner(self._call, self.state)
            except LearnerProblem as problem:
                self.message = str(problem)
                self.yours = {}
                return
            self.message = ""
            self.yours = {
                "name": getattr(self.learner, "__name__", "function"),
                "state": dict(self.state),
                "arrays": {name: pack(array) for name, array in arrays.items()},
            }
