"""Pictures that many lectures draw: each takes an `ax`, draws on it and returns it.

Call `utils.plotting.use_course_style()` once before. Classes differ in color and in
marker, lines in color and in dash, so that no figure depends on color alone.
"""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from utils.graph_drawing import graph_drawing
from utils.history import History
from utils.plane import (
    FloatArray,
    Range,
    class_points,
    decision_regions,
    descent_path,
    loss_contours,
    probability_map,
)
from utils.plotting import PALETTE, label

__all__ = [
    "class_points",
    "confusion",
    "decision_regions",
    "descent_path",
    "graph_drawing",
    "image_grid",
    "learning_curves",
    "loss_contours",
    "probability_map",
    "residuals",
]


def image_grid(
    ax: Axes,
    images: Any,
    columns: int,
    titles: Sequence[object] | None = None,
    *,
    limits: Range | None = None,
    colormap: str = "gray",
) -> Axes:
    """Images side by side on one `ax`, with an optional word above each.

    Args:
        ax: where to draw; its axes are hidden.
        images: `(N, H, W)`, `(N, 1, H, W)` or `(N, 3, H, W)`; colors lie in [0, 1].
        columns: images a row.
        titles: one a picture.
        limits: values drawn black and white; by default 0 and 1 for colors, else the
            smallest and largest value.
        colormap: for images without colors; `plotting.DIVERGING` with symmetric
            limits suits weights.

    Raises:
        ValueError: the images have another shape or the titles another number.
    """
    pixels = _as_rgb(images, limits, colormap)  # (N, H, W, 3)
    count, height, width, _ = pixels.shape
    if titles is not None and len(titles) != count:
        raise ValueError(f"there are {count} images but {len(titles)} titles")
    gap = max(1, round(0.08 * width))
    above = gap if titles is None else max(gap, round(0.4 * height))
    rows = -(-count // columns)
    canvas = np.zeros((rows * (height + above), columns * (width + gap) - gap, 4))
    for number in range(count):
        row, column = divmod(number, columns)
        top, left = row * (height + above) + above, column * (width + gap)
        canvas[top : top + height, left : left + width, :3] = pixels[number]
        canvas[top : top + height, left : left + width, 3] = 1
        if titles is not None:
            ax.text(
                left + width / 2 - 0.5,
                top - 0.5 - 0.06 * height,
                str(titles[number]),
                ha="center",
                va="bottom",
                fontsize=9,
            )
    ax.imshow(canvas, interpolation="none")  # "none" keeps pixels sharp in SVG
    aside = 0.02 * canvas.shape[1]  # grids side by side do not touch
    ax.set_xlim(-0.5 - aside, canvas.shape[1] - 0.5 + aside)
    ax.set_anchor("N")  # their titles stand at one height
    ax.set_axis_off()
    return ax


def learning_curves(ax: Axes, history: History, quantity: str = "loss") -> Axes:
    """Training and validation curve over epochs; a dot marks the best epoch.

    Args:
        ax: where to draw.
        history: what `utils.training.fit` returned.
        quantity: "loss" or "metric".

    Raises:
        ValueError: another quantity, or nothing of it was recorded.
    """
    if quantity not in ("loss", "metric"):
        raise ValueError(f'quantity is "loss" or "metric", not {quantity!r}')
    train = getattr(history, f"train_{quantity}")
    validation = getattr(history, f"validation_{quantity}")
    if not train:
        raise ValueError(f"the history holds no {quantity}; pass it to fit")
    epochs = np.arange(1, len(train) + 1)
    ax.plot(epochs, train, color=PALETTE["blue"], label="training")
    if validation:
        color = PALETTE["red"]
        ax.plot(epochs, validation, color=color, linestyle="--", label="validation")
        best = history.best_epoch
        ax.plot(
            best,
            validation[best - 1],
            "o",
            color=color,
            markersize=8,
            label=f"lowest validation loss: epoch {best}",
        )
    ax.legend()
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    return label(ax, "epoch", quantity)


def residuals(ax: Axes, x: Any, y: Any, y_hat: Any) -> Axes:
    """Data, predictions and the vertical distances between them.

    Args:
        ax: where to draw.
        x: one input a sample, `(N,)` or `(N, 1)`.
        y: targets, `(N,)`.
        y_hat: predictions, `(N,)`, joined by a line.
    """
    position = np.asarray(x).reshape(-1)
    targets, predictions = np.asarray(y), np.asarray(y_hat)
    order = np.argsort(position)
    ax.vlines(
        position,
        predictions,
        targets,
        color=PALETTE["grey"],
        linewidth=1,
        label="residual",
    )
    ax.plot(position, targets, "o", color=PALETTE["blue"], label="data")
    ax.plot(
        position[order], predictions[order], color=PALETTE["red"], label="prediction"
    )
    ax.legend()
    return label(ax, "x", "y")


def confusion(ax: Axes, matrix: Any, labels: Sequence[object]) -> Axes:
    """Counts of true against predicted class, shaded by the share of the row.

    Args:
        ax: where to draw.
        matrix: `(K, K)`, row is the truth, as `evaluation.confusion_matrix` gives.
        labels: K class names.
    """
    counts = np.asarray(matrix)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)  # (K, K)
    ax.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.ndindex(*counts.shape):
        dark = share[row, column] > 0.5
        ax.text(
            column,
            row,
            str(counts[row, column]),
            ha="center",
            va="center",
            fontsize=9,
            color="white" if dark else "black",
        )
    names = [str(name) for name in labels]
    long = max(map(len, names)) > 3
    ax.set_xticks(range(len(names)), names, rotation=45 if long else 0)
    if long:
        plt.setp(ax.get_xticklabels(), ha="right", rotation_mode="anchor")
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.grid(False)
    return label(ax, "predicted class", "true class")


def _as_rgb(images: Any, limits: Range | None, colormap: str) -> FloatArray:
    """Images of any accepted shape as `(N, H, W, 3)` in [0, 1]."""
    values = np.asarray(images, dtype=np.float64)
    if values.ndim == 4 and values.shape[1] == 3:
        low, high = limits or (0.0, 1.0)
        scaled = np.clip((values - low) / (high - low), 0, 1)
        return np.moveaxis(scaled, 1, 3)
    if values.ndim == 4 and values.shape[1] == 1:
        values = values[:, 0]
    if values.ndim != 3:
        raise ValueError(
            "images must be (N, H, W), (N, 1, H, W) or (N, 3, H, W), "
            f"not {values.shape}"
        )
    low, high = limits or (float(values.min()), float(values.max()))
    scaled = np.clip((values - low) / ((high - low) or 1), 0, 1)
    return np.asarray(plt.get_cmap(colormap)(scaled)[..., :3])
