"""Unit 10: shapes, parameters, work and gradients of known networks."""

import json
from typing import ClassVar

from utils.architectures import as_data
from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Check, Choice, Slider
from utils.networks import NETWORKS, Network

SHOWN = (
    *("LeNet-5", "AlexNet", "VGG-16", "GoogLeNet"),
    *("ResNet-18", "ResNet-34", "ResNet-50", "Xception"),
)
OWN = {"network": "own stack"}


def known() -> list[tuple[str, Network]]:
    """Names and networks that the explorer shows."""
    return [(name, NETWORKS[name]) for name in SHOWN]


class ArchitectureExplorer(BrowserExplorer):
    """What do a filter, a stride and a skip do to shapes, parameters and gradients?

    Eight published networks, from the descriptions in `utils.networks`, and a stack of
    your own: three stages, each a convolution with the stride, followed by blocks of
    two convolutions; the channels double from stage to stage. The browser computes
    shapes, parameters and multiply-adds.

    The gradient is an estimate for random weights without normalization: every layer of
    weights multiplies its length by the gain (1 is He's rule where a ReLU follows, and
    LeCun's elsewhere), and ways that meet again add their squares.
    """

    title = "Architectures, layer by layer"
    task = (
        "Where are the parameters, and where is the work? In your own stack: when does "
        "the gradient vanish, and what do skips change?"
    )
    controls = (
        Choice("network", "Network", (*SHOWN, "own stack")),
        Slider("layer", "Layer to look at", 1, 30, plays=True, per_second=2),
        Slider("gain", "Gain of a layer of weights", 0.5, 1.5, 0.05),
        Slider("kernel", "Kernel", 1, 7, 2, when=OWN),
        Slider("stride", "Stride of each stage", 1, 3, when=OWN),
        Slider("width", "Channels of the first stage", 8, 128, 8, when=OWN),
        Slider("blocks", "Blocks in each stage", 0, 8, when=OWN),
        Check("skips", "Skip connections", when=OWN),
        Check("separable", "Depthwise separable", when=OWN),
    )
    presets: ClassVar = {
        "dense layers": {"network": "VGG-16", "layer": 19},
        "bottlenecks": {"network": "GoogLeNet", "layer": 6},
        "skips": {"network": "ResNet-50", "layer": 5},
        "vanishing": {**OWN, "gain": 0.7, "blocks": 8, "skips": False},
        "exploding": {**OWN, "gain": 1.0, "blocks": 8, "skips": True},
        "separable": {**OWN, "separable": True, "kernel": 5},
    }
    start: ClassVar = {
        "network": "AlexNet",
        "layer": 9,
        "gain": 0.8,
        "kernel": 3,
        "stride": 2,
        "width": 16,
        "blocks": 2,
        "skips": False,
        "separable": False,
    }

    @classmethod
    def _joined_scripts(cls) -> str:
        """The shared scripts, the descriptions of the networks, the explorer's own."""
        described = {name: [as_data(n.layers), n.shape] for name, n in known()}
        networks = json.dumps(described, separators=(",", ":"))
        return f"const NETWORKS = {networks};\n{super()._joined_scripts()}"
