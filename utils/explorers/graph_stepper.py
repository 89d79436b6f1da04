"""Unit 04: values forward, gradients backward, one node at a time."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Choice, Slider

PRODUCT = {"graph": "(x + y) z"}
NEURON = {"graph": "sigmoid neuron"}


class GraphStepper(BrowserExplorer):
    """How does each node turn the gradient behind it into the gradients before it?

    First the values go forward, then the derivative of the output goes backward: every
    node multiplies what arrives by its local derivatives, and gradients that meet add
    up. The neuron is 1 / (1 + exp(−(w₀x₀ + w₁x₁ + w₂))), written in single operations.
    """

    title = "A computational graph, forward and backward"
    task = (
        "Step to the end of the forward pass. Before each further step, write down the "
        "next gradient: what arrives, times the local derivative."
    )
    controls = (
        Choice("graph", "Graph", ("(x + y) z", "sigmoid neuron")),
        Slider("step", "Step", 0, 17, plays=True, per_second=1),
        Slider("x", "x", -6, 6, 0.5, when=PRODUCT),
        Slider("y", "y", -6, 6, 0.5, when=PRODUCT),
        Slider("z", "z", -6, 6, 0.5, when=PRODUCT),
        Slider("w0", "w₀", -4, 4, 0.5, when=NEURON),
        Slider("x0", "x₀", -4, 4, 0.5, when=NEURON),
        Slider("w1", "w₁", -4, 4, 0.5, when=NEURON),
        Slider("x1", "x₁", -4, 4, 0.5, when=NEURON),
        Slider("w2", "w₂", -4, 4, 0.5, when=NEURON),
    )
    presets: ClassVar = {
        "(x + y) z, forward": {"step": 2},
        "(x + y) z, all": {"step": 5},
        "neuron, forward": {"graph": "sigmoid neuron", "step": 8},
        "neuron, all": {"graph": "sigmoid neuron", "step": 17},
    }
    start: ClassVar = {
        "graph": "(x + y) z",
        "step": 3,
        "x": -2.0,
        "y": 5.0,
        "z": -4.0,
        "w0": 2.0,
        "x0": -1.0,
        "w1": -3.0,
        "x1": -2.0,
        "w2": -3.0,
    }
