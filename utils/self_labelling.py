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
from utils.sinkhorn import Assignment, balanced_assignment

Augment = Callable[[Tensor, torch.Generator], Tensor]  # images (B, ...) → (B, ...)
Watch = Callable[[float, Tensor], None]  # epochs so far, labels (H, N)

MOST_ITERATIONS = 200  # of Sinkhorn for one labelling


class LabelsCollapsed(RuntimeError):
    """A label holds far more than its share of the samples."""


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
