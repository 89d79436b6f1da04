"""Fills work/ with your own copies of lectures and exercises and opens JupyterLab.

work/ mirrors lectures/ and exercises/. A copy that you have not changed is renewed when
the course has a newer version; running its cells is no change. A copy that you changed
is never overwritten: it is named, and --beside puts the new version next to it.

    course lab                        opens the start page
    course lab 3                      opens the lecture of unit 3
    course lab --beside --no-browser  new versions beside the copies that you changed
"""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from autograder.course import Course, CourseError, Unit
from autograder.learner.copies import WORK, Copies

LECTURES = "lectures"
SETTINGS = Path(__file__).parent / "lab_settings"
PROMPT = "autograder.learner.connection.PromptConnection"  # demos follow at once


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", nargs="?", metavar="UNIT", help="default: the first")
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address, open no browser"
    )
    parser.add_argument(
        "--beside",
        action="store_true",
        help="write new versions as NAME.new.ipynb beside copies that you changed",
    )


def run(options: argparse.Namespace) -> int:
    """Fill work/, then stay until JupyterLab ends."""
    course = Course.find()
    lecture = find_lecture(course, options.unit)
    for line in fill(course, beside=options.beside):
        print(line)
    return open_lab(course, Path(WORK) / LECTURES / lecture.name, options.no_browser)


def fill(course: Course, *, beside: bool = False) -> list[str]:
    """Bring work/ up to date; what there is to say about it, a line a copy.

    Args:
        course: the course whose lectures and exercises are copied.
        beside: write the new version of a copy that was changed beside it.
    """
    copies = Copies(course.root / WORK)
    lines = []
    for folder in (course.root / LECTURES, course.folder("release")):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(course.root)
            if path.is_file() and not any(part.startswith(".") for part in name.parts):
                lines += copies.hand_out(path, name, beside=beside)
    copies.remember()
    return lines


def find_lecture(course: Course, wanted: str | None) -> Path:
    """The lecture of a unit, by name, slug or number; of the first one by default.

    Raises:
        CourseError: there is no such lecture; the message lists those there are.
    """
    lectures = sorted((course.root / LECTURES).glob("*.ipynb"))
    for path in lectures:
        unit = Unit(path.stem)
        numbers = {unit.number, unit.number.lstrip("0") or "0"}
        if wanted is None or wanted in {unit.name, unit.slug, *numbers}:
            return path
    known = ", ".join(path.stem for path in lectures) or "none"
    raise CourseError(f"no lecture {wanted or ''!r}; the course has: {known}")


def open_lab(course: Course, notebook: Path, no_browser: bool) -> int:
    """Run JupyterLab in the course root until it ends."""
    command = lab_command(course, notebook, no_browser)
    with subprocess.Popen(command, cwd=course.root, env=lab_environment()) as lab:
        signal.signal(signal.SIGTERM, lambda *_: lab.terminate())
        while True:
            try:
                return lab.wait()
            except KeyboardInterrupt:
                continue  # JupyterLab got it too and asks whether to stop


def lab_command(course: Course, notebook: Path, no_browser: bool) -> list[str]:
    """JupyterLab as a learner wants it: this notebook open, no news, no log.

    The buttons of nbgrader are switched off, because they are the instructor's;
    `jupyter lab` has them.
    """
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={course.root}",
        f"--LabApp.default_url=/lab/tree/{notebook.as_posix()}",
        f"--LabApp.app_settings_dir={SETTINGS}",
        "--LabApp.news_url=None",  # no request leaves the machine
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--ServerApp.kernel_websocket_connection_class={PROMPT}",
        "--log-level=WARN",
    ]
    if no_browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # as in a container
    return command


def lab_environment() -> dict[str, str]:
    """The environment, with `course` found in a terminal that is opened in Lab."""
    programs = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", "")
    return {**os.environ, "PATH": os.pathsep.join(filter(None, [programs, path]))}
