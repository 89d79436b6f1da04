"""The game of two networks in JavaScript, compared with torch step by step."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from utils.explorers import GanSteps

softplus = nn.functional.softplus


def network(weights: dict[str, Any], outputs: int) -> nn.Sequential:
    """2 → 24 → outputs with the weights that JavaScript drew."""
    model = nn.Sequential(nn.Linear(2, 24), nn.Tanh(), nn.Linear(24, outputs)).double()
    parts = {"0.weight": ("W", (24, 2)), "0.bias": ("b", (24,))}
    parts |= {"2.weight": ("V", (outputs, 24)), "2.bias": ("c", (outputs,))}
    model.load_state_dict(
        {
            name: torch.tensor(weights[letter], dtype=torch.float64).reshape(shape)
            for name, (letter, shape) in parts.items()
        }
    )
    return model


def generator_loss(s: Tensor, kind: str) -> Tensor:
    """log(1 - D) or -log D of the scores s, their mean."""
    return -softplus(s).mean() if kind == "minimax" else softplus(-s).mean()


def game_by_torch(
    shown: dict[str, Any], state: dict[str, Any]
) -> tuple[nn.Sequential, nn.Sequential]:
    """Both networks after the steps of the state."""
    points, noise = (torch.tensor(shown[k]).double() for k in ("points", "noise"))
    G, D = network(shown["first"]["G"], 2), network(shown["first"]["D"], 1)
    adam_g, adam_d = (
        torch.optim.Adam(m.parameters(), state[rate], betas=(0.5, 0.99), foreach=False)
        for m, rate in ((G, "g_rate"), (D, "d_rate"))
    )
    round_ = state["d_moves"] + state["g_moves"]
    moves = [True] * state["lead"]
    moves += [t % round_ < state["d_moves"] for t in range(state["step"])]
    for discriminator in moves:
        fake = G(noise)
        if discriminator:
            real = D(points)
            loss = softplus(-real).mean() / 2 + softplus(D(fake.detach())).mean() / 2
        else:
            loss = generator_loss(D(fake), state["loss"])
        optimizer = adam_d if discriminator else adam_g
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return G, D


CASES = [
    {"step": 0},
    {"step": 41},
    {"step": 30, "loss": "minimax", "clouds": "two", "seed": 4},
    {"step": 25, "d_moves": 2, "g_moves": 3, "clouds": "four", "d_rate": 0.005},
    {"step": 3, "lead": 40, "probe_x": 1.0, "probe_y": -0.5},
]


@pytest.mark.parametrize("values", CASES)
def test_game_agrees_with_torch(plain_page: Any, values: dict[str, Any]) -> None:
    explorer = GanSteps(**values)
    plain_page.mount(explorer)
    shown, state = plain_page.readout(), explorer.state
    G, D = game_by_torch(shown, state)
    points, noise = (torch.tensor(shown[k]).double() for k in ("points", "noise"))
    samples = G(noise)
    assert np.allclose(shown["samples"], samples.detach(), atol=1e-7)
    real, fake = D(points), D(samples)
    J_D = softplus(-real).mean() / 2 + softplus(fake).mean() / 2
    assert np.isclose(shown["J_D"], J_D.item())
    assert np.isclose(shown["minimax"], generator_loss(fake, "minimax").item())
    assert np.isclose(shown["nonSaturating"], generator_loss(fake, "other").item())
    assert np.isclose(shown["d_real"], torch.sigmoid(real).mean().item())
    assert np.isclose(shown["d_fake"], torch.sigmoid(fake).mean().item())
    slopes = torch.autograd.grad(
        generator_loss(fake, state["loss"]), list(G.parameters())
    )
    length = torch.cat([slope.flatten() for slope in slopes]).norm().item()
    assert np.isclose(shown["pull"], length)
    place = torch.tensor([state["probe_x"], state["probe_y"]]).double()
    assert np.isclose(shown["probe"], torch.sigmoid(D(place)).item())


def test_presets_do_what_they_say(plain_page: Any) -> None:
    shown = {}
    for name, values in GanSteps.presets.items():
        plain_page.mount(GanSteps(**values))
        shown[name] = plain_page.readout()
    assert shown["in balance"]["modes"] == shown["careful discriminator"]["modes"] == 6
    assert shown["in balance"]["good"] > 0.85
    assert sorted(shown["collapse"]["counts"]) == [0, 96]
    assert shown["not saturated"]["pull"] > 100 * shown["saturated"]["pull"]
