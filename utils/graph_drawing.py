"""A graph as a picture: nodes with a color and a marker for their class, edges grey."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from utils.plane import class_points
from utils.plotting import PALETTE


def graph_drawing(
    ax: Axes,
    graph: Any,
    places: Mapping[Any, Any],
    y: Any = None,
    *,
    classes: tuple[str, ...] | None = None,
    names: bool = False,
) -> Axes:
    """Nodes and edges of a networkx graph.

    Args:
        ax: where to draw; its axes are hidden.
        graph: nodes and edges.
        places: position of every node, as the layouts of networkx give them.
        y: class of every node in the order of the graph, `(N,)`; by default all are 0.
        classes: their names, for a legend.
        names: write the name of each node beside it.
    """
    dots = np.array([places[node] for node in graph])  # (N, 2)
    segments = [(places[one], places[other]) for one, other in graph.edges]
    ax.add_collection(
        LineCollection(segments, colors=PALETTE["grey"], linewidths=0.7, zorder=1)
    )
    class_points(ax, dots, np.zeros(len(dots), int) if y is None else y, classes)
    if names:
        for node in graph:
            ax.annotate(
                str(node),
                places[node],
                xytext=(5, 4),
                textcoords="offset points",
                fontsize=8.5,
            )
    ax.set_axis_off()
    return ax
