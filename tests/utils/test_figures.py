"""The plotters: what stands on the axes after the call."""

from collections.abc import Iterator

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pytest
import torch
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex

from utils import figures
from utils.history import History
from utils.plotting import PALETTE, use_course_style
from utils.toys import spirals, two_moons


@pytest.fixture
def ax() -> Iterator[Axes]:
    """Empty axes in the style of the course."""
    use_course_style()
    figure, axes = plt.subplots()
    yield axes
    figure.canvas.draw()  # nothing may warn while it is drawn
    plt.close(figure)


def left_or_right(points: np.ndarray) -> np.ndarray:
    """Class 1 where x is positive."""
    return (points[:, 0] > 0).astype(int)


def rgba(ax: Axes) -> np.ndarray:
    """Pixels of the only picture."""
    (image,) = ax.get_images()
    return np.asarray(image.get_array())


def test_classes_differ_in_color_and_in_marker(ax: Axes) -> None:
    X, y = spirals(90, classes=5)
    assert figures.class_points(ax, X, y, list("abcde")) is ax
    colors = {to_hex(points.get_facecolor()[0]) for points in ax.collections}
    outlines = {points.get_paths()[0].vertices.tobytes() for points in ax.collections}
    assert len(colors) == len(outlines) == 5
    assert sum(len(points.get_offsets()) for points in ax.collections) == 90


def test_a_graph_has_a_line_for_each_edge_and_a_marker_for_each_class(ax: Axes) -> None:
    graph = nx.path_graph(4)
    places = nx.circular_layout(graph)
    assert figures.graph_drawing(ax, graph, places, [0, 1, 1, 0], names=True) is ax
    edges, *nodes = ax.collections
    assert isinstance(edges, LineCollection)
    assert len(edges.get_segments()) == 3
    assert [len(points.get_offsets()) for points in nodes] == [2, 2]
    outlines = {points.get_paths()[0].vertices.tobytes() for points in nodes}
    assert len(outlines) == 2
    assert [text.get_text() for text in ax.texts] == ["0", "1", "2", "3"]


def test_a_legend_needs_names(ax: Axes) -> None:
    X, y = two_moons(20)
    figures.class_points(ax, X, y)
    assert ax.get_legend() is None
    figures.class_points(ax, X, y, ["upper", "lower"])
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    assert texts[-2:] == ["upper", "lower"]


def test_regions_are_colored_by_the_prediction(ax: Axes) -> None:
    X, y = two_moons(40)
    assert figures.decision_regions(ax, left_or_right, X, y) is ax
    picture = rgba(ax)
    assert to_hex(picture[0, 0, :3]) == PALETTE["blue"].lower()
    assert to_hex(picture[0, -1, :3]) == PALETTE["orange"].lower()
    left, right = ax.get_xlim()
    assert left < X[:, 0].min() < X[:, 0].max() < right


def test_regions_of_scores_are_those_of_the_largest(ax: Axes) -> None:
    X, y = two_moons(40)

    def scores(points: np.ndarray) -> torch.Tensor:
        x = torch.as_tensor(points[:, 0])
        return torch.stack([-x, x], dim=1)

    figures.decision_regions(ax, scores, X, y)
    from_scores = rgba(ax)
    ax.clear()
    figures.decision_regions(ax, left_or_right, X, y)
    assert np.array_equal(from_scores, rgba(ax))


@pytest.mark.parametrize("labels", [(0, 2), (1, 2), (-1, 1)])
def test_a_region_has_the_color_of_its_points(
    ax: Axes, labels: tuple[int, int]
) -> None:
    """Also when the points leave out a class that is predicted, or the other way."""
    X, y = two_moons(60)
    names = ["a", "b", "c"]
    own = np.array(labels)[y]
    figures.decision_regions(ax, lambda p: np.full(len(p), labels[1]), X, own, names)
    region = to_hex(rgba(ax)[0, 0, :3])
    points = ax.collections[-1]
    assert to_hex(points.get_facecolor()[0]) == region
    assert ax.get_legend().get_texts()[-1].get_text() == names[labels[1]]


def test_probabilities_are_shaded_by_certainty(ax: Axes) -> None:
    X, y = two_moons(40)
    assert figures.probability_map(ax, left_or_right, X, y) is ax
    sure = rgba(ax)[..., 3].min()
    ax.clear()
    figures.probability_map(ax, lambda points: np.full(len(points), 0.5), X, y)
    assert rgba(ax)[..., 3].max() < sure / 5


def test_images_stand_where_they_belong(ax: Axes) -> None:
    images = np.zeros((5, 1, 4, 4))
    images[4] = 1
    assert figures.image_grid(ax, images, columns=3) is ax
    picture = rgba(ax)
    white = (picture[..., :3] == 1).all(axis=-1) & (picture[..., 3] == 1)
    rows, columns = np.nonzero(white)
    assert white.sum() == 16
    assert rows.min() >= 5
    assert (columns.min(), columns.max()) == (5, 8)
    assert (picture[..., 3] == 0).any()


def test_color_images_keep_their_colors(ax: Axes) -> None:
    images = np.zeros((1, 3, 2, 2), dtype=np.float32)
    images[0, 0] = 0.5
    figures.image_grid(ax, torch.as_tensor(images), columns=1)
    pixels = rgba(ax)
    assert np.allclose(pixels[pixels[..., 3] == 1], [0.5, 0, 0, 1])


def test_limits_are_shared_by_all_images(ax: Axes) -> None:
    images = np.stack([np.zeros((2, 2)), np.full((2, 2), 10.0)])
    figures.image_grid(ax, images, columns=2, limits=(0, 20))
    shown = set(rgba(ax)[rgba(ax)[..., 3] == 1][:, 0].round(1))
    assert shown == {0.0, 0.5}


def test_constant_images_are_possible(ax: Axes) -> None:
    figures.image_grid(ax, np.full((2, 3, 3), 4.0), columns=2)


def test_titles_stand_above_their_images(ax: Axes) -> None:
    figures.image_grid(ax, np.zeros((3, 4, 4)), columns=2, titles=[7, "a", None])
    assert [text.get_text() for text in ax.texts] == ["7", "a", "None"]
    x = [text.get_position()[0] for text in ax.texts]
    assert x[0] == x[2] < x[1]


def test_images_that_are_none_are_refused(ax: Axes) -> None:
    with pytest.raises(ValueError, match=r"not \(4, 4\)"):
        figures.image_grid(ax, np.zeros((4, 4)), columns=1)
    with pytest.raises(ValueError, match="3 images but 2 titles"):
        figures.image_grid(ax, np.zeros((3, 4, 4)), columns=1, titles=["a", "b"])


def test_learning_curves_show_both_sets_and_the_best_epoch(ax: Axes) -> None:
    history = History(train_loss=[3, 2, 1], validation_loss=[3, 2, 2.5])
    assert figures.learning_curves(ax, history) is ax
    training, validation, best = ax.get_lines()
    assert training.get_xdata().tolist() == [1, 2, 3]
    assert training.get_linestyle() != validation.get_linestyle()
    assert (best.get_xdata()[0], best.get_ydata()[0]) == (2, 2)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss")


def test_learning_curves_without_validation_or_of_the_metric(ax: Axes) -> None:
    history = History(train_loss=[3, 2], train_metric=[0.1, 0.2])
    figures.learning_curves(ax, history, "metric")
    assert [list(line.get_ydata()) for line in ax.get_lines()] == [[0.1, 0.2]]


def test_curves_that_were_not_recorded_are_refused(ax: Axes) -> None:
    with pytest.raises(ValueError, match="holds no metric"):
        figures.learning_curves(ax, History(train_loss=[1.0]), "metric")
    with pytest.raises(ValueError, match="not 'seconds'"):
        figures.learning_curves(ax, History(train_loss=[1.0]), "seconds")


def test_contours_cover_the_range_and_are_denser_near_the_minimum(ax: Axes) -> None:
    def bowl(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return x**2 + 2 * y**2

    assert figures.loss_contours(ax, bowl, (-3, 3), (-2, 2)) is ax
    assert (ax.get_xlim(), ax.get_ylim()) == ((-3, 3), (-2, 2))
    levels = ax.collections[1].levels
    assert (np.diff(np.diff(levels)) > 0).all()


def test_a_path_starts_with_a_ring_and_paths_differ(ax: Axes) -> None:
    path = [(0, 0), (1, 1), (2, 1)]
    assert figures.descent_path(ax, path, "one", style=0) is ax
    figures.descent_path(ax, path, "two", style=1)
    lines = ax.get_lines()
    assert lines[2].get_fillstyle() == "none"
    assert lines[3].get_marker() != lines[7].get_marker()
    assert lines[3].get_color() != lines[7].get_color()
    assert [text for _, text in zip(*ax.get_legend_handles_labels(), strict=True)] == [
        "one",
        "two",
    ]


def test_residuals_reach_from_prediction_to_target(ax: Axes) -> None:
    x, y, y_hat = np.array([[2.0], [1.0]]), np.array([5.0, 0.0]), np.array([4.0, 1.0])
    assert figures.residuals(ax, x, y, y_hat) is ax
    segments = ax.collections[0].get_segments()
    assert [segment.tolist() for segment in segments] == [
        [[2, 4], [2, 5]],
        [[1, 1], [1, 0]],
    ]
    line = ax.get_lines()[1]
    assert line.get_xdata().tolist() == [1, 2]


def test_confusion_shows_counts_and_shades_by_row(ax: Axes) -> None:
    assert figures.confusion(ax, [[90, 10], [0, 0]], ["cat", "elephant"]) is ax
    assert [text.get_text() for text in ax.texts] == ["90", "10", "0", "0"]
    assert np.allclose(rgba(ax), [[0.9, 0.1], [0, 0]])
    assert ax.texts[0].get_color() != ax.texts[1].get_color()
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted class", "true class")
