"""Unit 09: which pixels one unit sees through two layers."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Slider


class ReceptiveField(BrowserExplorer):
    """Which pixels does one unit see through two layers?

    One axis is drawn; the other one works alike. A layer has M = ⌊(N − D(F − 1) − 1)/S⌋
    + 1 units. Darker pixels reach the unit on more paths.
    """

    title = "Receptive field of two layers"
    task = (
        "Make one unit see exactly 9 pixels without gaps, in three different ways. "
        "Which way needs the fewest weights?"
    )
    controls = (
        Slider("unit", "Unit of layer 2", 0, 26),
        Slider("kernel_1", "Layer 1: kernel", 1, 5),
        Slider("kernel_2", "Layer 2: kernel", 1, 5),
        Slider("stride_1", "Layer 1: stride", 1, 3),
        Slider("stride_2", "Layer 2: stride", 1, 3),
        Slider("dilation_1", "Layer 1: dilation", 1, 3),
        Slider("dilation_2", "Layer 2: dilation", 1, 3),
    )
    presets: ClassVar = {
        "two 3s": {},
        "one 5": {"kernel_1": 5, "kernel_2": 1},
        "stride first": {"stride_1": 2, "unit": 5},
        "stride last": {"stride_2": 2, "unit": 5},
        "dilated": {"dilation_2": 3, "unit": 9},
        "with gaps": {"dilation_1": 2, "dilation_2": 2, "unit": 9},
        "refused": {"kernel_1": 5, "stride_1": 3, "kernel_2": 5, "dilation_2": 3},
    }
    start: ClassVar = {
        "unit": 11,
        "kernel_1": 3,
        "kernel_2": 3,
        "stride_1": 1,
        "stride_2": 1,
        "dilation_1": 1,
        "dilation_2": 1,
    }
