"""The command `course grade` in a process of its own, and what it leaves behind."""

import contextlib
import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path

ADOPT_ORPHANS = 36  # prctl: processes whose parent ends become this process's children


class Command(subprocess.Popen):
    """A running command; its words go to a file."""

    def __init__(self, arguments, folder, environment, log):
        self.log = log
        with log.open("wb") as file:
            super().__init__(
                arguments,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    def words(self):
        return self.log.read_text(errors="replace")


def start_command(course, *arguments, unit="sums", temporary=None):
    """Start `course grade UNIT ARGUMENTS` in the root of a course."""
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    if temporary is not None:
        environment["TMPDIR"] = str(temporary)
    program = [sys.executable, "-m", "autograder.cli", "grade", unit, *arguments]
    return Command(program, course.root, environment, course.root / "command.log")


def parents():
    """Process → its parent, of every process that is alive."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                facts = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if facts[0] != "Z":
                found[int(folder.name)] = int(facts[1])
    return found


def descendants():
    """The processes that descend from this one, orphans included."""
    known = parents()
    found = set()
    waiting = [os.getpid()]
    while waiting:
        parent = waiting.pop()
        children = {child for child, its in known.items() if its == parent} - found
        found |= children
        waiting.extend(children)
    return found


def wait_until_gone(before):
    """Wait until no process of a killed grader is left; the kernel ends them."""
    deadline = time.monotonic() + 10
    while left := descendants() - before:
        assert time.monotonic() < deadline, left
        for process in left:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process, os.WNOHANG)
        time.sleep(0.05)
