"""Checks that speak to the learner: what was expected, what came, and why, probably.

A check raises `CheckFailed`, whose text is everything that the learner sees. Where a
task has a known misconception, the check is told what that misconception computes; when
the answer equals it, the message says so.
"""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import torch

from utils.comparison import CheckFailed, agree, as_array, describe_difference, short
from utils.hidden_inputs import course_secret, hidden_rng
from utils.known_values import KnownValues, known_values, recorder

__all__ = [
    "CheckFailed",
    "as_array",
    "check_close",
    "check_function",
    "check_raises",
    "check_shape",
    "check_true",
    "check_unchanged",
    "course_secret",
    "hidden_rng",
    "known_values",
    "report_visible",
]

# Sentence that names the misconception → what it computes; or all that is stored.
Mistakes = Mapping[str, Any] | KnownValues


def check_shape(got: Any, shape: Sequence[int], *, name: str) -> None:
    """Fail unless `got` has this shape."""
    got_shape = _array_named(got, name).shape
    if got_shape != tuple(shape):
        raise CheckFailed(
            f"{name} has the wrong shape.\n"
            f"  expected: {tuple(shape)}\n  got:      {got_shape}"
        )


def check_close(
    got: Any,
    expected: Any,
    *,
    name: str,
    mistakes: Mistakes | None = None,
    rtol: float = 1e-5,
    atol: float = 1e-8,
) -> None:
    """Fail unless `got` has the shape of `expected` and is close to it.

    Args:
        got: the learner's value: number, list, array or tensor.
        expected: the right value; a tuple with an array in it stands for several
            results, which are compared one by one.
        name: how the learner would call the value, for example "predict(X, theta)".
        mistakes: what known misconceptions compute; a value may be a function without
            arguments, called only when it is needed.
        rtol, atol: as in `numpy.isclose`; the rounding of float32 is allowed for.

    Raises:
        CheckFailed: with both values and the misconception, if one is recognized.
    """
    if _is_several(expected):
        _check_several(got, expected, name, mistakes or {}, rtol, atol)
        return
    got_array, expected_array = _array_named(got, name), _array_named(expected, name)
    if recorder.test:
        _record(expected_array, name, mistakes or {}, rtol, atol)
    if agree(got_array, expected_array, rtol, atol):
        return
    mistake = _recognize(got_array, expected_array, name, mistakes or {}, rtol, atol)
    reason = f"\nThis is what comes out when {mistake}." if mistake else ""
    raise CheckFailed(describe_difference(name, got_array, expected_array) + reason)


def check_function(
    function: Callable[..., Any],
    expected: Any,
    arguments: Sequence[Any],
    *,
    name: str,
    mistakes: Mistakes | None = None,
    rtol: float = 1e-5,
    atol: float = 1e-8,
) -> None:
    """Fail unless `function(*arguments)` is right and leaves its arguments alone.

    Args:
        function: the learner's function.
        expected: the right value, a function that computes it from the arguments, or
            the test's `known_values`.
        arguments: what the functions are called with; each call gets its own copy.
        name: how the learner would name the call, for the message.
        mistakes: what known misconceptions compute: the value, a function that
            computes it from the arguments, or the test's `known_values`.
        rtol, atol: as in `check_close`.
    """

    def fresh() -> list[Any]:
        return copy.deepcopy(list(arguments))

    own = fresh()
    got = function(*own)
    check_unchanged(own, arguments, name=name)
    check_close(
        got,
        _right_value(expected, fresh(), name),
        name=name,
        mistakes=_each(mistakes or {}, lambda wrong: _value(wrong, *fresh())),
        rtol=rtol,
        atol=atol,
    )


def check_unchanged(after: Sequence[Any], before: Sequence[Any], *, name: str) -> None:
    """Fail if an array, tensor, list or dictionary in `after` differs from `before`."""
    for position, (now, then) in enumerate(zip(after, before, strict=True), start=1):
        if not _is_same(now, then):
            raise CheckFailed(
                f"{name} changes its argument number {position} in place. "
                "Work on a new array: `a = a - b`, not `a -= b`."
            )


def check_raises(
    function: Callable[[], Any], exception: type[Exception], *, name: str
) -> None:
    """Fail unless calling the function raises this kind of exception."""
    try:
        result = function()
    except NotImplementedError as stub:  # a RuntimeError, and what every stub raises
        if exception is NotImplementedError:
            return
        raise CheckFailed(f"{name} is not implemented yet.") from stub
    except exception:
        return
    except Exception as other:
        raise CheckFailed(
            f"{name} should raise {exception.__name__}, "
            f"but it raises {type(other).__name__}: {other}"
        ) from None
    raise CheckFailed(
        f"{name} should raise {exception.__name__}, but it returns {short(result)}."
    )


def check_true(condition: Any, message: str) -> None:
    """Fail with this message unless the condition holds."""
    if not bool(condition):
        raise CheckFailed(message)


def report_visible(task: str) -> None:
    """Tell the learner that everything they can see of a task's test has passed."""
    recorder.end()
    print(f"{task}: the visible checks pass.")


def _array_named(value: Any, name: str) -> np.ndarray:
    try:
        return as_array(value)
    except CheckFailed as problem:
        raise CheckFailed(f"{name}: {problem}") from None


def _is_several(expected: Any) -> bool:
    """A tuple of results, and not a tuple of numbers that is an array in itself."""
    several = (np.ndarray, torch.Tensor, list, tuple)
    return isinstance(expected, tuple) and any(
        isinstance(part, several) for part in expected
    )


def _check_several(
    got: Any,
    expected: tuple[Any, ...],
    name: str,
    mistakes: Mistakes,
    rtol: float,
    atol: float,
) -> None:
    if not isinstance(got, tuple | list) or len(got) != len(expected):
        raise CheckFailed(
            f"{name} should give {len(expected)} results in a tuple, "
            f"but it gives {short(got)}."
        )
    for number, (own, right) in enumerate(zip(got, expected, strict=True)):
        place = f"{name}, result {number + 1} of {len(expected)},"
        parts = _each(mistakes, partial(_part, k=number))
        check_close(own, right, name=place, mistakes=parts, rtol=rtol, atol=atol)


def _right_value(expected: Any, arguments: list[Any], name: str) -> Any:
    if isinstance(expected, KnownValues):
        return expected.right(name)
    if not callable(expected):
        return expected
    right = expected(*arguments)
    recorder.add_right(name, right if _is_several(right) else [right])
    return right


def _each(mistakes: Mistakes, of: Callable[[Any], Any]) -> Mistakes:
    """Mistakes whose values are `of` these values, computed only when needed."""
    if isinstance(mistakes, KnownValues):
        return mistakes
    return {
        sentence: lambda wrong=wrong: of(wrong) for sentence, wrong in mistakes.items()
    }


def _value(of_mistake: Any, *arguments: Any) -> Any:
    return of_mistake(*arguments) if callable(of_mistake) else of_mistake


def _part(of_mistake: Any, k: int) -> Any:
    return _value(of_mistake)[k]


def _is_same(now: Any, then: Any) -> bool:
    """Exactly equal, as far as the value is made of arrays, lists and dictionaries."""
    if isinstance(then, np.ndarray | torch.Tensor):
        old, new = as_array(then), as_array(now)
        return np.array_equal(new, old, equal_nan=old.dtype.kind in "fc")
    if isinstance(then, list | tuple):
        return len(now) == len(then) and all(map(_is_same, now, then))
    if isinstance(then, dict):
        return list(now) == list(then) and all(_is_same(now[k], then[k]) for k in then)
    if isinstance(then, bool | int | float | complex | str | None):
        return bool(now == then) or (now != now and then != then)
    return True


def _recognize(
    got: np.ndarray,
    expected: np.ndarray,
    name: str,
    mistakes: Mistakes,
    rtol: float,
    atol: float,
) -> str | None:
    """The sentence of the misconception whose value the learner got, if any."""
    if isinstance(mistakes, KnownValues):
        return mistakes.recognize(name, got, rtol, atol)
    for sentence, wrong in _wrong_values(expected, mistakes, rtol, atol):
        if agree(got, wrong, rtol, atol):
            return sentence
    return None


def _record(
    expected: np.ndarray, name: str, mistakes: Mistakes, rtol: float, atol: float
) -> None:
    """Tell the recorder what every misconception gives in this check."""
    if isinstance(mistakes, KnownValues):
        return
    for sentence, wrong in _wrong_values(expected, mistakes, rtol, atol):
        recorder.add_mistake(name, sentence, wrong)


def _wrong_values(
    expected: np.ndarray, mistakes: Mapping[str, Any], rtol: float, atol: float
) -> Iterator[tuple[str, np.ndarray]]:
    """The misconceptions that exist for these inputs and differ from what is right."""
    for sentence, value in mistakes.items():
        try:
            with np.errstate(all="ignore"):
                wrong = as_array(_value(value))
        except Exception:  # this misconception does not exist for these inputs
            continue
        if not agree(wrong, expected, rtol, atol):
            yield sentence, wrong
