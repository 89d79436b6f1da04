"""Explorers that compute arrays in Python and paint them in the browser."""

from collections.abc import Mapping

import numpy as np
import traitlets

from utils.explorers.controls import State
from utils.explorers.live import LiveExplorer

Arrays = Mapping[str, np.ndarray]


class ArrayExplorer(LiveExplorer):
    """An explorer whose arrays travel to the browser as raw float32.

    A subclass implements `compute` here, and `layout` and `draw` in JavaScript, where
    the arrays arrive as {shape, values} by their names.
    """

    arrays = traitlets.Dict().tag(sync=True)

    def compute(self, state: State) -> tuple[Arrays, State, str]:
        """The picture for this state.

        Returns:
            arrays by name; the read-out, numbers by name; the summary.
        """
        raise NotImplementedError

    def redraw(self, state: State) -> tuple[State, str]:
        """Compute the arrays and send them."""
        arrays, readout, summary = self.compute(state)
        self.arrays = {name: pack(array) for name, array in arrays.items()}
        return readout, summary


def pack(array: np.ndarray) -> State:
    """An array as the browser gets it: its shape and its float32 bytes."""
    numbers = np.ascontiguousarray(array, dtype=np.float32)
    return {"shape": list(numbers.shape), "data": numbers.tobytes()}
