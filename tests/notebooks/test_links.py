"""Relative links in notebooks and Markdown files lead somewhere."""

import re
from pathlib import Path
from urllib.parse import unquote

from autograder.notebook import read_notebook

from .stored import NOTEBOOKS, ROOT, each

CODE_OR_MATH = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]*`|\$\$.*?\$\$", re.DOTALL)
MARKDOWN_LINK = re.compile(r"\]\(\s*<?(?P<target>[^)\s>]+)")
HTML_LINK = re.compile(r"\b(?:href|src)=[\"'](?P<target>[^\"']+)")
REFERENCE = re.compile(r"^\[[^\]]+\]:\s*(?P<target>\S+)", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|//", re.IGNORECASE)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def relative_links(text: str) -> list[str]:
    """The targets in a Markdown text that are meant to be files of the course."""
    text = CODE_OR_MATH.sub("", text)
    targets = [
        match["target"]
        for pattern in (MARKDOWN_LINK, HTML_LINK, REFERENCE)
        for match in pattern.finditer(text)
    ]
    return [target for target in targets if not ELSEWHERE.match(target)]


def broken_links(text: str, folder: Path) -> list[str]:
    return [
        target
        for target in relative_links(text)
        if not (folder / unquote(target.partition("#")[0])).exists()
    ]


@each(NOTEBOOKS)
def test_links_of_notebook_resolve(path: Path) -> None:
    broken = [
        f"{cell.id}: {target}"
        for cell in read_notebook(path).cells
        if cell.cell_type == "markdown"
        for target in broken_links(cell.source, path.parent)
    ]
    assert broken == []


@each(PAGES)
def test_links_of_page_resolve(path: Path) -> None:
    assert broken_links(path.read_text(encoding="utf-8"), path.parent) == []


def test_broken_links_are_found(tmp_path: Path) -> None:
    (tmp_path / "here.md").touch()
    text = (
        "[a](here.md#part) [b](gone.md) [c](https://a.org) `[d](code.md)` [e](#part)\n"
        '<img src="gone.png"> <a href="here.md">f</a>\n\n[g]: gone.txt\n'
    )
    assert broken_links(text, tmp_path) == ["gone.md", "gone.png", "gone.txt"]
