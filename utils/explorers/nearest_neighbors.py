"""Unit 01: decision regions of k nearest neighbors."""

from typing import ClassVar

import numpy as np

from utils.explorers.arrays import Arrays
from utils.explorers.browser import BrowserExplorer, Call
from utils.explorers.controls import Choice, Slider, State

CELLS = 96  # of the plane along each axis, where a learner's function paints it

POINTS = [
    *([1.4, 7.6, 0], [2.6, 8.6, 0], [3.3, 6.9, 0], [1.9, 5.8, 0], [4.3, 8.1, 0]),
    *([5.9, 4.4, 0], [7.9, 8.3, 1], [6.6, 7.2, 1], [8.8, 6.7, 1], [7.4, 5.9, 1]),
    *([5.6, 8.8, 1], [3.0, 2.9, 1], [4.4, 3.3, 2], [5.4, 1.6, 2], [6.7, 2.7, 2]),
    *([3.2, 1.3, 2], [8.2, 3.3, 2], [7.1, 1.2, 2]),
]


class NearestNeighbors(BrowserExplorer):
    """How do k and the distance shape the regions of a nearest-neighbor classifier?

    The class with most votes wins; of equally many votes the smallest class number
    wins, as `bincount(…).argmax()` does it. Every point and the query can be moved.

    Args:
        learner: your classifier; gets queries (Q, 2), points X (N, 2), their classes
            y (N,), k, and "L1" or "L2", returns a class for each query, (Q,).
    """

    title = "Regions of k nearest neighbors"
    task = (
        "Two points lie among another class. Find a k that ignores both of them. "
        "Why is the training accuracy 100\N{NO-BREAK SPACE}% only for k = 1?"
    )
    controls = (
        Slider("k", "Neighbors k", 1, 15),
        Choice("distance", "Distance", ("L1", "L2")),
        Slider("query_x", "Query x", 0, 10, 0.1),
        Slider("query_y", "Query y", 0, 10, 0.1),
    )
    presets: ClassVar = {
        "k = 1": {"k": 1},
        "k = 5": {"k": 5},
        "k = 15": {"k": 15},
        "L1, k = 3": {"k": 3, "distance": "L1"},
    }
    start: ClassVar = {
        "k": 1,
        "distance": "L2",
        "query_x": 5.1,
        "query_y": 5.6,
        "points": POINTS,
    }

    def of_learner(self, call: Call, state: State) -> Arrays:
        """Classes of all cells, row by row from the top, and of the query."""
        points = np.array(state["points"], dtype=float)
        X, y = points[:, :2], points[:, 2].astype(int)
        middles = (np.arange(CELLS) + 0.5) * 10 / CELLS
        plane = np.stack(np.meshgrid(middles, 10 - middles), axis=-1).reshape(-1, 2)
        queries = np.vstack([plane, [state["query_x"], state["query_y"]]])
        shape = (len(queries),)
        labels = call(queries, X, y, state["k"], state["distance"], shape=shape)
        return {"regions": labels[:-1], "prediction": labels[-1:]}
