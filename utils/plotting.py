"""One figure style for the whole course, readable in light, dark and print.

Figures become inline SVG whose text and axes take the color of the page around them, so
that the same stored picture suits a light and a dark theme. The palette is the one of
Okabe and Ito (2008), which survives the common color blindnesses.
"""

import html
import io
import re
from types import MappingProxyType
from typing import Any

import matplotlib.pyplot as plt
from cycler import cycler
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

PALETTE = MappingProxyType(
    {
        "blue": "#0072B2",
        "orange": "#E69F00",
        "green": "#009E73",
        "red": "#D55E00",
        "purple": "#CC79A7",
        "sky": "#56B4E9",
        "grey": "#757575",
    }
)
# The same colors, lighter, for a dark page.
ON_DARK = MappingProxyType(
    {
        "blue": "#4AA8E0",
        "orange": "#EEB02F",
        "green": "#2BC294",
        "red": "#F0803C",
        "purple": "#DD94BB",
        "sky": "#8FD0F5",
        "grey": "#A3A3A3",
    }
)
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
SEQUENTIAL = "cividis"  # ordered values; perceptually even and safe
DIVERGING = "RdBu_r"  # values around zero

# To what part of its size a figure may shrink; on a phone it rather scrolls.
READABLE = 0.62
MARGIN = 0.05  # inches above and below a row of images

# Stands for "the text color of the page" until the figure is written as SVG.
_INK = "#123456"

_STYLE: Any = {
    "figure.figsize": (6.4, 3.6),
    "figure.dpi": 100,
    "figure.facecolor": "none",
    "figure.constrained_layout.use": True,
    "savefig.facecolor": "none",
    "axes.facecolor": "none",
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "axes.titlecolor": _INK,
    "axes.titlesize": "medium",
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=list(PALETTE.values())),
    "grid.color": PALETTE["grey"],
    "grid.alpha": 0.25,
    "grid.linewidth": 0.6,
    "image.cmap": SEQUENTIAL,
    "legend.frameon": False,
    "legend.labelcolor": _INK,
    "lines.linewidth": 2,
    "lines.markersize": 5,
    "patch.edgecolor": _INK,
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "font.size": 10,
    "svg.fonttype": "none",  # text stays text: searchable, selectable, small
    "font.family": ["sans-serif"],
    "mathtext.fontset": "dejavusans",
}


class InlineFigure:
    """A figure as notebooks show it: SVG in the colors of the page, with alt text."""

    def __init__(self, svg: str, alt: str) -> None:
        self.svg = svg
        self.alt = alt

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.svg, "text/plain": f"[Figure: {self.alt}]"}


def use_course_style() -> None:
    """Draw every later figure in the style of the course."""
    plt.rcParams.update(_STYLE)


def show(figure: Figure, alt: str) -> None:
    """Show a figure under the current cell and close it.

    Args:
        figure: a matplotlib figure drawn after `use_course_style()`.
        alt: one sentence that tells somebody who cannot see the figure what it shows.

    Raises:
        ValueError: the alternative text is missing.
    """
    if not alt.strip():
        raise ValueError("say in `alt` what the figure shows")
    display(InlineFigure(to_svg(figure, alt), alt))  # type: ignore[no-untyped-call]
    plt.close(figure)


def to_svg(figure: Figure, alt: str) -> str:
    """The figure as one <svg> element that inherits the page's text color."""
    stream = io.StringIO()
    figure.savefig(
        stream,
        format="svg",
        metadata={"Date": None, "Creator": None},
        bbox_inches=_used(figure),
    )
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = svg.replace(_INK, "currentColor")
    width = figure.get_figwidth() * figure.dpi
    opening = (
        f'<svg role="img" aria-label="{html.escape(alt)}" '
        f'style="max-width:100%;width:{width:.0f}px;'
        f"min-width:{READABLE * width:.0f}px;height:auto;"
        'color:var(--jp-content-font-color1,var(--pst-color-text-base,currentColor))"'
    )
    svg = re.sub(r' width="[\d.]+pt"| height="[\d.]+pt"', "", svg, count=2)
    return _theme_colors(opening + svg[len("<svg") :])


def _used(figure: Figure) -> Bbox | None:
    """The figure without the rows that images without axes leave empty, in inches."""
    if any(axes.axison for axes in figure.axes):
        return None
    figure.draw_without_rendering()  # lays it out
    drawn = figure.get_tightbbox().padded(MARGIN)
    width, height = figure.get_size_inches()
    return Bbox.from_extents(0, max(0, drawn.y0), width, min(height, drawn.y1))


def _theme_colors(svg: str) -> str:
    """Let the palette follow the page's theme: each color becomes a variable.

    JupyterLab and the web site say in different words that a page is dark.
    """
    for name in ON_DARK:
        color = PALETTE[name].lower()
        svg = svg.replace(color, f"var(--course-{name}, {color})")
    lighter = ";".join(f"--course-{name}:{color}" for name, color in ON_DARK.items())
    dark = '[data-jp-theme-light="false"] svg[role="img"]'
    dark += ',[data-theme="dark"] svg[role="img"]'
    style = f"<style>{dark}{{{lighter}}}</style>"
    head, bracket, body = svg.partition(">")
    return head + bracket + style + body


def label(axes: Axes, x: str, y: str, title: str = "") -> Axes:
    """Name both axes and say in the title what the picture shows."""
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    if title:
        axes.set_title(title)
    return axes


def panels(
    count: int, *, width: float | None = None, height: float = 3.2
) -> tuple[Figure, list[Axes]]:
    """A figure with `count` axes side by side; sizes in inches."""
    width = width or (5.6 if count == 1 else 3.7 * count)
    figure, axes = plt.subplots(1, count, figsize=(width, height), squeeze=False)
    return figure, list(axes[0])
