"""Unit 01: decision regions of k nearest neighbors."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Choice, Slider

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
