"""Unit 19: values of a grid world, by value iteration and by Q-learning."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Choice, Slider

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


class GridValues(BrowserExplorer):
    """How does a reward spread over the cells from which it can be reached?

    An agent goes up, right, down or left; with the probability *slip* it goes to one of
    the two sides instead. Walls and the border stop it. Landing in a cell gives its
    reward minus the cost of a step: goal G +1 and pit P −1 end the episode, a bonus $
    gives 0.2 every time. *Value iteration* knows all this and sweeps over all cells at
    once; *Q-learning* (Watkins, 1989) knows nothing, starts at S and moves its estimate
    halfway to the target at each step; it acts ε-greedily and takes the first of equal
    actions, in the order up, right, down, left.
    """

    title = "Values of a grid world"
    task = (
        "Step sweep by sweep: how fast does the goal's value travel? Raise the slip: "
        "how far from the pits does the way run? Then let Q-learning find the same."
    )
    controls = (
        Slider("step", "Round", 0, 80, plays=True, per_second=4),
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
