"""What the explorer of messages computes in JavaScript, compared with torch."""

from typing import Any

import networkx as nx
import numpy as np
import pytest
import torch

from utils.explorers import MessageRounds

PRESETS = ["path", "ring", "star, no loops", "many rounds", "three triangles"]


def matrices(state: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Who hears whom, without and with the loops that the state asks for, (9, 9)."""
    A = np.zeros((9, 9))
    for i, j in state["edges"]:
        A[i, j] = A[j, i] = 1
    loops = state["loops"] or state["aggregation"] == "normalized"
    return A, A + loops * np.eye(9)


def rounds_by_torch(state: dict[str, Any], first: np.ndarray) -> np.ndarray:
    """Values after 0 to 20 rounds, (21, 9)."""
    _, heard = matrices(state)
    i, j = torch.tensor(np.argwhere(heard)).T
    degree = torch.tensor(heard.sum(axis=1))
    values = [torch.tensor(first)]
    for _ in range(20):
        messages, kind = values[-1][j], state["aggregation"]
        if kind == "normalized":
            messages = messages / (degree[i] * degree[j]).sqrt()
        how = {"mean": "mean", "max": "amax"}.get(kind, "sum")
        empty = torch.zeros(9, dtype=torch.float64)
        values.append(empty.scatter_reduce(0, i, messages, how, include_self=False))
    return torch.stack(values).numpy()


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("aggregation", ["sum", "mean", "max", "normalized"])
def test_rounds_agree_with_torch(
    plain_page: Any, preset: str, aggregation: str
) -> None:
    for loops in (True, False):
        values = MessageRounds.presets[preset] | {"aggregation": aggregation}
        explorer = MessageRounds(**values | {"loops": loops})
        plain_page.mount(explorer)
        shown, state = plain_page.readout(), explorer.state
        first = np.ones(9)
        if state["begin"] != "all have 1":
            first = np.eye(9)[state["source"] - 1]
        expected = rounds_by_torch(state, first)
        assert np.allclose(shown["all"], expected)
        assert np.allclose(shown["range"], np.ptp(expected, axis=1))


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("aggregation", ["mean", "normalized"])
def test_the_limit_is_that_of_a_high_power(
    plain_page: Any, preset: str, aggregation: str
) -> None:
    values = MessageRounds.presets[preset] | {"aggregation": aggregation}
    explorer = MessageRounds(**values | {"loops": True})
    plain_page.mount(explorer)
    shown = plain_page.readout()
    _, heard = matrices(explorer.state)
    degree = heard.sum(axis=1)
    M = heard / degree[:, None]
    if aggregation == "normalized":
        M = heard / np.sqrt(np.outer(degree, degree))
    all_values = np.array(shown["all"])
    limit = np.linalg.matrix_power(M, 4000) @ all_values[0]
    assert np.allclose(shown["limit"], limit)
    assert np.allclose(shown["distance"], np.abs(all_values - limit).max(axis=1))


@pytest.mark.parametrize("rounds", [0, 1, 2, 4])
def test_the_receptive_field_is_a_ball(plain_page: Any, rounds: int) -> None:
    explorer = MessageRounds(rounds=rounds, watched=2)
    plain_page.mount(explorer)
    shown = plain_page.readout()
    graph = nx.Graph(explorer.state["edges"])
    steps = nx.single_source_shortest_path_length(graph, 1)
    assert shown["field"] == [steps[i] <= rounds for i in range(9)]
    assert shown["reached"] == nx.eccentricity(graph, 0)


def test_clicks_and_keys_change_the_graph(plain_page: Any) -> None:
    edges = MessageRounds.start["edges"]
    explorer = plain_page.mount(MessageRounds(click="join or part"))
    explorer.locator("[data-handle=node-1]").click()
    explorer.locator("[data-handle=node-8]").press("Enter")
    assert plain_page.state()["edges"] == [*edges, [1, 8]]
    for node in (8, 1):
        explorer.locator(f"[data-handle=node-{node}]").press("Space")
    assert plain_page.state()["edges"] == edges
    plain_page.mount(MessageRounds(click="source"))
    explorer.locator("[data-handle=node-6]").click()
    assert plain_page.state()["source"] == 7
    assert plain_page.readout()["all"][0] == np.eye(9)[6].tolist()


def test_a_lonely_node_gets_nothing_or_keeps_its_own(plain_page: Any) -> None:
    for loops, left in [(True, 1.0), (False, 0.0)]:
        plain_page.mount(MessageRounds(edges=[[1, 2]], loops=loops))
        shown = plain_page.readout()
        assert shown["all"][5][0] == left
        assert shown["reached"] is None
