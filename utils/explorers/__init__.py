"""Interactive demos: one picture that answers one question while you move something.

Each explorer is a widget: `from utils.explorers import LineFit; LineFit()`.
"""

from utils.explorers.broadcasting import Broadcasting
from utils.explorers.class_losses import ClassLosses
from utils.explorers.line_fit import LineFit
from utils.explorers.logistic_regression_fit import LogisticRegressionFit
from utils.explorers.nearest_neighbours import NearestNeighbours

__all__ = [
    "Broadcasting",
    "ClassLosses",
    "LineFit",
    "LogisticRegressionFit",
    "NearestNeighbours",
]
