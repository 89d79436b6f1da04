"""Unit 05: six optimizers start at the same point."""

from functools import partial
from typing import ClassVar

import numpy as np

from utils.explorers.arrays import Arrays
from utils.explorers.browser import BrowserExplorer, Call
from utils.explorers.controls import Check, Choice, Slider, State

STEPS = 200
FAR = 1e4  # beyond it a path has diverged; there the gradient does not grow any more


def gradient_of(surface: str, curvature: float, theta: np.ndarray) -> np.ndarray:
    """Gradient of one of the landscapes, (2,) → (2,)."""
    x, y = np.clip(theta, -FAR, FAR)
    gradients = {
        "bowl": (x, curvature * y),
        "valley": (-2 * (1 - x) - 80 * x * (y - x**2), 40 * (y - x**2)),
        "saddle": (x, -y + y**3),
        "two minima": (2 * x * (x**2 - 1) + 0.3, 2 * y),
    }
    return np.array(gradients[surface])


class OptimizerRace(BrowserExplorer):
    """Which optimizer copes with which landscape, and at which learning rate?

    All start at the same point with exact gradients. Momentum is v ← ρv + g,
    θ ← θ − lr·v; Nesterov takes the gradient at θ − lr·ρ·v (Nesterov, 1983). AdaGrad,
    RMSProp (decay 0.9) and Adam (0.9, 0.999) divide by a root with ε = 1e-8 outside it.

    Args:
        learner: an optimizer of your own, which joins the race; gets the gradient, a
            function (2,) → (2,), the start (2,), the rate, ρ and the number of steps,
            returns all points, the start first, (steps + 1, 2).
    """

    title = "Optimizer race"
    task = (
        "On the bowl, find the learning rate at which gradient descent starts to "
        "diverge. Then find a rate and a ρ for which momentum needs the fewest steps."
    )
    controls = (
        Choice("surface", "Surface", ("bowl", "valley", "saddle", "two minima")),
        Slider("step", "Step", 0, STEPS, plays=True, per_second=20),
        Slider("rate", "Rate of GD, momentum", 0.001, 1, log=True),
        Slider("adaptive_rate", "Rate of the adaptive", 0.001, 1, log=True),
        Slider("rho", "Momentum ρ", 0, 0.99, 0.01),
        Slider("curvature", "Curvature of the bowl", 1, 50, when={"surface": "bowl"}),
        Slider("start_x", "Start θ₁", -2, 2, 0.05),
        Slider("start_y", "Start θ₂", -1.5, 1.5, 0.05),
        Check("gd", "GD"),
        Check("momentum", "Momentum"),
        Check("nesterov", "Nesterov"),
        Check("adagrad", "AdaGrad"),
        Check("rmsprop", "RMSProp"),
        Check("adam", "Adam"),
    )
    presets: ClassVar = {
        "long bowl": {"curvature": 25},
        "just diverging": {"curvature": 25, "rate": 0.081, "step": 40},
        "valley": {
            "surface": "valley",
            "start_x": -1.2,
            "start_y": 1.0,
            "rate": 0.002,
            "step": 120,
        },
        "saddle": {
            "surface": "saddle",
            "start_x": -1.6,
            "start_y": 0.05,
            "rate": 0.05,
            "step": 30,
        },
        "two minima": {
            "surface": "two minima",
            "start_x": 1.9,
            "start_y": 1.0,
            "rate": 0.03,
            "step": 40,
        },
    }
    start: ClassVar = {
        "surface": "bowl",
        "step": 30,
        "rate": 0.03,
        "adaptive_rate": 0.1,
        "rho": 0.9,
        "curvature": 10,
        "start_x": -1.8,
        "start_y": 1.0,
        "gd": True,
        "momentum": True,
        "nesterov": True,
        "adagrad": True,
        "rmsprop": True,
        "adam": True,
    }

    def of_learner(self, call: Call, state: State) -> Arrays:
        """The points of the learner's optimizer, (STEPS + 1, 2)."""
        gradient = partial(gradient_of, state["surface"], state["curvature"])
        start = np.array([state["start_x"], state["start_y"]], dtype=float)
        arguments = (gradient, start, state["rate"], state["rho"], STEPS)
        return {"path": call(*arguments, shape=(STEPS + 1, 2))}
