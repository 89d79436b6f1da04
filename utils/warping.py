"""Random small changes of whole batches of images, fast enough for training on a CPU.

One random affine map an image: turned, scaled, sheared and shifted by a little, then
read off by bilinear interpolation. A batch of 256 images of 28×28 takes 2 ms.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample


@dataclass(frozen=True)
class Warp:
    """Random affine maps; call it with images and a generator.

    Attributes:
        degrees: images turn by up to so much, either way.
        scale: each axis grows by a factor of up to exp(scale), either way.
        shear: a column shifts by up to so many times its height, either way.
        shift: images move by up to this share of their width, either way.
        mirror: mirror half of the images left to right.
    """

    degrees: float = 10.0
    scale: float = 0.1
    shear: float = 0.1
    shift: float = 0.07
    mirror: bool = False

    def __call__(self, x: Tensor, generator: torch.Generator) -> Tensor:
        """Changed images of the same shape `(B, C, H, W)`; borders are continued.

        Args:
            x: images.
            generator: on the CPU; the only source of chance.
        """
        B = len(x)

        def uniform(*shape: int) -> Tensor:
            """Numbers between −1 and 1."""
            return 2 * torch.rand(*shape, generator=generator) - 1

        angle = math.radians(self.degrees) * uniform(B)
        cos, sin = angle.cos(), angle.sin()
        turn = torch.stack([cos, -sin, sin, cos], dim=1).reshape(B, 2, 2)
        stretch = torch.diag_embed(torch.exp(self.scale * uniform(B, 2)))  # (B, 2, 2)
        stretch[:, 0, 1] = self.shear * uniform(B)
        maps = turn @ stretch  # (B, 2, 2)
        if self.mirror:
            flipped = torch.rand(B, generator=generator) < 0.5
            maps[flipped, :, 0] *= -1
        shift = 2 * self.shift * uniform(B, 2, 1)  # an image is 2 wide
        theta = torch.cat([maps, shift], dim=2).to(x.device)  # (B, 2, 3)
        grid = affine_grid(theta, list(x.shape), align_corners=False)  # (B, H, W, 2)
        return grid_sample(x, grid, padding_mode="border", align_corners=False)
