"""The *shapes* set: generated 32×32 color images with known causes.

Every image shows one shape. Beside its class the set knows the mask of its pixels and
all factors of variation, which real images hide: color, size, position, rotation and
background. `render` draws chosen factors, so that one can be changed while the others
stay.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from utils.outlines import OUTLINES

Floats = NDArray[np.float32]

SIZE = 32  # pixels a side
CLASS_NAMES = tuple(OUTLINES)  # circle, square, triangle, star, cross, …
COLOR_NAMES = ("red", "orange", "yellow", "green", "blue", "purple")
BACKGROUND_NAMES = ("night", "paper", "dusk", "stripes")

_CHUNK = 500  # images drawn at once: fits the cache, and 10,000 need little memory

_COLORS = np.array(
    [
        [0.90, 0.22, 0.21],
        [0.96, 0.52, 0.10],
        [0.97, 0.79, 0.16],
        [0.20, 0.66, 0.33],
        [0.18, 0.47, 0.88],
        [0.61, 0.32, 0.80],
    ],
    dtype=np.float32,
)
# Each background goes from a first color (top) to a second one (bottom).
_BACKGROUND_COLORS = np.array(
    [
        [[0.07, 0.08, 0.14], [0.14, 0.17, 0.27]],
        [[0.98, 0.97, 0.94], [0.89, 0.89, 0.88]],
        [[0.42, 0.46, 0.58], [0.80, 0.74, 0.72]],
        [[0.84, 0.89, 0.91], [0.74, 0.81, 0.84]],
    ],
    dtype=np.float32,
)


@dataclass(frozen=True, eq=False)
class Factors:
    """What an image is made from; every array has one entry an image.

    Attributes:
        shape: class, `(N,)` int64, numbers of `CLASS_NAMES`.
        color: `(N,)` int64, numbers of `COLOR_NAMES`.
        background: `(N,)` int64, numbers of `BACKGROUND_NAMES`.
        radius: size in pixels, `(N,)`, from 6 to 11 when drawn at random.
        center: x (right) and y (down) from the middle in pixels, `(N, 2)`.
        rotation: counterclockwise in radians, `(N,)`; a circle and a ring do not show
            it.
    """

    shape: NDArray[np.int64]
    color: NDArray[np.int64]
    background: NDArray[np.int64]
    radius: Floats
    center: Floats
    rotation: Floats

    def __len__(self) -> int:
        return len(self.shape)

    def __getitem__(self, rows: Any) -> "Factors":
        """The factors of some images, chosen as in an array."""
        return Factors(*(getattr(self, field.name)[rows] for field in fields(self)))

    def changed(self, **factors: Any) -> "Factors":
        """A copy in which some factors are replaced: `factors.changed(color=...)`.

        A single number is repeated for all images.
        """
        return replace(
            self,
            **{
                name: np.broadcast_to(
                    np.asarray(value, dtype=getattr(self, name).dtype),
                    getattr(self, name).shape,
                )
                for name, value in factors.items()
            },
        )


@dataclass(frozen=True, eq=False)
class Shapes:
    """Images with everything that is known about them.

    Attributes:
        X: images, `(N, 3, 32, 32)` float32 in [0, 1].
        y: class, `(N,)` int64.
        mask: True where the shape covers at least half the pixel, `(N, 32, 32)`.
        factors: causes of each image.
    """

    X: Floats
    y: NDArray[np.int64]
    mask: NDArray[np.bool_]
    factors: Factors

    class_names = CLASS_NAMES

    def pixel_classes(self) -> NDArray[np.int64]:
        """Target of segmentation: 0 for background, class + 1 on the shape.

        Returns:
            `(N, 32, 32)` int64.
        """
        return np.where(self.mask, self.y[:, None, None] + 1, 0)


def make_shapes(count: int, seed: int) -> Shapes:
    """Draw images whose factors are independent and uniform.

    Args:
        count: number of images, N.
        seed: the same seed draws the same images.
    """
    factors = random_factors(count, seed)
    images, mask = render(factors)
    return Shapes(images, factors.shape, mask, factors)


def random_factors(count: int, seed: int) -> Factors:
    """Independent uniform factors; the shape always stays inside the image."""
    rng = np.random.default_rng(seed)
    radius = rng.uniform(6, 11, size=count)  # (N,)
    room = SIZE / 2 - 1 - radius
    return Factors(
        shape=rng.integers(len(CLASS_NAMES), size=count),
        color=rng.integers(len(COLOR_NAMES), size=count),
        background=rng.integers(len(BACKGROUND_NAMES), size=count),
        radius=radius.astype(np.float32),
        center=(rng.uniform(-1, 1, size=(count, 2)) * room[:, None]).astype(np.float32),
        rotation=rng.uniform(0, 2 * np.pi, size=count).astype(np.float32),
    )


def render(factors: Factors) -> tuple[Floats, NDArray[np.bool_]]:
    """Draw images from their factors.

    Edges are smooth: a pixel's share of the shape is taken from its distance to the
    outline.

    Returns:
        Images `(N, 3, 32, 32)` float32 in [0, 1] and masks `(N, 32, 32)`.
    """
    images = np.empty((len(factors), 3, SIZE, SIZE), dtype=np.float32)
    mask = np.empty((len(factors), SIZE, SIZE), dtype=np.bool_)
    for start in range(0, len(factors), _CHUNK):
        rows = slice(start, start + _CHUNK)
        images[rows], mask[rows] = _render_chunk(factors[rows])
    return images, mask


def _render_chunk(factors: Factors) -> tuple[Floats, NDArray[np.bool_]]:
    axis = np.arange(SIZE, dtype=np.float32) - (SIZE - 1) / 2
    across = axis[None, None, :] - factors.center[:, 0, None, None]  # (N, 1, 32)
    down = axis[None, :, None] - factors.center[:, 1, None, None]  # (N, 32, 1)
    cosine = np.cos(factors.rotation)[:, None, None]
    sine = np.sin(factors.rotation)[:, None, None]
    radius = factors.radius[:, None, None]
    x = (cosine * across - sine * down) / radius  # (N, 32, 32)
    y = -(sine * across + cosine * down) / radius  # up, in the shape's own frame
    distance = np.empty_like(x)
    for number, outline in enumerate(OUTLINES.values()):
        chosen = factors.shape == number
        distance[chosen] = outline(x[chosen], y[chosen])
    distance *= radius  # in pixels, negative inside
    coverage = np.clip(0.5 - distance, 0, 1)[:, None]  # (N, 1, 32, 32)
    shading = (1 + 0.10 * np.clip(-(across + down) / radius, -1, 1))[:, None]
    color = np.clip(_COLORS[factors.color][:, :, None, None] * shading, 0, 1)
    images = coverage * color + (1 - coverage) * _backgrounds(factors.background)
    return images, coverage[:, 0] >= 0.5


def _backgrounds(kinds: NDArray[np.int64]) -> Floats:
    """Color gradients from top to bottom, or diagonal stripes: (N, 3, 32, 32)."""
    step = np.arange(SIZE, dtype=np.float32)
    gradient = np.broadcast_to(step[:, None] / (SIZE - 1), (SIZE, SIZE))
    wave = np.sin(2 * np.pi * (step[:, None] + step) / 8)
    stripes = np.clip(0.5 + wave, 0, 1)
    blend = np.stack([gradient, gradient, gradient, stripes])[:, None]  # (4, 1, 32, 32)
    first, second = np.moveaxis(_BACKGROUND_COLORS, 1, 0)[..., None, None]
    pictures = (1 - blend) * first + blend * second  # (4, 3, 32, 32)
    return np.asarray(pictures[kinds], dtype=np.float32)
