"""Unit 08: capacity, noise and penalty of one fit."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Choice, Slider


class CapacityPenalty(BrowserExplorer):
    """What do capacity, noise and a penalty do to one fit?

    Noisy points of sin(4x) are fitted by a polynomial: a bias and weights w for
    Legendre polynomials of degree 1, 2, …, each with mean square 1 on [−1, 1]. The fit
    minimizes mean squared error + ½λ‖w‖² exactly; the bias is not penalized. The
    held-out error is taken on 200 other points with the same noise.
    """

    title = "Capacity, noise and penalty"
    task = (
        "The fit follows the noise. Lower the held-out error in three ways, one at a "
        "time: less capacity, more data, more penalty. Which way comes closest to the "
        "noise alone, and what does the training error do each time?"
    )
    controls = (
        Slider("degree", "Degree", 0, 14),
        Slider("penalty", "Penalty λ", 1e-8, 10, log=True),
        Slider("points", "Training points", 10, 100, 5),
        Slider("noise", "Noise (std)", 0, 1, 0.05),
        Slider("seed", "Draw of the points", 0, 20),
        Choice("against", "Errors against", ("λ", "degree")),
    )
    presets: ClassVar = {
        "under-fit": {"degree": 1},
        "over-fit": {"degree": 14},
        "more data": {"degree": 14, "points": 100},
        "more penalty": {"degree": 14, "penalty": 0.1},
    }
    start: ClassVar = {
        "degree": 12,
        "penalty": 1e-7,
        "points": 20,
        "noise": 0.3,
        "seed": 0,
        "against": "λ",
    }
