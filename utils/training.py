"""One training loop for the lectures that are about something else.

Writing such a loop is part of the course; once it is understood, `fit` does it in one
line and keeps the numbers that learning curves are drawn from.
"""

import copy
import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

from utils.history import History
from utils.progress import progress_bar
from utils.samples import Samples, minibatches

Data = tuple[Tensor, Tensor] | Samples  # inputs (N, ...) and targets (N, ...)
Measure = Callable[[Tensor, Tensor], Any]  # (outputs, targets) → one number

EVALUATION_BATCH = 1024


def fit(
    model: nn.Module,
    train: Data,
    validation: Data | None = None,
    *,
    loss: Measure,
    optimizer: Optimizer,
    epochs: int,
    batch_size: int,
    schedule: LRScheduler | None = None,
    metric: Measure | None = None,
    patience: int | None = None,
    seed: int = 0,
    progress: bool = True,
) -> History:
    """Train the model in place with minibatches and return what happened.

    Every epoch: shuffle; for every batch compute the loss, its gradient and one step of
    the optimizer; then measure on the validation set. The model is left in evaluation
    mode.

    Args:
        model: maps inputs `(B, ...)` to outputs.
        train: inputs `(N, ...)` and targets `(N, ...)`: two tensors, or `Samples`.
        validation: the same, never learned from.
        loss: mean loss of a batch, for example `nn.functional.cross_entropy`.
        optimizer: holds the model's parameters.
        epochs: passes over the training set, at most.
        batch_size: samples an update.
        schedule: stepped once after every epoch.
        metric: a second number to be recorded, a mean over samples like the loss.
        patience: stop when the validation loss has not improved for so many epochs,
            and restore the weights of the best epoch.
        seed: of the order of the samples and of dropout and the like.
        progress: show a bar where somebody watches.

    Raises:
        ValueError: no samples, patience without validation data, or outputs and
            targets whose shapes would broadcast against each other.
        FloatingPointError: the loss became nan or infinite.
    """
    train = _tensors(train)
    validation = None if validation is None else _tensors(validation)
    best = _BestWeights(model, patience, validation)
    order = np.random.default_rng(seed)
    history = History()
    start = time.perf_counter()
    with (
        torch.random.fork_rng(devices=()),  # leaves the caller's generator as it was
        progress_bar(epochs, unit="epoch", show=progress) as bar,
    ):
        torch.manual_seed(seed)
        for _ in range(epochs):
            history.learning_rate.append(float(optimizer.param_groups[0]["lr"]))
            batches = minibatches(*train, batch_size, order)
            measured = _train_epoch(model, batches, loss, metric, optimizer)
            _record(history.train_loss, history.train_metric, measured)
            if schedule is not None:
                schedule.step()
            if validation is not None:
                measured = evaluate(model, validation, loss, metric)
                _record(history.validation_loss, history.validation_metric, measured)
            bar.set_postfix_str(_latest(history))
            bar.update(1)
            if best.patience_is_over(history):
                history.stopped_early = history.epochs < epochs
                break
    best.restore()
    model.eval()
    history.seconds = time.perf_counter() - start
    return history


def evaluate(
    model: nn.Module, data: Data, loss: Measure, metric: Measure | None = None
) -> tuple[float, float | None]:
    """Mean loss, and metric if there is one, in evaluation mode without gradients.

    Arguments are those of `fit`; the model is left in evaluation mode.
    """
    model.eval()
    mean = _Mean()
    with torch.no_grad():
        for x, y in minibatches(*_tensors(data), EVALUATION_BATCH, None):
            outputs = model(x)
            _refuse_broadcasting(outputs, y)
            mean.add(outputs, y, loss(outputs, y), metric)
    return mean.loss, mean.metric


class _BestWeights:
    """Early stopping: the weights of the best epoch and how long ago it was."""

    def __init__(
        self, model: nn.Module, patience: int | None, validation: Data | None
    ) -> None:
        if patience is not None and validation is None:
            raise ValueError("patience needs validation data; pass `validation=(X, y)`")
        if patience is not None and patience < 1:
            raise ValueError(f"patience must be at least 1 epoch, not {patience}")
        self._model = model
        self._patience = patience
        self._weights: dict[str, Any] | None = None

    def patience_is_over(self, history: History) -> bool:
        """Call after every epoch; remembers the weights if it was the best one."""
        if self._patience is None:
            return False
        if history.best_epoch == history.epochs:
            self._weights = copy.deepcopy(self._model.state_dict())
        return history.epochs - history.best_epoch >= self._patience

    def restore(self) -> None:
        """Give the model the weights of its best epoch, if there was patience."""
        if self._weights is not None:
            self._model.load_state_dict(self._weights)


class _Mean:
    """Loss and metric averaged over samples, whatever the sizes of the batches."""

    def __init__(self) -> None:
        self._samples = 0
        self._loss = 0.0
        self._metric = 0.0
        self._measured = False

    def add(
        self, outputs: Tensor, y: Tensor, loss: Any, metric: Measure | None
    ) -> None:
        self._samples += len(y)
        self._loss += float(loss) * len(y)
        if metric is not None:
            self._measured = True
            self._metric += float(metric(outputs.detach(), y)) * len(y)

    @property
    def loss(self) -> float:
        return self._loss / self._samples

    @property
    def metric(self) -> float | None:
        return self._metric / self._samples if self._measured else None


def _tensors(data: Data) -> tuple[Tensor, Tensor]:
    X, y = data.tensors() if isinstance(data, Samples) else data
    if len(X) == 0:
        raise ValueError("there are no samples; give at least one")
    return X, y


def _train_epoch(
    model: nn.Module,
    batches: Any,
    loss: Measure,
    metric: Measure | None,
    optimizer: Optimizer,
) -> tuple[float, float | None]:
    model.train()
    mean = _Mean()
    for x, y in batches:
        outputs = model(x)
        _refuse_broadcasting(outputs, y)
        batch_loss = loss(outputs, y)
        if not math.isfinite(batch_loss.item()):
            raise FloatingPointError(
                f"The loss is {batch_loss.item()}: try a smaller learning rate, "
                "and look for log(0), 0/0 or overflow."
            )
        optimizer.zero_grad()
        batch_loss.backward()
        optimizer.step()
        mean.add(outputs, y, batch_loss.detach(), metric)
    return mean.loss, mean.metric


def _refuse_broadcasting(outputs: Tensor, y: Tensor) -> None:
    """(B, 1) against (B,) would silently become (B, B) in most losses."""
    if y.is_floating_point() and outputs.shape == (*y.shape, 1):
        raise ValueError(
            f"The model returns {tuple(outputs.shape)} but the targets are "
            f"{tuple(y.shape)}: drop the last axis, for example with nn.Flatten(0)."
        )


def _record(
    losses: list[float], metrics: list[float], measured: tuple[float, float | None]
) -> None:
    losses.append(measured[0])
    if measured[1] is not None:
        metrics.append(measured[1])


def _latest(history: History) -> str:
    text = f"train {history.train_loss[-1]:.3f}"
    if history.validation_loss:
        text += f", validation {history.validation_loss[-1]:.3f}"
    return text
