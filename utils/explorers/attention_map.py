"""Unit 13: who looks at whom, and the numbers behind one look."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Check, Choice, Slider

NUMBER = "number"
ORDER = "word order"
FOX = "fox"


class AttentionMap(BrowserExplorer):
    """Which words does a word look at, and how does the look follow from q and k?

    Weights are softmax(q·k / (√d τ)) with d = 4 and the temperature τ. A tiny
    translator (`attention_training.py`) learned the queries and keys of the number; the
    others were made by hand, so that each head has one purpose.
    """

    title = "An attention map, number by number"
    task = (
        "In the number, find the word with which the translator jumps to the end of "
        "the German word. Which temperature halves that look? Then mask the fox's "
        "future."
    )
    controls = (
        Choice("example", "Example", (NUMBER, ORDER, FOX)),
        Choice("head", "Head", ("1", "2", "3")),
        Slider("query", "Word that looks", 1, 9),
        Slider("temperature", "Temperature τ", 0.1, 10, log=True),
        Check("causal", "Causal mask", when={"example": FOX}),
    )
    presets: ClassVar = {
        "the crossing": {"head": "2", "query": 3},
        "cold": {"head": "2", "query": 5, "temperature": 0.1},
        "hot": {"head": "2", "query": 3, "temperature": 10},
        "word by word": {"example": ORDER, "head": "1", "query": 3},
        "reordered": {"example": ORDER, "head": "2", "query": 3},
        "a noun and its adjectives": {"example": FOX, "head": "3", "query": 4},
    }
    start: ClassVar = {
        "example": NUMBER,
        "head": "2",
        "query": 3,
        "temperature": 1.0,
        "causal": False,
    }
