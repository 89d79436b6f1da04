"""The training loop."""

import copy

import numpy as np
import pytest
import torch
from torch import nn

from utils.history import History
from utils.samples import Samples
from utils.toys import gaussian_blobs, noisy_line, spirals
from utils.training import evaluate, fit

CROSS_ENTROPY = nn.functional.cross_entropy


def correct(outputs: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Share of right labels."""
    return (outputs.argmax(dim=1) == y).float().mean()


def network(seed: int = 0, *, dropout: float = 0.0) -> nn.Sequential:
    """A small classifier of points in the plane."""
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Linear(2, 32), nn.ReLU(), nn.Dropout(dropout), nn.Linear(32, 3)
    )


def adam(model: nn.Module) -> torch.optim.Optimizer:
    """An optimizer that suits the network."""
    return torch.optim.Adam(model.parameters(), lr=0.02)


def run(model: nn.Module, **options: object) -> History:
    """Train on spirals with some defaults."""
    start = {"loss": CROSS_ENTROPY, "epochs": 3, "batch_size": 50}
    train = spirals(300).tensors()
    return fit(model, train, optimizer=adam(model), **(start | options))


def test_spirals_are_learned() -> None:
    model = network()
    history = run(model, epochs=60, metric=correct, validation=spirals(90, seed=1))
    assert history.train_metric[-1] > 0.95
    assert history.validation_metric[-1] > 0.95
    assert history.train_loss[-1] < history.train_loss[0] / 5


def test_full_batches_are_plain_gradient_descent() -> None:
    X, y = noisy_line(40).tensors()
    model = nn.Sequential(nn.Linear(1, 1), nn.Flatten(0))
    own = copy.deepcopy(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    history = fit(
        model,
        (X, y),
        loss=nn.functional.mse_loss,
        optimizer=optimizer,
        epochs=5,
        batch_size=40,
    )
    losses = []
    for _ in range(5):
        loss = nn.functional.mse_loss(own(X), y)
        gradients = torch.autograd.grad(loss, list(own.parameters()))
        losses.append(loss.item())
        with torch.no_grad():
            for parameter, gradient in zip(own.parameters(), gradients, strict=True):
                parameter -= 0.1 * gradient
    assert np.allclose(history.train_loss, losses, rtol=1e-5)
    for got, expected in zip(model.parameters(), own.parameters(), strict=True):
        assert torch.allclose(got, expected, atol=1e-6)


def test_a_seed_repeats_the_run_with_dropout_and_all() -> None:
    first, second = network(dropout=0.5), network(dropout=0.5)
    losses = run(first, seed=4).train_loss
    torch.rand(17)  # the state of the global generator does not matter
    assert run(second, seed=4).train_loss == losses
    assert run(network(dropout=0.5), seed=5).train_loss != losses


def test_the_generator_of_the_caller_is_left_as_it_was() -> None:
    model = network(dropout=0.5)
    torch.manual_seed(1)
    expected = torch.rand(3)
    torch.manual_seed(1)
    run(model)
    assert torch.equal(torch.rand(3), expected)


def test_validation_data_is_not_learned_from() -> None:
    alone, beside = network(), network()
    without = run(alone)
    with_validation = run(beside, validation=spirals(90, seed=9))
    assert without.train_loss == with_validation.train_loss
    assert without.validation_loss == []
    assert len(with_validation.validation_loss) == 3


def test_losses_are_means_over_samples_whatever_the_last_batch() -> None:
    X, y = gaussian_blobs(70).tensors()
    model = network()
    frozen = torch.optim.SGD(model.parameters(), lr=0.0)
    history = fit(
        model,
        (X, y),
        (X, y),
        loss=CROSS_ENTROPY,
        optimizer=frozen,
        epochs=1,
        batch_size=64,
        metric=correct,
    )
    expected = CROSS_ENTROPY(model(X), y).item()
    assert history.train_loss == pytest.approx([expected], rel=1e-5)
    assert history.validation_loss == pytest.approx([expected], rel=1e-5)
    assert history.train_metric == pytest.approx([correct(model(X), y).item()])


def test_validation_happens_in_evaluation_mode_and_training_in_training_mode() -> None:
    modes = []

    class Spy(nn.Linear):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            modes.append((self.training, torch.is_grad_enabled()))
            return super().forward(x)

    model = Spy(2, 3)
    run(model, epochs=2, batch_size=300, validation=spirals(30))
    assert modes == [(True, True), (False, False)] * 2
    assert not model.training


def test_a_schedule_is_stepped_once_an_epoch() -> None:
    model = network()
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.1)
    history = fit(
        model,
        spirals(60),
        loss=CROSS_ENTROPY,
        optimizer=optimizer,
        epochs=4,
        batch_size=20,
        schedule=schedule,
    )
    assert history.learning_rate == pytest.approx([1.0, 1.0, 0.1, 0.1])


def test_early_stopping_restores_the_best_weights() -> None:
    train = Samples(np.random.default_rng(0).normal(size=(60, 2)), spirals(60).y)
    validation = spirals(60, seed=3)
    model = network()
    history = fit(
        model,
        train,  # inputs that say nothing about the labels
        validation,
        loss=CROSS_ENTROPY,
        optimizer=adam(model),
        epochs=200,
        batch_size=20,
        patience=4,
    )
    assert history.stopped_early
    assert history.epochs == history.best_epoch + 4 < 200
    loss, _ = evaluate(model, validation, CROSS_ENTROPY)
    assert loss == pytest.approx(min(history.validation_loss), rel=1e-5)


def test_with_enough_patience_no_epoch_is_left_out() -> None:
    history = run(network(), validation=spirals(90), patience=50)
    assert not history.stopped_early
    assert history.epochs == 3


def test_a_history_explains_itself() -> None:
    history = run(network(), validation=spirals(90), metric=correct)
    text = str(history)
    assert text.startswith("3 epochs in ")
    for words in ("train loss", "validation loss", "(best", "validation metric"):
        assert words in text
    assert history.seconds > 0
    assert str(History()) == "no epoch was run"


def test_no_epoch_leaves_the_model_alone() -> None:
    model = network()
    before = copy.deepcopy(model.state_dict())
    assert run(model, epochs=0).epochs == 0
    assert all(torch.equal(value, before[k]) for k, value in model.state_dict().items())


def test_a_column_against_a_flat_target_is_refused() -> None:
    model = nn.Linear(1, 1)
    with pytest.raises(ValueError, match=r"\(40, 1\) but the targets are \(40,\)"):
        fit(
            model,
            noisy_line(40),
            loss=nn.functional.mse_loss,
            optimizer=adam(model),
            epochs=1,
            batch_size=40,
        )


def test_a_diverging_run_is_stopped_with_advice() -> None:
    model = nn.Sequential(nn.Linear(1, 1), nn.Flatten(0))
    with pytest.raises(FloatingPointError, match="smaller learning rate"):
        fit(
            model,
            noisy_line(40),
            loss=nn.functional.mse_loss,
            optimizer=torch.optim.SGD(model.parameters(), lr=1e6),
            epochs=50,
            batch_size=8,
        )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"patience": 2}, "needs validation"),
        ({"patience": 0, "validation": spirals(30)}, "at least 1 epoch"),
        ({"batch_size": 0}, "batch_size must be at least 1"),
        ({"validation": (torch.zeros(0, 2), torch.zeros(0))}, "no samples"),
    ],
)
def test_arguments_that_cannot_be_are_refused(
    options: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        run(network(), **options)
