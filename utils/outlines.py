"""Signed distances to the outlines of the shapes, negative inside.

Every function takes points `(..., )` of the plane, x to the right and y up, and returns
the distance of each to an outline that fits the unit circle. Formulas after Quilez,
"2D distance functions" (iquilezles.org).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


def circle(x: Floats, y: Floats) -> Floats:
    """A disk, a little smaller than the unit circle so that it looks as large."""
    distance: Floats = np.hypot(x, y) - 0.92
    return distance


def square(x: Floats, y: Floats) -> Floats:
    """A square with level sides."""
    return _box(x, y, 0.7, 0.7)


def triangle(x: Floats, y: Floats) -> Floats:
    """An equilateral triangle, one corner up."""
    return _polygon(x, y, _corners((1.0,), 3))


def star(x: Floats, y: Floats) -> Floats:
    """A star with five points, one of them up."""
    return _polygon(x, y, _corners((1.0, 0.42), 5))


def cross(x: Floats, y: Floats) -> Floats:
    """Two bars of equal length, level and upright."""
    distance: Floats = np.minimum(_box(x, y, 0.94, 0.28), _box(x, y, 0.28, 0.94))
    return distance


def ring(x: Floats, y: Floats) -> Floats:
    """A disk with a hole."""
    distance: Floats = np.abs(np.hypot(x, y) - 0.71) - 0.21
    return distance


def heart(x: Floats, y: Floats) -> Floats:
    """A heart, its tip down."""
    scale = 1.48  # the formula's heart is 1.2 wide and stands on the origin
    x, y = np.abs(x) / scale, y / scale + 0.56
    lobe = np.hypot(x - 0.25, y - 0.75) - 2**0.5 / 4
    along = np.maximum(x + y, 0) / 2
    tip = np.minimum(np.hypot(x, y - 1), np.hypot(x - along, y - along))
    distance: Floats = scale * np.where(x + y > 1, lobe, tip * np.sign(x - y))
    return distance


def crescent(x: Floats, y: Floats) -> Floats:
    """A disk without a smaller one that overlaps its right side."""
    outer = np.hypot(x, y) - 0.95
    bite = np.hypot(x - 0.48, y) - 0.72
    distance: Floats = np.maximum(outer, -bite)
    return distance


def _box(x: Floats, y: Floats, half_width: float, half_height: float) -> Floats:
    over_x = np.abs(x) - np.float32(half_width)
    over_y = np.abs(y) - np.float32(half_height)
    outside = np.hypot(np.maximum(over_x, 0), np.maximum(over_y, 0))
    distance: Floats = outside + np.minimum(np.maximum(over_x, over_y), 0)
    return distance


def _corners(radii: tuple[float, ...], count: int) -> Floats:
    """Corners of a regular polygon or star, first one on top: (M, 2)."""
    total = count * len(radii)
    angle = np.pi / 2 + 2 * np.pi * np.arange(total) / total
    radius = np.resize(radii, total)
    unit = np.stack([np.cos(angle), np.sin(angle)], axis=1)  # (M, 2)
    corners: Floats = (radius[:, None] * unit).astype(np.float32)
    return corners


def _polygon(x: Floats, y: Floats, corners: Floats) -> Floats:
    """Distance to the nearest edge; the sign flips with every edge that is crossed."""
    nearest = np.full_like(x, np.inf)
    sign = np.ones_like(x)
    for start, end in zip(corners, np.roll(corners, 1, axis=0), strict=True):
        edge = end - start
        from_x, from_y = x - start[0], y - start[1]
        along = np.clip((from_x * edge[0] + from_y * edge[1]) / (edge @ edge), 0, 1)
        nearest = np.minimum(
            nearest, np.hypot(from_x - edge[0] * along, from_y - edge[1] * along)
        )
        side = edge[0] * from_y > edge[1] * from_x
        upward = (y >= start[1]) & (y < end[1]) & side
        downward = (y < start[1]) & (y >= end[1]) & ~side
        sign = np.where(upward | downward, -sign, sign)
    distance: Floats = nearest * sign
    return distance


OUTLINES: Mapping[str, Callable[[Floats, Floats], Floats]] = MappingProxyType(
    {
        outline.__name__: outline
        for outline in (circle, square, triangle, star, cross, ring, heart, crescent)
    }
)
