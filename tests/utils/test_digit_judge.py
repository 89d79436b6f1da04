"""The judge of made digits."""

import numpy as np
import pytest
import torch

from utils.datasets import load_digits
from utils.digit_judge import DigitJudge

DIGITS = load_digits()


@pytest.fixture(scope="module")
def judge() -> DigitJudge:
    """Trained on two thirds of the real digits, compares with the others."""
    return DigitJudge(DIGITS.X[:1200], DIGITS.y[:1200], DIGITS.X[1200:])


def test_it_knows_digits_that_it_has_not_seen(judge: DigitJudge) -> None:
    assert judge.agreement(DIGITS.X[1200:], DIGITS.y[1200:]) > 0.9
    assert judge.agreement(DIGITS.X[1200:], (DIGITS.y[1200:] + 1) % 10) < 0.1


def test_distance_is_the_one_of_two_gaussians(judge: DigitJudge) -> None:
    made = judge.features(DIGITS.X[:300] ** 2).double().numpy()
    real = judge.features(DIGITS.X[1200:]).double().numpy()
    P, Q = np.cov(made.T, bias=True), np.cov(real.T, bias=True)
    roots = np.sqrt(np.linalg.eigvals(P @ Q).real.clip(min=0))
    gap = np.sum((made.mean(0) - real.mean(0)) ** 2)
    expected = gap + np.trace(P + Q) - 2 * roots.sum()
    assert judge.distance(DIGITS.X[:300] ** 2) == pytest.approx(expected, abs=1e-3)
    assert judge.distance(DIGITS.X[1200:]) == pytest.approx(0, abs=1e-6)


def test_noise_and_a_single_digit_are_far_away(judge: DigitJudge) -> None:
    real = judge.distance(DIGITS.X[:400])
    assert judge.distance(torch.rand(400, 64)) > 20 * real
    assert judge.distance(DIGITS.X[:1200][DIGITS.y[:1200] == 3]) > 5 * real


def test_the_same_seed_gives_the_same_judge_and_draws_nothing(
    judge: DigitJudge,
) -> None:
    torch.manual_seed(5)
    again = DigitJudge(DIGITS.X[:1200], DIGITS.y[:1200], DIGITS.X[1200:])
    drawn = torch.rand(1)
    torch.manual_seed(5)
    assert torch.equal(drawn, torch.rand(1))
    images = torch.tensor(DIGITS.X[:5])
    assert torch.equal(again.features(images), judge.features(images.flatten(1)))
