"""What a training run leaves behind: numbers for learning curves."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class History:
    """What happened in each epoch.

    Attributes:
        train_loss: mean over the epoch's batches, in training mode and while the
            weights change. It is therefore a little old, and with dropout it can lie
            above the validation loss.
        validation_loss: after the epoch, in evaluation mode; empty without validation.
        train_metric, validation_metric: the same two for the metric, if one was given.
        learning_rate: of the optimizer's first group during the epoch.
        seconds: wall time of the whole call.
        stopped_early: True if patience ran out before the last epoch.
    """

    train_loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    train_metric: list[float] = field(default_factory=list)
    validation_metric: list[float] = field(default_factory=list)
    learning_rate: list[float] = field(default_factory=list)
    seconds: float = 0.0
    stopped_early: bool = False

    @property
    def epochs(self) -> int:
        """Number of epochs that were run."""
        return len(self.train_loss)

    @property
    def best_epoch(self) -> int:
        """Epoch with the lowest validation loss (or training loss), from 1 on."""
        losses = self.validation_loss or self.train_loss
        return int(np.argmin(losses)) + 1

    def __str__(self) -> str:
        if not self.epochs:
            return "no epoch was run"
        parts = [f"{self.epochs} epochs in {self.seconds:.1f} s"]
        parts.append(f"train loss {self.train_loss[-1]:.4f}")
        if self.validation_loss:
            best = self.validation_loss[self.best_epoch - 1]
            parts.append(
                f"validation loss {self.validation_loss[-1]:.4f}"
                f" (best {best:.4f} in epoch {self.best_epoch})"
            )
        if self.validation_metric:
            parts.append(f"validation metric {self.validation_metric[-1]:.4f}")
        if self.stopped_early:
            parts.append("stopped early")
        return ", ".join(parts)
