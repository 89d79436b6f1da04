"""Where a course keeps its things: folders, units and gradebook of any nbgrader course.

The folder names come from the course's own `nbgrader_config.py`, read as
nbgrader reads it, so that every command agrees with nbgrader about them.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

CONFIG_FILE = "nbgrader_config.py"


class CourseError(Exception):
    """Something that the person at the keyboard can mend; its text is one line."""


@dataclass(frozen=True)
class Unit:
    """One assignment: a folder of the same name in every nbgrader step."""

    name: str

    @property
    def number(self) -> str:
        return self.name.partition("_")[0]

    @property
    def slug(self) -> str:
        number, _, slug = self.name.partition("_")
        return slug if number.isdigit() and slug else self.name


@dataclass(frozen=True)
class Course:
    """The course whose root holds `nbgrader_config.py`."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> "Course":
        """The course that contains `start` (default: the current folder).

        Raises:
            CourseError: no folder from `start` upwards holds a course.
        """
        start = (start or Path.cwd()).resolve()
        for folder in (start, *start.parents):
            if (folder / CONFIG_FILE).is_file():
                return cls(folder)
        raise CourseError(f"no {CONFIG_FILE} in {start} or above; go to a course first")

    @cached_property
    def config(self) -> Config:
        """nbgrader's configuration of this course."""
        loader = PyFileConfigLoader(CONFIG_FILE, path=str(self.root))
        config: Config = loader.load_config()
        config.CourseDirectory.root = str(self.root)
        return config

    @cached_property
    def directory(self) -> CourseDirectory:
        """nbgrader's own view of the folders and of the gradebook's address."""
        return CourseDirectory(config=self.config)

    def folder(self, step: str) -> Path:
        """The folder of an nbgrader step: source, release, submitted, autograded or
        feedback."""
        return self.root / str(getattr(self.directory, f"{step}_directory"))

    @property
    def units(self) -> list[Unit]:
        """Every unit that has a source notebook, in the order of the course."""
        source = self.folder("source")
        names = {path.parent.name for path in source.glob("*/*.ipynb")}
        return [Unit(name) for name in sorted(names)]

    def unit(self, wanted: str) -> Unit:
        """The unit with this folder name, slug or number (`3` and `03` are equal).

        Raises:
            CourseError: there is no such unit; the message lists those there are.
        """
        key = re.sub(r"^0*(?=\d)", "", wanted.strip("/"))
        for unit in self.units:
            number = re.sub(r"^0*(?=\d)", "", unit.number)
            if wanted.strip("/") in (unit.name, unit.slug) or key == number:
                return unit
        known = ", ".join(unit.name for unit in self.units) or "none"
        raise CourseError(f"no unit {wanted!r}; the course has: {known}")

    def source_notebooks(self, unit: Unit) -> list[Path]:
        """The source notebooks of a unit, sorted by name."""
        return sorted((self.folder("source") / unit.name).glob("*.ipynb"))
