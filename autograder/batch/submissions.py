"""What is to be graded: the submissions of a unit, and whether they have changed."""

import hashlib
import importlib.metadata
import importlib.util
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from autograder.collecting.repair import learner_version
from autograder.collecting.restore import Master, restore
from autograder.collecting.untrusted import Refused, check_size, read_learner_notebook
from autograder.collecting.versions import KEY
from autograder.course import Course, CourseError, Unit
from autograder.jail.limits import Judge
from autograder.judging.execute import course_secret, judge_for, source_folder
from autograder.judging.grading import LINK, MOST_FILES, Job, read_files
from autograder.notebook import read_notebook

LARGEST_MB, ROOM_MB = 64, 160  # one file of a submission, and all of them


@dataclass(frozen=True)
class Submission:
    """What one student has handed in for a unit."""

    student: str
    folder: Path


@dataclass
class Work:
    """A submission, read and ready to be run anywhere."""

    student: str
    digest: str
    jobs: dict[str, Job] = field(default_factory=dict)  # by name of the notebook
    version: str = ""
    error: str = ""  # why it cannot be run, if it cannot


@dataclass(frozen=True)
class Assignment:
    """A unit of a course with everything that its submissions have in common."""

    course: Course
    unit: Unit

    @cached_property
    def judge(self) -> Judge:
        return judge_for(self.course.config, self.sources.values())

    @cached_property
    def sources(self) -> dict[str, NotebookNode]:
        """Name → source notebook.

        Raises:
            CourseError: the unit has none, or one of them cannot be read.
        """
        paths = self.course.source_notebooks(self.unit)
        if not paths:
            raise CourseError(f"{self.unit.name} has no source notebook")
        return {path.stem: read_notebook(path) for path in paths}

    @cached_property
    def masters(self) -> dict[str, Master]:
        config = self.course.config
        return {name: Master.of(nb, config) for name, nb in self.sources.items()}

    @cached_property
    def source_files(self) -> dict[str, bytes]:
        return read_files(source_folder(self.course.directory, self.unit.name))

    @cached_property
    def version(self) -> str:
        """A digest of all that a verdict depends on, besides the submission."""
        parts = [path.read_bytes() for path in self.course.source_notebooks(self.unit)]
        for name, data in sorted(self.source_files.items()):
            parts += [name.encode(), data]
        parts.append(repr((self.judge.mode, self.judge.as_limits())).encode())
        parts.append(course_secret(self.course.root).encode())
        return digest_of([*parts, *_code_of_the_course()])

    def submissions(self, students: Iterable[str]) -> list[Submission]:
        """All submissions, or those of the named students, sorted.

        Raises:
            CourseError: a named student has handed nothing in.
        """
        directory = self.course.directory
        path = directory.format_path(
            directory.submitted_directory, "STUDENT", self.unit.name
        )
        before, after = str(path).split("STUDENT")
        found = {
            folder.name: Submission(folder.name, Path(f"{before}{folder.name}{after}"))
            for folder in (Path(before).iterdir() if Path(before).is_dir() else ())
            if Path(f"{before}{folder.name}{after}").is_dir()
        }
        wanted = list(students) or list(found)
        missing = sorted(set(wanted) - found.keys())
        if missing:
            raise CourseError(f"no submission of {self.unit.name} by {missing[0]}")
        return [found[student] for student in sorted(set(wanted))]

    def prepare(self, submission: Submission) -> Work:
        """Read a submission; what is wrong with it becomes its error."""
        work = Work(submission.student, "")
        try:
            work.digest = self.digest(submission)
            files = read_files(submission.folder)
            self._add_jobs(work, submission, files)
        except Refused as problem:
            work.error = f"the submission {problem}"
        except OSError as problem:
            work.error = f"the submission cannot be read: {problem.strerror}"
        except Exception as problem:  # whatever it is, it must not stop the batch
            work.error = f"the submission cannot be read: {type(problem).__name__}"
        return work

    def digest(self, submission: Submission) -> str:
        """A digest of a submission and of all that its verdict depends on.

        Raises:
            Refused: it holds what cannot be graded.
        """
        return digest_of(self._parts(submission))

    def _parts(self, submission: Submission) -> Iterator[bytes]:
        """Everything that the digest is of, a file at a time."""
        yield self.version.encode()
        room, files = ROOM_MB << 20, 0
        for path in sorted(submission.folder.rglob("*")):
            if path.is_symlink():
                raise Refused(LINK)
            if not path.is_file():
                continue
            size = path.stat().st_size
            check_size(size, LARGEST_MB << 20)
            files, room = files + 1, room - size
            if room < 0 or files > MOST_FILES:
                raise Refused(
                    f"holds more than {ROOM_MB} MB or {MOST_FILES} files in all"
                )
            yield (
                path.relative_to(submission.folder)
                .as_posix()
                .encode("utf-8", "surrogateescape")
            )
            yield path.read_bytes()

    def _add_jobs(
        self, work: Work, submission: Submission, files: dict[str, bytes]
    ) -> None:
        for name, source in self.sources.items():
            path = submission.folder / f"{name}.ipynb"
            if not path.is_file():
                continue
            check_size(path.stat().st_size, self.judge.notebook_mb << 20)
            data = path.read_bytes()
            learner = read_learner_notebook(data)
            restored, _ = restore(learner, self.masters[name])
            work.version = noted_version(data) or learner_version(learner)
            work.jobs[name] = Job(
                notebook=restored,
                source=source,
                limits=self.judge.as_limits(),
                student_files={**files, **self.source_files},
                judge_files=self.source_files,
                secret=course_secret(self.course.root),
                judged=self.judge.mode == "separate",
            )
        if not work.jobs:
            wanted = " or ".join(f"{name}.ipynb" for name in self.sources)
            there = sorted(path.name for path in submission.folder.glob("*.ipynb"))
            raise Refused(
                f"holds no {wanted}, only {', '.join(there) or 'other files'}"
            )


def noted_version(data: bytes) -> str:
    """The version of the exercise that `course collect` has noted in a notebook, which
    it has put into the shape of the current release; else nothing."""
    metadata = json.loads(data).get("metadata")
    noted = metadata.get(KEY) if isinstance(metadata, dict) else None
    is_digest = isinstance(noted, str) and re.fullmatch("[0-9a-f]{12}", noted)
    return str(noted) if is_digest else ""


def digest_of(parts: Iterable[bytes]) -> str:
    """A digest of byte strings that no other list of them has."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def _code_of_the_course() -> list[bytes]:
    """The modules that notebooks import, and the grader's version."""
    spec = importlib.util.find_spec("utils")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    modules = sorted(folder.glob("*.py")) if folder else []
    version = importlib.metadata.version("deep-learning-course")
    return [version.encode(), *(path.read_bytes() for path in modules)]
