"""Pictures over a plane: classes, decision regions and height lines.

Each function takes an `ax`, draws on it and returns it; import them from
`utils.figures`.
"""

from collections.abc import Callable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

from utils.plotting import MARKERS, PALETTE, SEQUENTIAL

FloatArray = NDArray[np.float64]
Range = tuple[float, float]

GRID_POINTS = 300  # a side; enough for smooth borders, small as a picture
CONTOUR_POINTS = 120  # a side; height lines are stored as paths, which are larger
CLASS_COLORS = tuple(color for name, color in PALETTE.items() if name != "grey")


def class_points(ax: Axes, X: Any, y: Any, names: Sequence[str] | None = None) -> Axes:
    """Points in the plane: one color and one marker a class.

    Args:
        ax: where to draw.
        X: points, `(N, 2)`.
        y: class labels, `(N,)`, counted from 0, or else -1 and +1.
        names: class names for the legend; without them there is none.
    """
    points, labels = np.asarray(X), np.asarray(y)
    for value in np.unique(labels):
        number = _number(value)
        chosen = points[labels == value]  # (N_k, 2)
        ax.scatter(
            chosen[:, 0],
            chosen[:, 1],
            s=24,
            color=_color(number),
            marker=MARKERS[number % len(MARKERS)],
            edgecolors="white",
            linewidths=0.5,
            label=names[number] if names is not None else None,
            zorder=3,
        )
    if names is not None:  # beside the axes, where it hides no point
        ax.legend(loc="upper left", bbox_to_anchor=(1, 1), handletextpad=0.2)
    return ax


def decision_regions(
    ax: Axes,
    predict: Callable[[FloatArray], Any],
    X: Any,
    y: Any,
    names: Sequence[str] | None = None,
) -> Axes:
    """Color the plane by the predicted class and put the samples on top.

    Args:
        ax: where to draw.
        predict: maps points `(M, 2)` to class labels `(M,)`, or to scores `(M, K)`
            whose largest entry decides.
        X: samples, `(N, 2)`.
        y: their labels, `(N,)`.
        names: class names for the legend.
    """
    points, extent = _plane(X)
    predicted = np.asarray(predict(points))
    if predicted.ndim == 2:
        predicted = predicted.argmax(axis=1)
    predicted = predicted.reshape(GRID_POINTS, GRID_POINTS)
    values = np.unique(predicted)
    picture = np.empty((GRID_POINTS, GRID_POINTS, 4))
    for value in values:
        picture[predicted == value] = (*to_rgb(_color(_number(value))), 0.28)
    _shade(ax, picture, extent)
    for value in values[1:]:
        region = (predicted == value).astype(float)
        ax.contour(region, [0.5], extent=extent, colors=[_ink()], linewidths=0.8)
    ax.grid(False)
    return class_points(ax, X, y, names)


def probability_map(
    ax: Axes,
    probability: Callable[[FloatArray], Any],
    X: Any,
    y: Any,
    names: Sequence[str] | None = None,
) -> Axes:
    """Shade the plane by the probability of class 1, with lines at .1, .5 and .9.

    Args:
        ax: where to draw.
        probability: maps points `(M, 2)` to probabilities `(M,)` of class 1.
        X: samples, `(N, 2)`.
        y: their labels 0 or 1, `(N,)`.
        names: class names for the legend.
    """
    points, extent = _plane(X)
    p = np.asarray(probability(points), dtype=np.float64)
    p = p.reshape(GRID_POINTS, GRID_POINTS)
    zero, one = np.array(to_rgb(_color(0))), np.array(to_rgb(_color(1)))
    certainty = np.abs(2 * p - 1)[..., None]
    color = np.where(p[..., None] > 0.5, one, zero)
    picture = np.concatenate([color, 0.05 + 0.45 * certainty], axis=-1)
    _shade(ax, picture, extent)
    levels = [level for level in (0.1, 0.5, 0.9) if p.min() < level < p.max()]
    if levels:
        lines = ax.contour(
            p,
            levels,
            extent=extent,
            colors=[_ink()],
            linewidths=[1.6 if level == 0.5 else 0.7 for level in levels],
            linestyles=["solid" if level == 0.5 else "dashed" for level in levels],
        )
        longest = [max(parts, key=len) for parts in lines.allsegs]
        places = [line[len(line) // 5] for line in longest]  # away from the edge
        ax.clabel(lines, fmt="%.1f", fontsize=8, manual=places)
    ax.grid(False)
    return class_points(ax, X, y, names)


def loss_contours(
    ax: Axes,
    function: Callable[[FloatArray, FloatArray], Any],
    x_range: Range,
    y_range: Range,
    *,
    levels: int = 14,
) -> Axes:
    """Height lines of a function of two parameters, denser near the minimum.

    Args:
        ax: where to draw.
        function: takes two arrays `(M, M)`, returns the values `(M, M)`.
        x_range, y_range: ends of both axes.
        levels: number of height lines.
    """
    x, y = np.meshgrid(
        np.linspace(*x_range, CONTOUR_POINTS), np.linspace(*y_range, CONTOUR_POINTS)
    )
    values = np.asarray(function(x, y), dtype=np.float64)  # (M, M)
    low, high = np.nanmin(values), np.nanmax(values)
    heights = low + (high - low) * np.linspace(0, 1, levels + 1)[1:] ** 3
    ax.contourf(x, y, values, [low, *heights], cmap=SEQUENTIAL, alpha=0.55)
    ax.contour(x, y, values, heights, colors=[_ink()], linewidths=0.5, alpha=0.5)
    ax.grid(False)
    return ax


def descent_path(ax: Axes, path: Any, name: str = "", *, style: int = 0) -> Axes:
    """A sequence of parameters on a contour plot: a ring starts it, a marker ends it.

    Args:
        ax: where to draw.
        path: one point a step, `(T, 2)`.
        name: for the legend.
        style: number of color and marker, so that paths differ.
    """
    points = np.asarray(path)
    color = _color(style + 3)
    end = MARKERS[style % len(MARKERS)]
    ax.plot(points[:, 0], points[:, 1], "-", color=color, linewidth=1.5)
    ax.plot(points[:, 0], points[:, 1], ".", color=color, markersize=5)
    ax.plot(*points[0], "o", color=color, markersize=9, fillstyle="none")
    ax.plot(
        *points[-1], end, color=color, markersize=9, markeredgecolor="white", label=name
    )
    return ax


def _number(label: Any) -> int:
    """Which color and marker a class label has: -1 has those of 0."""
    return max(0, int(label))


def _color(number: int) -> str:
    return CLASS_COLORS[number % len(CLASS_COLORS)]


def _ink() -> str:
    """The text color of the current style."""
    return str(plt.rcParams["axes.edgecolor"])


def _plane(X: Any) -> tuple[FloatArray, tuple[float, float, float, float]]:
    """A grid `(M, 2)` over all points, row by row from below, and its extent."""
    points = np.asarray(X, dtype=np.float64)  # (N, 2)
    low, high = points.min(axis=0), points.max(axis=0)
    margin = np.where(high > low, 0.08 * (high - low), 1.0)
    (left, bottom), (right, top) = low - margin, high + margin
    x, y = np.meshgrid(
        np.linspace(left, right, GRID_POINTS), np.linspace(bottom, top, GRID_POINTS)
    )
    grid = np.stack([x.ravel(), y.ravel()], axis=1)  # (M, 2)
    return grid, (left, right, bottom, top)


def _shade(
    ax: Axes, rgba: FloatArray, extent: tuple[float, float, float, float]
) -> None:
    """Lay colors under the plot; "none" keeps their borders sharp in SVG."""
    ax.imshow(rgba, extent=extent, origin="lower", aspect="auto", interpolation="none")
