"""What the explorers of diffusion and flows compute in JavaScript, against numpy."""

from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from utils.explorers import DiffusionSlider, FlowTrajectories

T = 50
Floats = np.ndarray


def arc(count: int) -> Floats:
    return (np.arange(count) + 0.5) / count


def centers(data: str) -> Floats:
    """Middles of the mixture, (K, 2)."""
    if data == "three blobs":
        return np.array([[-1.4, -0.8], [1.4, -0.8], [0, 1.6]])
    if data == "ring":
        angle = 2 * np.pi * arc(16)
        return 1.5 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    half = 1.3 * np.stack([np.cos(np.pi * arc(12)), np.sin(np.pi * arc(12))], axis=1)
    return np.concatenate([half - [0.65, 0.35], [0.65, 0.35] - half])


def log_density(x: Floats, state: dict[str, Any], a: float, b: float) -> Floats:
    """Log-density of a·data + b·noise, (N, 2) → (N,)."""
    middle = a * centers(state["data"])  # (K, 2)
    var = (a * state["spread"]) ** 2 + b**2
    squares = ((x[:, None] - middle) ** 2).sum(axis=2)  # (N, K)
    logs = -squares / (2 * var) - np.log(2 * np.pi * var * len(middle))
    return np.logaddexp.reduce(logs, axis=1)


def score(x: Floats, state: dict[str, Any], a: float, b: float) -> Floats:
    """Its gradient by central differences, (N, 2)."""
    h = 1e-5
    slopes = [
        (log_density(x + d, state, a, b) - log_density(x - d, state, a, b)) / (2 * h)
        for d in h * np.eye(2)
    ]
    return np.stack(slopes, axis=1)


def alpha_bars(schedule: str) -> Floats:
    """ᾱ_0 … ᾱ_T."""
    if schedule == "linear":
        betas = np.linspace(0.002, 0.4, T)
    else:
        f = np.cos((np.arange(T + 1) / T + 0.008) / 1.008 * np.pi / 2) ** 2
        betas = np.minimum(1 - f[1:] / f[:-1], 0.999)
    return np.concatenate([[1.0], np.cumprod(1 - betas)])


@pytest.mark.parametrize(
    "values", [{}, {"schedule": "cosine", "step": 20}, {"data": "ring", "step": 50}]
)
def test_noise_comes_in_closed_form(plain_page: Any, values: dict[str, Any]) -> None:
    explorer = DiffusionSlider(**values)
    plain_page.mount(explorer)
    shown, state = plain_page.readout(), explorer.state
    bars = alpha_bars(state["schedule"])
    assert np.allclose(shown["bars"], bars)
    bar = bars[state["step"]]
    mixed = np.sqrt(bar) * np.array(shown["clean"])
    mixed += np.sqrt(1 - bar) * np.array(shown["noise"])
    assert np.allclose(shown["points"][0], mixed)


@pytest.mark.parametrize(
    "values",
    [
        {"sampler": "DDPM", "updates": 50},
        {"sampler": "DDIM", "updates": 5},
        {"sampler": "DDPM", "updates": 7, "data": "three blobs", "spread": 0.3},
        {"sampler": "DDIM", "updates": 20, "schedule": "cosine", "data": "ring"},
    ],
)
def test_both_samplers_follow_the_score(
    plain_page: Any, values: dict[str, Any]
) -> None:
    explorer = DiffusionSlider(direction="generate", step=T, **values)
    plain_page.mount(explorer)
    shown, state = plain_page.readout(), explorer.state
    bars, x = alpha_bars(state["schedule"]), np.array([shown["noise"]])
    times = shown["times"]
    assert times[0] == T and times[-1] == 0 and len(times) == state["updates"] + 1
    for k in range(len(times) - 1):
        bar, after = bars[times[k]], bars[times[k + 1]]
        b = np.sqrt(1 - bar)
        noise = -b * score(x, state, np.sqrt(bar), b)
        x0 = (x - b * noise) / np.sqrt(bar)
        if state["sampler"] == "DDIM":
            x = np.sqrt(after) * x0 + np.sqrt(1 - after) * noise
        else:  # the posterior of the step, as in Ho, Jain and Abbeel (2020)
            beta = 1 - bar / after
            mean = np.sqrt(after) * beta * x0
            mean = (mean + np.sqrt(1 - beta) * (1 - after) * x) / (1 - bar)
            x = mean + np.sqrt((1 - after) / (1 - bar) * beta) * np.array(
                shown["draws"][k]
            )
        assert np.allclose(shown["first"][k + 1], x[0], atol=1e-3)
    points = np.array(shown["points"])
    assert np.isclose(shown["made"], log_density(points, state, 1, 0).mean())


def test_many_updates_end_on_the_data_and_few_random_ones_do_not(
    plain_page: Any,
) -> None:
    made = {}
    for sampler, updates in [("DDPM", 50), ("DDPM", 5), ("DDIM", 5)]:
        plain_page.mount(
            DiffusionSlider(
                direction="generate", step=T, sampler=sampler, updates=updates
            )
        )
        shown = plain_page.readout()
        made[sampler, updates] = shown["made"] - shown["real"]
    assert abs(made["DDPM", 50]) < 0.3
    assert made["DDPM", 5] != made["DDIM", 5]


COEFFICIENTS = {
    "straight": lambda t: (t, 1 - t, 1.0, -1.0),
    "curved": lambda t: (
        np.sin(np.pi / 2 * t),
        np.cos(np.pi / 2 * t),
        np.pi / 2 * np.cos(np.pi / 2 * t),
        -np.pi / 2 * np.sin(np.pi / 2 * t),
    ),
}


def velocity(t: float, x: Floats, state: dict[str, Any]) -> Floats:
    """a′·E[data | x] + b′·E[noise | x], from the score, (N, 2)."""
    a, b, da, db = COEFFICIENTS[state["path"]](t)
    noise = -b * score(x, state, a, b)
    if a < 1e-9:
        return da * np.tile(centers(state["data"]).mean(axis=0), (len(x), 1)) + db * x
    return da * (x - b * noise) / a + db * noise


@pytest.mark.parametrize(
    "values",
    [{}, {"path": "curved", "steps": 12}, {"data": "three blobs", "spread": 0.3}],
)
def test_euler_follows_the_exact_velocity(
    plain_page: Any, values: dict[str, Any]
) -> None:
    explorer = FlowTrajectories(**values)
    plain_page.mount(explorer)
    shown, state = plain_page.readout(), explorer.state
    x = np.array(shown["starts"])
    assert np.allclose(x[0], [state["start_x"], state["start_y"]])
    for k in range(state["steps"]):
        x = x + velocity(k / state["steps"], x, state) / state["steps"]
        assert np.allclose(shown["euler"][k + 1], x[0], atol=1e-3)
    assert np.allclose(shown["ends"], x, atol=1e-3)
    start = np.array(shown["starts"][0])
    flow = solve_ivp(
        lambda t, y: velocity(t, y[None], state)[0],
        (0, 1 - 1e-6),
        start,
        rtol=1e-8,
        atol=1e-10,
    )
    assert np.allclose(shown["end"], flow.y[:, -1], atol=0.01)
    misses = np.linalg.norm(x - np.array(shown["exact_ends"]), axis=1)
    assert np.isclose(shown["error"], misses.mean(), atol=1e-3)


def test_the_path_that_keeps_the_size_of_the_cloud_is_the_shorter(
    plain_page: Any,
) -> None:
    plain_page.mount(FlowTrajectories())
    shown = plain_page.readout()
    bends, errors = shown["bends"], shown["errors"]
    assert 1 < bends["curved"] < bends["straight"]
    for name in bends:
        assert errors[name][-1] < errors[name][0] / 5
    pairs = zip(errors["curved"], errors["straight"], strict=True)
    assert all(curved < straight for curved, straight in pairs)
