"""Unit 15: points of a mixture get noisy, and clean again by its exact score."""

from typing import ClassVar

from utils.explorers.base import read_shared
from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Choice, Slider

STEPS = 50
GENERATE = {"direction": "generate"}


class DiffusionSlider(BrowserExplorer):
    """How does noise become data, and how many steps does that take?

    120 points of a mixture of Gaussians and T = 50 steps. Adding noise is
    x_t = √ᾱ_t·x_0 + √(1 − ᾱ_t)·ε in closed form. Generating starts with ε and guesses
    E[ε | x_t] exactly, which is −√(1 − ᾱ_t) times the score of the mixture, so nothing
    is trained. DDPM draws from the posterior (Ho, Jain and Abbeel, 2020), DDIM goes
    without noise (Song, Meng and Ermon, 2021); both may skip steps. The linear schedule
    has β from 0.002 to 0.4, the cosine schedule is that of Nichol and Dhariwal (2021).
    """

    title = "Into noise and back"
    task = (
        "Generate with 50 updates, then with 5 and with 2, by DDPM and by DDIM. Which "
        "sampler stays on the data, and what does it lose? Compare the schedules, too."
    )
    controls = (
        Slider("step", "Step", 0, STEPS, plays=True, per_second=10),
        Choice("direction", "Direction", ("add noise", "generate")),
        Choice("sampler", "Sampler", ("DDPM", "DDIM"), when=GENERATE),
        Slider("updates", "Updates", 1, STEPS, when=GENERATE),
        Choice("schedule", "Schedule", ("linear", "cosine")),
        Choice("data", "Data", ("two moons", "three blobs", "ring")),
        Slider("spread", "Width of the data", 0.05, 0.4, 0.01),
        Slider("seed", "Draw", 1, 20),
    )
    presets: ClassVar = {
        "add noise": {"step": 20},
        "generate": {"direction": "generate", "step": STEPS},
        "five updates": {
            "direction": "generate",
            "sampler": "DDIM",
            "updates": 5,
            "step": STEPS,
        },
        "five random ones": {"direction": "generate", "updates": 5, "step": STEPS},
        "cosine": {"schedule": "cosine", "step": 20},
    }
    start: ClassVar = {
        "step": 8,
        "direction": "add noise",
        "sampler": "DDPM",
        "updates": STEPS,
        "schedule": "linear",
        "data": "two moons",
        "spread": 0.1,
        "seed": 1,
    }

    @classmethod
    def _joined_scripts(cls) -> str:
        return read_shared("mixtures.js") + super()._joined_scripts()
