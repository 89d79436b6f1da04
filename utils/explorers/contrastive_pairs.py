"""Unit 16: what two views of five images pull together and push apart."""

from typing import Any, ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Check, Choice, Slider, State

STEPS = 120
IMAGES = 5
PLACES = {"first": [20, 70, 110, 150, 215], "second": [60, 15, 165, 100, 300]}


class ContrastivePairs(BrowserExplorer):
    """Which forces does the contrastive loss put on embeddings, and what do they do?

    Five images A to E have two views each, a and b, whose embeddings lie on the unit
    circle. The loss is InfoNCE in both directions (van den Oord, Li and Vinyals, 2018):
    the mean of −log softmax(a_i·b_j/τ) at j = i, over rows and over columns. Without
    negatives it is the mean of −a_i·b_i/τ. Arrows are minus the gradient along the
    circle; a step moves every angle by τ/2 times as much.

    A and B may show the same thing. They are then false negatives of each other, or
    left out of each other's softmax. Alignment and uniformity as in Wang and Isola
    (2020); the uniformity is over pairs of different images, view a with a, b with b.
    """

    title = "Together and apart"
    task = (
        "Play the steps: which pairs stop moving first? Then press “one place” with "
        "negatives and without, and tell whether A and B, which show the same thing, "
        "can come together."
    )
    controls = (
        Slider("step", "Step", 0, STEPS, plays=True, per_second=12),
        Slider("temperature", "Temperature τ", 0.1, 2, log=True),
        Choice(
            "same",
            "A and B",
            ("different", "false negatives", "left alone"),
            when={"negatives": True},
        ),
        Check("negatives", "Negatives"),
    )
    presets: ClassVar = {
        "trained": {**PLACES, "negatives": True, "same": "different", "step": STEPS},
        "no negatives": {**PLACES, "negatives": False, "step": STEPS},
        "one place": {
            "first": [84, 87, 90, 92, 97],
            "second": [88, 85, 95, 91, 93],
            "step": 0,
        },
        "false negatives": {
            **PLACES,
            "negatives": True,
            "same": "false negatives",
            "step": STEPS,
        },
        "left alone": {
            **PLACES,
            "negatives": True,
            "same": "left alone",
            "step": STEPS,
        },
    }
    start: ClassVar = {
        "step": 0,
        "temperature": 0.3,
        "negatives": True,
        "same": "different",
        **PLACES,
    }

    @classmethod
    def _checked(cls, before: State, values: State) -> State:
        state = super()._checked(before, values)
        for name in ("first", "second"):
            if not _are_angles(state[name]):
                raise ValueError(f"{name} must be {IMAGES} angles in degrees")
        return state


def _are_angles(values: Any) -> bool:
    return (
        isinstance(values, list)
        and len(values) == IMAGES
        and all(isinstance(one, int | float) for one in values)
    )
