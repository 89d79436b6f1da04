"""Builds the web site: every lecture executed, demos live, no request to other hosts.

    course site                      into site/
    course site --output FOLDER

Lectures that have not changed since they were last executed are not executed again.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import Course, CourseError
from autograder.files import replace_folder
from autograder.website.executed import NotebookFailed, run_notebook, store, stored
from autograder.website.staging import SITE, stage
from utils.progress import progress_bar

BUILD = Path("build", "website")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `course site` accepts."""
    parser.add_argument("--output", type=Path, help="folder to write, default site/")


def run(options: argparse.Namespace) -> int:
    """Execute what has changed, build the pages, and put them in place."""
    course = Course.find()
    output = (options.output or course.root / "site").resolve()
    build(course, executed_lectures(course), output)
    print(f"open {output / 'index.html'}, or serve {output} from any web server")
    return 0


def executed_lectures(course: Course) -> dict[str, NotebookNode]:
    """File name → executed lecture; runs those that have changed.

    Raises:
        CourseError: a lecture does not run.
    """
    paths = sorted((course.root / "lectures").glob("*.ipynb"))
    lectures = {}
    with progress_bar(len(paths), unit="lecture") as bar:
        for path in paths:
            bar.set_postfix_str(path.stem)
            lectures[path.name] = _executed(course, path)
            bar.update(1)
    return lectures


def build(course: Course, lectures: dict[str, NotebookNode], output: Path) -> None:
    """Turn the lectures and everything around them into pages.

    Raises:
        CourseError: Sphinx is missing or finds fault with a page.
    """
    work = course.root / BUILD
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work, prefix="stage-") as name:
        source = Path(name) / "source"
        stage(course, source, lectures)
        pages = Path(name) / "pages"
        _sphinx(course, source, pages)
        replace_folder(output, pages, aside=Path(name) / "old")


def _executed(course: Course, path: Path) -> NotebookNode:
    kept = stored(course.root, path)
    if kept is not None:
        return kept
    try:
        executed = run_notebook(path)
    except NotebookFailed as problem:
        raise CourseError(str(problem)) from None
    store(course.root, path, executed)
    return executed


def _sphinx(course: Course, source: Path, pages: Path) -> None:
    configuration = course.root / SITE
    command = [
        *(sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going"),
        *("-j", "2", "-d", str(pages.parent / "doctrees"), "-c", str(configuration)),
        *(str(source), str(pages)),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise CourseError(f"the site could not be built:\n{run.stderr or run.stdout}")
    shutil.rmtree(pages / "_sources", ignore_errors=True)
