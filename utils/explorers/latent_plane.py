"""Unit 14: the plane of codes of a small VAE."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Check, Slider


class LatentPlane(BrowserExplorer):
    """What does a decoder make of a code that no image has?

    A VAE with two codes learned the 1,797 digits of 8×8 pixels (`latent_training.py`).
    Its decoder runs in the browser. The plane shows the mean codes of 300 digits, each
    as its class; the circles hold 39 % and 86 % of the prior N(0, I).
    """

    title = "The plane of codes"
    task = (
        "Walk from a 0 to a 6, then from a 0 to a 7. Which digits lie on the way, and "
        "where is it none? Then move B far outside: what does the decoder draw?"
    )
    controls = (
        Slider("way", "Way from A to B", 0, 1, 0.02, plays=True, per_second=12),
        Slider("a_x", "A, first code", -3, 3, 0.05),
        Slider("a_y", "A, second code", -3, 3, 0.05),
        Slider("b_x", "B, first code", -3, 3, 0.05),
        Slider("b_y", "B, second code", -3, 3, 0.05),
        Check("everywhere", "Decode the whole plane"),
    )
    presets: ClassVar = {
        "whole plane": {"everywhere": True},
        "far outside": {"b_x": 3.0, "b_y": 3.0, "way": 1.0},
        "3 to 4": {"a_x": -0.55, "a_y": -1.55, "b_x": 0.15, "b_y": 1.45},
        "0 to 7": {"a_x": -2.2, "a_y": 0.3, "b_x": 2.0, "b_y": 0.6},
    }
    start: ClassVar = {
        "way": 0.5,
        "a_x": -2.2,
        "a_y": 0.3,
        "b_x": -1.0,
        "b_y": 1.1,
        "everywhere": False,
    }
