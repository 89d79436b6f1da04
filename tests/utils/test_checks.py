"""Checks that speak to the learner: verdicts and words."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from utils import checks
from utils.checks import (
    CheckFailed,
    check_close,
    check_function,
    check_raises,
    check_shape,
    check_true,
    check_unchanged,
)


def message(check: Callable[..., None], *arguments: Any, **options: Any) -> str:
    """What a failing check says."""
    with pytest.raises(CheckFailed) as caught:
        check(*arguments, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    "got",
    [
        [1.0, 2.0],
        (1, 2),
        np.array([1.0, 2.0]),
        np.array([1, 2], dtype=np.float32),
        torch.tensor([1.0, 2.0]),
        torch.tensor([1.0, 2.0], requires_grad=True),
        torch.tensor([1.0, 2.0], dtype=torch.bfloat16),
        torch.tensor([1 + 0j, 2]).conj(),
        [torch.tensor(1.0, requires_grad=True), torch.tensor(2.0)],
        torch.Size([1, 2]),
        [1 + 1e-7, 2],
    ],
)
def test_every_way_to_hold_the_right_numbers_passes(got: object) -> None:
    check_close(got, [1.0, 2.0], name="answer")
    check_close(np.array([1.0, 2.0]), got, name="answer")


@pytest.mark.parametrize("pair", [(True, 1), (0.5, np.float64(0.5)), ("yes", "yes")])
def test_scalars_and_words_can_be_compared(pair: tuple[object, object]) -> None:
    check_close(*pair, name="answer")


def test_a_wrong_value_shows_both_and_the_worst_place() -> None:
    text = message(check_close, [[1, 2], [3, 7]], [[1, 2], [3, 4]], name="f(x)")
    assert text.splitlines() == [
        "f(x) is not right.",
        "  expected: [[1 2] [3 4]]",
        "  got:      [[1 2] [3 7]]",
        "  largest difference: 3 at index (1, 1)",
    ]


def test_a_wrong_number_shows_both() -> None:
    assert message(check_close, 2.0, 3.0, name="loss").splitlines() == [
        "loss is not right.",
        "  expected: 3.0",
        "  got:      2.0",
    ]


def test_small_numbers_are_not_shown_as_zero() -> None:
    text = message(check_close, [2e-7, 0], [1e-7, 0], name="f", atol=1e-10)
    assert "[1e-07 0]" in text
    assert "[2e-07 0]" in text


def test_long_arrays_are_abridged() -> None:
    text = message(check_close, np.zeros(10**5), np.ones(10**5), name="f")
    assert len(text) < 200
    assert "..." in text


def test_a_wrong_word_is_shown() -> None:
    text = message(check_close, "relu", "tanh", name="answer")
    assert "expected: tanh" in text
    assert "got:      relu" in text


@pytest.mark.parametrize(("got", "expected"), [(3, "three"), ([3, 4], ["a", "b"])])
def test_a_number_in_place_of_a_word_is_no_crash(got: Any, expected: Any) -> None:
    assert "not right" in message(check_close, got, expected, name="answer")
    assert "not right" in message(check_close, expected, got, name="answer")


def test_a_long_word_is_cut() -> None:
    check_close("x" * 120, "x" * 120, name="answer")
    text = message(check_close, "x" * 121, "x" * 120, name="answer")
    assert text.splitlines()[1:] == [
        "  expected: " + "x" * 120,
        "  got:      " + "x" * 117 + "...",
    ]


@pytest.mark.parametrize(
    ("got", "shape", "hint"),
    [
        (np.zeros((3, 1)), (3,), "length 1, is too much"),
        (np.zeros((2, 3)), (3, 2), "Rows and columns are exchanged"),
        (np.zeros(4), (3,), "got:      (4,)"),
        (0.0, (1,), "expected: (1,)"),
    ],
)
def test_a_wrong_shape_is_named(got: object, shape: tuple[int, ...], hint: str) -> None:
    text = message(check_close, got, np.zeros(shape), name="predict(X)")
    assert text.startswith("predict(X) has the wrong shape.\n")
    assert hint in text


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (None, "None (is a return missing?)"),
        ({"a": 1}, "of type dict"),
        (np.sum, "a function (are the parentheses missing?)"),
        ([1, None], "a list that holds None"),
        ([[1, 2], [3]], "not an array of numbers"),
        (object(), "of type object"),
        ((x for x in [1]), "of type generator"),
    ],
)
def test_what_is_no_array_is_called_by_its_name(got: object, words: str) -> None:
    text = message(check_close, got, [1.0, 2.0], name="f(x)")
    assert text.startswith("f(x): ")
    assert words in text
    assert words in message(check_shape, got, (2,), name="f(x)")


def test_only_a_transposed_matrix_is_called_transposed() -> None:
    text = message(check_close, np.zeros((2, 3, 4)), np.zeros((4, 3, 2)), name="X")
    assert "exchanged" not in text


def test_check_shape() -> None:
    check_shape(torch.zeros(2, 3), (2, 3), name="W")
    check_shape(1.5, (), name="loss")
    text = message(check_shape, np.zeros((3, 2)), [2, 3], name="W")
    assert text.splitlines() == [
        "W has the wrong shape.",
        "  expected: (2, 3)",
        "  got:      (3, 2)",
    ]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none_get_advice(bad: float) -> None:
    text = message(check_close, [1.0, bad], [1.0, 2.0], name="softmax(z)")
    assert "nan or inf: look for 0/0, log(0) or overflow" in text


def test_expected_nan_and_inf_are_compared() -> None:
    check_close([np.nan, np.inf], [np.nan, np.inf], name="f")
    text = message(check_close, [np.nan, 1.0], [np.nan, np.inf], name="f")
    assert "index (1,)" in text
    assert "look for" not in text
    assert "index (1,)" in message(check_close, [2.0, 1.0], [2.0, np.nan], name="f")


def test_float32_rounding_is_allowed_for() -> None:
    X = np.random.default_rng(0).normal(size=(50, 200)).astype(np.float32)
    exact = X.astype(np.float64) @ X.T.astype(np.float64)
    centered = X @ X.T - exact.mean(axis=0, dtype=np.float32)
    check_close(centered, exact - exact.mean(axis=0), name="centered")


def test_float64_is_held_to_its_precision() -> None:
    assert "not right" in message(check_close, [1e-7, 100.0], [0.0, 100.0], name="f")


def test_float32_does_not_excuse_a_wrong_answer() -> None:
    got = np.array([1.0001, 1e-3], dtype=np.float32)
    assert "not right" in message(check_close, got, [1.0, 1e-3], name="f")


def test_tolerances_can_be_wider() -> None:
    check_close(1.04, 1.0, name="f", rtol=0.05)
    check_close(0.001, 0.0, name="f", atol=0.01)


def test_a_known_misconception_is_named() -> None:
    mistakes = {"the bias is left out": [1.0, 1.0], "the sign is wrong": [-1.0, -2.0]}
    text = message(check_close, [-1, -2], [1, 2], name="f", mistakes=mistakes)
    assert text.endswith("\nThis is what comes out when the sign is wrong.")
    other = message(check_close, [5, 5], [1, 2], name="f", mistakes=mistakes)
    assert "comes out" not in other


def test_a_misconception_of_another_shape_is_named() -> None:
    mistakes = {"the mean is taken over the wrong axis": np.zeros(3)}
    text = message(check_close, np.zeros(3), np.zeros(2), name="f", mistakes=mistakes)
    assert "wrong shape" in text
    assert "over the wrong axis" in text


def test_a_misconception_that_gives_the_right_value_here_is_not_blamed() -> None:
    mistakes = {"the bias is left out": 2.0, "the sign is wrong": -2.0}
    assert "sign" in message(check_close, -2.0, 2.0, name="f", mistakes=mistakes)
    check_close(2.0, 2.0, name="f", mistakes=mistakes)


def test_misconceptions_are_computed_only_when_needed() -> None:
    computed = []
    mistakes = {"it is called": lambda: computed.append(1) or 7.0}
    check_close(1.0, 1.0, name="f", mistakes=mistakes)
    assert computed == []
    assert "it is called" in message(check_close, 7.0, 1.0, name="f", mistakes=mistakes)


def test_misconceptions_that_cannot_be_computed_are_passed_over(
    capfd: pytest.CaptureFixture[str],
) -> None:
    mistakes: dict[str, Callable[[], Any]] = {
        "numpy refuses": lambda: np.zeros(3) @ np.zeros(4),
        "torch refuses": lambda: torch.zeros(3) @ torch.zeros(4),
        "there is nothing": lambda: None,
        "numbers run over": lambda: np.log(np.zeros(1)) * 0,
        "the sign is wrong": lambda: -1.0,
    }
    text = message(check_close, -1.0, 1.0, name="f", mistakes=mistakes)
    assert text.endswith("when the sign is wrong.")
    assert capfd.readouterr().err == ""


def test_several_results_are_compared_one_by_one() -> None:
    right = (0.5, np.array([1.0, 2.0]))
    check_close((0.5, torch.tensor([1.0, 2.0])), right, name="f(x)")
    text = message(check_close, (0.5, [1, 3]), right, name="f(x)")
    assert text.startswith("f(x), result 2 of 2, is not right.")


def test_a_misconception_about_one_of_several_results_is_named() -> None:
    right = (0.5, np.array([1.0, 2.0]))
    mistakes = {"the sum replaces the mean": lambda: (1.0, np.array([2.0, 4.0]))}
    text = message(check_close, (1.0, [2, 4]), right, name="f", mistakes=mistakes)
    assert text.startswith("f, result 1 of 2, is not right.")
    assert text.endswith("when the sum replaces the mean.")
    text = message(check_close, (0.5, [2, 4]), right, name="f", mistakes=mistakes)
    assert text.endswith("when the sum replaces the mean.")


@pytest.mark.parametrize("got", [None, 0.5, (0.5,), np.zeros(2)])
def test_results_that_are_missing_are_counted(got: object) -> None:
    text = message(check_close, got, (0.5, np.zeros(2)), name="f(x)")
    assert text.startswith("f(x) should give 2 results in a tuple, but it gives ")


def test_a_tuple_of_numbers_is_an_array() -> None:
    check_close(np.array([3, 4]), (3, 4), name="shape")


def test_functions_are_compared_on_arguments() -> None:
    arguments = [np.array([1.0, 4.0]), 2.0]
    check_function(lambda x, p: x**p, np.power, arguments, name="power(x, p)")
    check_function(lambda x, p: x**p, [1.0, 16.0], arguments, name="power(x, p)")
    text = message(
        check_function,
        lambda x, p: x * p,
        np.power,
        arguments,
        name="power(x, p)",
        mistakes={"x is multiplied by p": np.multiply, "p comes first": np.subtract},
    )
    assert text.startswith("power(x, p) is not right.")
    assert text.endswith("when x is multiplied by p.")


def test_functions_are_held_to_the_same_precision_as_values() -> None:
    check_function(lambda x: x * (1 + 1e-6), lambda x: x, [2.0], name="f(x)")
    for error in (1e-3, 0.1):
        text = message(
            check_function, lambda x, e=error: x + e, lambda x: x, [2.0], name="f(x)"
        )
        assert "not right" in text
    check_function(lambda x: x + 0.1, lambda x: x, [2.0], name="f(x)", atol=0.2)


def subtract_in_place(x: Any) -> Any:
    """What learners write."""
    x -= 1
    return x


@pytest.mark.parametrize("argument", [np.ones(3), torch.ones(3), np.array([np.nan, 1])])
def test_a_change_in_place_is_found_although_the_value_is_right(argument: Any) -> None:
    text = message(
        check_function, subtract_in_place, lambda x: x - 1, [argument], name="f"
    )
    assert "f changes its argument number 1 in place" in text
    assert argument[-1] == 1


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ([np.ones(2)], lambda x: x[0].fill(5)),
        ({"w": torch.ones(2)}, lambda x: x["w"].mul_(5)),
        ({"w": 1}, lambda x: x.pop("w")),
        ([3, 1, 2], lambda x: x.sort()),
        ((np.ones(1), [2]), lambda x: x[1].append(3)),
    ],
)
def test_a_change_inside_lists_and_dictionaries_is_found(
    before: Any, change: Callable[[Any], None]
) -> None:
    text = message(check_function, change, lambda x: None, [before], name="step")
    assert "in place" in text


def test_arguments_of_every_kind_may_stay_as_they_are() -> None:
    arguments = [
        np.array([1.0, np.nan]),
        torch.ones(2, requires_grad=True),
        np.array(["a", "b"]),
        [1, None, float("nan"), "word"],
        {"key": (1.5, True)},
        np.sum,
        np.random.default_rng(0),
        torch.nn.Linear(2, 2),
    ]
    check_function(lambda *everything: 1.0, 1.0, arguments, name="f")


def test_both_functions_draw_from_the_same_generator() -> None:
    def draw(rng: np.random.Generator) -> float:
        return float(rng.random())

    check_function(draw, draw, [np.random.default_rng(0)], name="draw(rng)")


def test_the_error_of_an_answer_is_not_hidden() -> None:
    def stub(x: float) -> float:
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        check_function(stub, abs, [1.0], name="stub")


def test_check_unchanged() -> None:
    check_unchanged([np.ones(2)], [np.ones(2)], name="f")
    text = message(check_unchanged, [1, np.ones(2)], [1, np.zeros(2)], name="f")
    assert "argument number 2" in text


def test_check_raises() -> None:
    def refuse() -> None:
        raise ValueError("no")

    check_raises(refuse, ValueError, name="f(-1)")
    text = message(check_raises, refuse, TypeError, name="f(-1)")
    assert text == "f(-1) should raise TypeError, but it raises ValueError: no"
    text = message(check_raises, lambda: None, ValueError, name="f(-1)")
    assert text == "f(-1) should raise ValueError, but it returns None."


@pytest.mark.parametrize("exception", [RuntimeError, Exception, ValueError])
def test_a_stub_does_not_pass_for_an_answer_that_refuses(
    exception: type[Exception],
) -> None:
    def stub() -> None:
        raise NotImplementedError

    text = message(check_raises, stub, exception, name="f(-1)")
    assert text == "f(-1) is not implemented yet."
    check_raises(stub, NotImplementedError, name="f(-1)")


def test_check_true() -> None:
    check_true(np.bool_(True), "never said")
    assert message(check_true, 0, "The loss must fall.") == "The loss must fall."


def test_success_of_the_visible_part_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    checks.report_visible("Task 1")
    assert capsys.readouterr().out == "Task 1: the visible checks pass.\n"


def test_ipython_shows_the_message_and_no_machinery(tmp_path: Path) -> None:
    code = (
        "from utils.checks import check_close\ncheck_close(1.0, 2.0, name='predict(X)')"
    )
    command = [sys.executable, "-m", "IPython", "--ipython-dir", str(tmp_path)]
    done = subprocess.run([*command, "-c", code], capture_output=True, text=True)
    assert "Not yet. predict(X) is not right." in done.stdout
    assert "Traceback" not in done.stdout
    assert "checks.py" not in done.stdout
    assert done.stderr == ""


@pytest.fixture
def no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder without a secret in it or above."""
    monkeypatch.delenv("COURSE_SECRET", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def draw(task: str) -> list[int]:
    """Some hidden numbers."""
    return list(checks.hidden_rng(task).integers(1000, size=8))


def test_hidden_inputs_repeat_and_differ_between_tasks(no_secret: Path) -> None:
    assert draw("unit/one") == draw("unit/one")
    assert draw("unit/one") != draw("unit/two")


def test_hidden_inputs_are_the_same_in_another_process(no_secret: Path) -> None:
    code = (
        "from utils.checks import hidden_rng;"
        "print(list(map(int, hidden_rng('unit/one').integers(1000, size=8))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str([int(number) for number in draw("unit/one")])


def test_the_secret_changes_hidden_inputs(
    no_secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = draw("unit/one")
    monkeypatch.setenv("COURSE_SECRET", "autumn")
    private = draw("unit/one")
    assert private != public
    monkeypatch.setenv("COURSE_SECRET", "spring")
    assert draw("unit/one") != private


def test_the_secret_is_found_in_a_folder_above(
    no_secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checks.course_secret() == "self-study"
    (no_secret / ".course-secret").write_text("autumn, größer\n", encoding="utf-8")
    below = no_secret / "work" / "unit"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert checks.course_secret() == "autumn, größer"
    monkeypatch.setenv("COURSE_SECRET", "from the environment")
    assert checks.course_secret() == "from the environment"


def test_an_empty_secret_is_refused(no_secret: Path) -> None:
    (no_secret / ".course-secret").write_text(" \n")
    with pytest.raises(ValueError, match="is empty"):
        checks.hidden_rng("unit/one")


def test_a_closed_folder_above_is_no_obstacle(
    no_secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path) -> bool:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "is_file", closed)
    assert checks.course_secret() == "self-study"


def test_a_mistake_may_be_given_as_its_value() -> None:
    with pytest.raises(CheckFailed, match="when it is doubled"):
        check_function(
            lambda x: 2 * x,
            1.0,
            [1.0],
            name="f(1)",
            mistakes={"it is doubled": 2.0, "it is halved": lambda x: x / 2},
        )
