"""Puts executed notebooks and their scores where nbgrader expects them.

nbgrader's own converter does the work, with its own preprocessors; only sanitizing and
executing have already happened. The new folder replaces the former one in one step.
"""

import contextlib
import copy
import fcntl
import logging
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbconvert.writers.files import FilesWriter
from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import DBAPIError, SAWarning

from autograder.batch.submissions import Assignment
from autograder.course import CourseError
from autograder.files import replace_folder
from autograder.reports.gradebook import keep_engines, open_gradebook

EXECUTORS = ("JudgedExecute", "Execute")
STAGING = ".grading-"
ATTEMPTS = 5

Scores = dict[str, dict[str, Any]]


class _Recorder(Autograde):
    """nbgrader's converter, for notebooks that have already been executed."""

    executed: dict[str, NotebookNode]

    def convert_single_notebook(self, notebook_filename: str) -> None:
        notebook = self.executed[Path(notebook_filename).stem]
        resources = self.init_single_notebook_resources(notebook_filename)
        self._sanitizing = False
        try:
            self._init_preprocessors()
            output, resources = self.exporter.from_notebook_node(notebook, resources)
        finally:
            self._sanitizing = True
        self.write_single_notebook(output, resources)

    def _init_preprocessors(self) -> None:
        self.exporter._preprocessors = []
        for preprocessor in self.autograde_preprocessors:
            name = getattr(preprocessor, "__name__", str(preprocessor))
            if name.rpartition(".")[2] not in EXECUTORS:
                self.exporter.register_preprocessor(preprocessor)


class Recorder:
    """Writes the gradebook of one unit; there is one of it in a grading run."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.course, self.unit = assignment.course, assignment.unit
        autograded = self.course.folder("autograded")
        autograded.mkdir(parents=True, exist_ok=True)
        self.lock_file = autograded / ".lock"
        keep_engines()
        for leftover in autograded.glob(f"{STAGING}*"):
            owner = leftover.name.removeprefix(STAGING).split("-")[0]
            if not Path(f"/proc/{owner}").exists():
                shutil.rmtree(leftover, ignore_errors=True)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other graders of this course out of the gradebook."""
        with self.lock_file.open("w") as file, warnings.catch_warnings():
            # nbgrader's queries make SQLAlchemy warn about the order of its work
            warnings.simplefilter("ignore", SAWarning)
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def register(self) -> None:
        """Tell the gradebook about the unit, if it does not know its current cells.

        Raises:
            CourseError: nbgrader refuses to.
        """
        with self.lock():
            if not self._is_registered():
                self._generate()

    def _is_registered(self) -> bool:
        with open_gradebook(self.course) as gradebook:
            for name, master in self.assignment.masters.items():
                try:
                    known = gradebook.find_notebook(name, self.unit.name).source_cells
                except MissingEntry:
                    return False
                checksums = {cell.name: cell.checksum for cell in known}
                current = {
                    key: cell.metadata.nbgrader.get("checksum")
                    for key, cell in master.cells.items()
                }
                if checksums != current:
                    return False
        return True

    def _generate(self) -> None:
        """Have nbgrader make the release anew, for what it writes to the gradebook."""
        config = copy.deepcopy(self.course.config)
        words: list[str] = []
        with tempfile.TemporaryDirectory() as scratch:
            config.CourseDirectory.release_directory = scratch
            config.CourseDirectory.assignment_id = self.unit.name
            directory = CourseDirectory(config=config)
            log = _collecting_log(words)
            converter = GenerateAssignment(coursedir=directory, config=config, log=log)
            try:
                converter.start()
            except NbGraderException:
                lines = "\n".join(words).strip().splitlines() or ["no reason"]
                reason = next(
                    (x for x in lines if x.startswith("RuntimeError")), lines[-1]
                )
                raise CourseError(
                    f"{self.unit.name}: nbgrader says: {reason}"
                ) from None

    def scores(self, student: str) -> Scores:
        """grade_id → score and max_score, as the gradebook has them now."""
        with open_gradebook(self.course) as gradebook:
            try:
                submission = gradebook.find_submission(self.unit.name, student)
            except MissingEntry:
                return {}
            return {
                grade.name: {"score": grade.score, "max_score": grade.max_score}
                for notebook in submission.notebooks
                for grade in notebook.grades
            }

    def write(self, student: str, executed: dict[str, NotebookNode]) -> None:
        """Store the executed notebooks of a student, and their scores.

        Raises:
            CourseError: the gradebook stays locked by somebody else.
        """
        with self.lock():
            for attempt in range(ATTEMPTS):
                try:
                    self._write_once(student, executed)
                    return
                except DBAPIError as problem:
                    if attempt == ATTEMPTS - 1:
                        reason = str(problem.orig).strip().splitlines()[:1]
                        raise CourseError(
                            f"the gradebook: {' '.join(reason)}"
                        ) from None
                    time.sleep(0.2 * 2**attempt)

    def _write_once(self, student: str, executed: dict[str, NotebookNode]) -> None:
        autograded = self.course.folder("autograded")
        prefix = f"{STAGING}{os.getpid()}-"
        with tempfile.TemporaryDirectory(prefix=prefix, dir=autograded) as scratch:
            converter = self._converter(student, executed, Path(scratch))
            converter.init_assignment(self.unit.name, student)
            for path in converter.notebooks:
                converter.convert_single_notebook(path)
            converter.set_permissions(self.unit.name, student)
            new = Path(converter._format_dest(self.unit.name, student))
            converter.coursedir.autograded_directory = str(autograded)
            old = Path(converter._format_dest(self.unit.name, student))
            replace_folder(old, new, Path(scratch) / "former")

    def _converter(
        self, student: str, executed: dict[str, NotebookNode], scratch: Path
    ) -> _Recorder:
        config = copy.deepcopy(self.course.config)
        config.CourseDirectory.autograded_directory = str(scratch / "new")
        config.CourseDirectory.assignment_id = self.unit.name
        config.CourseDirectory.student_id = student
        directory = CourseDirectory(config=config)
        log = logging.Logger("record", logging.ERROR)
        converter = _Recorder(coursedir=directory, config=config, log=log)
        folder = converter._format_source(self.unit.name, student)
        converter.executed = copy.deepcopy(executed)
        converter.notebooks = [str(Path(folder) / f"{n}.ipynb") for n in executed]
        writer: Any = FilesWriter
        converter.writer = writer(parent=converter, config=config)
        converter.exporter = converter.exporter_class(parent=converter, config=config)
        return converter


def _collecting_log(words: list[str]) -> logging.Logger:
    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            words.append(record.getMessage())

    log = logging.Logger("nbgrader", logging.ERROR)
    log.addHandler(Collect())
    return log
