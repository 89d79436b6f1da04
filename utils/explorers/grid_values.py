"""Unit 19: values of a grid world, by value iteration and by Q-learning."""

from typing import ClassVar

import numpy as np

from utils.explorers.arrays import Arrays
from utils.explorers.browser import BrowserExplorer, Call
from utils.explorers.controls import Choice, Slider, State

STEPS = 80
REWARDS = {"G": 1.0, "P": -1.0, "$": 0.2}
MOVES = ((-1, 0), (0, 1), (1, 0), (0, -1))  # up, right, down, left

CLIFF = [
    "......",
    "..##..",
    "......",
    "......",
    ".PPPPG",
]
BONUS = [
    ".....$",
    "..##..",
    "......",
    "......",
    ".PPPPG",
]


def tables_of(state: State) -> tuple[np.ndarray, np.ndarray]:
    """The grid world as tables: P (S, A, S), without moves that end it, and R (S, A).

    Args:
        state: the values of `GridValues`. Cells count row by row.
    """
    kinds = np.array([list(row) for row in state["cells"]])
    rows, columns = kinds.shape
    P = np.zeros((kinds.size, len(MOVES), kinds.size))
    R = np.zeros(P.shape[:2])
    chances = (1 - state["slip"], state["slip"] / 2, 0.0, state["slip"] / 2)
    for row, column in np.argwhere(~np.isin(kinds, ["#", "G", "P"])):
        cell = row * columns + column
        for action, turn in np.ndindex(4, 4):
            down, right = MOVES[(action + turn) % 4]
            to = (row + down, column + right)
            inside = 0 <= to[0] < rows and 0 <= to[1] < columns
            if not inside or kinds[to] == "#":
                to = (row, column)
            gain = REWARDS.get(str(kinds[to]), 0.0) - state["cost"]
            R[cell, action] += chances[turn] * gain
            if kinds[to] not in ("G", "P"):
                P[cell, action, to[0] * columns + to[1]] += chances[turn]
    return P, R


class GridValues(BrowserExplorer):
    """How does a reward spread over the cells from which it can be reached?

    An agent goes up, right, down or left; with the probability *slip* it goes to one of
    the two sides instead. Walls and the border stop it. Landing in a cell gives its
    reward minus the cost of a step: goal G +1 and pit P −1 end the episode, a bonus $
    gives 0.2 every time. *Value iteration* knows all this and sweeps over all cells at
    once; *Q-learning* (Watkins, 1989) knows nothing, starts at S and moves its estimate
    halfway to the target at each step; it acts ε-greedily and takes the first of equal
    actions, in the order up, right, down, left.

    Args:
        learner: your value iteration; gets P (S, A, S), R (S, A), the discount and the
            number of sweeps, returns the values before the first sweep and after each
            one, (sweeps + 1, S).
    """

    title = "Values of a grid world"
    task = (
        "Step sweep by sweep: how fast does the goal's value travel? Raise the slip: "
        "how far from the pits does the way run? Then let Q-learning find the same."
    )
    controls = (
        Slider("step", "Round", 0, STEPS, plays=True, per_second=4),
        Choice("mode", "Method", ("value iteration", "Q-learning")),
        Slider("discount", "Discount γ", 0.3, 0.99, 0.01),
        Slider("slip", "Slip", 0, 0.6, 0.05),
        Slider("cost", "Cost of a step", 0, 0.2, 0.01),
        Slider("epsilon", "Exploration ε", 0, 1, 0.05, when={"mode": "Q-learning"}),
        Slider("seed", "Seed", 1, 20, when={"mode": "Q-learning"}),
    )
    presets: ClassVar = {
        "one sweep": {"step": 1},
        "slippery": {"slip": 0.4, "step": 80},
        "short-sighted": {"discount": 0.4, "step": 80},
        "bonus": {"cells": BONUS, "step": 80},
        "Q-learning": {"mode": "Q-learning", "step": 80},
        "no exploration": {
            "mode": "Q-learning",
            "epsilon": 0.0,
            "cost": 0.0,
            "step": 40,
        },
    }
    start: ClassVar = {
        "step": 12,
        "mode": "value iteration",
        "discount": 0.9,
        "slip": 0.1,
        "cost": 0.02,
        "epsilon": 0.2,
        "seed": 1,
        "cells": CLIFF,
    }

    def of_learner(self, call: Call, state: State) -> Arrays:
        """Values before the first sweep and after each one, (STEPS + 1, S)."""
        if state["mode"] != "value iteration":
            return {}
        P, R = tables_of(state)
        shape = (STEPS + 1, len(R))
        return {"values": call(P, R, state["discount"], STEPS, shape=shape)}
