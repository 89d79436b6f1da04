"""Unit 14: two networks play against each other, one step at a time."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Choice, Slider

STEPS = 1200


class GanSteps(BrowserExplorer):
    """When does the generator cover all of the data, and when only one cloud?

    Generator 2 → 24 → 2 and discriminator 2 → 24 → 1, both with tanh, are trained in
    the browser on 96 fixed points and 96 fixed noise vectors by Adam (0.5, 0.99). The
    discriminator lowers J_D, the mean of -½ log D(x) - ½ log(1 - D(G(z))). The
    generator lowers log(1 - D(G(z))) (minimax) or -log D(G(z)) (non-saturating;
    Goodfellow and others, 2014). A mode counts as covered if at least 3 samples lie
    within 0.35 of its middle.
    """

    title = "A GAN, player by player"
    task = (
        "Play the collapse, then mend it by changing who may move how often. After a "
        "head start of the discriminator, compare the generator's first gradient "
        "under both losses."
    )
    controls = (
        Slider("step", "Step", 0, STEPS, plays=True, per_second=30),
        Choice("clouds", "Data", ("two", "four", "ring of six")),
        Choice("loss", "Generator's loss", ("non-saturating", "minimax")),
        Slider("d_moves", "D's moves a round", 1, 5),
        Slider("g_moves", "G's moves a round", 1, 5),
        Slider("d_rate", "Rate of D", 0.001, 0.1, log=True),
        Slider("g_rate", "Rate of G", 0.001, 0.1, log=True),
        Slider("lead", "Head start of D", 0, 300, 10),
        Slider("seed", "Draw", 0, 20),
    )
    presets: ClassVar = {
        "in balance": {"step": STEPS},
        "collapse": {"clouds": "two", "g_moves": 5, "seed": 1, "step": 900},
        "saturated": {"loss": "minimax", "lead": 300, "step": 1},
        "not saturated": {"lead": 300, "step": 1},
        "careful discriminator": {"d_moves": 5, "step": STEPS},
    }
    start: ClassVar = {
        "step": 60,
        "clouds": "ring of six",
        "loss": "non-saturating",
        "d_moves": 1,
        "g_moves": 1,
        "d_rate": 0.02,
        "g_rate": 0.02,
        "lead": 0,
        "seed": 0,
        "probe_x": 0.0,
        "probe_y": 0.0,
    }
