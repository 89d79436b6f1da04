"""Who sent a file: read from the names that Canvas, Moodle and nbgrader give it.

Canvas   lovelaceada_LATE_4711_99001_regression-1.ipynb
Moodle   Ada Lovelace_1234567_assignsubmission_file_/regression.ipynb
folders  ada/regression.ipynb, ada/01_regression/regression.ipynb
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

_CANVAS = re.compile(
    r"(?P<name>[^/]+?)_(?:(?P<late>LATE)_)?(?P<person>\d+)_(?P<file>\d+)_(?P<rest>[^/]+)"
)
_MOODLE = re.compile(
    r"(?P<name>[^/]+)_(?P<person>\d+)_assignsubmission_"
    r"(?:file|onlinetext)_?(?P<rest>.*)",
    re.DOTALL,
)
_VERSION = re.compile(r"(?:[-_ ](?:v|version|attempt)?|\()(\d{1,4})\)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Owner:
    """The sender of one file, as far as its path tells."""

    student: str  # safe as a folder name and as nbgrader's student id
    rest: PurePosixPath  # the path below the sender's own folder
    name: str = ""  # as the learning platform shows it
    platform_id: str = ""  # Canvas: user id; Moodle: participant number
    late: bool = False
    attempt: int = 0  # a higher number is a later attempt


def owner_of(path: PurePosixPath) -> Owner | None:
    """The sender of the file at this path below the source; None if nobody's."""
    whole = path.as_posix()
    if moodle := _MOODLE.fullmatch(whole):
        rest = moodle["rest"].lstrip("/_") or path.name
        return _platform_owner(moodle["name"], moodle["person"], rest)
    if canvas := _CANVAS.fullmatch(whole):
        return _platform_owner(
            canvas["name"],
            canvas["person"],
            canvas["rest"],
            late=bool(canvas["late"]),
            attempt=int(canvas["file"][:18]),
        )
    if len(path.parts) < 2:
        return None
    rest = "/".join(path.parts[1:])
    return Owner(student_id(path.parts[0]), PurePosixPath(rest))


def version_in_name(path: PurePosixPath) -> int:
    """The number that people and browsers append: `a-2.ipynb`, `a (1).ipynb`."""
    found = _VERSION.search(path.stem.strip())
    return int(found[1]) if found else 0


def student_id(name: str) -> str:
    """The name as a student id: letters and digits of any script, `.`, `-`, `_`, `@`.

    Whoever loses a character gets a short digest, so that two people stay two.
    """
    normal = unicodedata.normalize("NFC", name).strip()
    kept = "".join(c if _is_harmless(c) else "-" for c in normal).strip("-.")[:60]
    if kept == normal:
        return kept
    digest = hashlib.sha256(normal.encode("utf-8", "replace")).hexdigest()[:6]
    return f"{kept}-{digest}" if kept else f"student-{digest}"


def _is_harmless(character: str) -> bool:
    return character in "-_.@" or unicodedata.category(character)[0] in "LNM"


def _platform_owner(
    name: str, person: str, rest: str, *, late: bool = False, attempt: int = 0
) -> Owner:
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    shown = "".join(c for c in shown if c.isprintable() and c not in '<>&"`{}')[:100]
    words = "-".join(re.sub(r"[^\w.-]", " ", shown).split())
    return Owner(
        student=student_id(f"{words}_{person[:20]}"),
        rest=PurePosixPath(rest),
        name=shown,
        platform_id=person,
        late=late,
        attempt=attempt,
    )
