"""Opens the gradebook of any nbgrader course, SQLite or another database."""

import functools
import os
import sys
from pathlib import Path
from typing import Any

import nbgrader.api
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


def keep_engines() -> None:
    """Let each gradebook of this process be opened with one SQLAlchemy engine.

    nbgrader opens its gradebook anew for every step of every submission, each time
    with a new engine that has to compile the same queries again. An engine that is
    disposed of has no connection left, only what it has compiled.
    """
    if not hasattr(nbgrader.api.create_engine, "cache_info"):
        cached: Any = functools.lru_cache(nbgrader.api.create_engine)
        nbgrader.api.create_engine = cached


def find_alembic() -> None:
    """Put this environment's programs on PATH: nbgrader calls `alembic` by its name."""
    programs = str(Path(sys.executable).parent)
    folders = os.environ.get("PATH", "").split(os.pathsep)
    if programs not in folders:
        os.environ["PATH"] = os.pathsep.join([programs, *folders])
