"""Explorers that matplotlib draws: one lasting figure, of which only lines move."""

import io
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import matplotlib as mpl
import numpy as np
import traitlets
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from utils.explorers.base import FOLDER
from utils.explorers.controls import State
from utils.explorers.live import LiveExplorer
from utils.plotting import ON_DARK, PALETTE

# Until a page says more; the width, in pixels, suits a fine screen.
FIRST_SCREEN = {"dark": False, "width": 1760, "narrow": False}
MOST_SHEETS = 4
# The colors of shell.css, by whether the page is dark.
COLORS: dict[bool, dict[str, str]] = {
    False: {"ink": "#1f2328", "faint": "#e4e7eb", **PALETTE},
    True: {"ink": "#e6e8eb", "faint": "#343a42", **ON_DARK},
}


@dataclass
class Sheet:
    """A drawn figure: what moves in it, and the picture of everything that rests."""

    figure: Figure
    canvas: Any
    moving: Sequence[Artist]
    resting: Any


class FigureExplorer(LiveExplorer):
    """An explorer of which matplotlib draws the picture.

    A subclass implements `build`, which draws everything that rests and returns the
    artists that move, and `move`, which gives these artists new data. Only they are
    drawn again when the learner moves something (blitting).

    Attributes:
        size: width and height in inches; the dots per inch follow the page's width.
        narrow_size: the same for a phone.
    """

    size: ClassVar[tuple[float, float]] = (8.8, 3.4)
    narrow_size: ClassVar[tuple[float, float]] = (4.2, 5.6)
    script = FOLDER / "figures.js"

    picture = traitlets.Dict().tag(sync=True)
    stills = traitlets.Dict().tag(sync=True)  # for pages without Python
    screen = traitlets.Dict(FIRST_SCREEN).tag(sync=True)

    def __init__(self, **values: Any) -> None:
        self._sheets: dict[tuple[bool, int, bool], Sheet] = {}
        super().__init__(**values)

    def build(
        self, figure: Figure, narrow: bool, colors: Mapping[str, str]
    ) -> Sequence[Artist]:
        """Draw what rests, one above the other if narrow; returns what moves."""
        raise NotImplementedError

    def move(self, artists: Sequence[Artist], state: State) -> tuple[State, str]:
        """Give the moving artists their data; returns read-out and summary."""
        raise NotImplementedError

    def occasion(self) -> object:
        """The state and the screen."""
        return dict(self.state), dict(self.screen)

    def redraw(self, state: State) -> tuple[State, str]:
        """Draw the moving artists over the resting picture."""
        dark = bool(self.screen["dark"])
        narrow = bool(self.screen["narrow"])
        sheet = self._sheet(dark, int(self.screen["width"]), narrow)
        answer = self.move(sheet.moving, state)
        sheet.canvas.restore_region(sheet.resting)
        for artist in sheet.moving:
            sheet.figure.draw_artist(artist)
        pixels = np.asarray(sheet.canvas.buffer_rgba())
        shape = list(pixels.shape[:2])
        self.picture = {"dark": dark, "shape": shape, "data": to_png(pixels)}
        return answer

    def draw_stills(self) -> None:
        """Draw the present state for light and dark, wide and narrow pages."""
        pictures = {}
        for theme, shape in itertools.product(("light", "dark"), ("wide", "narrow")):
            narrow = shape == "narrow"
            width = 800 if narrow else FIRST_SCREEN["width"]
            self.screen = {"dark": theme == "dark", "width": width, "narrow": narrow}
            self.refresh()
            pictures[f"{theme} {shape}"] = self.picture
        self.stills = pictures

    def _sheet(self, dark: bool, width: int, narrow: bool) -> Sheet:
        """The figure for this kind of screen, built when it is first needed."""
        key = (dark, width, narrow)
        if key not in self._sheets:
            size = self.narrow_size if narrow else self.size
            with mpl.rc_context(figure_style(dark)):
                figure = Figure(
                    figsize=size,
                    dpi=width / size[0],
                    layout="constrained",
                    facecolor="none",
                )
                canvas: Any = FigureCanvasAgg(figure)
                moving = self.build(figure, narrow, COLORS[dark])
                for artist in moving:
                    artist.set_animated(True)
                canvas.draw()
            if len(self._sheets) >= MOST_SHEETS:  # the page was resized often
                self._sheets.clear()
            resting = canvas.copy_from_bbox(figure.bbox)
            self._sheets[key] = Sheet(figure, canvas, moving, resting)
        return self._sheets[key]


def to_png(pixels: np.ndarray) -> bytes:
    """Pixels (H, W, 4), uint8, as PNG: quickly rather than small."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png", compress_level=1)
    return file.getvalue()


def figure_style(dark: bool) -> Any:
    """Settings of matplotlib that look like the other explorers."""
    ink, faint = COLORS[dark]["ink"], COLORS[dark]["faint"]
    return {
        "text.color": ink,
        "axes.labelcolor": ink,
        "axes.titlecolor": ink,
        "axes.edgecolor": ink,
        "axes.titlesize": 10,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.labelsize": 9,
        "axes.facecolor": "none",
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.8,
        "grid.color": faint,
        "grid.linewidth": 0.8,
        "xtick.color": ink,
        "ytick.color": ink,
        "xtick.labelsize": 8.5,
        "ytick.labelsize": 8.5,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "ytick.minor.size": 0,
        "figure.constrained_layout.wspace": 0.08,
        "lines.linewidth": 2,
        "legend.frameon": False,
    }
