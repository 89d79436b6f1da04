"""The folder that Sphinx reads: executed lectures, exercises, guides, start page.

Nothing here changes what a notebook says. Demos become what `demos.markup` makes of
them, tests of exercises are folded, and links to files that are not part of the site
become plain words.
"""

import copy
import re
import shutil
from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.authoring.catalog import Entry, entries
from autograder.course import Course
from autograder.notebook import read_notebook, to_json
from autograder.website import demos
from utils import explorers

SITE = Path("docs", "site")  # configuration, pages and styles of the site
GUIDES = Path("docs")
DEMO = re.compile(r"^<!-- demo: (?P<name>\w+) -->$", re.MULTILINE)
UNITS = "<!-- units -->"
GALLERY = "<!-- gallery -->"
MATHJAX = ("tex-chtml-full.js", "output/chtml/fonts")
LINK = re.compile(
    r"(?<!!)\[(?P<text>[^\]]+)\]\((?P<target>[^)#:\s]+)(?P<anchor>#[^)]*)?\)"
)
ABOUT = (
    "```{{div}} about-this-page\nThis page is the executed lecture. The demos work "
    "here; to change code, open it in JupyterLab as the [start page](../index.md) "
    "says, or take the {{download}}`notebook <{name}>`.\n```"
)


def stage(course: Course, folder: Path, lectures: dict[str, NotebookNode]) -> None:
    """Write everything that Sphinx reads into an empty folder.

    Args:
        course: whose site it is.
        folder: where to write.
        lectures: file name → executed lecture.
    """
    units = entries(course)
    copy_mathjax(folder / "_static" / "mathjax")
    for name, lecture in lectures.items():
        original = course.root / "lectures" / name
        write(folder / "lectures" / "plain" / name, original.read_text("utf-8"))
        write(folder / "lectures" / name, to_json(lecture_page(lecture, name, folder)))
    for unit in course.units:
        for path in sorted((course.folder("release") / unit.name).glob("*.ipynb")):
            page = exercise_page(read_notebook(path))
            write(folder / "exercises" / unit.name / path.name, to_json(page))
    for source in sorted((course.root / GUIDES).glob("*.md")):
        write(folder / "docs" / source.name, source.read_text("utf-8"))
    for picture in sorted((course.root / GUIDES / "images").glob("*.png")):
        place = folder / "docs" / "images" / picture.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(picture.read_bytes())
    for source in sorted((course.root / SITE).rglob("*.md")):
        place = folder / source.relative_to(course.root / SITE)
        depth = len(place.relative_to(folder).parts) - 1
        text = with_units(source.read_text("utf-8"), units, course, place.parent.name)
        write(place, with_demos(text, folder, depth, lectures))
    mend_links(folder)


def copy_mathjax(target: Path) -> None:
    """What sets formulas: one script and its fonts, from the installed package."""
    package = files("mathjax") / "static" / "mathjax" / "es5"
    for name in MATHJAX:
        with as_file(package / name) as source:
            place = target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, place)
            else:
                shutil.copy(source, place)


def lecture_page(lecture: NotebookNode, name: str, folder: Path) -> NotebookNode:
    """The lecture with its demos as a page shows them, and a note how to run it."""
    page = copy.deepcopy(lecture)
    widgets = page.metadata.pop("widgets", {})
    for cell in page.cells:
        for output in cell.get("outputs", []):
            view = output.get("data", {}).pop(demos.WIDGET_VIEW, None)
            if view is not None:
                demo, state = demos.of_notebook(widgets, view["model_id"])
                demos.write_code(folder, demo, state)
                output["data"] = {"text/html": demos.markup(demo, state, depth=1)}
    note = new_markdown_cell(  # type: ignore[no-untyped-call]
        ABOUT.format(name=f"plain/{name}"), id="about-this-page"
    )
    page.cells.insert(1, note)
    return page


def exercise_page(exercise: NotebookNode) -> NotebookNode:
    """The exercise with folded tests, to be read."""
    for cell in exercise.cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
    return exercise


def with_units(text: str, units: Iterable[Entry], course: Course, folder: str) -> str:
    """The text with one card a unit where it asks for them."""
    if UNITS not in text:
        return text
    to_root = "../" if folder in ("lectures", "exercises") else ""
    cards = [_card(entry, course, to_root, folder == "exercises") for entry in units]
    return text.replace(UNITS, "\n".join(cards))


def with_demos(
    text: str, folder: Path, depth: int, lectures: dict[str, NotebookNode]
) -> str:
    """The text with demos where it names one, and with all of them in the gallery."""

    def show(name: str) -> str:
        demo, state = demos.of_explorer(getattr(explorers, name)())
        demos.write_code(folder, demo, state)
        return demos.markup(demo, state, depth=depth)

    text = DEMO.sub(lambda found: show(found["name"]), text)
    if GALLERY not in text:
        return text
    parts = []
    for name, lecture in sorted(lectures.items()):
        shown = demos_of(lecture)
        if shown:
            title = lecture.cells[0].source.splitlines()[0].removeprefix("# ")
            parts += [f"## [{title}](lectures/{name})", *map(show, shown)]
    return text.replace(GALLERY, "\n\n".join(parts))


def demos_of(lecture: NotebookNode) -> list[str]:
    """The demos that a lecture shows, by the names of their classes."""
    cells = [
        c.source for c in lecture.cells if "explorer" in c.metadata.get("tags", [])
    ]
    called = re.findall(r"\b([A-Z]\w+)\(", "\n".join(cells))
    return [name for name in dict.fromkeys(called) if name in explorers.__all__]


def mend_links(folder: Path) -> None:
    """Turn links to files that the site does not have into plain words."""
    for path in sorted(folder.rglob("*.md")):
        write(path, without_dead_links(path.read_text("utf-8"), path.parent))
    for path in sorted(folder.glob("*/**/*.ipynb")):
        if "plain" in path.parts:
            continue
        notebook = read_notebook(path)
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = without_dead_links(cell.source, path.parent)
        write(path, to_json(notebook))


def without_dead_links(text: str, folder: Path) -> str:
    """The text in which every link to a file leads somewhere."""

    def keep(link: re.Match[str]) -> str:
        target = (folder / link["target"]).resolve()
        return link[0] if target.is_file() else link["text"]

    return LINK.sub(keep, text)


def write(path: Path, text: str) -> None:
    """Write a text file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _card(entry: Entry, course: Course, to_root: str, is_exercise: bool) -> str:
    notebook = course.source_notebooks(entry.unit)[0].stem
    page = f"exercises/{entry.unit.name}/{notebook}"
    below = f"{entry.tasks} graded tasks, about {entry.exercise_minutes} min"
    if not is_exercise:
        page = f"lectures/{entry.unit.name}"
        below = f"about {entry.lecture_minutes} min · {below.partition(',')[0]}"
    return "\n".join(
        [
            f":::::{{grid-item-card}} {entry.title}",
            f":link: {to_root and '/'}{page}",
            ":link-type: doc",
            entry.question,
            ":::{card-footer}",
            below,
            ":::",
            ":::::",
            "",
        ]
    )
