"""Unit 06: a learning-rate schedule and what it does to noisy gradient descent."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from utils.explorers.controls import Choice, Slider, State
from utils.explorers.figures import FigureExplorer
from utils.explorers.learner import LearnerProblem

STEPS = 200
CURVATURES = np.array([1.0, 10.0])
KINDS = ("constant", "stairs", "exponential", "1 / t", "cosine", "your own")


def shape_of(kind: str, part: np.ndarray, final: float) -> np.ndarray:
    """Learning rate as a part of its peak, from 1 at part = 0 to `final` at part = 1.

    Args:
        kind: one of `KINDS` but the last.
        part: how much of the training is over, from 0 to 1, (T,).
        final: the last rate as a part of the peak.
    """
    shapes = {
        "constant": np.ones_like(part),
        "stairs": final ** (np.minimum(np.floor(3 * part), 2) / 2),
        "exponential": final**part,
        "1 / t": 1 / (1 + (1 / final - 1) * part),
        "cosine": final + (1 - final) * (1 + np.cos(np.pi * part)) / 2,
    }
    return np.asarray(shapes[kind])


def expected_loss(rates: np.ndarray, noise: float) -> np.ndarray:
    """Exact expected loss of gradient descent with noisy gradients on a bowl.

    The loss is ½ Σ Lᵢ θᵢ², the gradient of each coordinate carries noise of standard
    deviation `noise`, and θ starts at 1: E θ² ← (1 − lr L)² E θ² + lr² noise².

    Args:
        rates: learning rate of every step, (T,).
        noise: standard deviation of the gradient's noise.

    Returns:
        Expected loss before the first step and after each one, (T + 1,).
    """
    squares = np.ones_like(CURVATURES)
    losses = [0.5 * float(CURVATURES @ squares)]
    for rate in rates:
        squares = (1 - rate * CURVATURES) ** 2 * squares + (rate * noise) ** 2
        losses.append(0.5 * float(CURVATURES @ squares))
    return np.minimum(losses, 1e12)


class ScheduleDesigner(FigureExplorer):
    """Why should the learning rate start high and end low?

    The right picture is exact: the expected loss of gradient descent whose gradients
    carry noise, on a bowl with curvatures 1 and 10. A high rate moves fast, and its
    noise stays; a low rate hardly moves.

    Args:
        schedule: your own; gets the step t (0 … 199) and the number of steps, returns
            the learning rate as a part of the peak. Shown by the choice "your own".
    """

    title = "Learning-rate schedule"
    task = (
        "With the constant schedule, find the peak with the lowest final loss. "
        "Then find a schedule whose final loss is less than half of that."
    )
    controls = (
        Choice("kind", "Schedule", KINDS),
        Slider("peak", "Peak rate", 0.002, 0.5, log=True),
        Slider("final", "Final part of the peak", 0.001, 1, log=True),
        Slider("warm_up", "Warm-up steps", 0, 100, 5),
        Slider("noise", "Noise of the gradient", 0, 2, 0.1),
    )
    presets: ClassVar = {
        "constant": {"kind": "constant"},
        "stairs": {"kind": "stairs"},
        "warm-up and cosine": {"kind": "cosine", "warm_up": 30, "peak": 0.15},
        "peak too high": {"kind": "constant", "peak": 0.21},
    }
    start: ClassVar = {
        "kind": "exponential",
        "peak": 0.1,
        "final": 0.01,
        "warm_up": 0,
        "noise": 0.5,
    }

    def __init__(
        self, schedule: Callable[..., Any] | None = None, **values: Any
    ) -> None:
        self.schedule = schedule
        if schedule is not None:
            values = {"kind": "your own", **values}
        super().__init__(**values)

    def build(
        self, figure: Figure, narrow: bool, colors: Mapping[str, str]
    ) -> Sequence[Artist]:
        """Two axes: the rate, and the expected loss beside that of a constant rate."""
        left, right = figure.subplots(2, 1) if narrow else figure.subplots(1, 2)
        left.set(title="Learning rate", xlabel="step", xlim=(0, STEPS), ylim=(5e-6, 1))
        left.set_yscale("log")
        right.set(title="Expected loss", xlabel="step", xlim=(0, STEPS))
        right.set_yscale("log")
        right.set_ylim(1e-4, 100)
        (rate,) = left.plot([], [], color=colors["blue"])
        (plain,) = right.plot([], [], "--", color=colors["red"])
        (loss,) = right.plot([], [], color=colors["blue"])
        words = [
            right.text(STEPS, 1, "", color=colors["red"], ha="right", va="bottom"),
            right.text(STEPS, 1, "", color=colors["blue"], ha="right", va="top"),
        ]
        return [rate, plain, loss, *words]

    def move(self, artists: Sequence[Artist], state: State) -> tuple[State, str]:
        """New curves for the state."""
        rates = self.rates(state)
        constant = np.full(STEPS, state["peak"])
        loss = expected_loss(rates, state["noise"])
        plain = expected_loss(constant, state["noise"])
        steps = np.arange(STEPS + 1)
        rate_line, plain_line, loss_line, plain_word, loss_word = artists
        rate_line.set(data=(steps[:-1], rates))
        plain_line.set(data=(steps, plain))
        loss_line.set(data=(steps, loss))
        above = float(np.clip(max(plain[-1], loss[-1]) * 1.4, 2e-4, 40))
        below = float(np.clip(min(plain[-1], loss[-1]) / 1.4, 2.5e-4, 40))
        plain_word.set(position=(STEPS, above), text="constant at the peak")
        loss_word.set(position=(STEPS, below), text=state["kind"])
        readout = {
            "rates": rates.tolist(),
            "final_loss": float(loss[-1]),
            "final_loss_constant": float(plain[-1]),
        }
        summary = (
            f"{state['kind'].capitalize()}, peak {state['peak']:g}: the rate ends at "
            f"{rates[-1]:.3g}. Expected loss after {STEPS} steps: {loss[-1]:.3g}; with "
            f"the constant peak {plain[-1]:.3g}."
        )
        return readout, summary

    def rates(self, state: State) -> np.ndarray:
        """Learning rate of every step, (STEPS,).

        Raises:
            LearnerProblem: "your own" is chosen, and it is missing or fails.
        """
        steps = np.arange(STEPS)
        if state["kind"] == "your own":
            if self.schedule is None:
                raise LearnerProblem(
                    "There is no schedule of your own yet. Write schedule(t, steps) "
                    "and show ScheduleDesigner(schedule)."
                )
            parts = np.array(
                [self.call(self.schedule, int(t), STEPS, shape=()) for t in steps]
            )
            return np.asarray(state["peak"] * parts)
        warm_up = int(state["warm_up"])
        part = np.clip((steps - warm_up) / (STEPS - warm_up), 0, 1)
        rates = state["peak"] * shape_of(state["kind"], part, state["final"])
        rising = np.minimum((steps + 1) / (warm_up + 1), 1)
        return np.asarray(rates * rising)
