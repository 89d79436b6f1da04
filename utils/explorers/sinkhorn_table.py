"""Unit 17: rows and columns of a table, scaled in turn until both are balanced."""

from typing import ClassVar

import numpy as np

from utils.explorers.arrays import Arrays
from utils.explorers.browser import BrowserExplorer, Call
from utils.explorers.controls import Slider, State

STEPS = 60

PROBABILITIES = [
    [0.70, 0.20, 0.10],
    [0.62, 0.28, 0.10],
    [0.55, 0.15, 0.30],
    [0.48, 0.42, 0.10],
    [0.80, 0.10, 0.10],
    [0.40, 0.25, 0.35],
]


class SinkhornTable(BrowserExplorer):
    """How do scaling rows and scaling columns agree on balanced labels?

    Six samples (rows) have probabilities for three labels (columns). Q starts as
    P^sharpness. Every step scales all rows to 1/6, or all columns to 1/3, in turn
    (Sinkhorn and Knopp, 1967). The most probable label of a row is not forced to be
    balanced; only the sums of Q are. Dots mark the exact solution: of all labelings
    that use each label twice, the one with the smallest mean of −log P.

    Args:
        learner: your step; gets Q (6, 3) and whether it is the rows' turn, returns the
            scaled Q (6, 3).
    """

    title = "Sinkhorn: rows and columns in turn"
    task = (
        "Every sample prefers label 0. Step until both margins agree: which samples "
        "gave way? Then raise the sharpness: what happens to the steps that balance "
        "takes, and to its price?"
    )
    controls = (
        Slider("step", "Step", 0, STEPS, plays=True, per_second=3),
        Slider("sharpness", "Sharpness λ", 0.5, 25, 0.5),
    )
    presets: ClassVar = {
        "start": {"step": 0},
        "one row step": {"step": 1},
        "balanced": {"step": 60},
        "sharp": {"sharpness": 15.0, "step": 60},
        "soft": {"sharpness": 0.5, "step": 60},
    }
    start: ClassVar = {
        "step": 2,
        "sharpness": 3.0,
        "probabilities": PROBABILITIES,
    }

    def of_learner(self, call: Call, state: State) -> Arrays:
        """Q before the first step and after each one, (STEPS + 1, 6, 3)."""
        logs = state["sharpness"] * np.log(np.array(state["probabilities"]))
        Q = np.exp(logs - logs.max())
        tables = [Q / Q.sum()]
        for step in range(STEPS):
            now = tables[-1].copy()
            tables.append(call(now, step % 2 == 0, shape=now.shape))
        return {"tables": np.array(tables)}
