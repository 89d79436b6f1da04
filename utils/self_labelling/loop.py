"""The run itself: learn, store, label, and go on from a checkpoint."""

import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, log_softmax

from utils.history import History
from utils.neighbor_graph import (
    NeighborGraph,
    nearest_neighbors,
    posteriors_from_few,
    settled_labels,
)
from utils.progress import progress_bar
from utils.self_labelling.bank import Bank, random_balanced_labels
from utils.self_labelling.recipe import Recipe
from utils.sinkhorn import Assignment

Augment = Callable[[Tensor, torch.Generator], Tensor]  # images (B, ...) → (B, ...)
Watch = Callable[[float, Tensor], None]  # epochs so far, labels (H, N)

MOST_ITERATIONS = 200  # of Sinkhorn for one labelling


class LabelsCollapsed(RuntimeError):
    """A label holds far more than its share of the samples."""


@dataclass
class Labelling:
    """One computation of the labels of one head.

    Attributes:
        epoch: epochs that were trained before it, possibly with a fraction.
        head: number of the head.
        changed: share of the samples with another label than before.
        largest: size of the largest cluster over N/K.
        refused: the largest cluster was too large, and the earlier labels stayed.
        iterations: of Sinkhorn.
        marginal_error: of Sinkhorn.
    """

    epoch: float
    head: int
    changed: float
    largest: float
    refused: bool
    iterations: int
    marginal_error: float


@dataclass(frozen=True, eq=False)
class SelfLabels:
    """What a run leaves behind; trunk and heads were trained in place.

    Attributes:
        labels: `(H, N)` int64, the labels of each head.
        disagreement: of each head, the share of neighbors with another label; the lower
            of two heads with equal K is the better guess. Empty without neighborhoods.
        history: loss and learning rate of each epoch.
        labellings: one entry a head and update.
    """

    labels: Tensor
    disagreement: list[float]
    history: History
    labellings: list[Labelling]


def self_label(
    trunk: nn.Module,
    heads: Sequence[nn.Module],
    X: Tensor,
    recipe: Recipe,
    *,
    augment: Augment | None = None,
    followers: int = 0,
    seed: int = 0,
    checkpoint: str | os.PathLike[str] | None = None,
    checkpoint_seconds: float = 30.0,
    watch: Watch | None = None,
    progress: bool = True,
) -> SelfLabels:
    """Label the images and train the network, each with the help of the other.

    Args:
        trunk: maps images `(B, ...)` to features `(B, D)`; trained in place.
        heads: each maps features to logits `(B, K)`; K may differ.
        X: images `(N, ...)`, on the device of the network.
        recipe: how the run goes.
        augment: changes a batch of images at random, with the given generator only.
        followers: so many of the last heads learn without changing the trunk.
        seed: of order, augmentation, first labels and dropout. The weights are given.
        checkpoint: file that the state is written to, and read from if it exists. The
            same arguments must be given again.
        checkpoint_seconds: time between two writings.
        watch: called after every labelling, for pictures of it.
        progress: show a bar where somebody watches.

    Raises:
        ValueError: K = 1 or N < K for a head, or the checkpoint is of another run.
        LabelsCollapsed: a label holds more than `recipe.largest` times its share.
        FloatingPointError: the loss became nan or infinite.
    """
    run = _Run(trunk, heads, X, recipe, augment, followers, seed)
    path = None if checkpoint is None else Path(checkpoint)
    if path is not None and path.exists():
        run.restore(path)
    else:
        run.label_before_training()
    start, saved = time.perf_counter() - run.history.seconds, time.perf_counter()
    with (
        torch.random.fork_rng(devices=()),  # leaves the caller's generator as it was
        progress_bar(run.total_steps, unit="step", show=progress) as bar,
    ):
        bar.update(run.step)
        while run.step < run.total_steps:
            run.train_step()
            if run.labels_are_due:
                run.update_labels()
                if watch is not None:
                    watch(run.step / run.steps_an_epoch, torch.stack(run.labels))
                bar.set_postfix_str(str(run))
            run.history.seconds = time.perf_counter() - start
            is_last = run.step == run.total_steps
            late = time.perf_counter() - saved >= checkpoint_seconds
            if path is not None and (late or is_last):
                run.save(path)
                saved = time.perf_counter()
            bar.update(1)
    trunk.eval()
    graph, labels = run.graph, torch.stack(run.labels)
    cut = [] if graph is None else [graph.disagreement(one) for one in run.labels]
    return SelfLabels(labels, cut, run.history, run.labellings)


class _Run:
    """Everything that changes during a run, so that it can be saved between steps."""

    def __init__(
        self,
        trunk: nn.Module,
        heads: Sequence[nn.Module],
        X: Tensor,
        recipe: Recipe,
        augment: Augment | None,
        followers: int,
        seed: int,
    ) -> None:
        self.network = nn.ModuleDict({"trunk": trunk, "heads": nn.ModuleList(heads)})
        self.X, self.recipe, self.augment, self.seed = X, recipe, augment, seed
        self.steps_an_epoch = math.ceil(len(X) / recipe.batch_size)
        self.total_steps = recipe.epochs * self.steps_an_epoch
        self.due = set(recipe.update_steps(self.steps_an_epoch))
        self.refresh_due = recipe.refresh_steps(self.steps_an_epoch)
        self.leaders = len(heads) - followers
        if not 0 <= followers < max(1, len(heads)):
            raise ValueError(f"{followers} of {len(heads)} heads cannot follow")
        self.optimizer = torch.optim.SGD(
            self.network.parameters(),
            lr=recipe.learning_rate,
            momentum=recipe.momentum,
            weight_decay=recipe.weight_decay,
        )
        self.step = 0
        self.order: Tensor | None = None  # of the samples in this epoch, (N,)
        self.loss_sum = 0.0
        self.history = History()
        self.labellings: list[Labelling] = []
        self.graph: NeighborGraph | None = None
        widths = self._widths()
        generator = torch.Generator().manual_seed(seed)
        self.labels = [
            random_balanced_labels(len(X), K, generator).to(X.device) for K in widths
        ]
        self.banks = [Bank(len(X), K, X.device) for K in widths]
        self.potentials = [torch.zeros(K, dtype=torch.float64) for K in widths]

    def _widths(self) -> list[int]:
        """K of every head, from one image."""
        self.network.eval()
        with torch.no_grad():
            features = self.network["trunk"](self.X[:1])
            widths = [int(head(features).shape[1]) for head in self._heads()]
        if not widths or min(widths) < 2:
            raise ValueError(f"heads need at least 2 labels each, not {widths}")
        if max(widths) > len(self.X):
            raise ValueError(
                f"{len(self.X)} samples are too few for {max(widths)} labels"
            )
        self.network.train()
        return widths

    def _heads(self) -> Iterator[nn.Module]:
        return iter(self.network["heads"])  # type: ignore[call-overload, no-any-return]

    def train_step(self) -> None:
        """Learn the labels of one batch and keep its posteriors."""
        epoch, place = divmod(self.step, self.steps_an_epoch)
        if place == 0 or self.order is None:
            self.order = self._order(epoch)
        first = place * self.recipe.batch_size
        rows = self.order[first : first + self.recipe.batch_size]  # (B,)
        generator = torch.Generator().manual_seed(_mixed(self.seed, 1, self.step))
        torch.manual_seed(_mixed(self.seed, 2, self.step))  # of dropout
        x = self.X[rows]
        if self.augment is not None:
            x = self.augment(x, generator)
        rate = self.recipe.rate(self.step / self.total_steps)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.network.train()
        with torch.autocast(
            x.device.type, torch.bfloat16, enabled=self.recipe.bfloat16
        ):
            features = self.network["trunk"](x)  # (B, D)
        loss = features.new_zeros((), dtype=torch.float32)
        features = features.float()
        for number, head in enumerate(self._heads()):
            follows = number >= self.leaders
            logits = head(features.detach() if follows else features)  # (B, K)
            self.banks[number].store(rows, log_softmax(logits, dim=1))
            own = cross_entropy(logits, self.labels[number][rows])
            loss = loss + own / (1 if follows else self.leaders)
        if not math.isfinite(loss.item()):
            raise FloatingPointError(
                f"The loss is {loss.item()}: try a smaller learning rate."
            )
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.loss_sum += loss.item() * len(rows)
        self.step += 1
        if self.step % self.steps_an_epoch == 0:
            self.history.train_loss.append(self.loss_sum / len(self.X))
            self.history.learning_rate.append(rate)
            self.loss_sum = 0.0

    def _order(self, epoch: int) -> Tensor:
        """The order of the samples in this epoch, `(N,)`."""
        order = np.random.default_rng([self.seed, epoch]).permutation(len(self.X))
        return torch.from_numpy(order).to(self.X.device)

    @property
    def labels_are_due(self) -> bool:
        """Whether the labels are to be computed anew now."""
        return self.step in self.due

    def label_before_training(self) -> None:
        """With neighborhoods, labels that follow the pixels; else they stay random."""
        near = self.recipe.neighborhoods
        if near is None:
            return
        self.graph = nearest_neighbors(self.X, near.k)
        generator = torch.Generator().manual_seed(_mixed(self.seed, 3))
        for number, bank in enumerate(self.banks):
            K = bank.log_p.shape[1]
            p = posteriors_from_few(
                self.X,
                K,
                generator,
                few=min(len(self.X), max(near.few, 40 * K)),
                starts=near.starts,
                k=near.k,
                walk=near.first_walk,
                rounds=near.rounds_of(K, first=True),
                graph=self.graph,
            ).to(self.X.device)
            self.labels[number] = self._settled(number, p, near.rounds_of(K)).labels

    def update_labels(self) -> None:
        """Balanced labels of every head from its bank."""
        near = self.recipe.neighborhoods
        refreshed = near is not None and self.step in self.refresh_due
        if near is not None and refreshed:
            self.graph = nearest_neighbors(self._features(), near.k)
        for head, bank in enumerate(self.banks):
            K = bank.log_p.shape[1]
            if near is None:
                found = bank.balanced_labels(
                    self.recipe.sharpness,
                    start=self.potentials[head],
                    tolerance=self.recipe.tolerance,
                    max_iterations=MOST_ITERATIONS,
                )
            else:
                rounds = near.rounds_of(K) if refreshed else 1
                found = self._settled(head, bank.log_p.exp(), rounds)
            share = len(self.X) / K
            largest = float(found.sizes.max()) / share
            refused = largest > max(self.recipe.largest, 1 + 3 / math.sqrt(share))
            if refused and near is None:
                raise LabelsCollapsed(
                    f"the largest cluster of head {head} holds {largest:.2f} times its "
                    f"share, more than {self.recipe.largest}: lower the sharpness or "
                    "the learning rate, or look for samples that are all alike"
                )
            changed = float((found.labels != self.labels[head]).float().mean())
            if not refused:
                self.labels[head] = found.labels
                if found.sharpness == self.recipe.sharpness:
                    self.potentials[head] = found.column_potential.cpu()
            self.labellings.append(
                Labelling(
                    self.step / self.steps_an_epoch,
                    head,
                    changed,
                    largest,
                    refused,
                    found.iterations,
                    found.marginal_error,
                )
            )

    def _settled(self, head: int, p: Tensor, rounds: int) -> Assignment:
        """Labels that follow the graph: soft ones in rounds, sharp ones in between."""
        near, graph = self.recipe.neighborhoods, self.graph
        assert near is not None
        assert graph is not None
        if rounds > 1:
            found = settled_labels(
                graph, p, sharpness=near.sharpness, walk=near.walk, rounds=rounds
            )
            if float(found.sizes.max()) <= self.recipe.largest * len(p) / p.shape[1]:
                return found
        return settled_labels(
            graph,
            p,
            sharpness=self.recipe.sharpness,
            walk=near.later_walk,
            iterations=MOST_ITERATIONS,
            start=self.potentials[head].to(p.device),
        )

    def _features(self) -> Tensor:
        """Features of the images as they are, `(N, D)`."""
        self.network.eval()
        kind, enabled = self.X.device.type, self.recipe.bfloat16
        with torch.no_grad(), torch.autocast(kind, torch.bfloat16, enabled=enabled):
            batches = torch.split(self.X, 1024)
            parts = [self.network["trunk"](x).float() for x in batches]
        self.network.train()
        return torch.cat(parts)

    def __str__(self) -> str:
        latest = self.labellings[-1]
        return f"epoch {latest.epoch:.1f}, {latest.changed:.1%} of the labels changed"

    def _kind(self) -> dict[str, Any]:
        """What must be the same in the run that goes on."""
        return asdict(self.recipe) | {
            "seed": self.seed,
            "N": len(self.X),
            "leaders": self.leaders,
            "widths": [bank.log_p.shape[1] for bank in self.banks],
        }

    def save(self, path: Path) -> None:
        """Write the state; a write that is interrupted leaves the old file."""
        state = {
            "kind": self._kind(),
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "loss_sum": self.loss_sum,
            "history": asdict(self.history),
            "labellings": [asdict(labelling) for labelling in self.labellings],
            "labels": self.labels,
            "potentials": self.potentials,
            "banks": [(bank.log_p, bank.is_stored) for bank in self.banks],
            "neighbors": None if self.graph is None else self.graph.neighbors,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        torch.save(state, part)
        part.replace(path)

    def restore(self, path: Path) -> None:
        """Go on where the run that wrote the file was."""
        state = torch.load(path, map_location=self.X.device, weights_only=True)
        differing = [k for k, v in self._kind().items() if state["kind"].get(k) != v]
        if differing:
            raise ValueError(
                f"{path} is the checkpoint of a run with another "
                f"{', '.join(differing)}: give the same arguments, or another file"
            )
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.loss_sum = state["step"], state["loss_sum"]
        self.history = History(**state["history"])
        self.labellings = [Labelling(**entry) for entry in state["labellings"]]
        self.labels = list(state["labels"])
        self.potentials = [potential.cpu() for potential in state["potentials"]]
        neighbors = state["neighbors"]
        self.graph = None if neighbors is None else NeighborGraph(neighbors.cpu())
        for bank, (log_p, is_stored) in zip(self.banks, state["banks"], strict=True):
            bank.log_p, bank.is_stored = log_p, is_stored


def _mixed(*numbers: int) -> int:
    """One seed from several numbers, none like another's."""
    return int(np.random.SeedSequence(numbers).generate_state(1)[0])
