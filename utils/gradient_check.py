"""Is this gradient right? Compare it with central differences.

The slope between f(x − h) and f(x + h) is close to the derivative at x: its error falls
like h². Rounding adds an error that grows like 1/h, so h = 1e-5 is a good choice in
float64 and none is good in float32: everything here runs in float64.

What the largest relative error means (CS231n, Stanford):

- below 1e-7: the gradient is right.
- below 1e-4: fine near a kink such as ReLU's; too much for a smooth function.
- below 1e-2: something is probably wrong.
- above: the gradient is wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Function = Callable[[Any], Any]

STEP = 1e-5
RIGHT, KINK, DOUBTFUL = 1e-7, 1e-4, 1e-2


@dataclass(frozen=True, eq=False)
class GradientReport:
    """The outcome of a gradient check; `print` it.

    Attributes:
        relative_error: the largest over all entries that were checked.
        index: entry of x where it occurs.
        analytic: the given derivative there.
        numerical: the slope measured there.
        checked: number of entries that were compared.
        rounding: differences up to this are put down to rounding and not counted.
    """

    relative_error: float
    index: tuple[int, ...]
    analytic: float
    numerical: float
    checked: int
    rounding: float

    @property
    def verdict(self) -> str:
        """The largest relative error in words."""
        if self.relative_error <= RIGHT:
            return "the gradient is right"
        if self.relative_error <= KINK:
            return "fine near a kink such as ReLU's, too much for a smooth function"
        if self.relative_error <= DOUBTFUL:
            return "something is probably wrong"
        return "the gradient is wrong"

    @property
    def is_right(self) -> bool:
        """True if the largest relative error is that of a right gradient."""
        return self.relative_error <= RIGHT

    def __str__(self) -> str:
        return (
            f"largest relative error {self.relative_error:.1e}: {self.verdict}\n"
            f"  entries compared: {self.checked}, the worst at index {self.index}\n"
            f"  analytic:  {self.analytic:.10g}\n"
            f"  numerical: {self.numerical:.10g}\n"
            f"  rounding:  differences up to {self.rounding:.0e} do not count"
        )


def check_gradient(
    function: Function,
    x: Any,
    gradient: Any = None,
    *,
    step: float = STEP,
    entries: int | None = None,
    seed: int = 0,
) -> GradientReport:
    """Compare a gradient with central differences, entry by entry.

    Args:
        function: maps an array or tensor like x to one number.
        x: where to check, any shape; numpy or torch, taken as float64.
        gradient: the gradient at x, same shape, or a function that computes it. For a
            tensor it may be left out: then autograd's gradient is checked.
        step: h of the central difference.
        entries: check only so many entries, drawn at random; all by default.
        seed: draws the entries.

    Raises:
        TypeError: x is an array and there is no gradient.
        ValueError: the gradient's shape differs from that of x, or the function does
            not return one number.
    """
    point = _float64(x)
    analytic = _to_numpy(_analytic(function, point, gradient))
    if analytic.shape != tuple(point.shape):
        raise ValueError(
            f"the gradient has shape {analytic.shape}, but x has {tuple(point.shape)}"
        )
    chosen = np.arange(analytic.size)
    if entries is not None and entries < analytic.size:
        chosen = np.random.default_rng(seed).choice(chosen, entries, replace=False)
    slopes = np.array([_slope(function, point, int(i), step) for i in chosen])  # (M,)
    given = analytic.ravel()[chosen]  # (M,)
    rounding = 4 * np.finfo(np.float64).eps * abs(_value(function, point)) / step
    errors = _relative_errors(given, slopes, rounding)
    worst = int(np.argmax(np.nan_to_num(errors, nan=np.inf)))
    place = np.unravel_index(chosen[worst], analytic.shape)
    return GradientReport(
        relative_error=float(np.nan_to_num(errors[worst], nan=np.inf)),
        index=tuple(int(i) for i in place),
        analytic=float(given[worst]),
        numerical=float(slopes[worst]),
        checked=len(chosen),
        rounding=rounding,
    )


def numerical_gradient(function: Function, x: Any, step: float = STEP) -> FloatArray:
    """Central differences (f(x + h) − f(x − h)) / 2h in every entry.

    Args:
        function: maps an array or tensor like x to one number.
        x: any shape; taken as float64 and not changed.
        step: h.

    Returns:
        A numpy array of the shape of x.
    """
    point = _float64(x)
    size = int(np.prod(point.shape))
    slopes = [_slope(function, point, entry, step) for entry in range(size)]
    return np.array(slopes).reshape(tuple(point.shape))


def relative_error(a: Any, b: Any) -> float:
    """Largest |a − b| / max(1e-8, |a| + |b|) over all entries, as in CS231n."""
    return float(np.max(_relative_errors(_to_numpy(a), _to_numpy(b), 0.0)))


def _relative_errors(a: FloatArray, b: FloatArray, rounding: float) -> FloatArray:
    """Entry by entry; a difference that rounding explains counts as none."""
    difference = np.maximum(np.abs(a - b) - rounding, 0)
    errors: FloatArray = difference / np.maximum(1e-8, np.abs(a) + np.abs(b))
    return errors


def _analytic(function: Function, point: Any, gradient: Any) -> Any:
    if callable(gradient):
        return gradient(_copy(point))
    if gradient is not None:
        return gradient
    if not isinstance(point, torch.Tensor):
        raise TypeError("pass the gradient; only a tensor's can be left to autograd")
    leaf = _copy(point).requires_grad_()
    return torch.autograd.grad(function(leaf), leaf)[0]


def _slope(function: Function, point: Any, entry: int, step: float) -> float:
    right, left = _copy(point), _copy(point)
    right.reshape(-1)[entry] += step
    left.reshape(-1)[entry] -= step
    return (_value(function, right) - _value(function, left)) / (2 * step)


def _value(function: Function, x: Any) -> float:
    with torch.no_grad():
        result = np.asarray(_to_numpy(function(_copy(x))))
    if result.size != 1:
        raise ValueError(f"the function must return one number, not {result.shape}")
    return float(result.reshape(()))


def _float64(x: Any) -> Any:
    if isinstance(x, torch.Tensor):
        return x.detach().to(torch.float64).contiguous()
    return np.ascontiguousarray(x, dtype=np.float64).reshape(np.shape(x))


def _copy(x: Any) -> Any:
    return x.clone() if isinstance(x, torch.Tensor) else x.copy()


def _to_numpy(values: Any) -> FloatArray:
    if isinstance(values, torch.Tensor):
        values = values.detach().cpu().numpy()
    return np.asarray(values, dtype=np.float64)
