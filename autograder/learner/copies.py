"""Copies for a learner, each remembered, so that only untouched ones are renewed."""

import contextlib
import hashlib
import json
from pathlib import Path

from autograder.course import CourseError
from autograder.files import write_atomically
from autograder.notebook import read_notebook

WORK = "work"  # the learner's folder in the course root
MEMORY = ".copies.json"


class Copies:
    """The learner's folder, and the digest of what was last handed out there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.handed_out: dict[str, str] = {}
        with contextlib.suppress(OSError, ValueError):
            stored = json.loads((folder / MEMORY).read_text(encoding="utf-8"))
            if isinstance(stored, dict):
                self.handed_out = {str(key): str(stored[key]) for key in stored}

    def hand_out(self, path: Path, name: Path, *, beside: bool) -> list[str]:
        """Copy the course's file to `name` unless the learner changed that copy.

        Args:
            path: the file in the course.
            name: where it goes, relative to the learner's folder.
            beside: put a new version beside a changed copy.

        Returns:
            A line if the learner should know something, else nothing.
        """
        key, target = name.as_posix(), self.folder / name
        shown = Path(self.folder.name) / name  # short enough to read
        new, remembered = digest(path), self.handed_out.get(key)
        if not target.exists():
            write_atomically(target, path.read_bytes())
            self.handed_out[key] = new
            return []
        present = digest(target)
        if present == new:
            self.handed_out[key] = new
            return []
        if present == remembered:
            write_atomically(target, path.read_bytes())
            self.handed_out[key] = new
            return [f"renewed {shown}"]
        if new == remembered:
            return []  # changed by the learner, and the course has nothing newer
        if not beside:
            return [
                f"kept {shown}, which you changed; `course lab --beside` puts the "
                "new version next to it"
            ]
        other = target.with_suffix(f".new{target.suffix}")
        if other.exists() and digest(other) != new:
            return [
                f"kept {shown.with_name(other.name)}; rename it to get the newest "
                "version"
            ]
        write_atomically(other, path.read_bytes())
        self.handed_out[key] = new
        return [f"kept {shown}, which you changed; the new version is {other.name}"]

    def remember(self) -> None:
        """Store what was handed out."""
        text = json.dumps(self.handed_out, indent=1, sort_keys=True)
        write_atomically(self.folder / MEMORY, f"{text}\n".encode())


def digest(path: Path) -> str:
    """A digest of what a person writes: of a notebook the sources, not the outputs."""
    content = path.read_bytes()
    if path.suffix == ".ipynb":
        with contextlib.suppress(CourseError):
            cells = read_notebook(path).cells
            sources = [[cell.cell_type, cell.source] for cell in cells]
            content = json.dumps(sources).encode()
    return hashlib.sha256(content).hexdigest()
