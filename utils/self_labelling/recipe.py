"""How a run of self-labelling goes: all its settings, and what follows from them."""

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Neighborhoods:
    """Labels from posteriors that are averaged over nearest neighbors.

    Attributes:
        k: neighbors of each image.
        few, starts, first_walk, first_rounds: of the clustering in pixels that comes
            before training: from random labels of a few images, as many times as
            `starts`. See `utils.neighbor_graph.posteriors_from_few`.
        walk, rounds: averages before a balancing, and how often both follow each other,
            whenever there is a new graph; all rounds are for K = 10, and fewer for
            larger K, whose regions are smaller.
        sharpness: λ of balancing then: low, so that regions change easily.
        later_walk: averages before the labellings between two refreshes, which balance
            with the recipe's sharpness.
        refreshes: how often the neighbors are found anew, in the network's features.
    """

    k: int = 7
    few: int = 2000
    starts: int = 4
    first_walk: int = 10
    first_rounds: int = 100
    walk: int = 5
    rounds: int = 30
    sharpness: float = 2.0
    later_walk: int = 3
    refreshes: int = 4

    def rounds_of(self, K: int, *, first: bool = False) -> int:
        """Rounds on a new graph for a head with K labels: at least 10."""
        return max(10, (self.first_rounds if first else self.rounds) * 10 // K)


@dataclass(frozen=True)
class Recipe:
    """How a run goes.

    Attributes:
        epochs: passes over the images.
        updates: how often the labels are computed anew. The first time is after the
            first epoch, when the bank is full; the others follow at equal distances,
            or at growing ones if `spacing` is larger than 1.
        spacing: exponent of the times of the updates; 2 is the published schedule for
            large data.
        sharpness: λ of Sinkhorn.
        tolerance: marginal error at which Sinkhorn stops, after at most 200 iterations;
            the next labelling goes on from its potentials.
        batch_size: images a step; the last, smaller batch of an epoch is used too.
        learning_rate: of SGD at the start; it falls to 0 along a half cosine.
        momentum, weight_decay: of SGD.
        largest: a label may hold so many times its share, N/K samples; beyond, the run
            stops. Where shares are small, 3·√(N/K) samples more are allowed. With
            neighborhoods such labels are refused, and the earlier ones stay.
        bfloat16: run the trunk in mixed precision.
        neighborhoods: average posteriors over neighbors; None is the publication.
    """

    epochs: int
    updates: int
    spacing: float = 1.0
    sharpness: float = 25.0
    tolerance: float = 1e-2
    batch_size: int = 256
    learning_rate: float = 0.1
    momentum: float = 0.9
    weight_decay: float = 5e-5
    largest: float = 1.2
    bfloat16: bool = False
    neighborhoods: Neighborhoods | None = None

    def __post_init__(self) -> None:
        if min(self.epochs, self.updates, self.batch_size) < 1:
            raise ValueError("epochs, updates and batch_size must be at least 1")
        if self.epochs < 2:
            raise ValueError("the first epoch only fills the bank: take at least 2")

    def update_steps(self, steps_an_epoch: int) -> list[int]:
        """After which steps the labels are computed anew, in rising order."""
        first, last = steps_an_epoch, self.epochs * steps_an_epoch
        fractions = (np.arange(self.updates) / self.updates) ** self.spacing
        return sorted({round(first + (last - first) * float(f)) for f in fractions})

    def refresh_steps(self, steps_an_epoch: int) -> set[int]:
        """After which of the label updates the neighbors are found anew."""
        due = self.update_steps(steps_an_epoch)
        count = 0 if self.neighborhoods is None else self.neighborhoods.refreshes
        last = self.epochs * steps_an_epoch
        wanted = [last * (number + 1) / (count + 1) for number in range(count)]
        return {min(due, key=lambda step: abs(step - goal)) for goal in wanted}

    def rate(self, progress: float) -> float:
        """The learning rate when this share of the run is done."""
        return self.learning_rate * (1 + math.cos(math.pi * progress)) / 2
