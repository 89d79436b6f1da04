"""Keeps what was collected: stores, sets aside what is replaced, quarantines.

Folders lie beside nbgrader's submitted/: quarantine/UNIT/STUDENT/ holds what cannot be
graded and why, intake/UNIT/STUDENT/ what was replaced. No learner chooses a name on
this disk: names are checked, or replaced by numbers.
"""

import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.collecting.archives import SentFile
from autograder.collecting.untrusted import MAX_BYTES, Refused
from autograder.course import Course, Unit
from autograder.files import write_atomically

MAX_QUARANTINED = 20  # files of one student
_PART = re.compile(r"\w[\w. -]{0,60}")


def is_harmless_path(path: PurePosixPath) -> bool:
    """Whether a file may have this path below a submission."""
    return 1 <= len(path.parts) <= 4 and all(_PART.fullmatch(p) for p in path.parts)


@dataclass
class Stored:
    """Whether anything changed, and what to tell about it."""

    changed: bool
    notes: list[str] = field(default_factory=list)


class Storage:
    """The folders of one unit."""

    def __init__(self, course: Course, unit: Unit, source: Path | None = None) -> None:
        self.unit = unit.name
        self._submitted = course.folder("submitted")
        self.quarantine = self._submitted.parent / "quarantine" / unit.name
        self.intake = self._submitted.parent / "intake" / unit.name
        self.in_place = source == self._submitted.resolve()

    def submission(self, student: str) -> Path:
        """The folder that nbgrader grades."""
        return self._submitted / student / self.unit

    def record(self, student: str) -> dict[str, Any]:
        """What is known about the stored submission; empty if nothing is."""
        path = self.intake / student / "record.json"
        if not path.is_file():
            return {}
        content = json.loads(path.read_text(encoding="utf-8"))
        return content if isinstance(content, dict) else {}

    def is_stored(self, student: str) -> bool:
        """Whether the submission is exactly what an earlier run stored."""
        digests = self.record(student).get("files")
        return digests is not None and digests == _digests(
            _contents(self.submission(student))
        )

    def store(
        self,
        student: str,
        contents: dict[PurePosixPath, bytes],
        facts: dict[str, Any],
    ) -> Stored:
        """Make the submission hold exactly these files; what was there is kept."""
        folder = self.submission(student)
        former = _contents(folder)
        self._set_quarantine_aside(student)
        result = Stored(changed=former != contents)
        if result.changed:
            new = self._write_new(student, contents)
            if former:
                aside = self._set_aside(student, folder)
                result.notes.append(f"what was there before is kept in {aside}")
            new.rename(folder)
        facts = {**facts, "files": _digests(contents)}
        record = self.intake / student / "record.json"
        write_atomically(record, json.dumps(facts, indent=1, sort_keys=True).encode())
        return result

    def quarantine_student(
        self, student: str, files: list[SentFile], reason: str
    ) -> None:
        """Keep what was sent, under numbers, beside the reason."""
        folder = self.quarantine / student
        self._set_quarantine_aside(student)
        lines = [reason, ""]
        for number, file in enumerate(files[:MAX_QUARANTINED], start=1):
            kept = f"{number}{'.ipynb' if file.path.suffix == '.ipynb' else '.data'}"
            try:
                write_atomically(folder / kept, file.read(MAX_BYTES))
            except Refused as problem:
                kept = f"not kept: {problem}"
            lines.append(f"{kept}  {file.path.as_posix()[:200]!a}")
        write_atomically(folder / "reason.txt", "\n".join([*lines, ""]).encode())
        submission = self.submission(student)
        if self.in_place and submission.exists():
            submission.rename(folder / "submission")

    def _write_new(self, student: str, contents: dict[PurePosixPath, bytes]) -> Path:
        parent = self.submission(student).parent
        parent.mkdir(parents=True, exist_ok=True)
        self.intake.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=".new-", dir=self.intake))
        new.chmod(0o755)
        for path, content in contents.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(content)
        return new

    def _set_quarantine_aside(self, student: str) -> None:
        folder = self.quarantine / student
        if folder.exists():
            self._set_aside(student, folder)

    def _set_aside(self, student: str, folder: Path) -> Path:
        """Move a folder to the next free number in intake/."""
        kept = self.intake / student
        kept.mkdir(parents=True, exist_ok=True)
        number = 1 + max((int(p.name) for p in kept.glob("[0-9]*")), default=0)
        shutil.move(folder, kept / str(number))
        return kept / str(number)


def _contents(folder: Path) -> dict[PurePosixPath, bytes]:
    return {
        PurePosixPath(path.relative_to(folder).as_posix()): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _digests(contents: dict[PurePosixPath, bytes]) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(content).hexdigest()
        for path, content in contents.items()
    }
