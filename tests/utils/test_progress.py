"""The progress bar: seen where somebody watches, and never on stderr."""

import sys
import tempfile
import types

import nbformat
import pytest
from nbclient import NotebookClient

from utils import progress

CELL = """
from utils.progress import progress_bar
with progress_bar(2, unit="step") as bar:
    bar.set_postfix_str("loss 0.1")
    bar.update(2)
"""


def walk(**options: object) -> None:
    """Two steps of a bar."""
    with progress.progress_bar(2, unit="step", **options) as bar:
        bar.set_postfix_str("loss 0.1")
        bar.update(2)


def watch(monkeypatch: pytest.MonkeyPatch, *, terminal: bool, kernel: bool) -> None:
    """Pretend to be in a terminal or a notebook."""
    shell = types.SimpleNamespace(kernel=object()) if kernel else None
    monkeypatch.setattr(progress, "get_ipython", lambda: shell)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    for variable in progress.SILENCING_VARIABLES:
        monkeypatch.delenv(variable, raising=False)


def outputs_in_a_kernel() -> list[nbformat.NotebookNode]:
    """What a notebook cell with a bar puts out."""
    cell = nbformat.v4.new_code_cell(CELL)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    client = NotebookClient(notebook, kernel_name="python3")
    manager = client.create_kernel_manager()
    with tempfile.TemporaryDirectory(prefix="kernel-") as folder:
        manager.transport, manager.ip = "ipc", f"{folder}/socket"
        client.execute()
    return list(cell.outputs)


@pytest.mark.parametrize(
    ("terminal", "kernel", "watched"),
    [(False, False, False), (True, False, True), (False, True, True)],
)
def test_somebody_watches_in_terminals_and_notebooks(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, kernel: bool, watched: bool
) -> None:
    watch(monkeypatch, terminal=terminal, kernel=kernel)
    assert progress.somebody_watches() is watched


@pytest.mark.parametrize("variable", progress.SILENCING_VARIABLES)
def test_nobody_watches_while_a_notebook_is_graded_or_stored(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    watch(monkeypatch, terminal=True, kernel=True)
    monkeypatch.setenv(variable, "autograde")
    assert progress.somebody_watches() is False


def test_nothing_is_written_where_nobody_watches(
    capfd: pytest.CaptureFixture[str],
) -> None:
    walk()
    assert capfd.readouterr() == ("", "")


def test_a_terminal_shows_the_bar_on_stdout_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    watch(monkeypatch, terminal=True, kernel=False)
    walk()
    output = capsys.readouterr()
    assert "step" in output.out
    assert output.err == ""


def test_a_bar_can_be_silenced(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    watch(monkeypatch, terminal=True, kernel=False)
    walk(show=False)
    assert capsys.readouterr() == ("", "")


def test_a_notebook_shows_a_bar_and_nothing_on_stderr(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for variable in progress.SILENCING_VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    assert [output.output_type for output in outputs_in_a_kernel()] == ["display_data"]


def test_a_graded_notebook_stores_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert outputs_in_a_kernel() == []
