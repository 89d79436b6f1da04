"""Corpora are read as they are meant, and badly written ones are refused."""

from pathlib import Path

import pytest

from .corpus import CorpusError, corpora, read_corpus

GOOD = """# Answers to one task.
# %% wrong: one is added
# message: one too many
def f(x):
    return x + 1


# %% right: with a detour
def f(x):
    return -(-x)
"""
BAD = {
    "code first": ("x = 1\n# %% right: a\ny = 1", "before the first marker"),
    "unknown kind": ("# %% good: a\nx = 1", "`wrong` or `right`"),
    "broken code": ("# %% wrong: a\ndef f(:", "not Python"),
    "no code": ("# %% wrong: a\n# nothing", "no code"),
    "two messages": ("# %% wrong: a\n# message: b\n# message: c\nx = 1", "one message"),
    "message of a right one": ("# %% right: a\n# message: b\nx = 1", "one message"),
    "same name": ("# %% wrong: a\nx = 1\n# %% wrong: a\nx = 2", "are called"),
    "same code": ("# %% wrong: a\nx = 1\n# %% right: b\nx  =  1", "same code"),
}


def write(folder: Path, text: str) -> Path:
    path = folder / "01_unit" / "least_squares.py"
    path.parent.mkdir()
    path.write_text(text)
    return path


def test_answers_are_read_with_name_message_and_code(tmp_path: Path) -> None:
    wrong, right = read_corpus(write(tmp_path, GOOD))
    assert (wrong.is_right, right.is_right) == (False, True)
    assert (wrong.name, wrong.message) == ("one is added", "one too many")
    assert wrong.source == "def f(x):\n    return x + 1"
    assert right.message == ""
    assert right.label == "01_unit/least-squares: right: with a detour"


def test_file_name_gives_the_task(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    assert corpora(tmp_path, "01_unit") == {"least-squares": path}
    assert corpora(tmp_path, "02_unit") == {}


@pytest.mark.parametrize(("text", "reason"), BAD.values(), ids=BAD)
def test_badly_written_corpus_is_refused(
    text: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(CorpusError, match=reason):
        read_corpus(write(tmp_path, text))
