"""Opens the gradebook of any nbgrader course, SQLite or another database."""

import os
import sys
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course import Course

_SQLITE = "sqlite:///"


def database_file(course: Course) -> Path | None:
    """The file of an SQLite gradebook; None for another database."""
    url = str(course.directory.db_url)
    return Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None


def has_gradebook(course: Course) -> bool:
    """Whether there is a gradebook to be read."""
    file = database_file(course)
    return file is None or file.is_file()


def open_gradebook(course: Course) -> Gradebook:
    """The gradebook, to be used in a `with` statement; it is made if there is none."""
    file = database_file(course)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    find_alembic()
    return Gradebook(course.directory.db_url, course.directory.course_id)


def find_alembic() -> None:
    """Put this environment's programs on PATH: nbgrader calls `alembic` by its name."""
    programs = str(Path(sys.executable).parent)
    folders = os.environ.get("PATH", "").split(os.pathsep)
    if programs not in folders:
        os.environ["PATH"] = os.pathsep.join([programs, *folders])
