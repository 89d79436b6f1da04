"""nbgrader's view of this grader: two preprocessors named in `nbgrader_config.py`.

`RestoreCells` mends a submission before nbgrader looks at it, `JudgedExecute` runs it.
Everything else of `nbgrader autograde` stays as it is.
"""

import atexit
import os
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets.config import Config

from autograder.collecting.restore import Master, restore
from autograder.collecting.untrusted import read_learner_notebook
from autograder.course import CourseError
from autograder.jail import sandbox
from autograder.jail.limits import Judge
from autograder.jail.sandbox import Zygote
from autograder.judging.grading import Job, Outcome, read_files, run_notebook
from autograder.judging.names import imported_modules
from autograder.judging.unjailed import run_in_kernel
from autograder.notebook import read_notebook, to_json

SECRET_VARIABLE = "COURSE_SECRET"
SECRET_FILE = ".course-secret"

_zygotes: dict[str, Zygote] = {}
_lock = threading.Lock()
_starter = ThreadPoolExecutor(1, "zygote")


def judge_for(config: Config, sources: Iterable[NotebookNode]) -> Judge:
    """The course's settings; what its notebooks import is imported before forking."""
    judge = Judge(config=config)
    code = (
        cell.source
        for source in sources
        for cell in source.cells
        if cell.cell_type == "code"
    )
    judge.preload = list(dict.fromkeys([*judge.preload, *imported_modules(code)]))
    return judge


def shared_zygote(judge: Judge) -> Zygote:
    """This process's fork server for these settings, started when first needed."""
    unsafe = bool(judge.unsafe)
    key = repr((judge.preload, judge.readable, unsafe))
    with _lock:
        zygote = _zygotes.get(key)
        if zygote is None or zygote.process.poll() is not None:
            start = partial(Zygote, unsafe=unsafe)
            lists = list(judge.preload), list(judge.readable)
            # the jail ends with the thread that started it, so that one must last
            zygote = _starter.submit(start, *lists).result()
            _zygotes[key] = zygote
        return zygote


def runs_in_kernel(judge: Judge) -> bool:
    """Whether notebooks run in a plain kernel: if told so where nothing else is."""
    return bool(judge.unsafe) and not sandbox.has_fork_server()


def run_job(judge: Judge, job: Job) -> Outcome:
    """Run one notebook as this course's settings and this system want it.

    Raises:
        CourseError: there is no jail, and it was not said that none is needed.
    """
    if runs_in_kernel(judge):
        return run_in_kernel(job)
    return run_notebook(shared_zygote(judge), job)


@atexit.register
def close_zygotes() -> None:
    """End the fork servers of this process."""
    with _lock:
        while _zygotes:
            _zygotes.popitem()[1].close()


def course_secret(root: Path) -> str:
    """What `utils.checks.course_secret` finds in a course, without importing torch."""
    if secret := os.environ.get(SECRET_VARIABLE):
        return secret
    files = (folder / SECRET_FILE for folder in (root, *root.parents))
    found = next((file for file in files if file.is_file()), None)
    return found.read_text().strip() if found is not None else ""


def source_folder(directory: CourseDirectory, assignment: str) -> Path:
    """Where the source notebooks of an assignment lie."""
    path = directory.format_path(directory.source_directory, ".", assignment)
    return Path(path)


def read_source(
    directory: CourseDirectory, assignment: str, notebook: str
) -> NotebookNode:
    """A source notebook.

    Raises:
        CourseError: it is not there.
    """
    path = source_folder(directory, assignment) / f"{notebook}.ipynb"
    if not path.is_file():
        raise CourseError(f"the source notebook {path} is missing")
    return read_notebook(path)


class _CoursePreprocessor(NbGraderPreprocessor):
    """A preprocessor that knows its course."""

    def directory(self) -> CourseDirectory:
        """The folders of the course whose converter runs this."""
        converter = getattr(self.parent, "parent", None)
        found = getattr(converter, "coursedir", None)
        return found or CourseDirectory(config=self.config)

    def source(self, resources: Any) -> NotebookNode:
        names = resources["nbgrader"]
        return read_source(self.directory(), names["assignment"], names["notebook"])

    def submitted_folder(self, names: dict[str, str]) -> Path:
        """What the student handed in; nbgrader's copy of it has followed links."""
        directory = self.directory()
        parent, student = directory.submitted_directory, names["student"]
        return Path(directory.format_path(parent, student, names["assignment"]))

    def restore(
        self, nb: NotebookNode, source: NotebookNode
    ) -> tuple[NotebookNode, list[str]]:
        text = to_json(nb)
        return restore(
            read_learner_notebook(text.encode()), Master.of(source, self.config)
        )


class RestoreCells(_CoursePreprocessor):
    """Gives a submission its source's structure: `autograder.collecting.restore`."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        restored, repairs = self.restore(nb, self.source(resources))
        for repair in repairs:
            self.log.warning("Repaired: %s", repair)
        return restored, resources


class JudgedExecute(_CoursePreprocessor):
    """Runs learners' cells in a jail and tests in another; replaces `Execute`."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        names = resources["nbgrader"]
        directory = self.directory()
        source = self.source(resources)
        judge = judge_for(Config(self.config), [source])
        restored, _ = self.restore(nb, source)
        own = read_files(self.submitted_folder(names))
        given = read_files(source_folder(directory, names["assignment"]))
        job = Job(
            notebook=restored,
            source=source,
            limits=judge.as_limits(),
            student_files={**own, **given},
            judge_files=given,
            secret=course_secret(Path(directory.root)),
            judged=judge.mode == "separate",
        )
        return run_job(judge, job).notebook, resources
