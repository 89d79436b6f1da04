"""Unit 00: which cells meet when two arrays of different shapes are added."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Slider


class Broadcasting(BrowserExplorer):
    """Which cells meet when two arrays of different shapes are added?

    Shapes are compared from the right. Two sizes fit if they are equal or if one of
    them is 1; a missing axis counts as 1. A size of 0 here means: no such axis.
    """

    title = "Broadcasting: which cells meet"
    task = (
        "Find the shapes that turn three numbers and three numbers into nine. "
        "Then find two shapes that numpy refuses, and say why."
    )
    controls = (
        Slider("a_rows", "A rows (0: no axis)", 0, 4),
        Slider("b_rows", "B rows (0: no axis)", 0, 4),
        Slider("a_columns", "A columns", 1, 5),
        Slider("b_columns", "B columns", 1, 5),
    )
    presets: ClassVar = {
        "row + number": {"a_rows": 0, "a_columns": 4, "b_rows": 0, "b_columns": 1},
        "matrix + row": {"a_rows": 3, "a_columns": 4, "b_rows": 0, "b_columns": 4},
        "y (3,) − ŷ (3, 1)": {"a_rows": 0, "a_columns": 3, "b_rows": 3, "b_columns": 1},
        "refused": {"a_rows": 3, "a_columns": 4, "b_rows": 0, "b_columns": 3},
    }
    start: ClassVar = {
        "a_rows": 3,
        "a_columns": 1,
        "b_rows": 0,
        "b_columns": 4,
        "row": 1,
        "column": 2,
    }
