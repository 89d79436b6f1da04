"""Unit 17: labels and model in turn, with and without balance."""

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from utils.evaluation import clustering_accuracy
from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Check, Choice, Slider, State

ROUNDS = 15
POINTS = {"source": "points"}
MOST_PIXELS = 14  # larger images are shrunk before they are sent


class SelfLabelRounds(BrowserExplorer):
    """Do labels that a model gives itself find the classes, or collapse?

    120 points of four classes, and a softmax model that has never seen a class. Every
    round labels all points with the model, then fits the model to these labels by 15
    steps of gradient descent (rate 1, mean cross-entropy). Without balance a point gets
    its most probable label; with it, the largest entry of its row in Q, the table P^20
    scaled to equal sums (Asano, Rupprecht and Vedaldi, 2020).

    With `SelfLabelRounds.of_run(…)` it shows the images of a run of your own instead.
    """

    title = "Label, learn, label, learn"
    task = (
        "Play the rounds with balance, then without. What does the loss do in either "
        "case, and the agreement with the truth? When is balance the wrong belief?"
    )
    controls = (
        Slider("round", "Round", 0, ROUNDS, plays=True, per_second=3),
        Choice("sizes", "True classes", ("equal", "unequal"), when=POINTS),
        Slider("labels", "Labels K", 2, 6, when=POINTS),
        Slider("spread", "Spread", 0.2, 1, 0.05, when=POINTS),
        Slider("lean", "First biases", 0, 2, 0.1, when=POINTS),
        Slider("seed", "Draw", 1, 20, when=POINTS),
        Check("balance", "Balanced labels", when=POINTS),
    )
    presets: ClassVar = {
        "balanced": {"round": ROUNDS},
        "collapse": {"balance": False, "round": ROUNDS},
        "unequal classes": {"sizes": "unequal", "round": ROUNDS},
        "six labels": {"labels": 6, "round": ROUNDS},
        "overlap": {"spread": 0.9, "round": ROUNDS},
    }
    start: ClassVar = {
        "source": "points",
        "round": 3,
        "balance": True,
        "sizes": "equal",
        "labels": 4,
        "spread": 0.45,
        "lean": 1.5,
        "seed": 15,
        "centers": [[-1.2, -0.9], [1.2, -0.9], [-1.1, 1.0], [1.1, 1.0]],
        "run": {},
    }

    @classmethod
    def of_run(
        cls, images: Any, y: Any, rounds: Sequence[Any], *, shown: int = 60
    ) -> "SelfLabelRounds":
        """Show a recorded run on images.

        Args:
            images: `(N, 1, H, W)` or `(N, H, W)`, values in [0, 1].
            y: true classes, `(N,)`; for the agreement only.
            rounds: labels `(N,)` after each round; at most 16 of them are kept,
                spread evenly.
            shown: images in the picture, the first ones; the numbers are of all.

        Raises:
            ValueError: no rounds, or numbers of images and labels that differ.
        """
        table = np.asarray([np.asarray(labels) for labels in rounds])  # (R, N)
        truth = np.asarray(y)
        if (
            table.ndim != 2
            or table.shape[1] != len(images)
            or len(truth) != len(images)
        ):
            raise ValueError(
                f"rounds must be labels (N,) of all {len(images)} images, "
                f"not {table.shape}"
            )
        kept = np.unique(np.linspace(0, len(table) - 1, ROUNDS + 1).round().astype(int))
        run = {
            **_pictures(np.asarray(images)[:shown]),
            "rounds": kept.tolist(),
            "labels": table[kept, :shown].tolist(),
            "fits": [_fits(truth, labels)[:shown].tolist() for labels in table[kept]],
            "sizes": [
                np.bincount(labels, minlength=int(table.max()) + 1).tolist()
                for labels in table[kept]
            ],
            "accuracy": [clustering_accuracy(truth, labels) for labels in table[kept]],
        }
        return cls(source="images", run=run, round=len(kept) - 1)

    @classmethod
    def _checked(cls, before: State, values: State) -> State:
        state = super()._checked(before, values)
        if (state["source"] == "images") != bool(state["run"]):
            raise ValueError("a run on images is shown with SelfLabelRounds.of_run(…)")
        return state

    @classmethod
    def _describe(cls, start: State) -> State:
        described = super()._describe(start)
        if start["source"] == "images":
            last = len(start["run"]["rounds"]) - 1
            described["task"] = (
                "Play the rounds. Which images change places to the end, and what do "
                "the framed ones, which do not fit their label, have in common?"
            )
            described["presets"] = [
                {"label": "first", "values": {"round": 0}},
                {"label": "last", "values": {"round": last}},
            ]
        return described


def _pictures(images: np.ndarray) -> State:
    """The images as a string, one hexadecimal digit a pixel, and their size."""
    gray = images.reshape(len(images), *images.shape[-2:])  # (S, H, W)
    factor = -(-gray.shape[1] // MOST_PIXELS)
    height, width = gray.shape[1] // factor, gray.shape[2] // factor
    cut = gray[:, : height * factor, : width * factor]
    small = cut.reshape(len(gray), height, factor, width, factor).mean(axis=(2, 4))
    digits = np.clip(np.round(15 * small), 0, 15).astype(int).ravel()
    text = "".join("0123456789abcdef"[digit] for digit in digits)
    return {"height": height, "width": width, "pixels": text}


def _fits(y: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """1 for images of the most frequent class of their label, else 0, (N,)."""
    table = np.zeros((int(labels.max()) + 1, int(y.max()) + 1), dtype=int)
    np.add.at(table, (labels, y), 1)
    return np.asarray(table.argmax(axis=1)[labels] == y).astype(int)
