"""The explorer of unit 16: loss, forces and steps compared with torch."""

from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from utils.explorers import ContrastivePairs

STEPS = 120


def on_circle(angles: torch.Tensor) -> torch.Tensor:
    return torch.stack([angles.cos(), angles.sin()], dim=-1)


def loss_by_torch(angles: torch.Tensor, state: dict[str, Any]) -> torch.Tensor:
    """InfoNCE in both directions, from the angles of a and then of b, (10,)."""
    a, b = on_circle(angles).reshape(2, 5, 2)
    if not state["negatives"]:
        return -(a * b).sum(dim=1).mean() / state["temperature"]
    scores = a @ b.T / state["temperature"]
    if state["same"] == "left alone":
        out = torch.zeros(5, 5, dtype=torch.bool)
        out[0, 1] = out[1, 0] = True
        scores = scores.masked_fill(out, float("-inf"))
    own = torch.arange(5)
    return (F.cross_entropy(scores, own) + F.cross_entropy(scores.T, own)) / 2


def first_angles(state: dict[str, Any]) -> torch.Tensor:
    degrees = state["first"] + state["second"]
    return torch.deg2rad(torch.tensor(degrees, dtype=torch.float64))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"temperature": 0.1, "step": 40},
        {"temperature": 1.7, "step": STEPS, "first": [0, 10, 20, 30, 359]},
        {"negatives": False, "step": 25},
        {"same": "false negatives", "step": 60},
        {"same": "left alone", "step": 60},
        {"same": "left alone", "negatives": False, "step": 7},
    ],
)
def test_steps_agree_with_torch(plain_page: Any, values: dict[str, Any]) -> None:
    explorer = ContrastivePairs(**values)
    plain_page.mount(explorer)
    shown, state = plain_page.readout(), explorer.state
    angles = first_angles(state)
    losses = []
    for step in range(STEPS + 1):
        angles = angles.detach().requires_grad_()
        loss = loss_by_torch(angles, state)
        (slope,) = torch.autograd.grad(loss, angles)
        losses.append(loss.item())
        if step == state["step"]:
            assert np.allclose(shown["angles"], angles.detach())
            assert np.allclose(shown["forces"], -slope, atol=1e-9)
            assert np.isclose(shown["loss"], loss.item())
            a, b = on_circle(angles.detach()).reshape(2, 5, 2)
            assert np.isclose(shown["alignment"], ((a - b) ** 2).sum(1).mean())
            apart = torch.cat([torch.pdist(a), torch.pdist(b)])
            assert np.isclose(
                shown["uniformity"], (-2 * apart**2).exp().mean().log().item()
            )
        angles = angles - state["temperature"] / 2 * slope
    assert np.allclose(shown["losses"], losses)


def test_presets_do_what_they_say(plain_page: Any) -> None:
    shown = {}
    for name, values in ContrastivePairs.presets.items():
        plain_page.mount(ContrastivePairs(**values))
        shown[name] = plain_page.readout()
    assert shown["trained"]["alignment"] < 0.01
    assert shown["trained"]["uniformity"] < -3.3  # as even as five places can be
    assert shown["no negatives"]["alignment"] < 1e-6
    assert shown["no negatives"]["uniformity"] > -1.7  # nothing spread them
    assert np.isclose(shown["one place"]["loss"], np.log(5), atol=0.02)

    def gap(name: str) -> float:
        a, b = shown[name]["angles"][:2]
        return abs(float(np.arccos(np.cos(a - b))))

    assert gap("false negatives") > 3 * gap("left alone")


def test_collapse_costs_nothing_without_negatives(plain_page: Any) -> None:
    place = ContrastivePairs.presets["one place"]
    page = plain_page.mount(ContrastivePairs(negatives=False, **place))
    shown = plain_page.readout()
    assert np.isclose(shown["loss"], -1 / 0.3, rtol=0.01)
    assert np.abs(shown["forces"]).max() < 0.1
    assert "as good as it gets" in page.locator(".explorer-summary").inner_text()
    plain_page.mount(ContrastivePairs(**{**place, "step": STEPS}))
    assert plain_page.readout()["uniformity"] < -1.5  # with negatives it is left


def test_wrong_angles_are_refused() -> None:
    with pytest.raises(ValueError, match="5 angles"):
        ContrastivePairs(first=[1, 2])
