"""The stored form: what it drops, what it keeps, what it refuses."""

import json
from pathlib import Path

import pytest

from autograder.authoring.canonical import canonical_text, is_canonical
from autograder.authoring.cell_ids import is_readable_id
from autograder.cli import main
from autograder.course import CourseError
from autograder.notebook import MAX_BYTES, read_notebook

from .toy_course import cell, exercise, graded, make_course, notebook_of, released


def test_outputs_counts_and_noise_are_dropped() -> None:
    code = cell("code", "one", "x=1", execution={"start": "now"}, tags=["keep"])
    code.outputs = [{"output_type": "stream", "name": "stdout", "text": "1"}]
    code.execution_count = 7
    notebook = notebook_of(code)
    notebook.metadata = {"widgets": {"state": {}}, "kernelspec": {"name": "other"}}
    stored = json.loads(canonical_text(notebook))
    assert stored["metadata"]["kernelspec"]["name"] == "python3"
    assert stored["metadata"]["language_info"] == {"name": "python"}
    assert stored["cells"] == [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "one",
            "metadata": {"tags": ["keep"]},
            "outputs": [],
            "source": ["x = 1"],
        }
    ]


def test_text_ends_with_one_newline_and_is_indented_by_one() -> None:
    text = canonical_text(notebook_of(cell("markdown", "hello", "Hello\n\n")))
    assert text.startswith('{\n "cells": [\n') and text.endswith("}\n")
    assert '"Hello"' in text


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "one.ipynb"
    path.write_text(canonical_text(exercise("power", "a**b", "b**a", 20)))
    assert is_canonical(path)
    assert canonical_text(read_notebook(path)) == path.read_text()


def test_markers_of_nbgrader_survive_formatting() -> None:
    text = canonical_text(exercise("power", "a**b", "b**a", 20))
    for marker in ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN", "END HIDDEN"):
        assert f"### {marker}" in text


def test_graded_cell_is_called_by_its_grade_id() -> None:
    odd = graded("code", "sum-answer", "1", solution=True)
    odd.id = "1a2b3c4d"
    assert (
        json.loads(canonical_text(notebook_of(odd)))["cells"][0]["id"] == "sum-answer"
    )


def test_random_and_repeated_ids_become_readable() -> None:
    cells = [cell("markdown", "1a2b3c4d", "## Why it works"), cell("code", "x", "a")]
    cells += [cell("code", "x", "1"), cell("code", "5d6f7a8b", "")]
    stored = json.loads(canonical_text(notebook_of(*cells)))["cells"]
    assert [one["id"] for one in stored] == ["why-it-works", "x", "cell", "cell-2"]


@pytest.mark.parametrize("name", ["predict-answer", "title", "k-means-2", "decade"])
def test_words_are_readable_ids(name: str) -> None:
    assert is_readable_id(name)


@pytest.mark.parametrize(
    "name",
    ["", "1a2b3c4d", "cell-0123456789abcdef", "Predict", "a_b", "a--b", "a" * 3 + "-"],
)
def test_digits_and_capitals_are_not_readable_ids(name: str) -> None:
    assert not is_readable_id(name)


def test_sources_of_a_generated_notebook_are_left_alone(tmp_path: Path) -> None:
    path = released(make_course(tmp_path), "01_sums")
    notebook = read_notebook(path)
    notebook.cells[2].source = "x  =  1   "
    assert json.loads(canonical_text(notebook))["cells"][2]["source"] == ["x  =  1   "]


def test_cell_that_is_not_python_is_named() -> None:
    with pytest.raises(CourseError, match="'broken'"):
        canonical_text(
            notebook_of(cell("code", "fine", "1"), cell("code", "broken", "("))
        )


BAD = {
    "empty": ("", "empty"),
    "blank": (" \n", "empty"),
    "truncated": ('{"cells": [', "truncated"),
    "text": ("hello", "not a notebook"),
    "list": ("[]", "not a notebook"),
    "number": ("7", "not a notebook"),
    "deep": ("[" * 100_000, "not a notebook|truncated"),
    "other JSON": ('{"name": 1}', "not a notebook"),
    "old format": ('{"nbformat": 3, "nbformat_minor": 0}', "format 3"),
    "future format": ('{"nbformat": 5, "nbformat_minor": 0}', "format 5"),
    "no cells": ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "cells"),
    "cells of text": (
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ["a"]}',
        "not a valid",
    ),
}


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD)
def test_bad_file_is_refused_in_one_line(
    content: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.ipynb"
    path.write_text(content)
    with pytest.raises(CourseError, match=reason) as refusal:
        read_notebook(path)
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_size_is_looked_at_before_the_content(tmp_path: Path) -> None:
    path = tmp_path / "large.ipynb"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(CourseError, match="MB"):
        read_notebook(path)


def test_missing_file_folder_and_binary_are_refused(tmp_path: Path) -> None:
    (tmp_path / "binary.ipynb").write_bytes(b"\xff\xfe\x00")
    for name in ("nowhere.ipynb", "", "binary.ipynb"):
        with pytest.raises(CourseError):
            read_notebook(tmp_path / name)


def test_format_writes_what_is_not_canonical(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.ipynb"
    path.write_text(json.dumps(notebook_of(cell("code", "one", "x=1"))))
    assert main(["format", str(path)]) == 0
    assert is_canonical(path)
    assert "1 changed" in capsys.readouterr().out
    assert main(["format", str(path)]) == 0
    assert "0 changed" in capsys.readouterr().out


def test_format_changes_nothing_when_one_notebook_is_bad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.ipynb", tmp_path / "bad.ipynb"
    good.write_text(json.dumps(notebook_of(cell("code", "one", "x=1"))))
    bad.write_text("{")
    before = good.read_bytes()
    assert main(["format", str(good), str(bad)]) == 1
    assert good.read_bytes() == before
    assert len(capsys.readouterr().err.splitlines()) == 1
