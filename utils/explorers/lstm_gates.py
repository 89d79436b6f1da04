"""Unit 12: one LSTM cell reads an input that is silent except for three spikes."""

from typing import ClassVar

import numpy as np

from utils.explorers.arrays import Arrays
from utils.explorers.browser import BrowserExplorer, Call
from utils.explorers.controls import Slider, State

STEPS = 30


class LstmGates(BrowserExplorer):
    """Which gates let a cell remember a spike, and which let it forget?

    One LSTM unit and one plain RNN unit read the same 30 numbers. Each gate is
    σ(w·x + b) with torch's names i, f and o; the candidate is g = tanh(w·x + u·h), and
    the plain unit is h = tanh(w·x + u·h) with the same w and u. States begin at 0. The
    last picture shows what a small change of the state at each step still changes in
    the final state: along the direct path the product of the forget gates for the
    LSTM's cell, and the product of u·(1 − h²) for the plain unit.

    Args:
        learner: your step; gets x, h and c (1, 1), W (4, 1), U (4, 1) and b (4,), in
            the order i, f, g, o; returns the new h and c, and more if it likes. Its
            cell and its output are drawn.
    """

    title = "Gates of an LSTM on spikes"
    task = (
        "Make the cell remember the first spike to the end and ignore the small one. "
        "Then let the negative spike erase it. Which weight of which gate does that?"
    )
    controls = (
        Slider("step", "Step to look at", 1, STEPS, plays=True, per_second=6),
        Slider("b_i", "Bias of i", -8, 8, 0.1),
        Slider("w_i", "Weight of i", -8, 8, 0.1),
        Slider("b_f", "Bias of f", -8, 8, 0.1),
        Slider("w_f", "Weight of f", -8, 8, 0.1),
        Slider("b_o", "Bias of o", -8, 8, 0.1),
        Slider("w_o", "Weight of o", -8, 8, 0.1),
        Slider("w", "Weight w of x", -4, 4, 0.1),
        Slider("u", "Weight u of h", -2, 2, 0.05),
    )
    presets: ClassVar = {
        "remember": {"b_i": -5.0, "w_i": 6.0, "b_f": 6.0},
        "forget at once": {"b_f": -6.0},
        "erase": {"b_i": -5.0, "w_i": 6.0, "b_f": 6.0, "w_f": 6.0},
        "count": {"u": 0.0, "b_i": 6.0, "b_f": 6.0, "height_1": 1.0, "height_2": 1.0,
                  "height_3": 1.0},
        "show on a spike": {"b_i": -5.0, "w_i": 6.0, "b_f": 6.0, "b_o": -6.0,
                             "w_o": 8.0, "at_3": 29, "height_3": 0.9},
    }  # fmt: skip
    start: ClassVar = {
        "step": 12,
        "b_i": -1.0,
        "w_i": 0.0,
        "b_f": 1.0,
        "w_f": 0.0,
        "b_o": 2.0,
        "w_o": 0.0,
        "w": 2.0,
        "u": 0.6,
        "at_1": 4,
        "height_1": 1.5,
        "at_2": 12,
        "height_2": 0.4,
        "at_3": 22,
        "height_3": -1.5,
    }

    def of_learner(self, call: Call, state: State) -> Arrays:
        """Cell c and output h after each step, (STEPS,) each."""
        x = np.zeros(STEPS)
        for k in (1, 2, 3):
            x[state[f"at_{k}"] - 1] += state[f"height_{k}"]
        W = np.array([[state[name]] for name in ("w_i", "w_f", "w", "w_o")], float)
        U = np.array([[0.0], [0.0], [state["u"]], [0.0]])
        b = np.array([state["b_i"], state["b_f"], 0.0, state["b_o"]])
        h = c = np.zeros((1, 1))
        outputs, cells = [], []
        for value in x:
            now = np.full((1, 1), value)
            h, c = call(now, h, c, W, U, b, shape=(1, 1), first=2)
            outputs.append(h[0, 0])
            cells.append(c[0, 0])
        return {"h": np.array(outputs), "c": np.array(cells)}
