"""The drawings of the report, as SVG that is part of the page.

No text by a learner enters a drawing: labels are task names, numbers and fixed words.
"""

import html
import io
import re
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from autograder.reports.item_analysis import Task

BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"  # Okabe-Ito
_STYLE: Any = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.parse_math": False,
}


def score_plot(scores: Sequence[float], points: float) -> str:
    """How many submissions have which score."""
    with mpl.rc_context(_STYLE):
        figure, axes = _axes(6.5, 2.6)
        bins = np.linspace(0, max(points, 1e-9), 11)
        axes.hist(scores, bins=list(bins), color=BLUE, edgecolor="white")
        axes.set(xlabel=f"score (of {points:g})", ylabel="submissions")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        alt = f"Histogram of {len(scores)} scores; median {np.median(scores):g}."
        return _svg(figure, alt)


def task_plot(tasks: Sequence[Task]) -> str:
    """Difficulty and discrimination of each task, side by side."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(6.5, 0.8 + 0.24 * len(tasks)), layout="constrained")
        left, right = figure.subplots(1, 2, sharey=True)
        names = [task.name[:40] for task in tasks]
        rows = range(len(tasks))
        left.barh(rows, [task.difficulty for task in tasks], color=BLUE)
        left.set(xlim=(0, 1), xlabel="mean share of the points", yticks=list(rows))
        left.set_yticklabels(names)
        left.invert_yaxis()
        values = [task.discrimination for task in tasks]
        colors = [RED if value < 0.1 else GREEN for value in values]
        right.barh(rows, np.nan_to_num(values), color=colors)
        right.axvline(0, color="black", linewidth=0.8)
        right.set(xlim=(-1, 1), xlabel="correlation with the other tasks")
        return _svg(figure, "Bars: difficulty and discrimination of each task.")


def count_plot(counts: Sequence[int]) -> str:
    """How often each misconception was seen; numbers as in the table."""
    with mpl.rc_context(_STYLE):
        figure, axes = _axes(6.5, 0.7 + 0.22 * len(counts))
        rows = range(1, len(counts) + 1)
        axes.barh(rows, counts, color=ORANGE)
        axes.set(xlabel="submissions", ylabel="number in the table", yticks=list(rows))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.invert_yaxis()
        return _svg(figure, "Bars: how many submissions show each misconception.")


def resource_plot(seconds: Sequence[float], megabytes: Sequence[float]) -> str:
    """Time and memory of each submission."""
    with mpl.rc_context(_STYLE):
        figure, axes = _axes(6.5, 2.6)
        axes.scatter(seconds, megabytes, s=14, color=BLUE, alpha=0.7)
        axes.set(xlabel="seconds", ylabel="peak memory (MB)", ylim=(0, None))
        axes.set_xlim(0, None)
        return _svg(figure, "Points: seconds and megabytes of each submission.")


def failure_plot(graded: int, failed: int) -> str:
    """How many submissions could be graded."""
    with mpl.rc_context(_STYLE):
        figure, axes = _axes(6.5, 1.0)
        axes.barh([0], [graded], color=GREEN, label=f"graded: {graded}")
        axes.barh([0], [failed], left=[graded], color=RED, label=f"failed: {failed}")
        axes.set(yticks=[], xlabel="submissions")
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
        return _svg(figure, f"{graded} submissions were graded, {failed} failed.")


def likeness_plot(likeness: np.ndarray, listed: Sequence[float]) -> str:
    """How alike all pairs are, with the listed pairs marked."""
    with mpl.rc_context(_STYLE):
        figure, axes = _axes(6.5, 2.6)
        axes.hist(likeness, bins=list(np.linspace(0, 1, 41)), color=BLUE)
        axes.plot(listed, np.zeros(len(listed)), "v", color=RED, clip_on=False)
        axes.set(xlabel="likeness of two submissions", ylabel="pairs", xlim=(0, 1))
        alt = f"Histogram of the likeness of {len(likeness)} pairs; listed ones marked."
        return _svg(figure, alt)


def _axes(width: float, height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots()


def _svg(figure: Figure, alt: str) -> str:
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") + len("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    return f'<svg role="img" aria-label="{html.escape(alt)}"{svg}'
