"""The generated shapes set and the outlines that it is drawn from."""

import numpy as np
import pytest

from utils import shapes
from utils.outlines import OUTLINES

SET = shapes.make_shapes(600, seed=0)


def one_of_each(**changes: object) -> shapes.Factors:
    """All classes in the middle, upright, on a dark background."""
    start = {"center": 0, "rotation": 0, "radius": 10, "color": 0, "background": 0}
    factors = shapes.random_factors(len(OUTLINES), seed=0)
    return factors.changed(shape=np.arange(len(OUTLINES)), **(start | changes))


def test_images_have_the_documented_form() -> None:
    assert SET.X.shape == (600, 3, 32, 32)
    assert SET.X.dtype == np.float32
    assert SET.X.min() >= 0
    assert SET.X.max() <= 1
    assert SET.mask.shape == (600, 32, 32)
    assert SET.mask.dtype == np.bool_
    assert set(SET.y) == set(range(len(shapes.CLASS_NAMES)))
    assert SET.y.dtype == np.int64


def test_a_seed_draws_the_same_images_again() -> None:
    again = shapes.make_shapes(600, seed=0)
    assert np.array_equal(SET.X, again.X)
    assert np.array_equal(SET.y, again.y)
    assert not np.array_equal(SET.X, shapes.make_shapes(600, seed=1).X)


def test_an_image_does_not_depend_on_its_neighbors() -> None:
    rows = [3, 599, 17]
    images, mask = shapes.render(SET.factors[rows])
    assert np.array_equal(images, SET.X[rows])
    assert np.array_equal(mask, SET.mask[rows])


def test_no_images_is_possible() -> None:
    assert shapes.make_shapes(0, seed=0).X.shape == (0, 3, 32, 32)


def test_shapes_stay_inside_and_are_large_enough_to_see() -> None:
    border = np.ones((32, 32), dtype=bool)
    border[1:-1, 1:-1] = False
    assert not SET.mask[:, border].any()
    assert SET.mask.sum(axis=(1, 2)).min() >= 30


def test_shapes_stand_out_from_every_background() -> None:
    image, mask = SET.X.astype(float), SET.mask[:, None]
    inside = (image * mask).sum(axis=(2, 3)) / mask.sum(axis=(2, 3))
    outside = (image * ~mask).sum(axis=(2, 3)) / (~mask).sum(axis=(2, 3))
    assert np.linalg.norm(inside - outside, axis=1).min() > 0.25


def test_edges_are_smooth() -> None:
    factors = one_of_each(background=1, rotation=0.2)
    images, mask = shapes.render(factors)
    backdrop, _ = shapes.render(factors.changed(radius=0.01, center=-15))
    difference = np.abs(images - backdrop).max(axis=1)
    partly = (difference > 0.02) & ~mask
    assert (partly.sum(axis=(1, 2)) > 5).all()


def test_pixel_classes_are_zero_outside_and_class_plus_one_inside() -> None:
    target = SET.pixel_classes()
    assert target.shape == (600, 32, 32)
    assert np.array_equal(target > 0, SET.mask)
    assert np.array_equal(target.max(axis=(1, 2)), SET.y + 1)


def test_factors_are_independent_of_the_class() -> None:
    factors = shapes.random_factors(20_000, seed=0)
    for values in (factors.radius, factors.rotation, factors.center[:, 0]):
        means = [values[factors.shape == k].mean() for k in range(8)]
        assert np.ptp(means) < 0.1 * np.ptp(values)
    assert set(factors.color) == set(range(len(shapes.COLOR_NAMES)))
    assert set(factors.background) == set(range(len(shapes.BACKGROUND_NAMES)))


def test_changing_one_factor_leaves_the_others() -> None:
    changed = SET.factors.changed(color=2)
    assert set(changed.color) == {2}
    assert changed.rotation is SET.factors.rotation
    images, mask = shapes.render(changed)
    assert np.array_equal(mask, SET.mask)
    assert np.array_equal(images[SET.factors.color == 2], SET.X[SET.factors.color == 2])
    assert not np.array_equal(images, SET.X)


def test_an_unknown_factor_is_refused() -> None:
    with pytest.raises(AttributeError, match="hue"):
        SET.factors.changed(hue=1)


def test_x_is_right_and_y_is_down() -> None:
    _, mask = shapes.render(one_of_each(radius=6, center=[[6, -4]] * 8))
    rows, columns = np.nonzero(mask[0])
    assert columns.mean() == pytest.approx(15.5 + 6, abs=0.1)
    assert rows.mean() == pytest.approx(15.5 - 4, abs=0.1)


def test_rotation_is_counterclockwise() -> None:
    _, upright = shapes.render(one_of_each())
    _, turned = shapes.render(one_of_each(rotation=np.pi / 2))
    for before, after in zip(upright, turned, strict=True):
        assert np.mean(np.rot90(before) != after) < 0.01


def test_radius_scales_the_area() -> None:
    _, small = shapes.render(one_of_each(radius=5.5, rotation=0.3))
    _, large = shapes.render(one_of_each(radius=11, rotation=0.3))
    ratio = large.sum(axis=(1, 2)) / small.sum(axis=(1, 2))
    assert np.allclose(ratio, 4, rtol=0.15)


def test_upright_shapes_are_symmetric() -> None:
    _, mask = shapes.render(one_of_each())
    mirrored = mask[:, :, ::-1]
    for number, name in enumerate(shapes.CLASS_NAMES):
        if name != "crescent":
            assert np.mean(mask[number] != mirrored[number]) < 0.01


@pytest.mark.parametrize("name", OUTLINES)
def test_outlines_fit_the_unit_circle(name: str) -> None:
    x, y = np.meshgrid(*[np.linspace(-1.5, 1.5, 301)] * 2)
    inside = OUTLINES[name](x, y) < 0
    assert np.hypot(x, y)[inside].max() <= 1.0
    assert np.hypot(x, y)[inside].max() > 0.85


@pytest.mark.parametrize("name", [name for name in OUTLINES if name != "crescent"])
def test_outlines_measure_distance(name: str) -> None:
    """Outside, the distance grows by as much as one walks away."""
    x, y = np.meshgrid(*[np.linspace(-2, 2, 401)] * 2)
    distance = OUTLINES[name](x, y)
    slope = np.hypot(*np.gradient(distance, 0.01))
    assert np.median(slope[distance > 0.05]) == pytest.approx(1, abs=0.01)


def test_areas_of_simple_outlines_are_those_of_geometry() -> None:
    x, y = np.meshgrid(*[np.linspace(-1, 1, 1001)] * 2)
    area = {name: 4 * np.mean(outline(x, y) < 0) for name, outline in OUTLINES.items()}
    assert area["circle"] == pytest.approx(np.pi * 0.92**2, rel=0.01)
    assert area["square"] == pytest.approx(1.4**2, rel=0.01)
    assert area["triangle"] == pytest.approx(3 * np.sqrt(3) / 4, rel=0.01)
    assert area["cross"] == pytest.approx(2 * 1.88 * 0.56 - 0.56**2, rel=0.01)
    assert area["star"] == pytest.approx(5 * 0.42 * np.sin(np.pi / 5), rel=0.01)
    assert area["ring"] == pytest.approx(np.pi * (0.92**2 - 0.5**2), rel=0.01)
