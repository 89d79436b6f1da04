"""Sorts what was sent: by student, by attempt, notebooks and other files apart."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from nbgrader.utils import parse_utc

from autograder.collecting.archives import SentFile, open_nested
from autograder.collecting.owners import Owner, owner_of, version_in_name
from autograder.collecting.storage import is_harmless_path
from autograder.collecting.untrusted import MAX_BYTES, Refused
from autograder.learner.receipt import RECEIPT, check_receipt

KEPT = {".py", ".csv", ".txt", ".json", ".npy", ".npz", ".png", ".jpg", ".jpeg"}
MAX_EXTRA_BYTES = 10_000_000
MAX_EXTRAS = 50
TIMESTAMP = "timestamp.txt"  # nbgrader's record of when a submission arrived

Sent = tuple[Owner, SentFile]


def by_student(
    files: Iterable[SentFile], unit: str, source: Path
) -> tuple[dict[str, list[Sent]], list[PurePosixPath]]:
    """The files of each student that are about this unit, and nobody's files."""
    sent: dict[str, list[Sent]] = {}
    homeless = []
    for file in _without_wrapper(list(files), source):
        owner = owner_of(file.path)
        if owner is None:
            homeless.append(file.path)
        else:
            sent.setdefault(owner.student, []).append((owner, file))
    for student, own in sent.items():
        folders = {owner.rest.parts[0] for owner, _ in own if len(owner.rest.parts) > 1}
        if unit in folders:  # nbgrader's form: the other units are not meant
            sent[student] = [s for s in own if s[0].rest.parts[0] == unit]
    return sent, homeless


def _without_wrapper(files: list[SentFile], source: Path) -> list[SentFile]:
    """The files without the folder that zipping a folder adds around everything."""
    tops = {file.path.parts[0] for file in files if file.path.parts}
    wrapper = next(iter(tops)) if len(tops) == 1 else ""
    if source.is_dir() or wrapper not in (source.stem, "submitted", "submissions"):
        return files
    return [
        replace(file, path=PurePosixPath(*file.path.parts[1:]))
        for file in files
        if len(file.path.parts) > 1
    ]


def opened(files: list[Sent]) -> tuple[list[Sent], list[str]]:
    """The files with the content of learners' own ZIP files in place of those.

    The second value names the ZIP files that cannot be opened, with the reason.
    """
    result: list[Sent] = []
    problems = []
    for owner, file in files:
        if file.path.suffix.lower() != ".zip":
            result.append((owner, file))
            continue
        try:
            inner = open_nested(file)
        except Refused as problem:
            problems.append(f"{file.path.name} {problem}")
            continue
        for member in inner:
            rest = owner.rest.parent / member.path.relative_to(file.path.parent)
            result.append((replace(owner, rest=rest), member))
    return result, problems


def recency(sent: Sent) -> tuple[int, int, float, str]:
    """Sorts attempts: by the platform's number, by the name's, by time."""
    owner, file = sent
    return owner.attempt, version_in_name(file.path), file.modified, str(file.path)


def extras(
    files: list[Sent], unit: str
) -> tuple[dict[PurePosixPath, bytes], list[str]]:
    """The files beside the notebooks, those of harmless kinds.

    Pages, pictures with code in them and programs are left out: a browser would run
    them in the name of whoever opens them. The second value names what is left out.
    """
    kept: dict[PurePosixPath, bytes] = {}
    left_out = []
    for owner, file in sorted(files, key=recency, reverse=True):
        path = _path_in_submission(owner.rest, unit)
        if path.suffix.lower() == ".ipynb" or path.name == RECEIPT:
            continue
        try:
            if path.suffix.lower() not in KEPT or not is_harmless_path(path):
                raise Refused("is of a kind that is not collected")
            if len(kept) >= MAX_EXTRAS:
                raise Refused(f"comes after {MAX_EXTRAS} others")
            content = file.read(MAX_EXTRA_BYTES)
            if path.name == TIMESTAMP:
                _check_timestamp(content, owner.rest, unit)
            kept.setdefault(path, content)
        except Refused as problem:
            left_out.append(f"left out: {file.path.name} {problem}")
    return kept, left_out


def receipt_notes(files: list[Sent]) -> list[str]:
    """What the newest receipt says about the notebooks beside it."""
    receipts = [file for _, file in files if file.path.name == RECEIPT]
    if not receipts:
        return []
    newest = max(receipts, key=lambda file: (file.modified, str(file.path)))
    beside = [
        file
        for _, file in files
        if file.path.parent == newest.path.parent and file.path.suffix == ".ipynb"
    ]
    try:
        contents = {file.path.name: file.read(MAX_BYTES) for file in beside}
        return [check_receipt(newest.read(MAX_BYTES), contents)]
    except Refused as problem:
        return [f"the receipt {problem}"]


def _path_in_submission(rest: PurePosixPath, unit: str) -> PurePosixPath:
    """The path without the learner's ZIP file and without the unit's folder."""
    parts = list(rest.parts)
    while any(part.lower().endswith(".zip") for part in parts[:-1]):
        parts.pop(0)
    if parts[:1] == [unit] and len(parts) > 1:
        parts.pop(0)
    return PurePosixPath(*parts)


def _check_timestamp(content: bytes, rest: PurePosixPath, unit: str) -> None:
    """Refuse a time that does not come from nbgrader, or that it could not read."""
    if rest.parts != (unit, TIMESTAMP):
        raise Refused("is not nbgrader's")
    try:
        parse_utc(content.decode("ascii")[:100].strip())
    except (ValueError, OverflowError, UnicodeDecodeError):
        raise Refused("is not a time") from None
