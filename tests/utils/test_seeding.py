"""Repeatable runs."""

import random

import numpy as np
import torch

from utils.seeding import seed_everything


def draws(seed: int) -> list[float]:
    """One number of every generator."""
    rng = seed_everything(seed)
    return [
        random.random(),
        float(np.random.random()),  # the old global generator, which libraries use
        torch.rand(1).item(),
        float(rng.random()),
    ]


def test_a_seed_repeats_every_generator() -> None:
    assert draws(7) == draws(7)


def test_another_seed_changes_every_generator() -> None:
    assert all(a != b for a, b in zip(draws(7), draws(8), strict=True))


def test_the_returned_generator_is_of_the_same_seed() -> None:
    assert seed_everything(3).random() == np.random.default_rng(3).random()
