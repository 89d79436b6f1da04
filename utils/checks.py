"""Checks that speak to the learner: what was expected, what came, and why, probably.

A check raises `CheckFailed`, whose text is everything that the learner sees. Where a
task has a known misconception, the check is told what that misconception computes; when
the answer equals it, the message says so.
"""

import copy
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

Mistakes = Mapping[str, Any]  # sentence that names the misconception → what it computes

SECRET_VARIABLE = "COURSE_SECRET"
SECRET_FILE = ".course-secret"
SELF_STUDY_SECRET = "self-study"


class CheckFailed(AssertionError):
    """The answer does not pass; the text says what to look at."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows: the message without the machinery around it."""
        return [f"Not yet. {self}"]


def as_array(value: Any) -> np.ndarray:
    """A number, nested list, array or tensor as a numpy array.

    Raises:
        CheckFailed: the value is none of these.
    """
    if isinstance(value, torch.Tensor):
        value = value.detach().cpu().numpy()
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError) as problem:
        raise CheckFailed(f"This is not an array of numbers: {problem}") from None
    if array.dtype == object:
        kind = "None (is a return missing?)" if value is None else type(value).__name__
        raise CheckFailed(f"An array of numbers is expected, but the result is {kind}.")
    return array


def check_shape(got: Any, shape: Sequence[int], *, name: str) -> None:
    """Fail unless `got` has this shape."""
    got_shape = as_array(got).shape
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
        expected: the right value.
        name: how the learner would call the value, for example "predict(X, theta)".
        mistakes: what known misconceptions compute; a value may be a function without
            arguments, called only when it is needed.
        rtol, atol: as in `numpy.isclose`.

    Raises:
        CheckFailed: with both values and the misconception, if one is recognized.
    """
    try:
        got_array, expected_array = as_array(got), as_array(expected)
    except CheckFailed as problem:
        raise CheckFailed(f"{name}: {problem}") from None
    if _agree(got_array, expected_array, rtol, atol):
        return
    reason = _recognize(got_array, expected_array, mistakes or {}, rtol, atol)
    raise CheckFailed(_comparison(name, got_array, expected_array) + reason)


def check_function(
    function: Callable[..., Any],
    expected: Any,
    arguments: Sequence[Any],
    *,
    name: str,
    mistakes: Mapping[str, Callable[..., Any]] | None = None,
    rtol: float = 1e-5,
    atol: float = 1e-8,
) -> None:
    """Fail unless `function(*arguments)` is right and leaves its arguments alone.

    Args:
        function: the learner's function.
        expected: the right value, or a function that computes it from the arguments.
        arguments: what the functions are called with; each call gets its own copy.
        name: how the learner would name the call, for the message.
        mistakes: functions that compute what known misconceptions compute.
        rtol, atol: as in `numpy.isclose`.
    """

    def fresh() -> list[Any]:
        return copy.deepcopy(list(arguments))

    own = fresh()
    got = function(*own)
    check_unchanged(own, arguments, name=name)
    check_close(
        got,
        expected(*fresh()) if callable(expected) else expected,
        name=name,
        mistakes={
            sentence: lambda wrong=wrong: wrong(*fresh())
            for sentence, wrong in (mistakes or {}).items()
        },
        rtol=rtol,
        atol=atol,
    )


def check_unchanged(after: Sequence[Any], before: Sequence[Any], *, name: str) -> None:
    """Fail if one of the arrays or tensors in `after` differs from `before`."""
    for position, (now, then) in enumerate(zip(after, before, strict=True), start=1):
        if isinstance(then, np.ndarray | torch.Tensor) and not np.array_equal(
            as_array(now), as_array(then), equal_nan=as_array(then).dtype.kind in "fc"
        ):
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
    except exception:
        return
    except Exception as other:
        raise CheckFailed(
            f"{name} should raise {exception.__name__}, "
            f"but it raises {type(other).__name__}: {other}"
        ) from None
    raise CheckFailed(
        f"{name} should raise {exception.__name__}, but it returns {_short(result)}."
    )


def check_true(condition: Any, message: str) -> None:
    """Fail with this message unless the condition holds."""
    if not bool(condition):
        raise CheckFailed(message)


def report_visible(task: str) -> None:
    """Tell the learner that everything they can see of a task's test has passed."""
    print(f"{task}: the visible checks pass.")


def hidden_rng(task: str) -> np.random.Generator:
    """The generator of a task's hidden inputs.

    It is the same for everybody in a class and for every regrade, and unknown to those
    who do not know the course's secret: the environment variable `COURSE_SECRET`, else
    the file `.course-secret` in a folder above, else the public one for self-study.

    Args:
        task: a name unique in the course, for example "linear_regression/predict".
    """
    digest = hashlib.sha256(f"{course_secret()}\0{task}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def course_secret() -> str:
    """The secret that hidden inputs are drawn from; see `hidden_rng`."""
    if secret := os.environ.get(SECRET_VARIABLE):
        return secret
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / SECRET_FILE).is_file():
            return (folder / SECRET_FILE).read_text().strip()
    return SELF_STUDY_SECRET


def _agree(got: np.ndarray, want: np.ndarray, rtol: float, atol: float) -> bool:
    if got.shape != want.shape:
        return False
    if got.dtype.kind in "biufc" and want.dtype.kind in "biufc":
        return bool(np.allclose(got, want, rtol=rtol, atol=atol, equal_nan=True))
    return bool(np.array_equal(got, want))


def _recognize(
    got: np.ndarray, expected: np.ndarray, mistakes: Mistakes, rtol: float, atol: float
) -> str:
    """The line that names the misconception whose value the learner got, if any."""
    for sentence, value in mistakes.items():
        try:
            wrong = as_array(value() if callable(value) else value)
        except Exception:  # this misconception does not exist for these inputs
            continue
        if _agree(got, wrong, rtol, atol) and not _agree(wrong, expected, rtol, atol):
            return f"\nThis is what comes out when {sentence}."
    return ""


def _comparison(name: str, got: np.ndarray, expected: np.ndarray) -> str:
    if got.shape != expected.shape:
        return (
            f"{name} has the wrong shape.\n"
            f"  expected: {expected.shape}\n  got:      {got.shape}"
        )
    lines = [
        f"{name} is not right.",
        f"  expected: {_short(expected)}",
        f"  got:      {_short(got)}",
    ]
    if got.dtype.kind in "fc" and not np.all(np.isfinite(got)):
        lines.append("  The result holds nan or inf: look for 0/0, log(0) or overflow.")
    elif got.ndim and got.dtype.kind in "biufc" and expected.dtype.kind in "biufc":
        difference = np.abs(np.subtract(got, expected, dtype=complex))
        worst = np.unravel_index(np.argmax(difference), difference.shape)
        place = tuple(int(i) for i in worst)
        lines.append(f"  largest difference: {difference[worst]:.3g} at index {place}")
    return "\n".join(lines)


def _short(value: Any) -> str:
    with np.printoptions(precision=5, threshold=8, edgeitems=2, suppress=True):
        text = " ".join(str(value).split())
    return text if len(text) <= 120 else text[:117] + "..."
