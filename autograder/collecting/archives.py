"""Lists and reads the files that learners sent, from a folder or from a ZIP file.

Nothing is ever extracted: a file is read into memory by whoever wants it, up to a
limit. What cannot be read safely (links, devices, names that lead elsewhere,
encrypted or overlong members) is listed with the reason.
"""

import io
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from autograder.collecting.untrusted import Refused, check_size, writable
from autograder.course import CourseError

MAX_FILES = 100_000
MAX_NESTED_FILES = 2_000
MAX_NESTED_BYTES = 50_000_000
_DIRECTORY_BYTES = 300  # at most, for one member in the directory of a ZIP file
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True)
class SentFile:
    """A file as it was found; `problem` says why it cannot be read, if so."""

    path: PurePosixPath
    size: int
    modified: float  # seconds; only ever compared with its neighbors
    fetch: Callable[[int], bytes]  # at most this many bytes
    problem: str = ""

    def read(self, limit: int) -> bytes:
        """The content.

        Raises:
            Refused: it cannot be read, or has more bytes than the limit.
        """
        if self.problem:
            raise Refused(self.problem)
        check_size(self.size, limit)
        content = self.fetch(min(self.size, limit) + 1)
        check_size(len(content), limit)
        return content


@contextmanager
def sent_files(source: Path) -> Iterator[list[SentFile]]:
    """Every file below a folder or in a ZIP file, sorted by path; read them inside.

    Raises:
        CourseError: there is no such folder or ZIP file, or it holds too much.
    """
    with ExitStack() as stack:
        if source.is_dir():
            files = list(_folder(source))
        elif source.is_file():
            try:
                stream = stack.enter_context(source.open("rb"))
                files = list(_zip(stream, MAX_FILES))
            except (Refused, OSError) as problem:
                raise CourseError(f"{source} {problem}") from None
        else:
            raise CourseError(f"{source} does not exist; name a folder or a ZIP file")
        yield sorted((f for f in files if not _is_noise(f.path)), key=lambda f: f.path)


def open_nested(file: SentFile) -> list[SentFile]:
    """The files in a ZIP file that a learner sent, below a folder of its name.

    Raises:
        Refused: it is no ZIP file, or holds too much.
    """
    content = io.BytesIO(file.read(MAX_NESTED_BYTES))
    inner = list(_zip(content, MAX_NESTED_FILES, str(file.path)))
    if sum(member.size for member in inner) > 4 * MAX_NESTED_BYTES:
        raise Refused("holds more than 200 MB; send the notebook alone")
    return [member for member in inner if not _is_noise(member.path)]


def _is_noise(path: PurePosixPath) -> bool:
    """Whether a computer put this file there, not a person."""
    return path.name.startswith(("._", ".DS_Store", "Thumbs.db")) or any(
        part in ("__MACOSX", ".ipynb_checkpoints", "__pycache__") for part in path.parts
    )


def _folder(root: Path) -> Iterator[SentFile]:
    count = 0
    for folder, folders, names in os.walk(root):
        linked = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in [*names, *linked]:
            count += 1
            if count > MAX_FILES:
                raise CourseError(f"{root} holds more than {MAX_FILES} files")
            yield _file_on_disk(Path(folder) / name, root)


def _file_on_disk(path: Path, root: Path) -> SentFile:
    found = path.lstat()
    problem = ""
    if stat.S_ISLNK(found.st_mode):
        problem = "is a symbolic link, not a file"
    elif not stat.S_ISREG(found.st_mode):
        problem = "is not a regular file"

    def fetch(limit: int) -> bytes:
        try:
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)
            with os.fdopen(os.open(path, flags), "rb") as stream:
                return stream.read(limit)
        except OSError as failure:
            raise Refused(f"cannot be read: {failure.strerror}") from None

    name = PurePosixPath(writable(path.relative_to(root).as_posix()))
    return SentFile(name, found.st_size, found.st_mtime, fetch, problem)


def _zip(stream: IO[bytes], most: int, below: str = "") -> Iterator[SentFile]:
    """The members of a ZIP file; `below` is put in front of their names."""
    _check_directory(stream, most)
    try:
        archive = zipfile.ZipFile(stream)
        members = [member for member in archive.infolist() if not member.is_dir()]
    except (*_BROKEN, NotImplementedError):
        raise Refused("is not a ZIP file, or a damaged one") from None
    if len(members) > most:
        raise Refused(f"holds more than {most} files")
    for member in members:
        yield _member(archive, member, below)


def _check_directory(stream: IO[bytes], most: int) -> None:
    """Refuse a ZIP file whose directory is too long to be read into memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0:
        raise Refused("is not a ZIP file, or a damaged one")
    length = int.from_bytes(tail[place + 12 : place + 16], "little")
    if length > most * _DIRECTORY_BYTES and length != 0xFFFFFFFF:
        raise Refused(f"holds more than {most} files")
    if length == 0xFFFFFFFF and most < MAX_FILES:  # the format for over 4 GB
        raise Refused("is a ZIP file of a kind for huge archives")
    stream.seek(0)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, below: str) -> SentFile:
    name = PurePosixPath(_decoded(member).replace("\\", "/"))
    problem = ""
    if name.is_absolute() or ".." in name.parts or ":" in name.as_posix()[:2]:
        problem = "has a name that leads out of its folder"
        name = PurePosixPath(*(p for p in name.parts if p not in ("..", "/")))
    elif stat.S_ISLNK(member.external_attr >> 16):
        problem = "is a symbolic link, not a file"
    elif member.flag_bits & _ENCRYPTED_FLAG:
        problem = "is encrypted"
    elif member.compress_type not in _COMPRESSIONS:
        problem = "is compressed in an unusual way"

    def fetch(limit: int) -> bytes:
        try:
            with archive.open(member) as content:
                return content.read(limit)
        except (*_BROKEN, NotImplementedError):
            raise Refused("is damaged inside its ZIP file") from None

    return SentFile(below / name, member.file_size, _time(member), fetch, problem)


def _time(member: zipfile.ZipInfo) -> float:
    try:
        return datetime(*member.date_time).timestamp()
    except (ValueError, OverflowError):
        return 0.0  # a date that no calendar has


def _decoded(member: zipfile.ZipInfo) -> str:
    """The name of a member: many programs write UTF-8 without saying so."""
    if member.flag_bits & _UTF8_FLAG:
        return writable(member.filename)
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return writable(member.filename)
