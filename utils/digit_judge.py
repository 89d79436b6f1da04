"""A small network that judges made 8×8 digits: the right digit, and as varied as real?

Heusel and others (2017) do so for photographs with an Inception network: a Gaussian is
fitted to the features of real images and one to those of made ones, and the Fréchet
distance of the two Gaussians is the verdict.
"""

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from utils.evaluation import accuracy
from utils.perceptrons import mlp

STEPS, RATE = 300, 1e-2
HIDDEN = 32


class DigitJudge:
    """A classifier 64-32-10 that was trained on real digits, and its hidden features.

    Images are `(N, 64)` or `(N, 1, 8, 8)`; what lies outside [0, 1] is cut.

    Args:
        images: real digits to learn from.
        y: their classes, `(N,)`.
        others: real digits that made ones are compared with.
        seed: draws the first weights.
    """

    def __init__(self, images: Any, y: Any, others: Any, *, seed: int = 0) -> None:
        X, labels = _flat(images), torch.as_tensor(y)
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            self.classifier = mlp(X.shape[1], HIDDEN, 10)
        weights = self.classifier.parameters()
        optimizer = torch.optim.Adam(weights, RATE, foreach=False)
        for _ in range(STEPS):
            loss = nn.functional.cross_entropy(self.classifier(X), labels)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        self.others = _flat(others)

    @torch.no_grad()
    def probabilities(self, images: Any) -> Tensor:
        """Of the ten classes, `(N, 10)`."""
        scores: Tensor = self.classifier(_flat(images))
        return scores.softmax(dim=1)

    @torch.no_grad()
    def features(self, images: Any) -> Tensor:
        """What the hidden units hold, `(N, 32)`, none negative."""
        hidden: Tensor = self.classifier[:2](_flat(images))
        return hidden

    def agreement(self, images: Any, wanted: Any) -> float:
        """Share of images that are taken for the digit that was wanted, `(N,)`."""
        return accuracy(wanted, self.probabilities(images).argmax(dim=1))

    def distance(self, images: Any) -> float:
        """Squared Fréchet distance of the features to those of the other real digits.

        It is biased upwards for few images: compare at equal numbers only.
        """
        made, real = self.features(images).double(), self.features(self.others).double()
        P, Q = (torch.cov(part.T, correction=0) for part in (made, real))  # (32, 32)
        values, vectors = torch.linalg.eigh(P)
        half = vectors * values.clamp(min=0).sqrt() @ vectors.T  # the root of P
        roots = torch.linalg.eigvalsh(half @ Q @ half).clamp(min=0).sqrt().sum()
        gap = (made.mean(0) - real.mean(0)).square().sum()
        return float(gap + P.trace() + Q.trace() - 2 * roots)


def _flat(images: Any) -> Tensor:
    """Images as rows of numbers between 0 and 1, `(N, D)`."""
    pixels = torch.as_tensor(np.asarray(images), dtype=torch.float32)
    return pixels.flatten(1).clamp(0, 1)
