"""What grading found out, one JSON file a submission: build/results/UNIT/STUDENT.json.

A result is written last, when everything else about a submission is in its place, so
that a grader that was killed goes on where it was.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from autograder.course import Course, Unit
from autograder.files import write_atomically

GRADED, FAILED = "graded", "failed"


@dataclass
class Result:
    """The outcome of one submission.

    Attributes:
        tasks: grade_id → score, max_score and message (empty if nothing is wrong).
        digest: of what was graded; not part of what `--json` writes.
    """

    student: str
    unit: str
    score: float = 0.0
    max_score: float = 0.0
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    status: str = GRADED
    error: str = ""
    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mb: float = 0.0
    exercise_version: str = ""
    digest: str = ""

    def public(self) -> dict[str, Any]:
        """What `--json` writes."""
        facts = asdict(self)
        del facts["digest"]
        return facts


class Results:
    """The results of one unit."""

    def __init__(self, course: Course, unit: Unit) -> None:
        self.unit = unit.name
        self.folder = course.folder("submitted").parent / "results" / unit.name

    def read(self, student: str) -> Result | None:
        """The stored result of a student, if there is a readable one."""
        try:
            facts = json.loads((self.folder / f"{student}.json").read_text())
            return Result(**facts)
        except (OSError, ValueError, TypeError):
            return None

    def write(self, result: Result) -> None:
        """Replace the stored result of a student."""
        text = json.dumps(asdict(result), indent=1, ensure_ascii=False) + "\n"
        path = self.folder / f"{result.student}.json"
        write_atomically(path, text.encode("utf-8", "replace"))


def write_json_lines(results: list[Result], file: Path) -> None:
    """One JSON object a line, sorted as given."""
    lines = [json.dumps(result.public(), ensure_ascii=False) for result in results]
    text = "".join(f"{line}\n" for line in lines)
    write_atomically(file, text.encode("utf-8", "replace"))
