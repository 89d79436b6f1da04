"""Unit 11: how large a change of a digit turns the answer of a network around?"""

import json
from typing import ClassVar

from utils.explorers.base import read_shared
from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Choice, Slider

FILE, OPENING = "adversarial_weights.js", "const READERS = "
FGSM, PGD, RANDOM = "FGSM", "PGD", "random signs"


def read_weights() -> dict[str, dict[str, list[list[float]]]]:
    """Layers of both readers in hundredths, and the pictures in sixteenths."""
    content: dict[str, dict[str, list[list[float]]]]
    content = json.loads(read_shared(FILE).removeprefix(OPENING).rstrip().rstrip(";"))
    return content


class AdversarialEpsilon(BrowserExplorer):
    """How little is enough to change the answer, if the gradient chooses the change?

    Two networks with 24 hidden units read 8×8 digits (`adversarial_training.py`); one
    of them was trained under attack with ε = 0.15. The browser computes the forward
    pass and the gradient with respect to the pixels. FGSM takes one step of ε along its
    signs; PGD starts at the picture, takes steps of 2.5 ε / steps and comes back into
    the box of ε after each; random signs change every pixel by ε. Pixels stay in
    [0, 1].
    """

    title = "An attack on a digit"
    task = (
        "Find the smallest ε with which FGSM changes the answer, then that of PGD. How "
        "large must random signs be? Then do it again with the robust network."
    )
    controls = (
        Choice("network", "Network", ("ordinary", "robust")),
        Slider("digit", "Digit", 0, 9),
        Choice("method", "Change", (FGSM, PGD, RANDOM)),
        Slider("epsilon", "ε, largest change of a pixel", 0, 0.5, 0.005),
        Slider("steps", "Steps of PGD", 1, 20, when={"method": PGD}),
        Slider("draw", "Draw of the random signs", 1, 20, when={"method": RANDOM}),
    )
    presets: ClassVar = {
        "no change": {"epsilon": 0.0},
        "random signs": {"method": RANDOM, "epsilon": 0.2},
        "PGD": {"method": PGD, "epsilon": 0.12},
        "robust": {"network": "robust"},
        "too much": {"network": "robust", "method": PGD, "epsilon": 0.4},
    }
    start: ClassVar = {
        "network": "ordinary",
        "digit": 3,
        "method": FGSM,
        "epsilon": 0.15,
        "steps": 10,
        "draw": 1,
    }

    @classmethod
    def _joined_scripts(cls) -> str:
        """The weights and pictures, the shared scripts, the explorer's own."""
        return read_shared(FILE) + super()._joined_scripts()
