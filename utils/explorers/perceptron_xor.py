"""Unit 03: the perceptron rule, step by step, on four points."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Check, Choice, Slider


class PerceptronXor(BrowserExplorer):
    """Why does the perceptron rule settle on AND and OR, and never on XOR?

    Inputs are 0 or 1, targets −1 or +1, and sign(0) = −1. The samples come in turn. A
    wrong answer changes the weights: w ← w + y x and b ← b + y (Rosenblatt, 1958).
    """

    title = "The perceptron rule on four points"
    task = (
        "Press Play for AND, then for XOR. Which pattern of mistakes tells you that "
        "the rule will never settle? Then give it the input x₁x₂ as well."
    )
    controls = (
        Choice("function", "Function", ("AND", "OR", "NAND", "XOR")),
        Slider("step", "Samples seen", 0, 64, plays=True, per_second=4),
        Slider("bias", "Bias at the start", -3, 3, 0.5),
        Check("product", "Add x₁x₂ as a third input"),
    )
    presets: ClassVar = {
        "AND settles": {"function": "AND", "step": 64},
        "XOR never does": {"function": "XOR", "step": 64},
        "XOR with x₁x₂": {"function": "XOR", "product": True, "step": 64},
    }
    start: ClassVar = {"function": "XOR", "step": 6, "product": False, "bias": 0.0}
