"""Bundled sets and the text corpus."""

import abc
from pathlib import Path

import numpy as np
import pytest
from sklearn import datasets as bundled

from utils import datasets


def test_digits_are_images_between_zero_and_one() -> None:
    digits = datasets.load_digits()
    assert digits.X.shape == (1797, 1, 8, 8)
    assert digits.X.dtype == np.float32
    assert (digits.X.min(), digits.X.max()) == (0, 1)
    assert digits.y.dtype == np.int64
    assert np.array_equal(digits.X[:, 0] * 16, bundled.load_digits().images)
    assert digits.class_names[int(digits.y[7])] == str(digits.y[7])


@pytest.mark.parametrize(
    ("name", "shape", "classes"),
    [
        ("iris", (150, 4), 3),
        ("breast_cancer", (569, 30), 2),
        ("diabetes", (442, 10), 0),
    ],
)
def test_tables_have_the_documented_shapes(
    name: str, shape: tuple[int, int], classes: int
) -> None:
    table = getattr(datasets, f"load_{name}")()
    assert table.X.shape == shape
    assert table.X.dtype == np.float64
    assert table.y.shape == shape[:1]
    assert len(table.feature_names) == shape[1]
    assert len(table.class_names) == classes
    assert all(type(text) is str for text in table.feature_names + table.class_names)
    if classes:
        assert set(table.y) == set(range(classes))
        assert table.y.dtype == np.int64
    else:
        assert table.y.dtype == np.float64


def test_breast_cancer_labels_mean_what_the_docstring_says() -> None:
    table = datasets.load_breast_cancer()
    assert table.class_names == ("malignant", "benign")
    area = table.X[:, table.feature_names.index("mean area")]
    assert area[table.y == 0].mean() > 2 * area[table.y == 1].mean()


def test_diabetes_is_in_original_units() -> None:
    table = datasets.load_diabetes()
    age = table.X[:, table.feature_names.index("age")]
    assert (age.min(), age.max()) == (19, 79)


def test_a_loaded_set_cannot_be_reassigned() -> None:
    iris = datasets.load_iris()
    with pytest.raises(AttributeError):
        iris.y = iris.X  # type: ignore[misc]


def test_changing_a_loaded_set_does_not_change_the_next() -> None:
    datasets.load_digits().X[:] = 9
    assert datasets.load_digits().X.max() == 1


def test_text_has_the_length_that_was_asked_for_and_repeats() -> None:
    text = datasets.stdlib_text(50_000)
    assert len(text) == 50_000
    assert text == datasets.stdlib_text(60_000)[:50_000]


def test_text_is_plain_and_looks_like_python() -> None:
    text = datasets.stdlib_text(300_000)
    assert text.isascii()
    assert "\r" not in text
    assert 60 < len(set(text)) < 105
    assert text.count("\ndef ") > 50


def test_a_request_beyond_the_corpus_gives_all_of_it() -> None:
    text = datasets.stdlib_text(10**9)
    assert len(text) > 2_000_000
    assert text.startswith(Path(abc.__file__).read_text())


@pytest.mark.parametrize("count", [0, -5])
def test_a_text_of_no_length_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        datasets.stdlib_text(count)


def test_a_python_without_sources_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(datasets.sysconfig, "get_path", lambda name: str(tmp_path))
    with pytest.raises(FileNotFoundError, match="complete Python"):
        datasets.stdlib_text(100)


def test_everything_that_is_offered_exists() -> None:
    assert all(hasattr(datasets, name) for name in datasets.__all__)
