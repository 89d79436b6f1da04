"""Explorer of unit 19: values, actions and episodes compared with numpy."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from utils.explorers import GridValues

ROWS, COLUMNS, START = 5, 6, 24
REWARDS = {".": 0.0, "#": 0.0, "G": 1.0, "P": -1.0, "$": 0.2}
PRESETS = ["one sweep", "slippery", "short-sighted", "bonus"]


def tables(state: dict[str, Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """P (S, A, S) with zeros at an end, R (S, A), and which cells are free (S,)."""
    kinds = "".join(state["cells"])
    grid = np.array(list(kinds)).reshape(ROWS, COLUMNS)
    P, R = np.zeros((30, 4, 30)), np.zeros((30, 4))
    moves = [(-1, 0), (0, 1), (1, 0), (0, -1)]
    slip = state["slip"]
    for (r, c), kind in np.ndenumerate(grid):
        if kind not in ".$":
            continue
        for a in range(4):
            for turn, chance in [(0, 1 - slip), (1, slip / 2), (-1, slip / 2)]:
                dr, dc = moves[(a + turn) % 4]
                i, j = r + dr, c + dc
                if not (0 <= i < ROWS and 0 <= j < COLUMNS) or grid[i, j] == "#":
                    i, j = r, c
                R[r * 6 + c, a] += chance * (REWARDS[grid[i, j]] - state["cost"])
                P[r * 6 + c, a, i * 6 + j] += chance * (grid[i, j] not in "GP")
    return P, R, np.array([kind in ".$" for kind in kinds])


@pytest.mark.parametrize("preset", PRESETS)
def test_sweeps_agree_with_numpy(plain_page: Any, preset: str) -> None:
    explorer = GridValues(**GridValues.presets[preset])
    plain_page.mount(explorer)
    shown, state = plain_page.readout(), explorer.state
    P, R, free = tables(state)
    gamma = state["discount"]
    V, seen = np.zeros(30), []
    for _ in range(4001):
        seen.append(V)
        V = (R + gamma * P @ V).max(axis=1)
    now = seen[state["step"]]
    assert np.allclose(shown["V"], now)
    assert np.allclose(np.array(shown["Q"])[free], (R + gamma * P @ now)[free])
    assert np.allclose(shown["best"], V, atol=1e-9)
    errors = [np.abs(v - V)[free].mean() for v in seen[:81]]
    assert np.allclose(shown["errors"], errors, atol=1e-9)
    assert shown["free"] == np.flatnonzero(free).tolist()


def mulberry(seed: int) -> Iterator[float]:
    """The numbers of random.js."""
    low = 0xFFFFFFFF
    a = (seed * 2654435761 + 1) & low
    while True:
        a = (a + 0x6D2B79F5) & low
        t = ((a ^ (a >> 15)) * (1 | a)) & low
        t = ((t + (((t ^ (t >> 7)) * (61 | t)) & low)) & low) ^ t
        yield (t ^ (t >> 14)) / 2**32


def one_episode(
    state: dict[str, Any], Q: np.ndarray, random: Callable[[], float]
) -> list[int]:
    """Q-learning on the picture's world; changes Q and returns the cells."""
    kinds = "".join(state["cells"])
    grid = np.array(list(kinds)).reshape(ROWS, COLUMNS)
    moves = [(-1, 0), (0, 1), (1, 0), (0, -1)]
    path = [START]
    while len(path) <= 60:
        cell = path[-1]
        if random() < state["epsilon"]:
            wanted = int(4 * random())
        else:
            wanted = int(Q[cell].argmax())
        u = random()
        turn = 0 if u < 1 - state["slip"] else 1 if u < 1 - state["slip"] / 2 else -1
        dr, dc = moves[(wanted + turn) % 4]
        i, j = cell // 6 + dr, cell % 6 + dc
        if not (0 <= i < ROWS and 0 <= j < COLUMNS) or grid[i, j] == "#":
            i, j = cell // 6, cell % 6
        to, ended = i * 6 + j, grid[i, j] in "GP"
        target = REWARDS[grid[i, j]] - state["cost"]
        target += 0 if ended else state["discount"] * Q[to].max()
        Q[cell, wanted] += 0.5 * (target - Q[cell, wanted])
        path.append(to)
        if ended:
            break
    return path


@pytest.mark.parametrize(
    "values", [{}, {"seed": 7, "epsilon": 0.6, "slip": 0.3}, {"epsilon": 0.0}]
)
def test_learning_agrees_with_numpy(plain_page: Any, values: dict[str, Any]) -> None:
    explorer = GridValues(mode="Q-learning", step=50, **values)
    plain_page.mount(explorer)
    shown, numbers = plain_page.readout(), mulberry(explorer.state["seed"])
    Q = np.zeros((30, 4))
    for _ in range(50):
        path = one_episode(explorer.state, Q, lambda: next(numbers))
    assert shown["path"] == path
    assert np.allclose(shown["Q"], Q)
    assert np.allclose(shown["V"], Q.max(axis=1))


def test_without_exploration_nothing_is_found(plain_page: Any) -> None:
    plain_page.mount(GridValues(**GridValues.presets["no exploration"]))
    assert not np.any(plain_page.readout()["V"])


def test_a_pressed_cell_changes_and_the_start_stays(plain_page: Any) -> None:
    explorer = plain_page.mount(GridValues())
    handle = explorer.locator('[data-handle="cell-0"]')
    kinds = ""
    for _ in range(5):
        handle.press("Enter")
        kinds += plain_page.state()["cells"][0][0]
    assert kinds == "#GP$."
    handle.press("ArrowDown")
    assert plain_page.state()["cells"][0][0] == "$"
    assert explorer.locator(f'[data-handle="cell-{START}"]').count() == 0
