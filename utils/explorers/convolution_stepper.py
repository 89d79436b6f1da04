"""Unit 09: a kernel moves over a tiny picture, and one result is written out."""

from typing import ClassVar

import numpy as np

from utils.explorers.arrays import Arrays
from utils.explorers.browser import BrowserExplorer, Call
from utils.explorers.controls import Check, Choice, Slider, State

LARGEST_IMAGE = 7
LARGEST_KERNEL = 4


def padded_kernel(*rows: tuple[float, ...]) -> list[list[float]]:
    """A small kernel in the corner of a table of the largest size."""
    table = [[0.0] * LARGEST_KERNEL for _ in range(LARGEST_KERNEL)]
    for i, row in enumerate(rows):
        table[i][: len(row)] = map(float, row)
    return table


SOBEL = padded_kernel((1, 0, -1), (2, 0, -2), (1, 0, -1))
LAPLACIAN = padded_kernel((0, -1, 0), (-1, 4, -1), (0, -1, 0))
BLUR = padded_kernel(*[(1 / 9,) * 3] * 3)
IDENTITY = padded_kernel((0, 0, 0), (0, 1, 0), (0, 0, 0))

PICTURE = [
    [0, 0, 0, 0, 0, 0, 0],
    [0, 0, 5, 5, 5, 0, 0],
    [0, 0, 5, 5, 5, 0, 0],
    [0, 0, 5, 5, 5, 5, 5],
    [0, 0, 5, 5, 5, 5, 5],
    [0, 0, 0, 0, 0, 5, 5],
    [0, 0, 0, 0, 0, 0, 0],
]


class ConvolutionStepper(BrowserExplorer):
    """What does a kernel compute at each place of a picture, and where may it stand?

    Pixels and weights can be changed: click or Enter, arrow up and down, or drag to
    copy a value to its neighbors; arrow left and right go to the next one. Where the
    size of the result is no whole number, the settings are refused unless libraries'
    rule, rounding down, is switched on; pixels that no window uses are crossed out.

    Args:
        learner: your layer; gets the image (N, N), the kernel (F, F), stride, padding
            and dilation, returns the result (M, M). For the mode "convolution" the
            kernel is turned already.
    """

    title = "Convolution, one window at a time"
    task = (
        "Move the window: where is Sobel's answer not 0? Then find a stride that is "
        "refused, and two ways to repair it without changing the stride."
    )
    controls = (
        Slider("step", "Window", 0, 120, plays=True, per_second=2),
        Choice("mode", "Compute", ("cross-correlation", "convolution")),
        Slider("size", "Image size N", 3, LARGEST_IMAGE),
        Slider("kernel", "Kernel size F", 1, LARGEST_KERNEL),
        Slider("stride", "Stride S", 1, 4),
        Slider("padding", "Padding P", 0, 2),
        Slider("dilation", "Dilation D", 1, 3),
        Check("floor", "Round sizes down, as libraries do"),
    )
    presets: ClassVar = {
        "Sobel": {"weights": SOBEL},
        "Laplacian": {"weights": LAPLACIAN},
        "blur": {"weights": BLUR},
        "identity": {"weights": IDENTITY},
        "same size": {"padding": 1},
        "stride 2": {"stride": 2, "step": 4},
        "refused": {"stride": 3},
    }
    start: ClassVar = {
        "step": 8,
        "mode": "cross-correlation",
        "size": LARGEST_IMAGE,
        "kernel": 3,
        "stride": 1,
        "padding": 0,
        "dilation": 1,
        "floor": False,
        "pixels": PICTURE,
        "weights": SOBEL,
    }

    def of_learner(self, call: Call, state: State) -> Arrays:
        """The result of the learner's layer, unless the settings are refused."""
        N, F, S, P, D = (
            int(state[name])
            for name in ("size", "kernel", "stride", "padding", "dilation")
        )
        room = N + 2 * P - D * (F - 1) - 1
        if room < 0 or (room % S and not state["floor"]):
            return {}
        image = np.array(state["pixels"], dtype=float)[:N, :N]
        kernel = np.array(state["weights"], dtype=float)[:F, :F]
        if state["mode"] == "convolution":
            kernel = kernel[::-1, ::-1].copy()
        M = room // S + 1
        return {"output": call(image, kernel, S, P, D, shape=(M, M))}
