"""Figures become SVG that says what it shows and suits a light and a dark page."""

import itertools

import matplotlib.pyplot as plt
import pytest

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


def luminance(color: str) -> float:
    """Relative luminance of a color, as the contrast rules of WCAG 2 define it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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


@pytest.mark.parametrize("name", ON_DARK)
def test_dark_colors_are_readable_on_a_dark_page(name: str) -> None:
    contrast = (luminance(ON_DARK[name]) + 0.05) / (luminance("#111111") + 0.05)
    assert contrast >= 4.5


def test_palette_differs_in_grey_print() -> None:
    levels = sorted(luminance(PALETTE[name]) for name in ("blue", "red", "orange"))
    assert all(b / a > 1.2 for a, b in itertools.pairwise(levels))
