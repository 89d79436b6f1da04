"""Comparing what a learner computed with what is right, and putting it into words."""

from typing import Any

import numpy as np
import torch


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
    try:
        array = np.asarray(_without_tensors(value))
    except (TypeError, ValueError, RuntimeError) as problem:
        raise CheckFailed(f"This is not an array of numbers: {problem}") from None
    if array.dtype == object:
        raise CheckFailed(
            f"An array of numbers is expected, but the result is {_kind(value)}."
        )
    return array


def agree(got: np.ndarray, want: np.ndarray, rtol: float, atol: float) -> bool:
    """Same shape and close values; nan agrees with nan.

    Beside the tolerances, the rounding of float32 is allowed for: ten units in the last
    place of the largest entry, if one side has that precision.
    """
    if got.shape != want.shape:
        return False
    if not (_is_numeric(got) and _is_numeric(want)):
        return bool(np.array_equal(got, want))
    atol += 10 * _rounding(got, want)
    return bool(np.allclose(got, want, rtol=rtol, atol=atol, equal_nan=True))


def describe_difference(name: str, got: np.ndarray, expected: np.ndarray) -> str:
    """What was expected, what came and where they differ most, in a few lines."""
    if got.shape != expected.shape:
        return (
            f"{name} has the wrong shape.\n"
            f"  expected: {expected.shape}\n  got:      {got.shape}"
            + _shape_hint(got.shape, expected.shape)
        )
    lines = [
        f"{name} is not right.",
        f"  expected: {short(expected)}",
        f"  got:      {short(got)}",
    ]
    if not (_is_numeric(got) and _is_numeric(expected)):
        return "\n".join(lines)
    finite = np.isfinite(got)
    if not finite.all() and np.isfinite(expected).all():
        lines.append("  The result holds nan or inf: look for 0/0, log(0) or overflow.")
    elif got.ndim:
        lines.append(_largest_difference(got, expected))
    return "\n".join(lines)


def short(value: Any) -> str:
    """A value on one line, long arrays abridged."""
    with np.printoptions(
        formatter={"float_kind": lambda number: f"{number:.5g}"},
        threshold=8,
        edgeitems=2,
    ):
        text = " ".join(str(value).split())
    return text if len(text) <= 120 else text[:117] + "..."


def _without_tensors(value: Any) -> Any:
    """Tensors as arrays, also inside lists."""
    if isinstance(value, torch.Tensor):
        tensor = value.detach().cpu().resolve_conj().resolve_neg()
        half = tensor.dtype == torch.bfloat16  # numpy has no such numbers
        return (tensor.float() if half else tensor).numpy()
    if isinstance(value, list | tuple):
        return [_without_tensors(part) for part in value]
    return value


def _kind(value: Any) -> str:
    """What a value that is no array of numbers is called in a sentence."""
    if value is None:
        return "None (is a return missing?)"
    if callable(value):
        return "a function (are the parentheses missing?)"
    if isinstance(value, list | tuple) and any(part is None for part in value):
        return f"a {type(value).__name__} that holds None"
    return f"of type {type(value).__name__}"


def _is_numeric(array: np.ndarray) -> bool:
    return array.dtype.kind in "biufc"


def _rounding(got: np.ndarray, want: np.ndarray) -> float:
    """One unit in the last place of the largest entry, if one side is not float64."""
    units = [np.finfo(a.dtype).eps for a in (got, want) if a.dtype.kind in "fc"]
    coarse = max(units, default=0.0)
    if coarse <= np.finfo(np.float64).eps:
        return 0.0
    sizes = np.abs(want[np.isfinite(want)])
    return float(coarse * sizes.max(initial=0))


def _shape_hint(got: tuple[int, ...], expected: tuple[int, ...]) -> str:
    if got == (*expected, 1):
        return "\n  The last axis, of length 1, is too much: drop it."
    if len(got) == 2 and got == expected[::-1]:
        return "\n  Rows and columns are exchanged."
    return ""


def _largest_difference(got: np.ndarray, expected: np.ndarray) -> str:
    with np.errstate(all="ignore"):
        difference = np.abs(np.subtract(got, expected, dtype=complex))
    difference[np.isnan(difference)] = np.inf
    difference[np.isnan(got) & np.isnan(expected)] = 0
    worst = np.unravel_index(np.argmax(difference), difference.shape)
    place = tuple(int(i) for i in worst)
    return f"  largest difference: {difference[worst]:.3g} at index {place}"
