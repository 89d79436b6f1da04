"""What the attention explorer computes in JavaScript, compared with torch."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from utils import explorers
from utils.explorers import AttentionMap
from utils.number_words import english_words, german_words


def weights_by_torch(shown: dict[str, Any], temperature: float) -> torch.Tensor:
    """Weights from the shown queries and keys, (T, S)."""
    Q, K = (torch.tensor(shown[name], dtype=torch.float64) for name in "QK")
    mask = torch.ones(len(Q), len(K), dtype=torch.bool)
    if shown["masked"]:
        mask = mask.tril()
    values = torch.eye(len(K), dtype=torch.float64)
    return torch.nn.functional.scaled_dot_product_attention(
        Q, K, values, attn_mask=mask, scale=1 / (2 * temperature)
    )


@pytest.mark.parametrize("example", ["number", "word order", "fox"])
@pytest.mark.parametrize("head", ["1", "2", "3"])
@pytest.mark.parametrize("temperature", [0.1, 1.0, 7.0])
def test_weights_agree_with_torch(
    plain_page: Any, example: str, head: str, temperature: float
) -> None:
    plain_page.mount(AttentionMap(example=example, head=head, temperature=temperature))
    shown = plain_page.readout()
    assert not shown["masked"]
    expected = weights_by_torch(shown, temperature)
    assert np.allclose(shown["weights"], expected)
    assert shown["strongest"] == int(expected[shown["row"]].argmax())


def test_the_causal_mask_is_that_of_torch(plain_page: Any) -> None:
    for head in "123":
        plain_page.mount(AttentionMap(example="fox", head=head, causal=True))
        shown = plain_page.readout()
        weights = np.array(shown["weights"])
        assert np.allclose(weights, weights_by_torch(shown, 1.0))
        assert np.all(weights[np.triu_indices(len(weights), 1)] == 0)
        assert weights[0, 0] == 1


def test_learned_numbers_are_those_of_the_file(plain_page: Any) -> None:
    script = Path(explorers.__file__).with_name("attention_map.js").read_text("utf-8")
    block = re.search(r"const LEARNED = (\{.*?\n\});", script, flags=re.DOTALL)
    assert block
    text = re.sub(r"^  (\w+):", r'  "\1":', block[1], flags=re.MULTILINE)
    learned = json.loads(re.sub(r",(\s*[\]}])", r"\1", text))
    assert learned["keys"] == german_words(365)
    assert learned["queries"][:-1] == english_words(365)
    for head in range(3):
        plain_page.mount(AttentionMap(head=str(head + 1)))
        shown = plain_page.readout()
        assert shown["Q"] == learned["Q"][head]
        assert shown["K"] == learned["K"][head]


def test_tens_and_units_cross(plain_page: Any) -> None:
    for head in "23":
        for query, word in [(3, "sechzig"), (4, "fünf")]:
            plain_page.mount(AttentionMap(head=head, query=query))
            shown = plain_page.readout()
            assert shown["keys"][shown["strongest"]] == word


def test_heads_made_by_hand_do_what_they_say(plain_page: Any) -> None:
    plain_page.mount(AttentionMap(example="fox", head="1"))
    best = np.argmax(plain_page.readout()["weights"], axis=1)
    assert best[1:].tolist() == list(range(8))
    plain_page.mount(AttentionMap(example="word order", head="1"))
    best = np.argmax(plain_page.readout()["weights"], axis=1)
    assert best.tolist() == list(range(8))
    plain_page.mount(AttentionMap(example="word order", head="2"))
    best = np.argmax(plain_page.readout()["weights"], axis=1)
    assert best.tolist() == [0, 1, 3, 2, 6, 7, 4, 5]


def test_the_pointer_chooses_a_word(plain_page: Any) -> None:
    explorer = plain_page.mount(AttentionMap(example="fox", query=1))
    box = explorer.locator("canvas").bounding_box()
    plain_page.page.mouse.move(box["x"] + 60, box["y"] + 300)
    plain_page.page.wait_for_function("() => harness.model.get('state').query > 7")
