"""Data that every machine already has: bundled sets, toy sets and a text corpus.

Nothing here needs a network. Larger public sets are in `utils.downloads`, generated
color images in `utils.shapes`.
"""

import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn import datasets as bundled
from sklearn.utils import Bunch

from utils.samples import (
    Samples,
    Split,
    minibatches,
    standardize,
    train_validation_test_split,
)
from utils.toys import (
    concentric_circles,
    gaussian_blobs,
    noisy_line,
    sine_wave,
    spirals,
    two_moons,
    xor_points,
)

__all__ = [
    "Images",
    "Samples",
    "Split",
    "Table",
    "concentric_circles",
    "gaussian_blobs",
    "load_breast_cancer",
    "load_diabetes",
    "load_digits",
    "load_iris",
    "minibatches",
    "noisy_line",
    "sine_wave",
    "spirals",
    "standardize",
    "stdlib_text",
    "train_validation_test_split",
    "two_moons",
    "xor_points",
]


@dataclass(frozen=True, eq=False)
class Table:
    """A table of measurements with one target a row.

    Attributes:
        X: measurements, `(N, D)` float64.
        y: targets, `(N,)`: class labels (int64) or numbers (float64).
        feature_names: names of the D columns.
        class_names: names of the labels 0, 1, …; empty when `y` holds numbers.
    """

    X: np.ndarray
    y: np.ndarray
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Images:
    """Labeled images.

    Attributes:
        X: images, `(N, C, H, W)` float32 in [0, 1].
        y: class labels, `(N,)` int64.
        class_names: names of the labels 0, 1, ….
        name: what the set is called in a sentence.
    """

    X: np.ndarray
    y: np.ndarray
    class_names: tuple[str, ...]
    name: str


def load_digits() -> Images:
    """1797 handwritten digits: X `(1797, 1, 8, 8)`, y in 0 … 9.

    Source: Alpaydin and Kaynak (1998), UCI repository, as bundled with scikit-learn,
    whose values 0 … 16 are divided by 16.
    """
    source = bundled.load_digits()
    images = source.images[:, None].astype(np.float32) / 16  # (N, 1, 8, 8)
    names = tuple(str(digit) for digit in range(10))
    return Images(images, source.target.astype(np.int64), names, "8×8 digits")


def load_iris() -> Table:
    """150 flowers of three species: X `(150, 4)` in cm, y in 0 … 2.

    Source: Fisher (1936), as bundled with scikit-learn.
    """
    return _classification_table(bundled.load_iris())


def load_breast_cancer() -> Table:
    """569 tumors: X `(569, 30)`, y is 0 for malignant and 1 for benign.

    Columns have very different scales; standardize them. Source: Wolberg, Street and
    Mangasarian (1995), as bundled with scikit-learn.
    """
    return _classification_table(bundled.load_breast_cancer())


def load_diabetes() -> Table:
    """442 patients: X `(442, 10)` in original units, y the progress after a year.

    Columns have very different scales; standardize them. Source: Efron, Hastie,
    Johnstone and Tibshirani (2004), as bundled with scikit-learn.
    """
    source = bundled.load_diabetes(scaled=False)
    return Table(
        source.data, source.target.astype(np.float64), tuple(source.feature_names)
    )


def stdlib_text(max_characters: int = 200_000) -> str:
    """Source code of Python's standard library: a text corpus that is always there.

    Public top-level modules in alphabetical order, plain ASCII ones only, which keeps
    the alphabet below 100 characters. The text repeats on one machine; another Python
    version has another text.

    Args:
        max_characters: length of the text, at most.

    Raises:
        ValueError: `max_characters` is not positive.
        FileNotFoundError: this Python was installed without its source files.
    """
    if max_characters < 1:
        raise ValueError(f"max_characters must be at least 1, not {max_characters}")
    folder = Path(sysconfig.get_path("stdlib"))
    parts: list[str] = []
    length = 0
    for name in sorted(sys.stdlib_module_names):
        path = folder / f"{name}.py"
        if length >= max_characters:
            break
        if name.startswith("_") or not path.is_file():
            continue
        content = path.read_bytes()
        if content.isascii():
            text = content.decode("ascii").replace("\r\n", "\n")
            parts.append(text)
            length += len(text)
    if not parts:
        raise FileNotFoundError(
            f"No Python source files in {folder}; install a complete Python."
        )
    return "".join(parts)[:max_characters]


def _classification_table(source: Bunch) -> Table:
    return Table(
        source.data.astype(np.float64),
        source.target.astype(np.int64),
        tuple(str(name) for name in source.feature_names),
        tuple(str(name) for name in source.target_names),
    )
