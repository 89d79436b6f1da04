"""Unit 01: what one outlier does to least squares and to least absolute values."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Check, Slider


class LineFit(BrowserExplorer):
    """Why does one outlier pull the L2 line, and hardly the L1 line?

    Ten points lie close to y = 1 + 0.8 x. An eleventh, the outlier, can be moved
    anywhere. The L2 line is the least-squares solution; the L1 line is exact too: one
    of the lines through two of the points has the smallest sum of absolute residuals.
    """

    title = "One outlier, two losses"
    task = (
        "Move the outlier down until the L2 line is flat. "
        "How far has the L1 line moved, and why so little?"
    )
    controls = (
        Slider("outlier_x", "Outlier x", 0, 10, 0.1),
        Slider("outlier_y", "Outlier y", -12, 16, 0.1),
        Check("residuals", "Show the residuals"),
    )
    presets: ClassVar = {
        "no outlier": {"outlier_x": 9.0, "outlier_y": 8.2},
        "low": {"outlier_x": 9.0, "outlier_y": -10.0},
        "in the middle": {"outlier_x": 4.8, "outlier_y": 15.0},
    }
    start: ClassVar = {"outlier_x": 9.0, "outlier_y": -3.0, "residuals": True}
