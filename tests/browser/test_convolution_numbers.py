"""What the two demos of unit 09 compute in JavaScript, compared with torch."""

from typing import Any

import numpy as np
import pytest
import torch

from utils.explorers import ConvolutionStepper, ReceptiveField
from utils.explorers.convolution_stepper import LAPLACIAN, PICTURE, SOBEL

WEIGHTS = np.random.default_rng(9).integers(-3, 4, size=(4, 4)).tolist()


def by_torch(values: dict[str, Any]) -> torch.Tensor:
    """torch's layer with the settings of the demo, (M, M)."""
    N, F = values["size"], values["kernel"]
    image = torch.tensor(values["pixels"], dtype=torch.float64)[:N, :N]
    kernel = torch.tensor(values["weights"], dtype=torch.float64)[:F, :F]
    if values["mode"] == "convolution":
        kernel = kernel.flip(0, 1)
    settings = {name: values[name] for name in ("stride", "padding", "dilation")}
    images, kernels = image[None, None], kernel[None, None]
    return torch.nn.functional.conv2d(images, kernels, **settings)[0, 0]


@pytest.mark.parametrize("mode", ["cross-correlation", "convolution"])
@pytest.mark.parametrize(
    "settings",
    [
        {"weights": SOBEL},
        {"weights": LAPLACIAN, "padding": 1},
        {"weights": WEIGHTS, "kernel": 4, "size": 6, "padding": 2, "stride": 2},
        {"weights": WEIGHTS, "kernel": 2, "dilation": 3, "stride": 2, "floor": True},
        {"weights": WEIGHTS, "kernel": 3, "stride": 3, "floor": True, "step": 77},
    ],
)
def test_results_agree_with_torch(
    plain_page: Any, settings: dict[str, Any], mode: str
) -> None:
    explorer = ConvolutionStepper(mode=mode, **settings)
    plain_page.mount(explorer)
    shown = plain_page.readout()
    expected = by_torch(explorer.state)
    assert shown["M"] == len(expected)
    assert np.allclose(shown["output"], expected)
    row, column = divmod(explorer.state["step"] % expected.numel(), len(expected))
    assert (shown["row"], shown["column"]) == (row, column)
    assert np.isclose(shown["value"], expected[row, column])


@pytest.mark.parametrize("floor", [False, True])
def test_sizes_that_are_refused(plain_page: Any, floor: bool) -> None:
    plain_page.mount(ConvolutionStepper(floor=floor))
    names = ("size", "kernel", "stride", "padding", "dilation")
    smallest = np.array([3, 1, 1, 0, 1])
    sizes = (smallest + np.argwhere(np.ones((5, 4, 4, 3, 3)))).tolist()
    told = plain_page.sweep([dict(zip(names, one, strict=True)) for one in sizes])
    for (N, F, S, P, D), (shown, summary) in zip(sizes, told, strict=True):
        room = N + 2 * P - D * (F - 1) - 1
        fits = room >= 0 and (floor or room % S == 0)
        assert shown["M"] == (room // S + 1 if fits else None)
        assert summary.startswith("Refused") != fits


def test_pixels_that_no_window_uses(plain_page: Any) -> None:
    plain_page.mount(ConvolutionStepper(stride=3, floor=True))
    assert plain_page.readout()["unused"] == 7 * 7 - 6 * 6


def test_pixels_and_weights_can_be_changed(plain_page: Any) -> None:
    explorer = plain_page.mount(ConvolutionStepper())
    corner = explorer.locator("[data-handle=pixel-0-0]")
    corner.click()
    corner.press("ArrowUp")
    corner.press("ArrowRight")
    explorer.locator("[data-handle=pixel-0-1]").press("Enter")
    explorer.locator("[data-handle=weight-1-1]").press("ArrowDown")
    state = plain_page.state()
    assert state["pixels"][0] == [6, 5, *PICTURE[0][2:]]
    assert state["weights"][1][:3] == [2, -1, -2]
    assert np.allclose(plain_page.readout()["output"], by_torch(state))


@pytest.mark.parametrize(
    "layers",
    [
        ((3, 1, 1), (3, 1, 1)),
        ((5, 1, 1), (1, 1, 1)),
        ((3, 2, 1), (3, 1, 2)),
        ((2, 3, 2), (4, 2, 1)),
    ],
)
def test_the_field_agrees_with_gradients(
    plain_page: Any, layers: tuple[tuple[int, int, int], ...]
) -> None:
    names = ("kernel", "stride", "dilation")
    state = {
        f"{name}_{number}": value
        for number, layer in enumerate(layers, start=1)
        for name, value in zip(names, layer, strict=True)
    }
    plain_page.mount(ReceptiveField(unit=2, **state))
    shown = plain_page.readout()
    x = torch.zeros(1, 1, 27, requires_grad=True)
    out = x
    for kernel, stride, dilation in layers:
        ones = torch.ones(1, 1, kernel)
        out = torch.nn.functional.conv1d(out, ones, stride=stride, dilation=dilation)
    unit = min(2, out.shape[2] - 1)
    paths = torch.autograd.grad(out[0, 0, unit], x)[0][0, 0]
    assert shown["sizes"][2] == out.shape[2]
    assert shown["paths"] == paths.tolist()
    reached = np.flatnonzero(paths)
    assert shown["field"] == reached[-1] - reached[0] + 1
    assert shown["seen"] == len(reached)


def test_a_kernel_wider_than_its_layer_is_refused(plain_page: Any) -> None:
    plain_page.mount(ReceptiveField(kernel_1=5, stride_1=3, kernel_2=5, dilation_2=3))
    assert plain_page.readout()["refused"] is True
