"""SeLa: a network and its labels learn from each other.

Asano, Rupprecht and Vedaldi (2020) minimize one cross-entropy over the weights and over
the labels, under the constraint that every label is used equally often:

1. labels start as a random balanced permutation;
2. the network learns the labels from augmented images, and the log posteriors of every
   image are kept in a bank while they pass by: labelling costs no extra forward pass;
3. now and then Sinkhorn–Knopp turns the bank into new balanced labels; back to 2.

Several heads on one trunk are several clusterings; they may differ in K. Beyond the
publication, a head may follow: it learns its labels from the features without changing
them. And labels may be computed from posteriors that are averaged over the nearest
neighbors of an image, first in pixels, then in features: see `Neighborhoods`.

A run is repeatable: order and augmentation of a step follow from the seed and the
number of the step alone. So a run that was stopped goes on from its checkpoint as if
nothing had happened, bit by bit on one machine.
"""

from utils.self_labelling.bank import Bank, random_balanced_labels
from utils.self_labelling.loop import Labelling, LabelsCollapsed, SelfLabels, self_label
from utils.self_labelling.recipe import Neighborhoods, Recipe

__all__ = [
    "Bank",
    "Labelling",
    "LabelsCollapsed",
    "Neighborhoods",
    "Recipe",
    "SelfLabels",
    "random_balanced_labels",
    "self_label",
]
