"""Unit 18: messages on a small graph, round by round."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Check, Choice, Slider

ONE, ALL = "one node has 1", "all have 1"
WATCH, SOURCE, JOIN = "watch", "source", "join or part"

PATH = [[i, i + 1] for i in range(8)]
STAR = [[0, i] for i in range(1, 9)]
GROUPS = [
    *([0, 1], [0, 2], [0, 3], [1, 2], [2, 3], [3, 4], [4, 5]),
    *([5, 6], [5, 7], [5, 8], [6, 7], [7, 8]),
]
TRIANGLES = [
    [a, b] for i in (0, 3, 6) for a, b in ((i, i + 1), (i + 1, i + 2), (i, i + 2))
]

ON_A_RING = [
    *([5.0, 6.5], [7.2, 5.7], [8.4, 3.9], [8.0, 1.8], [6.2, 0.6]),
    *([3.8, 0.6], [2.0, 1.8], [1.6, 3.9], [2.8, 5.7]),
]
ON_A_STAR = [
    *([5.0, 3.5], [5.0, 6.5], [7.5, 5.7], [8.8, 3.5], [7.5, 1.3]),
    *([5.0, 0.6], [2.5, 1.3], [1.2, 3.5], [2.5, 5.7]),
]
ON_A_LINE = [
    *([0.7, 5.8], [2.8, 6.1], [5.0, 5.9], [7.2, 6.1], [9.2, 4.6]),
    *([7.4, 3.0], [5.2, 2.6], [3.1, 1.4], [0.9, 1.0]),
]
IN_TWO_GROUPS = [
    *([0.8, 4.4], [1.7, 6.3], [3.0, 4.6], [2.1, 1.5], [4.9, 2.4]),
    *([7.0, 3.4], [7.4, 6.1], [9.2, 4.6], [8.5, 1.2]),
]
IN_TRIANGLES = [
    *([1.0, 5.0], [2.4, 6.5], [3.4, 4.9], [6.4, 5.2], [7.6, 6.5]),
    *([9.0, 5.0], [3.8, 1.0], [5.0, 2.8], [6.2, 1.0]),
]


class MessageRounds(BrowserExplorer):
    """How far do messages get in k rounds, and what is left after many?

    In each round every node takes the sum, mean or maximum of its neighbors' values, or
    the sum that a graph convolution takes, divided by the roots of both degrees (with
    loops). All nodes are updated at once. The dashed curve is the largest distance to
    the limit that follows from the degrees alone.
    """

    title = "Messages, round by round"
    task = (
        "After how many rounds has everybody heard of the source? Find a graph and an "
        "aggregation whose values never come to rest, and mend it with one check box."
    )
    controls = (
        Slider("rounds", "Rounds", 0, 20, plays=True, per_second=2),
        Choice("aggregation", "Aggregation", ("sum", "mean", "max", "normalized")),
        Choice("begin", "Start", (ONE, ALL)),
        Choice("click", "Click a node", (WATCH, SOURCE, JOIN)),
        Slider("source", "Source", 1, 9),
        Slider("watched", "Watched node", 1, 9),
        Check("loops", "Each node hears itself, too (normalized: always)"),
    )
    presets: ClassVar = {
        "path": {"places": ON_A_LINE, "edges": PATH, "source": 1, "watched": 9},
        "ring": {
            "places": ON_A_RING,
            "edges": [*PATH, [0, 8]],
            "source": 1,
            "watched": 5,
        },
        "star, no loops": {
            "places": ON_A_STAR,
            "edges": STAR,
            "source": 1,
            "watched": 2,
            "loops": False,
            "rounds": 7,
        },
        "many rounds": {"rounds": 20, "aggregation": "normalized"},
        "three triangles": {
            "places": IN_TRIANGLES,
            "edges": TRIANGLES,
            "begin": ALL,
            "aggregation": "sum",
            "rounds": 2,
        },
    }
    start: ClassVar = {
        "rounds": 2,
        "aggregation": "mean",
        "loops": True,
        "begin": ONE,
        "click": WATCH,
        "source": 1,
        "watched": 5,
        "places": IN_TWO_GROUPS,
        "edges": GROUPS,
        "picked": -1,
    }
