"""Figures become SVG that says what it shows and suits a light and a dark page."""

import itertools
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from utils.explorers.base import read_shared
from utils.figures import image_grid
from utils.plotting import ON_DARK, PALETTE, label, panels, show, to_svg
from utils.plotting import use_course_style as use_style


@pytest.fixture
def figure():
    use_style()
    figure, axes = panels(1)
    axes[0].plot([0, 1], color=PALETTE["blue"])
    label(axes[0], "x", "y", "A line")
    yield figure
    plt.close(figure)


# How colors look to people without cones of one kind, on linear red, green and blue
# (Machado, Oliveira and Fernandes, 2009).
COLOR_BLIND = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)
LINES = ("blue", "orange", "green", "red", "purple", "sky")
PALETTES = {"light": PALETTE, "dark": ON_DARK}


def linear(color: str) -> np.ndarray:
    """Linear red, green and blue of a color, (3,)."""
    parts = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(color: str) -> float:
    """Relative luminance of a color, as the contrast rules of WCAG 2 define it."""
    return float(XYZ[1] @ linear(color))


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB of linear red, green and blue, (3,); a step of 1 is hardly visible."""
    relative = XYZ @ rgb.clip(0, 1) / XYZ.sum(axis=1)
    root = np.where(relative > 0.008856, np.cbrt(relative), 7.787 * relative + 16 / 116)
    x, y, z = root
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_alternative_text_is_part_of_the_figure(figure) -> None:
    svg = to_svg(figure, 'a line that "rises"')
    assert 'role="img"' in svg
    assert 'aria-label="a line that &quot;rises&quot;"' in svg


def test_figure_without_alternative_text_is_refused(figure) -> None:
    with pytest.raises(ValueError, match="alt"):
        show(figure, alt=" ")


def test_text_takes_the_color_of_the_page(figure) -> None:
    svg = to_svg(figure, "a line")
    assert "currentColor" in svg
    assert "#123456" not in svg


def test_palette_follows_the_theme(figure) -> None:
    svg = to_svg(figure, "a line")
    assert "var(--course-blue, #0072b2)" in svg
    assert f"--course-blue:{ON_DARK['blue']}" in svg


def test_size_is_in_pixels_and_shrinks_with_the_page(figure) -> None:
    svg = to_svg(figure, "a line")
    assert "width:560px" in svg
    assert "max-width:100%" in svg
    assert "min-width:347px" in svg


def test_a_row_of_images_leaves_no_empty_rows() -> None:
    use_style()
    figure, axes = panels(1, width=7, height=3)
    image_grid(axes[0], np.zeros((10, 8, 8)), columns=10, titles=range(10))
    svg = to_svg(figure, "ten black images")
    plt.close(figure)
    (width, height) = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()
    assert float(width) == 7 * 72
    assert 50 < float(height) < 100


@pytest.mark.parametrize("name", ON_DARK)
def test_dark_colors_are_readable_on_a_dark_page(name: str) -> None:
    contrast = (luminance(ON_DARK[name]) + 0.05) / (luminance("#111111") + 0.05)
    assert contrast >= 4.5


def test_palette_differs_in_grey_print() -> None:
    levels = sorted(luminance(PALETTE[name]) for name in ("blue", "red", "orange"))
    assert all(b / a > 1.2 for a, b in itertools.pairwise(levels))


@pytest.mark.parametrize("kind", COLOR_BLIND)
@pytest.mark.parametrize("palette", PALETTES)
def test_palette_survives_color_blindness(palette: str, kind: str) -> None:
    seen = {
        name: lab(np.array(COLOR_BLIND[kind]) @ linear(PALETTES[palette][name]))
        for name in LINES
    }
    distances = {
        pair: np.linalg.norm(seen[pair[0]] - seen[pair[1]])
        for pair in itertools.combinations(LINES, 2)
    }
    assert min(distances.values()) > 10, distances


def test_demos_have_the_colors_of_the_figures() -> None:
    style = read_shared("shell.css")
    light, dark = style.split('.explorer[data-theme="dark"]')
    for name in LINES:
        assert f"--explorer-{name}: {PALETTE[name].lower()};" in light
        assert f"--explorer-{name}: {ON_DARK[name].lower()};" in dark
