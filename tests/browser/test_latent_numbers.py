"""The decoder that runs in the browser, compared with torch and with the digits."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from utils.datasets import load_digits
from utils.explorers import LatentPlane


def decoder_of(shown: dict[str, Any]) -> nn.Sequential:
    """2 → 32 → 64 with the weights that the browser unpacked."""
    model = nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 64), nn.Sigmoid())
    model = model.double()
    with torch.no_grad():
        for place, name in zip(model.parameters(), "WbVc", strict=True):
            values = torch.tensor(shown["decoder"][name], dtype=torch.float64)
            place.copy_(values.reshape(place.shape))
    return model


@pytest.mark.parametrize(
    "values", [{}, {"way": 0.3, "a_x": -2.5, "b_y": 2.0}, {"b_x": 3.0, "way": 1.0}]
)
def test_decoder_agrees_with_torch(plain_page: Any, values: dict[str, Any]) -> None:
    explorer = LatentPlane(**values)
    plain_page.mount(explorer)
    shown, state = plain_page.readout(), explorer.state
    model = decoder_of(shown)
    a, b = (np.array([state[f"{k}_x"], state[f"{k}_y"]]) for k in "ab")
    z = (1 - state["way"]) * a + state["way"] * b
    with torch.no_grad():
        assert np.allclose(shown["z"], z)
        assert np.allclose(shown["image"], model(torch.tensor(z)))
        for part, image in zip((0, 0.25, 0.5, 0.75, 1), shown["row"], strict=True):
            assert np.allclose(image, model(torch.tensor((1 - part) * a + part * b)))
    gaps = np.linalg.norm(np.array(shown["codes"]) - z, axis=1)
    assert np.isclose(shown["distance"], gaps.min())
    nearest = np.array(shown["classes"])[np.argsort(gaps, kind="stable")[:5]]
    assert shown["nearest"] == nearest.tolist()


def test_codes_are_those_of_the_digits(plain_page: Any) -> None:
    plain_page.mount(LatentPlane())
    shown = plain_page.readout()
    digits = load_digits()
    pixels = digits.X.reshape(-1, 64)[:300]
    assert shown["classes"] == digits.y[:300].tolist()
    with torch.no_grad():
        again = decoder_of(shown)(torch.tensor(shown["codes"], dtype=torch.float64))
    error = np.mean((again.numpy() - pixels) ** 2)
    assert error < 0.65 * np.mean((pixels - pixels.mean(axis=0)) ** 2)
    shuffled = again.numpy()[np.random.default_rng(0).permutation(300)]
    assert error < 0.5 * np.mean((shuffled - pixels) ** 2)
