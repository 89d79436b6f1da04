"""Unit 15: points follow the exact velocity from noise to data."""

from typing import ClassVar

from utils.explorers.base import read_shared
from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Choice, Slider

MOMENTS = 40


class FlowTrajectories(BrowserExplorer):
    """How many Euler steps does a flow from noise to data need, and which path is best?

    The data are a mixture of Gaussians, so the velocity that flow matching would learn
    is known: u(x, t) = a′·E[data | x] + b′·E[noise | x] for the mixture
    x_t = a·data + b·noise. The straight path has a = t, b = 1 − t (Lipman and others,
    2023); the curved one, a = sin(πt/2), b = cos(πt/2), is that of a diffusion, and its
    flow is the probability-flow ODE (Song and others, 2021). Thin lines: the flow
    itself, by 100 Runge–Kutta steps; dots: Euler's method.
    """

    title = "From noise to data along a velocity"
    task = (
        "How many Euler steps bring the points onto the data, on the straight path and "
        "on the curved one? Move the start: where does a small move change its goal?"
    )
    controls = (
        Slider("moment", "Time t in 40ths", 0, MOMENTS, plays=True, per_second=12),
        Choice("path", "Path of the mixtures", ("straight", "curved")),
        Slider("steps", "Euler steps", 1, 50),
        Choice("data", "Data", ("two moons", "three blobs", "ring")),
        Slider("spread", "Width of the data", 0.05, 0.4, 0.01),
        Slider("seed", "Draw", 1, 20),
        Slider("start_x", "Start x", -2.5, 2.5, 0.05),
        Slider("start_y", "Start y", -2.5, 2.5, 0.05),
    )
    presets: ClassVar = {
        "one step": {"steps": 1, "moment": MOMENTS},
        "four, curved": {"steps": 4, "path": "curved", "moment": MOMENTS},
        "fifty": {"steps": 50, "moment": MOMENTS},
        "three blobs": {"data": "three blobs", "moment": MOMENTS},
        "on the border": {
            "data": "three blobs",
            "start_x": 0.0,
            "start_y": -1.0,
            "moment": MOMENTS,
        },
    }
    start: ClassVar = {
        "moment": 26,
        "path": "straight",
        "steps": 6,
        "data": "two moons",
        "spread": 0.1,
        "seed": 3,
        "start_x": -0.6,
        "start_y": 1.6,
    }

    @classmethod
    def _joined_scripts(cls) -> str:
        return read_shared("mixtures.js") + super()._joined_scripts()
