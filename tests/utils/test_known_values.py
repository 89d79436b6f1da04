"""Values of misconceptions are stored beside an exercise and recognized again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from utils.checks import (
    CheckFailed,
    check_close,
    check_function,
    known_values,
    report_visible,
)
from utils.known_values import FILE, MOST_ENTRIES, recorder

Test = Callable[[Any], None]


def squares(x: np.ndarray) -> np.ndarray:
    return x**2


def source_test(answer: Any) -> None:
    """A test as its source has it: the hidden part computes."""
    right: Any = known_values("squares-test")
    mistakes: Any = right
    right, mistakes = squares, {"it is doubled": lambda x: 2 * x, "right": squares}
    check_function(
        answer, right, [np.arange(50.0)], name="squares(x)", mistakes=mistakes
    )
    report_visible("Task 1")
    check_close(answer(np.ones(2)), [1, 1], name="hidden", mistakes={"hidden": [2, 2]})


def released_test(answer: Any) -> None:
    """The same test as learners have it."""
    known = known_values("squares-test")
    check_function(answer, known, [np.arange(50.0)], name="squares(x)", mistakes=known)
    report_visible("Task 1")


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What watching the test of the source gives, as the file holds it."""
    monkeypatch.chdir(tmp_path)
    recorder.start()
    source_test(squares)
    text = json.dumps({"tests": recorder.finish()})
    (tmp_path / FILE).write_text(text)
    return dict(json.loads(text)["tests"])


def failure(test: Test, answer: Any) -> str:
    with pytest.raises(CheckFailed) as problem:
        test(answer)
    return str(problem.value)


@pytest.mark.parametrize("factor", [2, 3])
def test_learners_read_what_the_source_would_say(
    stored: dict[str, Any], factor: float
) -> None:
    words = failure(released_test, lambda x: factor * x)
    assert words == failure(source_test, lambda x: factor * x)
    assert ("it is doubled" in words) == (factor == 2)


def test_right_answer_passes_without_the_code_of_one(stored: dict[str, Any]) -> None:
    released_test(squares)
    released_test(lambda x: x.astype(np.float32) ** 2)


def test_only_what_can_be_seen_and_is_wrong_is_stored(stored: dict[str, Any]) -> None:
    assert list(stored) == ["squares-test"]
    assert list(stored["squares-test"]) == ["squares(x)"]
    call = stored["squares-test"]["squares(x)"]
    assert list(call["mistakes"]) == ["it is doubled"]
    assert len(call["mistakes"]["it is doubled"][0]["entries"]) == MOST_ENTRIES
    assert len(call["right"][0]["entries"]) == 50


@pytest.mark.parametrize(
    "wrong",
    [
        np.array([[True, False]]),
        np.array([1 + 2j, 3.5 - 1j]),
        np.array(["a", "bc"]),
        np.array(7),
        np.zeros((0, 3)),
        np.array([np.nan, np.inf, -np.inf]),
        np.linspace(0, 1, 1000, dtype=np.float32).reshape(10, 100),
    ],
    ids=lambda wrong: f"{wrong.dtype} {wrong.shape}",
)
def test_every_kind_of_array_is_recognized(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: np.ndarray
) -> None:
    monkeypatch.chdir(tmp_path)
    right = np.array([3, 4])
    recorder.start()
    known_values("t")
    check_close(right, right, name="x", mistakes={"it is wrong": wrong})
    (tmp_path / FILE).write_text(json.dumps({"tests": recorder.finish()}))
    with pytest.raises(CheckFailed, match="it is wrong"):
        check_close(wrong, right, name="x", mistakes=known_values("t"))


def test_several_right_results_are_stored_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def both(x: np.ndarray) -> Any:
        return x + 1, x[:1]

    def mirrored(x: np.ndarray) -> Any:
        return x - 1, x[:1]

    recorder.start()
    known_values("t")
    wrong = {"it goes down": mirrored}
    check_function(both, both, [np.arange(3)], name="both(x)", mistakes=wrong)
    (tmp_path / FILE).write_text(json.dumps({"tests": recorder.finish()}))
    known = known_values("t")
    check_function(both, known, [np.arange(3)], name="both(x)", mistakes=known)
    with pytest.raises(CheckFailed, match=r"result 1 of 2.*\n(.*\n)*.*it goes down"):
        check_function(mirrored, known, [np.arange(3)], name="both(x)", mistakes=known)


def test_without_the_file_a_literal_check_works_and_others_say_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    known = known_values("t")
    with pytest.raises(CheckFailed, match="x is not right"):
        check_close(1, 2, name="x", mistakes=known)
    with pytest.raises(CheckFailed, match=f"{FILE} is not beside this notebook"):
        check_function(squares, known, [1], name="squares(1)")


def test_two_checks_of_one_name_cannot_be_told_apart() -> None:
    recorder.start()
    known_values("t")
    check_function(squares, squares, [2], name="squares(x)")
    with pytest.raises(ValueError, match=r"t: two checks are called 'squares\(x\)'"):
        check_function(squares, squares, [3], name="squares(x)")
    recorder.finish()
