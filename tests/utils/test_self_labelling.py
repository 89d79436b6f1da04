"""The loop of self-labelling on small images and points."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from utils.evaluation import clustering_accuracy
from utils.self_labelling import (
    Bank,
    LabelsCollapsed,
    Neighborhoods,
    Recipe,
    SelfLabels,
    random_balanced_labels,
    self_label,
)
from utils.toys import gaussian_blobs

RECIPE = Recipe(epochs=4, updates=5, batch_size=32, learning_rate=0.05)


def points(N: int = 120) -> tuple[Tensor, np.ndarray]:
    """Three clear clusters in the plane."""
    X, y = gaussian_blobs(N, seed=0)
    return torch.from_numpy(X).float(), y


def network(
    seed: int = 0, widths: tuple[int, ...] = (3,)
) -> tuple[nn.Module, list[nn.Module]]:
    """A trunk with dropout, and heads."""
    torch.manual_seed(seed)
    trunk = nn.Sequential(
        nn.Linear(2, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.2)
    )
    return trunk, [nn.Linear(16, K) for K in widths]


def jitter(x: Tensor, generator: torch.Generator) -> Tensor:
    """Points moved a little."""
    return x + 0.2 * torch.randn(x.shape, generator=generator)


def run(
    recipe: Recipe = RECIPE, widths: tuple[int, ...] = (3,), **options: object
) -> tuple[SelfLabels, nn.Module]:
    """One run on the points from the start."""
    trunk, heads = network(widths=widths)
    X, _ = points()
    found = self_label(trunk, heads, X, recipe, augment=jitter, **options)
    return found, trunk


def test_clusters_are_found_without_labels() -> None:
    recipe = Recipe(epochs=25, updates=40, batch_size=32, learning_rate=0.05)
    found, _ = run(recipe, (3, 3, 3))
    _, y = points()
    best = max(clustering_accuracy(y, labels) for labels in found.labels)
    assert best > 0.9
    start = random_balanced_labels(120, 3, torch.Generator().manual_seed(0))
    assert clustering_accuracy(y, start) < 0.5
    assert found.labellings[-1].changed < 0.1
    assert found.history.train_loss[-1] < found.history.train_loss[0] / 2


def test_first_labels_are_random_and_balanced() -> None:
    generator = torch.Generator().manual_seed(0)
    labels = random_balanced_labels(103, 10, generator)
    assert sorted(torch.bincount(labels).tolist()) == [10] * 7 + [11] * 3
    other = random_balanced_labels(103, 10, generator)
    assert not torch.equal(labels, other)
    assert not torch.equal(labels, labels.sort().values)


def test_a_run_repeats_whatever_the_global_generator_does() -> None:
    one, trunk = run()
    torch.rand(7)
    again, same = run()
    assert torch.equal(one.labels, again.labels)
    assert one.history.train_loss == again.history.train_loss
    for p, q in zip(trunk.parameters(), same.parameters(), strict=True):
        assert torch.equal(p, q)
    other, _ = run(seed=1)
    assert not torch.equal(one.labels, other.labels)


def test_the_generator_of_the_caller_is_left_as_it_was() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    trunk, heads = network()
    X, _ = points()
    torch.manual_seed(5)
    self_label(trunk, heads, X, RECIPE)
    assert torch.equal(torch.rand(3), expected)


def test_labels_are_due_after_the_bank_is_full_and_then_now_and_then() -> None:
    recipe = Recipe(epochs=5, updates=4)
    assert recipe.update_steps(10) == [10, 20, 30, 40]
    growing = Recipe(epochs=5, updates=4, spacing=2).update_steps(100)
    assert growing == [100, 125, 200, 325]
    seen: list[tuple[float, tuple[int, ...]]] = []
    found, _ = run(
        watch=lambda epoch, labels: seen.append((epoch, tuple(labels.shape)))
    )
    assert [epoch for epoch, _ in seen] == [entry.epoch for entry in found.labellings]
    assert seen[0] == (1.0, (1, 120))
    assert len(seen) == 5


def test_every_head_has_its_labels_and_its_number_of_them() -> None:
    found, _ = run(widths=(3, 5))
    assert found.labels.shape == (2, 120)
    assert found.labels[0].max() == 2
    assert found.labels[1].max() == 4
    assert [entry.head for entry in found.labellings[:4]] == [0, 1, 0, 1]
    allowed = 1 + 3 / np.sqrt(120 / 5)  # small clusters may differ by more than 1.2
    assert all(entry.largest <= allowed for entry in found.labellings)


def test_the_history_holds_every_epoch() -> None:
    found, trunk = run()
    assert found.history.epochs == 4
    assert found.history.learning_rate[0] > found.history.learning_rate[-1]
    assert found.history.seconds > 0
    assert not trunk.training
    entry = found.labellings[0]
    assert 0 < entry.changed <= 1
    assert entry.iterations >= 1
    assert entry.marginal_error <= 1e-2


class Stop(Exception):
    """Somebody stops the run."""


@pytest.mark.parametrize("stop_at", [1, 3, 5, 9, 13, 14])
def test_a_run_that_was_stopped_comes_to_the_same_labels(
    stop_at: int, tmp_path: Path
) -> None:
    expected, whole = run(widths=(3, 4))
    calls = 0

    def until(x: Tensor, generator: torch.Generator) -> Tensor:
        nonlocal calls
        calls += 1
        if calls == stop_at:
            raise Stop
        return jitter(x, generator)

    trunk, heads = network(widths=(3, 4))
    X, _ = points()
    options: dict[str, object] = {
        "checkpoint": tmp_path / "run.pt",
        "checkpoint_seconds": 0,
    }
    with pytest.raises(Stop):
        self_label(trunk, heads, X, RECIPE, augment=until, **options)
    found, resumed = run(widths=(3, 4), **options)  # other weights, but the file's win
    assert torch.equal(found.labels, expected.labels)
    assert found.history.train_loss == expected.history.train_loss
    assert found.labellings == expected.labellings
    for p, q in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(p, q)


def test_a_finished_run_is_read_back_without_training(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "run.pt"
    first, _ = run(checkpoint=path)

    def never(x: Tensor, generator: torch.Generator) -> Tensor:
        raise AssertionError("nothing is left to train")

    trunk, heads = network(seed=3)
    X, _ = points()
    again = self_label(trunk, heads, X, RECIPE, augment=never, checkpoint=path)
    assert torch.equal(first.labels, again.labels)
    assert again.history.train_loss == first.history.train_loss
    assert [file.name for file in path.parent.iterdir()] == ["run.pt"]


KILLED = """
import sys, torch
from pathlib import Path
sys.path.insert(0, {folder!r})
import test_self_labelling as test
trunk, heads = test.network(widths=(3, 4))
X, _ = test.points()
print("ready", flush=True)
found = test.self_label(trunk, heads, X, test.LONG, augment=test.jitter,
    checkpoint=sys.argv[1], checkpoint_seconds=0.0)
print("done", flush=True)
"""
LONG = Recipe(epochs=60, updates=100, batch_size=32, learning_rate=0.05)


def test_a_run_that_is_killed_again_and_again_comes_to_the_same_labels(
    tmp_path: Path,
) -> None:
    path = tmp_path / "run.pt"
    code = KILLED.format(folder=str(Path(__file__).parent))
    rng = np.random.default_rng()  # any moment
    kills = 0
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0.05, 0.4))
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
        process.stdout.close()
    assert kills, "the run was over before it could be killed: make it longer"
    expected, _ = run(LONG, (3, 4))
    found, _ = run(LONG, (3, 4), checkpoint=path)
    assert torch.equal(found.labels, expected.labels)


NEAR = Recipe(
    epochs=4,
    updates=5,
    batch_size=32,
    learning_rate=0.05,
    neighborhoods=Neighborhoods(
        few=60, starts=2, first_rounds=20, rounds=10, refreshes=2
    ),
)


def test_labels_that_follow_neighbors() -> None:
    found, _ = run(NEAR, (6, 3, 3), followers=2)
    _, y = points()
    surest = int(np.argmin(found.disagreement[1:])) + 1
    assert clustering_accuracy(y, found.labels[surest]) > 0.9
    assert NEAR.refresh_steps(4) == {6, 11}
    assert Recipe(epochs=4, updates=5).refresh_steps(4) == set()


def test_followers_do_not_change_the_trunk() -> None:
    _, alone = run(widths=(3,))
    _, followed = run(widths=(3, 4), followers=1)
    for p, q in zip(alone.parameters(), followed.parameters(), strict=True):
        assert torch.equal(p, q)
    with pytest.raises(ValueError, match="1 of 1 heads cannot follow"):
        run(widths=(3,), followers=1)


def test_with_neighbors_a_run_resumes_to_the_same_labels(tmp_path: Path) -> None:
    expected, _ = run(NEAR, (6, 3), followers=1)
    calls = 0

    def until(x: Tensor, generator: torch.Generator) -> Tensor:
        nonlocal calls
        calls += 1
        if calls == 10:
            raise Stop
        return jitter(x, generator)

    trunk, heads = network(widths=(6, 3))
    X, _ = points()
    options: dict[str, object] = {
        "checkpoint": tmp_path / "run.pt",
        "checkpoint_seconds": 0,
        "followers": 1,
    }
    with pytest.raises(Stop):
        self_label(trunk, heads, X, NEAR, augment=until, **options)
    found, _ = run(NEAR, (6, 3), **options)
    assert torch.equal(found.labels, expected.labels)
    assert found.labellings == expected.labellings
    assert found.disagreement == expected.disagreement


def test_with_neighbors_labels_that_are_too_unequal_are_refused() -> None:
    X, _ = points()
    found = self_label(Constant(), [nn.Linear(2, 3)], X, NEAR)
    assert any(entry.refused for entry in found.labellings)
    assert torch.bincount(found.labels[0]).max() <= 1.5 * 40


def test_a_checkpoint_of_another_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.pt"
    run(checkpoint=path)
    with pytest.raises(ValueError, match="another sharpness"):
        run(
            Recipe(epochs=4, updates=5, batch_size=32, learning_rate=0.05, sharpness=9),
            checkpoint=path,
        )
    with pytest.raises(ValueError, match="another seed"):
        run(checkpoint=path, seed=4)
    with pytest.raises(ValueError, match="another widths"):
        run(widths=(4,), checkpoint=path)


def test_labels_from_a_bank_that_is_not_full_are_refused() -> None:
    bank = Bank(10, 2)
    log_p = torch.log_softmax(torch.randn(10, 2), dim=1)
    bank.store(torch.arange(7), log_p[:7])
    with pytest.raises(ValueError, match="3 of 10 samples have no posteriors"):
        bank.balanced_labels(25)
    bank.store(torch.arange(5, 10), log_p[5:])
    assert len(bank.balanced_labels(25).labels) == 10


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (float("nan"), "row 4 of log_p holds a nan"),
        (float("-inf"), "no log posteriors"),
        (3.0, "no log posteriors"),
        (-3.0, "no log posteriors"),
    ],
)
def test_a_bank_of_something_else_is_refused(value: float, message: str) -> None:
    bank = Bank(10, 2)
    log_p = torch.log_softmax(torch.randn(10, 2), dim=1)
    log_p[4] = value
    bank.store(torch.arange(10), log_p)
    with pytest.raises(ValueError, match=message):
        bank.balanced_labels(25)


class Constant(nn.Module):
    """A trunk that sees no difference between images."""

    def forward(self, x: Tensor) -> Tensor:
        """The same features for all, `(B, 2)`."""
        return torch.ones(len(x), 2)


def test_a_network_that_sees_no_difference_is_not_trained_in_silence() -> None:
    X, _ = points()
    with pytest.raises(LabelsCollapsed, match="times its share"):
        self_label(Constant(), [nn.Linear(2, 3)], X, RECIPE)


@pytest.mark.parametrize(
    ("widths", "message"),
    [
        ((1,), "at least 2 labels"),
        ((), "at least 2 labels"),
        ((121,), "too few for 121"),
    ],
)
def test_heads_that_cannot_be_balanced_are_refused(
    widths: tuple[int, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        run(widths=widths)


@pytest.mark.parametrize(
    "options",
    [
        {"epochs": 0, "updates": 1},
        {"epochs": 1, "updates": 1},
        {"epochs": 2, "updates": 0},
        {"epochs": 2, "updates": 1, "batch_size": 0},
    ],
)
def test_recipes_that_cannot_be_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least"):
        Recipe(**options)


def test_a_diverging_run_is_stopped_with_advice() -> None:
    X, _ = points()
    trunk, heads = network()
    X[3, 0] = float("nan")
    with pytest.raises(FloatingPointError, match="smaller learning rate"):
        self_label(trunk, heads, X, RECIPE)
