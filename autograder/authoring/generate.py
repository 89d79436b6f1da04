"""Makes the released form of a unit from its source, by nbgrader's own converter."""

import copy
import logging
import shutil
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograder.authoring.canonical import canonical_text
from autograder.authoring.metadata import problems_with_ids, problems_with_source
from autograder.course import Course, CourseError, Unit
from autograder.files import write_atomically
from autograder.notebook import read_notebook


def generate_unit(course: Course, unit: Unit, scratch: Path) -> Path:
    """The folder, inside `scratch`, with what learners get of this unit.

    nbgrader reads a canonical copy of the source, so that the result is the same
    whether or not the source was formatted; afterwards only the JSON is rewritten,
    because nbgrader has taken checksums of the cells.

    Raises:
        CourseError: a notebook of the source cannot be read or breaks a rule.
    """
    _copy_source(course, unit, scratch / "source")
    _run_nbgrader(course, unit, scratch)
    released = scratch / "release" / unit.name
    for path in sorted(released.glob("*.ipynb")):
        write_atomically(path, canonical_text(read_notebook(path)).encode())
    return released


def _copy_source(course: Course, unit: Unit, target: Path) -> None:
    source = course.folder("source") / unit.name
    unwanted = shutil.ignore_patterns(*course.directory.ignore)
    shutil.copytree(source, target / unit.name, ignore=unwanted)
    for path in course.source_notebooks(unit):
        name = path.relative_to(course.root)
        try:
            notebook = read_notebook(path)
            problems = [*problems_with_source(notebook), *problems_with_ids(notebook)]
            if problems:
                raise CourseError(problems[0])
            text = canonical_text(notebook)
        except CourseError as problem:
            reason = str(problem).removeprefix(f"{path} ").removeprefix(f"{path}: ")
            raise CourseError(f"{name}: {reason}") from None
        write_atomically(target / unit.name / path.name, text.encode())


def _run_nbgrader(course: Course, unit: Unit, scratch: Path) -> None:
    config = copy.deepcopy(course.config)
    config.CourseDirectory.source_directory = str(scratch / "source")
    config.CourseDirectory.release_directory = str(scratch / "release")
    config.CourseDirectory.assignment_id = unit.name
    config.SaveCells.enabled = False
    config.GenerateAssignment.no_database = True
    messages = _Messages()
    log = logging.Logger(f"release {unit.name}", logging.ERROR)
    log.addHandler(messages)
    directory = CourseDirectory(config=config)
    try:
        GenerateAssignment(coursedir=directory, config=config, log=log).start()
    except NbGraderException:
        raise CourseError(f"{unit.name}: nbgrader says: {messages.reason}") from None


class _Messages(logging.Handler):
    """Keeps nbgrader's complaints instead of printing them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())

    @property
    def reason(self) -> str:
        """The last line of the traceback that nbgrader logged, or of its last word."""
        tracebacks = [text for text in self.texts if text.startswith("Traceback")]
        lines = "\n".join(tracebacks[-1:] or self.texts[-1:]).strip().splitlines()
        return lines[-1] if lines else "nothing; run nbgrader generate_assignment"
