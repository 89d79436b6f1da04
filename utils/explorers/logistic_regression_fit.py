"""Unit 02: gradient descent with the learner's own prediction."""

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
import torch

from utils.explorers.arrays import ArrayExplorer, Arrays
from utils.explorers.controls import Slider, State

GRID = 48
REACH = 4.0
STEPS = 60
SMALLEST_PROBABILITY = 1e-12


def sigmoid_of_scores(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Probability of class 1 for every row of X, (N, D) → (N,)."""
    return np.asarray(0.5 * (1 + np.tanh((X @ w + b) / 2)))  # the sigmoid, never inf


def two_groups() -> tuple[np.ndarray, np.ndarray]:
    """Two overlapping groups of points: X (60, 2) and labels y (60,)."""
    generator = np.random.default_rng(7)
    low = generator.normal((-0.9, -0.6), 1.1, (30, 2))
    high = generator.normal((0.9, 0.6), 1.1, (30, 2))
    return np.concatenate([low, high]), np.repeat([0.0, 1.0], 30)


class LogisticRegressionFit(ArrayExplorer):
    """How do the learning rate and the number of steps move the boundary?

    Your own `predict(X, w, b)` paints the plane and gives the probabilities of every
    gradient step: w ← w − lr · Xᵀ(p − y)/N and b ← b − lr · mean(p − y), from w = 0,
    b = 0. Without a function, the right one is used.

    Args:
        predict: gets X (N, 2), w (2,) and the number b; returns probabilities (N,).
        as_torch: call it with float64 tensors instead of numpy arrays.
        seconds: how long it may take for one picture.
    """

    title = "Your logistic regression, step by step"
    task = (
        "Find the learning rate that reaches a loss below 0.25 in the fewest steps. "
        "What does the loss curve look like when the rate is too large?"
    )
    controls = (
        Slider("learning_rate", "Learning rate", 0.01, 100, log=True),
        Slider("step", "Step", 0, STEPS, plays=True, per_second=12),
    )
    presets: ClassVar = {
        "too small": {"learning_rate": 0.02, "step": STEPS},
        "good": {"learning_rate": 3.0, "step": 20},
        "too large": {"learning_rate": 80.0, "step": 20},
    }
    start: ClassVar = {"learning_rate": 0.3, "step": 10}

    def __init__(
        self,
        predict: Callable[..., Any] | None = None,
        *,
        as_torch: bool = False,
        **values: Any,
    ) -> None:
        self.predict = predict or sigmoid_of_scores
        self.as_torch = as_torch
        self.X, self.y = two_groups()
        axis = np.linspace(-REACH, REACH, GRID)
        self.grid = np.stack(np.meshgrid(axis, axis[::-1]), axis=-1).reshape(-1, 2)
        self._path: tuple[float, np.ndarray, np.ndarray] | None = None
        super().__init__(**values)

    def compute(self, state: State) -> tuple[Arrays, State, str]:
        """Parameters and losses of all steps, and the plane at the chosen one."""
        rate, step = float(state["learning_rate"]), int(state["step"])
        parameters, losses = self._descend(rate)
        w, b = parameters[step, :2], float(parameters[step, 2])
        p = self._probabilities(self.X, w, b)
        accuracy = float(np.mean((p > 0.5) == (self.y == 1)))
        arrays = {
            "plane": self._probabilities(self.grid, w, b).reshape(GRID, GRID),
            "points": np.column_stack([self.X, self.y, p]),
            "losses": losses,
        }
        readout = {
            "w": w.tolist(),
            "b": b,
            "loss": float(losses[step]),
            "accuracy": accuracy,
        }
        summary = (
            f"After {step} steps with learning rate {rate:g}: loss {losses[step]:.3f}, "
            f"accuracy {100 * accuracy:.0f}\N{NO-BREAK SPACE}%, "
            f"w = ({w[0]:.2f}, {w[1]:.2f}), b = {b:.2f}."
        )
        return arrays, readout, summary

    def _probabilities(self, X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
        arguments: tuple[Any, ...] = (X.copy(), w.copy(), b)
        if self.as_torch:
            arguments = (torch.from_numpy(X.copy()), torch.from_numpy(w.copy()), b)
        return self.call(self.predict, *arguments, shape=(len(X),))

    def _descend(self, rate: float) -> tuple[np.ndarray, np.ndarray]:
        """Parameters (STEPS + 1, 3) and losses (STEPS + 1,) of every step."""
        if self._path is not None and self._path[0] == rate:
            return self._path[1:]
        parameters = np.zeros((STEPS + 1, 3))
        losses = np.zeros(STEPS + 1)
        for step in range(STEPS + 1):
            w, b = parameters[step, :2], float(parameters[step, 2])
            p = self._probabilities(self.X, w, b)
            of_truth = np.where(self.y == 1, p, 1 - p)
            losses[step] = -np.log(np.maximum(of_truth, SMALLEST_PROBABILITY)).mean()
            if step < STEPS:
                error = p - self.y
                gradient = [*(self.X.T @ error / len(error)), error.mean()]
                parameters[step + 1] = parameters[step] - rate * np.asarray(gradient)
        self._path = rate, parameters, losses
        return parameters, losses
