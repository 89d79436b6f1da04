"""Makes the archive that a class may see: everything but what gives answers away.

Inside are lectures, exercises, the packages utils and autograder, and what installs
them; no solutions, no hidden tests, no grading corpora, no secret. Its README.md is the
guide for students, with the table of units. The same course gives the same bytes.
Before anything is written, exercises/ is compared with solutions/ as by
`course release --check`.

    course bundle
    course bundle --output class.tar.gz
"""

import argparse
import gzip
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

from autograder.authoring.catalog import BEGIN, END
from autograder.authoring.release import check
from autograder.course import CONFIG_FILE, Course, CourseError
from autograder.files import write_atomically

NAME = "deep-learning-course"
FOLDERS = ("lectures", "utils", "autograder")
README, GUIDE = "README.md", "docs/students.md"
FILES = (
    "LICENSE",
    "Makefile",
    README,
    "bootstrap.py",
    "environment.yml",
    "pyproject.toml",
    "requirements.lock",
    CONFIG_FILE,
)
SUFFIXES = {
    *{".css", ".csv", ".html", ".ipynb", ".j2", ".jpg", ".js", ".json", ".md", ".npz"},
    *{".png", ".py", ".svg", ".tpl", ".txt", ".typed", ".yml"},
}
ALWAYS = (README, GUIDE, CONFIG_FILE, "pyproject.toml", "requirements.lock")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help=f"default: build/{NAME}.tar.gz in the course",
    )


def run(options: argparse.Namespace) -> int:
    """Write the archive, unless exercises/ is not what solutions/ gives."""
    course = Course.find()
    output = options.output or course.root / "build" / f"{NAME}.tar.gz"
    files = list(bundled_files(course))
    write_atomically(output, archive(course, files))
    print(f"wrote {output}: {len(files)} files, {output.stat().st_size / 1e6:.1f} MB")
    return 0


def bundled_files(course: Course) -> Iterator[Path]:
    """The files of the archive, sorted, relative to the course root.

    Raises:
        CourseError: exercises/ holds something else than solutions/ gives, or a file
            is missing without which nobody can install the course.
    """
    problem = next(check(course, course.units, whole_course=True), None)
    if problem is not None:
        raise CourseError(f"not bundled, because {problem}")
    for needed in ALWAYS:
        if not (course.root / needed).is_file():
            raise CourseError(f"not bundled, because {needed} is missing")
    single = [course.root / name for name in FILES]
    folders = [course.root / name for name in FOLDERS] + [course.folder("release")]
    inside = [path for folder in folders for path in folder.rglob("*")]
    for path in sorted({*single, *inside}):
        name = path.relative_to(course.root)
        if path.is_file() and not path.is_symlink() and _may_be_seen(path, name):
            yield name


def archive(course: Course, files: list[Path]) -> bytes:
    """A .tar.gz of these files whose bytes depend on names and contents alone."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name in files:
            content = _content(course, name)
            entry = tarfile.TarInfo(f"{NAME}/{name.as_posix()}")
            entry.size, entry.mode = len(content), 0o644
            tar.addfile(entry, io.BytesIO(content))
    compressed = io.BytesIO()
    with gzip.GzipFile("", "wb", fileobj=compressed, mtime=0) as stream:
        stream.write(plain.getvalue())
    return compressed.getvalue()


def class_readme(course: Course) -> str:
    """The first page of a class: the guide for students, then the table of units."""
    guide = (course.root / GUIDE).read_text(encoding="utf-8")
    public = (course.root / README).read_text(encoding="utf-8")
    _, _, units = public.partition(BEGIN)
    table, found, _ = units.partition(END)
    return f"{guide.rstrip()}\n\n## Units\n\n{table.strip()}\n" if found else guide


def _content(course: Course, name: Path) -> bytes:
    """The bytes of a file as a class gets it."""
    if name.as_posix() == README:
        return class_readme(course).encode()
    return (course.root / name).read_bytes()


def _may_be_seen(path: Path, name: Path) -> bool:
    """Whether a file is of a kind that belongs there: no cache, no database, no key."""
    if any(part.startswith(".") or part == "__pycache__" for part in name.parts):
        return False
    return path.suffix in SUFFIXES or name.as_posix() in FILES
