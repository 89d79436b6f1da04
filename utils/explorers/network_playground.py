"""Unit 03: a small network that trains in the browser."""

from typing import ClassVar

from utils.explorers.browser import BrowserExplorer
from utils.explorers.controls import Check, Choice, Slider

EPOCHS = 400
HIDDEN = {"layers": [1, 2, 3]}


class NetworkPlayground(BrowserExplorer):
    """What do data, features, layers and settings do to what a network learns?

    A network reads features of a point (x₁, x₂) and answers with the probability that
    it is orange. It minimizes the mean cross-entropy plus ½λ‖W‖² on the filled points;
    hollow points are test points. Everything follows from the state: the same seed
    draws the same points, weights, batches and dropout masks, so that a training can
    be wound back and a setting handed on in one line.
    """

    title = "A network that learns"
    task = (
        "The little maps show what each unit computes. Press Play and watch them. Move "
        "the + to read every unit at that point."
    )
    controls = (
        Choice("data", "Data", ("moons", "circles", "XOR", "spiral")),
        Slider("epoch", "Epoch", 0, EPOCHS, plays=True, per_second=20),
        Check("x1", "x₁"),
        Check("x2", "x₂"),
        Check("x1_squared", "x₁²"),
        Check("x2_squared", "x₂²"),
        Check("product", "x₁x₂"),
        Check("sine_1", "sin 3x₁"),
        Check("sine_2", "sin 3x₂"),
        Slider("layers", "Hidden layers", 0, 3),
        Slider("units_1", "Units in layer 1", 1, 8, when=HIDDEN),
        Slider("units_2", "Units in layer 2", 1, 8, when={"layers": [2, 3]}),
        Slider("units_3", "Units in layer 3", 1, 8, when={"layers": 3}),
        Choice("activation", "Activation", ("tanh", "ReLU", "sigmoid", "linear")),
        Choice("optimizer", "Optimizer", ("SGD", "Adam")),
        Slider("rate", "Learning rate", 0.001, 3, log=True),
        Slider("batch", "Batch size", 1, 200),
        Slider("l2", "L2 penalty λ", 0, 0.1, 0.001),
        Slider("dropout", "Dropout p", 0, 0.8, 0.05, when=HIDDEN),
        Slider("points", "Training points", 10, 200, 10),
        Slider("noise", "Noise (std)", 0, 0.5, 0.05),
        Slider("seed", "Seed", 0, 20),
        Check("borders", "Show where units switch", when={"activation": "ReLU"}),
    )
    presets: ClassVar = {
        "no hidden layer": {"data": "circles", "layers": 0, "epoch": 100},
        "a feature by hand": {
            "data": "circles",
            "layers": 0,
            "x1_squared": True,
            "x2_squared": True,
            "epoch": 100,
        },
        "three ReLU units": {
            "data": "circles",
            "activation": "ReLU",
            "units_1": 3,
            "borders": True,
            "epoch": 100,
        },
        "by heart": {
            "data": "moons",
            "noise": 0.4,
            "points": 30,
            "layers": 2,
            "units_1": 8,
            "units_2": 8,
            "rate": 0.03,
            "epoch": 300,
        },
        "spiral": {
            "data": "spiral",
            "noise": 0.05,
            "points": 200,
            "layers": 2,
            "units_1": 8,
            "units_2": 8,
            "rate": 0.02,
            "epoch": 200,
        },
    }
    start: ClassVar = {
        "data": "circles",
        "epoch": 40,
        "x1": True,
        "x2": True,
        "x1_squared": False,
        "x2_squared": False,
        "product": False,
        "sine_1": False,
        "sine_2": False,
        "layers": 1,
        "units_1": 4,
        "units_2": 4,
        "units_3": 4,
        "activation": "tanh",
        "optimizer": "Adam",
        "rate": 0.03,
        "batch": 10,
        "l2": 0.0,
        "dropout": 0.0,
        "points": 100,
        "noise": 0.1,
        "seed": 0,
        "borders": False,
        "probe_x": 0.0,
        "probe_y": 0.0,
    }
