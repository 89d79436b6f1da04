"""The pictures that Python sends to a demo."""

import io

import numpy as np
from PIL import Image

from utils.explorers.figures import to_png


def test_png_holds_exactly_the_pixels() -> None:
    rng = np.random.default_rng(0)
    for height, width in ((1, 1), (1, 9), (7, 1), (40, 61)):
        pixels = rng.integers(0, 256, (height, width, 4), dtype=np.uint8)
        decoded = Image.open(io.BytesIO(to_png(pixels)))
        assert decoded.mode == "RGBA"
        assert np.array_equal(np.asarray(decoded), pixels)
