"""Random affine changes of images."""

import pytest
import torch
from torch import Tensor

from utils.warping import Warp

NOTHING = {"degrees": 0.0, "scale": 0.0, "shear": 0.0, "shift": 0.0}


def images() -> Tensor:
    """A bright spot above and to the right of the middle, in 200 images."""
    x = torch.zeros(200, 1, 28, 28)
    x[:, :, 6:9, 18:21] = 1
    return x


def centers(x: Tensor) -> Tensor:
    """Mean row and column of the bright pixels, `(B, 2)`, from the middle."""
    place = torch.arange(28.0) - 13.5
    mass = x.sum(dim=(1, 2, 3))
    rows = (x.sum(dim=(1, 3)) * place).sum(dim=1) / mass
    columns = (x.sum(dim=(1, 2)) * place).sum(dim=1) / mass
    return torch.stack([rows, columns], dim=1)


def warped(seed: int = 0, **options: float | bool) -> Tensor:
    """The images, changed in this respect only."""
    generator = torch.Generator().manual_seed(seed)
    return Warp(**(NOTHING | options))(images(), generator)  # type: ignore[arg-type]


def test_no_change_changes_nothing() -> None:
    assert torch.allclose(warped(), images(), atol=1e-5)


def test_a_shift_moves_by_up_to_its_share() -> None:
    moved = centers(warped(shift=0.1)) - centers(images())
    assert moved.abs().max() < 2.81
    assert moved.abs().max() > 2.4
    assert moved.mean(dim=0).abs().max() < 0.4


def test_turning_keeps_the_distance_from_the_middle() -> None:
    before, after = centers(images()), centers(warped(degrees=20))
    assert torch.allclose(before.norm(dim=1), after.norm(dim=1), atol=0.2)
    angles = torch.rad2deg(torch.atan2(*after.T) - torch.atan2(*before.T))
    assert angles.abs().max() < 20.5
    assert angles.abs().max() > 18


def test_scale_and_shear() -> None:
    before = centers(images())
    ratios = centers(warped(scale=0.2)) / before
    assert ratios.max() < 1.24
    assert ratios.max() > 1.15
    assert ratios.min() > 0.8
    slanted = centers(warped(shear=0.3))
    assert torch.allclose(slanted[:, 0], before[:, 0], atol=0.1)  # rows stay
    assert (slanted[:, 1] - before[:, 1]).abs().max() > 1.5


def test_half_of_the_images_are_mirrored() -> None:
    columns = centers(warped(mirror=True))[:, 1]
    assert torch.allclose(columns.abs(), centers(images())[:, 1], atol=0.01)
    assert 60 < int((columns < 0).sum()) < 140


def test_chance_comes_from_the_generator_alone() -> None:
    torch.manual_seed(1)
    one = warped(seed=3, degrees=10)
    torch.manual_seed(2)
    assert torch.equal(one, warped(seed=3, degrees=10))
    assert not torch.equal(one, warped(seed=4, degrees=10))


@pytest.mark.parametrize("shape", [(2, 3, 20, 30), (1, 1, 8, 8)])
def test_shapes_are_kept(shape: tuple[int, ...]) -> None:
    x = torch.rand(shape)
    assert Warp()(x, torch.Generator().manual_seed(0)).shape == shape
