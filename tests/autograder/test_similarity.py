"""Copies come first in the ranking, whatever was renamed; usual answers do not."""

import random

import numpy as np
import pytest

from autograder.reports.similarity import rank_pairs, tokens

STUB = "def mean(values):\n    raise NotImplementedError()\n"
LONG = """def mean(values):
    total = 0.0
    count = 0
    for value in values:
        # add it
        if value is not None:
            total = total + value
            count += 1
    if count == 0:
        raise ValueError("empty")
    return total / count
"""
RENAMED = """def mean(values):
    s = 0.0
    n = 0


    for v in values:
        if v is not None:
            s = s + v   # sum
            n += 1
    if n == 0:
        raise ValueError("empty")
    return s / n
"""
OWN = """def mean(values):
    kept = [v for v in values if v is not None]
    if not kept:
        raise ValueError("empty")
    return sum(kept) / len(kept)
"""
CLASS = {
    "ada": {"t": LONG},
    "bob": {"t": RENAMED},
    "cem": {"t": OWN},
    "dot": {"t": "def mean(values):\n    import numpy as np\n    return np.nanmean("
            "np.array([float(v) for v in values if v is not None]))"},
    "eve": {"t": STUB},
    "fay": {"t": "def mean(values):\n    a = list(filter(lambda v: v is not None,"
            " values))\n    assert a, 'empty'\n    b = 0\n    while a:\n"
            "        b += a.pop()\n    return b"},
}  # fmt: skip


def test_names_comments_layout_and_the_stub_do_not_count() -> None:
    assert tokens(LONG, STUB) == tokens(RENAMED, STUB)
    assert tokens(STUB, STUB) == []
    assert "def" not in tokens(LONG, STUB)


@pytest.mark.parametrize("source", ["if (", "'''", "\x00", "a\n  b\n c", "€ ½ '"])
def test_code_that_is_not_python_has_tokens_too(source: str) -> None:
    assert isinstance(tokens(source), list)


def test_a_renamed_copy_comes_first_and_stands_out() -> None:
    pairs, likeness = rank_pairs(CLASS, {"t": STUB})
    assert (pairs[0].first, pairs[0].second) == ("ada", "bob")
    assert pairs[0].likeness == 1.0
    assert pairs[0].stands_out
    assert not any(pair.stands_out for pair in pairs[1:])
    assert likeness.shape == (15,)
    assert not any("eve" in (p.first, p.second) for p in pairs)


def test_an_answer_that_everybody_gives_accuses_nobody() -> None:
    answers = {f"s{k}": {"short": LONG} for k in range(6)}
    pairs, likeness = rank_pairs(answers, {"short": STUB})
    assert pairs == []
    assert np.allclose(likeness, 1.0)


def test_a_copied_task_is_found_among_tasks_that_all_have_alike() -> None:
    answers = {name: {**own, "same": LONG} for name, own in CLASS.items()}
    pairs, _ = rank_pairs(answers, {"t": STUB, "same": STUB})
    assert (pairs[0].first, pairs[0].second) == ("ada", "bob")


def test_nobody_and_one_submission_are_no_pairs() -> None:
    assert rank_pairs({}, {"t": STUB})[0] == []
    pairs, likeness = rank_pairs({"ada": {"t": LONG}}, {"t": STUB})
    assert (pairs, likeness.size) == ([], 0)


def test_a_class_of_three_hundred_is_compared() -> None:
    rng = random.Random(1)
    words = ["x", "+", "(", ")", "for", "in", "1", "[", "]", "if", "=", "."]
    answers = {
        f"s{k:03}": {"t": " ".join(rng.choices(words, k=400))} for k in range(300)
    }
    answers["s299"] = answers["s007"]
    pairs, likeness = rank_pairs(answers, {"t": STUB})
    assert (pairs[0].first, pairs[0].second) == ("s007", "s299")
    assert pairs[0].stands_out
    assert len(likeness) == 300 * 299 // 2
