"""Unit 02: from scores to probabilities to losses."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Choice, Slider

SOFTMAX = {"output": "softmax"}


class ClassLosses(BrowserExplorer):
    """When does a loss stop caring, and what does it do with a confident mistake?

    Scores become probabilities by the softmax (three classes) or the sigmoid (one
    score). Cross-entropy is −log p of the true class. The hinge loss has margin 1 and
    sums over the wrong classes; with one score, its label is −1 or +1.
    """

    title = "Scores, probabilities, losses"
    task = (
        "Make the hinge loss zero, then raise the true class's score further. "
        "Which loss still falls? Then make the worst confident mistake you can."
    )
    controls = (
        Choice("output", "Output layer", ("softmax", "sigmoid")),
        Choice("target", "True class", ("0", "1", "2"), when=SOFTMAX),
        Choice("label", "True label", ("0", "1"), when={"output": "sigmoid"}),
        Slider("score_0", "Score 0", -10, 10, 0.1, when=SOFTMAX),
        Slider("score_1", "Score 1", -10, 10, 0.1, when=SOFTMAX),
        Slider("score_2", "Score 2", -10, 10, 0.1, when=SOFTMAX),
        Slider("score", "Score", -10, 10, 0.1, when={"output": "sigmoid"}),
    )
    presets: ClassVar = {
        "sure and right": {"score_0": 5.0, "score_1": -3.0, "score_2": 2.0},
        "sure and wrong": {"score_0": 5.0, "score_1": 10.0, "score_2": 10.0},
        "inside the margin": {"score_0": 5.0, "score_1": 5.5, "score_2": 3.0},
        "no idea": {"score_0": 0.0, "score_1": 0.0, "score_2": 0.0},
        "sigmoid, wrong": {"output": "sigmoid", "score": -6.0},
    }
    start: ClassVar = {
        "output": "softmax",
        "target": "0",
        "label": "1",
        "score_0": 2.0,
        "score_1": 1.0,
        "score_2": 0.1,
        "score": 1.5,
    }
