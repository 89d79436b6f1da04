"""Says what this machine has for grading, what is missing, and how to get it.

course doctor
"""

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.jail import cgroups, lockdown, sandbox

OLDEST = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    good: bool
    remark: str
    needed: bool = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(options: argparse.Namespace) -> int:
    """Print the findings; the exit status is 1 if something needed is missing."""
    findings = [check() for check in CHECKS]
    for finding in findings:
        word = "ok" if finding.good else "MISSING" if finding.needed else "absent"
        print(f"{word:8}{finding.name}: {finding.remark}")
    return int(any(finding.needed and not finding.good for finding in findings))


def check_python() -> Finding:
    wanted = ".".join(map(str, OLDEST))
    good = sys.version_info >= OLDEST
    advice = "" if good else f"; install Python {wanted} or newer"
    return Finding("Python", good, platform.python_version() + advice)


def check_packages() -> Finding:
    versions = []
    for name in ("nbgrader", "numpy", "torch"):
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            return Finding("packages", False, f"no {name}; run make setup")
    return Finding("packages", True, ", ".join(versions))


def check_alembic() -> Finding:
    folders = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    found = shutil.which("alembic", path=os.pathsep.join(folders))
    return Finding("alembic", found is not None, found or "pip install alembic")


def check_system() -> Finding:
    machine = platform.machine()
    good = sys.platform == "linux" and machine in lockdown.CALLS
    advice = "" if good else "; grade in the container image"
    return Finding("system", good, f"{platform.system()} on {machine}{advice}")


def check_jail() -> Finding:
    if shutil.which("bwrap") is None:
        return Finding("jail", False, "install the package 'bubblewrap'")
    if sandbox.has_jail():
        return Finding("jail", True, "bubblewrap works for this user")
    return Finding(
        "jail", False, "bubblewrap is refused; allow user namespaces for this user"
    )


def check_cgroups() -> Finding:
    group = cgroups.Cgroup("doctor", 64, 8)
    good = bool(group.folders)
    group.close()
    remark = "memory and processes are limited per submission"
    advice = "not writable; limits hold for each process alone (run as root for more)"
    return Finding("cgroups", good, remark if good else advice, needed=False)


def check_cluster() -> Finding:
    good = importlib.util.find_spec("distributed") is not None
    return Finding("Dask", good, "for --scheduler", needed=False)


CHECKS: tuple[Callable[[], Finding], ...] = (
    check_python,
    check_packages,
    check_alembic,
    check_system,
    check_jail,
    check_cgroups,
    check_cluster,
)
