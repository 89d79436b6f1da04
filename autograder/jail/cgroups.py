"""A cgroup per sandbox, where this user may make one: memory and processes together.

Both versions of the kernel's interface are served. Where cgroups cannot be written, the
limits of `lockdown` hold for each process alone.
"""

import contextlib
import os
import time
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
PREFIX = "course-grader"


class Cgroup:
    """The limits of one sandbox, counted over all its processes.

    Attributes:
        counts: whether the kernel has taken every limit.
    """

    def __init__(self, name: str, memory_mb: int, processes: int) -> None:
        self.folders: list[Path] = []
        self.counts = True
        memory = memory_mb << 20
        for parent, settings in _hierarchies(memory, processes):
            folder = parent / f"{PREFIX}-{os.getpid()}-{name}"
            try:
                folder.mkdir()
            except OSError:
                self.counts = False
                continue
            self.folders.append(folder)
            for setting, value in settings.items():
                try:
                    (folder / setting).write_text(str(value))
                except OSError:  # a kernel that does not count swap has no such file
                    self.counts &= "sw" in setting

    def add(self, process: int) -> None:
        """Move a process, and so all its future children, into the cgroup."""
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(process))

    def ran_out_of_memory(self) -> bool:
        """Whether the kernel ended a process here because memory ran out."""
        return any(
            _counter(folder / name, "oom_kill") > 0
            for folder in self.folders
            for name in ("memory.oom_control", "memory.events")
        )

    def peak_mb(self) -> float | None:
        """The most memory in use at once, if the kernel counted it."""
        for folder in self.folders:
            for name in ("memory.max_usage_in_bytes", "memory.peak"):
                with contextlib.suppress(OSError, ValueError):
                    return int((folder / name).read_text()) / (1 << 20)
        return None

    def close(self) -> None:
        """Remove the cgroup; processes that were just killed take a moment to leave."""
        for folder in self.folders:
            _remove(folder)
        self.folders = []


def sweep() -> None:
    """Remove the cgroups that graders left behind when they were killed."""
    for parent, _ in _hierarchies(0, 0):
        for folder in parent.glob(f"{PREFIX}-*"):
            owner = folder.name.removeprefix(f"{PREFIX}-").split("-")[0]
            if owner.isdigit() and not Path(f"/proc/{owner}").exists():
                _remove(folder)


def _hierarchies(memory: int, processes: int) -> list[tuple[Path, dict[str, int]]]:
    """The folders in which a cgroup is made, and what is written into it."""
    if (ROOT / "memory" / "memory.limit_in_bytes").exists():
        return [
            (
                ROOT / "memory",
                {
                    "memory.limit_in_bytes": memory,
                    "memory.memsw.limit_in_bytes": memory,
                },
            ),
            (ROOT / "pids", {"pids.max": processes}),
        ]
    settings = {"memory.max": memory, "memory.swap.max": 0, "pids.max": processes}
    return [(ROOT, settings)]


def _counter(file: Path, name: str) -> int:
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return 0
    words = (line.split() for line in lines)
    return next((int(pair[1]) for pair in words if pair[:1] == [name]), 0)


def _remove(folder: Path) -> None:
    for _ in range(50):
        try:
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(0.01)
        else:
            return
