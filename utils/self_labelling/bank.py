"""The posteriors that pass by while a network learns, and balanced labels from them."""

from typing import Any

import torch
from torch import Tensor

from utils.sinkhorn import Assignment, balanced_assignment


class Bank:
    """The latest log posteriors of every sample, `(N, K)`."""

    def __init__(self, N: int, K: int, device: torch.device | str = "cpu") -> None:
        self.log_p = torch.zeros(N, K, device=device)
        self.is_stored = torch.zeros(N, dtype=torch.bool, device=device)

    def store(self, rows: Tensor, log_p: Tensor) -> None:
        """Keep the log posteriors `(B, K)` of the samples with these numbers `(B,)`."""
        self.log_p[rows] = log_p.detach().to(self.log_p.dtype)
        self.is_stored[rows] = True

    def balanced_labels(self, sharpness: float, **options: Any) -> Assignment:
        """Balanced labels of all samples; options of `balanced_assignment`.

        Raises:
            ValueError: the bank is not full, holds a nan, or rows that are no
                log posteriors.
        """
        missing = int((~self.is_stored).sum())
        if missing:
            raise ValueError(
                f"the bank is not full: {missing} of {len(self.is_stored)} samples "
                "have no posteriors; labels from a half empty bank collapse training"
            )
        sums = self.log_p.exp().sum(dim=1)  # (N,)
        if bool((sums.isfinite() & ((sums - 1).abs() > 1e-2)).any()):
            raise ValueError("the bank's rows are no log posteriors: use log_softmax")
        return balanced_assignment(self.log_p, sharpness, **options)


def random_balanced_labels(N: int, K: int, generator: torch.Generator) -> Tensor:
    """A random permutation of labels `(N,)` whose sizes differ by at most one."""
    return torch.randperm(N, generator=generator) % K
