"""One way to make a run repeatable."""

import random

import numpy as np
import torch


def seed_everything(seed: int) -> np.random.Generator:
    """Seed Python, numpy and torch, and return a numpy generator of the same seed.

    Results repeat on one machine; another processor or library version may round
    differently, so compare with a tolerance.
    """
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    return np.random.default_rng(seed)
