"""What is stored: canonical, generated where it is, described, free of one machine."""

import ast
import re
from pathlib import Path

from autograder.authoring.canonical import is_canonical
from autograder.authoring.release import check
from autograder.notebook import read_notebook

from .stored import COURSE, LECTURES, NOTEBOOKS, ROOT, each

SHORTEST_ALT = 20
MARKDOWN_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(")
HTML_IMAGE = re.compile(r"<img\b(?P<attributes>[^>]*)>", re.IGNORECASE)
HTML_ALT = re.compile(r"\balt=(?P<quote>[\"'])(?P<alt>.*?)(?P=quote)")
CONTROL_CHARACTER = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]\w*")
MACHINE_PATH = re.compile(
    r"(?<![\w.:/])/(?:home|root|tmp|work|Users|usr|opt|mnt)/\w|\b[A-Z]:\\\\?\w"
)


@each(NOTEBOOKS)
def test_notebook_is_canonical(path: Path) -> None:
    assert is_canonical(path), "run `course format`"


def test_release_is_what_the_sources_give() -> None:
    assert list(check(COURSE, COURSE.units, whole_course=True)) == []


@each(LECTURES)
def test_lecture_has_25_to_45_cells(path: Path) -> None:
    assert 25 <= len(read_notebook(path).cells) <= 45


@each(NOTEBOOKS)
def test_every_figure_says_what_it_shows(path: Path) -> None:
    unclear = [
        f"{cell.id}: {alt!r}"
        for cell in read_notebook(path).cells
        for alt in descriptions(cell.source, cell.cell_type)
        if len(alt) < SHORTEST_ALT
    ]
    assert unclear == []


@each(NOTEBOOKS)
def test_no_backslash_was_taken_for_an_escape(path: Path) -> None:
    r"""`\a` of `\arg` is a bell where a program wrote the formula."""
    found = [
        f"{cell.id}: {match.group()!r}"
        for cell in read_notebook(path).cells
        for match in CONTROL_CHARACTER.finditer(cell.source)
    ]
    assert found == []


@each(NOTEBOOKS)
def test_no_path_of_one_machine(path: Path) -> None:
    found = [
        f"{cell.id}: {match.group()}"
        for cell in read_notebook(path).cells
        for match in MACHINE_PATH.finditer(cell.source)
    ]
    assert found == []


def descriptions(source: str, cell_type: str) -> list[str]:
    """The alternative texts of a cell's figures; empty where there is none."""
    if cell_type == "code":
        return shown_descriptions(source)
    texts = [match["alt"] for match in MARKDOWN_IMAGE.finditer(source)]
    for image in HTML_IMAGE.finditer(source):
        alt = HTML_ALT.search(image["attributes"])
        texts.append(alt["alt"] if alt else "")
    return texts


def shown_descriptions(source: str) -> list[str]:
    """The `alt` of each call of `show`; of an f-string the constant parts."""
    python = "\n".join(
        "" if line.lstrip().startswith(("%", "!")) else line
        for line in source.splitlines()
    )
    texts = []
    for node in ast.walk(ast.parse(python)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "show",
            "plotting.show",
        ):
            given = [word.value for word in node.keywords if word.arg == "alt"]
            given += node.args[1:2]
            parts = [
                part.value
                for value in given
                for part in ast.walk(value)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
            texts.append("".join(parts))
    return texts


def test_descriptions_are_found() -> None:
    code = (
        'show(figure, alt="A line.")\nshow(other)\nshow(f, alt=f"{n} points" " rise")'
    )
    assert shown_descriptions(code) == ["A line.", "", " points rise"]
    text = '![one](a.png) <img src="b.png" alt="two"> <img src="c.png">'
    assert descriptions(text, "markdown") == ["one", "two", ""]


def test_machine_paths_are_found() -> None:
    assert MACHINE_PATH.search("open('/home/me/x')")
    assert MACHINE_PATH.search(r"C:\Users")
    assert not MACHINE_PATH.search("see ../work/lectures and https://a.org/home/x")
    assert ROOT.is_dir()
