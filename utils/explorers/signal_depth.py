"""Unit 07: what an initialization does to the signal in a deep network."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Choice, Slider


class SignalDepth(BrowserExplorer):
    """Which initialization lets a signal through ten layers alive?

    A batch of 200 normal samples goes through ten dense layers without bias. Weights
    are normal with variance gain² · 1/n (LeCun), 2/(n + n) = 1/n (Glorot; equal here,
    since all layers have n units), 2/n (He), or with a standard deviation that you
    choose. Behind the last layer normal gradients start, and go back through the same
    layers. All random numbers come from one seed: only the scale changes.
    """

    title = "Signal through ten layers"
    task = (
        "For ReLU, find the gain on LeCun's rule that keeps the standard deviation. "
        "Whose rule is that? For tanh, find a start where all units are saturated: "
        "what do the gradients do?"
    )
    controls = (
        Choice("activation", "Activation", ("linear", "tanh", "sigmoid", "ReLU")),
        Choice("rule", "Rule", ("LeCun", "Glorot", "He", "own std")),
        Slider(
            "std", "Std of the weights", 0.001, 1, log=True, when={"rule": "own std"}
        ),
        Slider("gain", "Gain", 0.5, 2.5, 0.05),
        Slider("units", "Units in a layer", 10, 100, 10),
        Slider("seed", "Seed", 0, 20),
        Slider("layer", "Layer to look at", 1, 10, plays=True, per_second=2),
    )
    presets: ClassVar = {
        "too small": {"rule": "own std", "std": 0.01, "activation": "tanh"},
        "too large": {"rule": "own std", "std": 1.0, "activation": "tanh"},
        "tanh + LeCun": {"activation": "tanh", "rule": "LeCun"},
        "ReLU + LeCun": {"activation": "ReLU", "rule": "LeCun"},
        "ReLU + He": {"activation": "ReLU", "rule": "He"},
    }
    start: ClassVar = {
        "activation": "ReLU",
        "rule": "LeCun",
        "std": 0.01,
        "gain": 1.0,
        "units": 50,
        "seed": 0,
        "layer": 10,
    }
