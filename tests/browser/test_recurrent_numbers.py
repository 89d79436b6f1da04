"""What the explorer of recurrent units computes in JavaScript, compared with torch."""

from typing import Any

import numpy as np
import pytest
import torch

from utils.explorers import LstmGates


def spikes(state: dict[str, Any]) -> torch.Tensor:
    """The input of the explorer, (30,)."""
    x = torch.zeros(30, dtype=torch.float64)
    for k in (1, 2, 3):
        x[state[f"at_{k}"] - 1] += state[f"height_{k}"]
    return x


CASES = [
    {},
    *LstmGates.presets.values(),
    {"at_2": 4, "u": -1.5, "w_o": -3.0, "w": -2.0},
]


@pytest.mark.parametrize("values", CASES)
def test_lstm_and_rnn_agree_with_torch(plain_page: Any, values: dict[str, Any]) -> None:
    explorer = LstmGates(**values)
    plain_page.mount(explorer)
    shown, state = plain_page.readout(), explorer.state
    cell, plain = torch.nn.LSTMCell(1, 1).double(), torch.nn.RNNCell(1, 1).double()
    with torch.no_grad():
        names = ("w_i", "w_f", "w", "w_o")  # torch's order: i, f, g, o
        cell.weight_ih.copy_(torch.tensor([[state[name]] for name in names]))
        cell.weight_hh.copy_(torch.tensor([[0], [0], [state["u"]], [0]]))
        biases = [state["b_i"], state["b_f"], 0, state["b_o"]]
        cell.bias_ih.copy_(torch.tensor(biases))
        cell.bias_hh.zero_()
        plain.weight_ih.fill_(state["w"])
        plain.weight_hh.fill_(state["u"])
        plain.bias_ih.zero_()
        plain.bias_hh.zero_()
    h = c = torch.zeros(1, 1, dtype=torch.float64)
    states = [torch.zeros(1, 1, dtype=torch.float64)]
    cells, outputs = [], []
    for value in spikes(state):
        h, c = cell(value.reshape(1, 1), (h, c))
        states.append(plain(value.reshape(1, 1), states[-1]))
        cells.append(c.item())
        outputs.append(h.item())
    assert np.allclose(shown["c"], cells)
    assert np.allclose(shown["h"], outputs)
    assert np.allclose(shown["rnn"], [s.item() for s in states[1:]])
    slopes = torch.autograd.grad(states[-1], states[1:])
    assert np.allclose(shown["rnn_kept"], [s.item() for s in slopes])


def test_without_feedback_the_cell_keeps_the_product_of_its_forget_gates(
    plain_page: Any,
) -> None:
    explorer = LstmGates(u=0.0, w_f=2.0)
    plain_page.mount(explorer)
    shown, x = plain_page.readout(), spikes(explorer.state)
    f = torch.sigmoid(2.0 * x + explorer.state["b_f"])
    i, g = torch.sigmoid(0 * x), torch.tanh(explorer.state["w"] * x)
    cells = [torch.zeros(1, dtype=torch.float64, requires_grad=True)]
    for t in range(30):
        cells.append(f[t] * cells[-1] + i[t] * g[t])
    slopes = torch.autograd.grad(cells[-1], cells[1:])
    assert np.allclose(shown["kept"], [s.item() for s in slopes])
    assert np.allclose(shown["f"], f)


def test_a_preset_remembers_and_another_forgets(plain_page: Any) -> None:
    plain_page.mount(LstmGates(**LstmGates.presets["remember"]))
    shown = plain_page.readout()
    assert shown["c"][-1] > 0.8
    assert abs(shown["rnn"][18]) < 0.2 * shown["c"][18]
    plain_page.mount(LstmGates(**LstmGates.presets["erase"]))
    shown = plain_page.readout()
    assert shown["c"][20] > 0.8 > 0.1 > abs(shown["c"][-1])
