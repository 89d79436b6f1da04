"""The jail around the fork server, made by bubblewrap.

It shows Python, the packages and this program, read-only, and nothing else; it has no
network; and it ends with the thread that started it.
"""

import importlib.util
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from autograder.course import CourseError
from autograder.jail import cgroups
from autograder.jail.lockdown import HOME

NO_JAIL = "so there is no jail for learners' code"
START_SECONDS = 120
ENVIRONMENT = {
    "HOME": HOME,
    "LANG": "C.UTF-8",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "IPYTHONDIR": "/tmp/ipython",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NBGRADER_EXECUTION": "autograde",
}


def has_jail() -> bool:
    """Whether bubblewrap is here and works for this user."""
    if not has_fork_server() or shutil.which("bwrap") is None:
        return False
    arguments = [*jail_arguments([]), "--", "/usr/bin/env", "true"]
    probe = subprocess.run(arguments, capture_output=True, check=False, process_group=0)
    return probe.returncode == 0


def has_fork_server() -> bool:
    """Whether this system can fork learners' processes at all, in a jail or not."""
    return sys.platform == "linux"


def missing_jail() -> str:
    """Why there is no jail, and what to do about it."""
    if not has_fork_server():
        return (
            f"this system is not Linux, {NO_JAIL}; grade in the container image or in "
            "a virtual machine (docs/other-systems.md), or pass --unsafe"
        )
    if shutil.which("bwrap") is None:
        return (
            f"bubblewrap is not installed, {NO_JAIL}; install the package "
            "'bubblewrap', use the container image, or pass --unsafe"
        )
    return (
        f"bubblewrap is refused here, {NO_JAIL}; allow user namespaces for this user "
        "(docs/other-systems.md), or pass --unsafe"
    )


def jail_arguments(readable: list[str]) -> list[str]:
    """The bubblewrap command line up to the program: what the jail shows and allows."""
    root = os.geteuid() == 0
    arguments = ["bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc"]
    arguments += ["--unshare-uts", "--die-with-parent", "--new-session", "--clearenv"]
    arguments += ["--hostname", "sandbox"]
    if not root:
        arguments += ["--unshare-user", "--uid", "0", "--gid", "0"]
    arguments += ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "lib", "lib64", "sbin"):
        arguments += ["--symlink", f"usr/{name}", f"/{name}"]
    arguments += [
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--perms",
        "0755",
        "--dir",
        "/etc",
    ]
    for path in ("ld.so.cache", "fonts", "localtime", "passwd", "group"):
        arguments += ["--ro-bind-try", f"/etc/{path}", f"/etc/{path}"]
    arguments += ["--perms", "0777", "--tmpfs", "/tmp"]
    for folder in [*_python_folders(), *map(Path, readable)]:
        # bubblewrap makes missing parents unreadable for everyone but root
        for parent in reversed(folder.parents):
            if parent != Path("/") and not parent.is_relative_to("/usr"):
                arguments += ["--perms", "0755", "--dir", str(parent)]
        arguments += ["--ro-bind", str(folder), str(folder)]
    arguments += ["--perms", "0755", "--dir", HOME, "--chdir", "/", "--cap-drop", "ALL"]
    kept = [
        "SYS_ADMIN",
        "SETPCAP",
        "SETFCAP",
        "SETUID",
        "SETGID",
        "SYS_RESOURCE",
        "KILL",
    ]
    for capability in kept:
        arguments += ["--cap-add", f"CAP_{capability}"]
    search = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    for name, value in {**ENVIRONMENT, "PATH": search, **_data_variable()}.items():
        arguments += ["--setenv", name, value]
    return arguments


def _data_variable() -> dict[str, str]:
    folder = os.environ.get("COURSE_DATA")
    return {"COURSE_DATA": str(Path(folder).resolve())} if folder else {}


def _python_folders() -> list[Path]:
    """Where Python, its packages, this package and `utils` live, and the data."""
    folders = {Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parents[1]}
    utils = importlib.util.find_spec("utils")
    if utils is not None and utils.origin is not None:
        folders.add(Path(utils.origin).parent)
    folders |= {Path(folder) for folder in _data_variable().values()}
    usable = (folder.resolve() for folder in folders if folder.is_dir())
    return sorted(folder for folder in usable if not folder.is_relative_to("/usr"))


class Zygote:
    """The fork server in its jail; starting it takes seconds, a child milliseconds."""

    def __init__(
        self, preload: list[str], readable: list[str], *, unsafe: bool = False
    ) -> None:
        if not unsafe and not has_jail():
            raise CourseError(missing_jail())
        cgroups.sweep()
        self.lock = threading.Lock()
        self.control, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        settings = json.dumps({"preload": preload, "unsafe": unsafe})
        program = [sys.executable, "-P", "-m", "autograder.jail.zygote"]
        arguments = [] if unsafe else [*jail_arguments(readable), "--"]
        environment = {**os.environ, **ENVIRONMENT, "HOME": os.environ.get("HOME", "/")}
        environment.pop("COURSE_SECRET", None)
        self.process = subprocess.Popen(
            [*arguments, *program, str(inner.fileno()), settings],
            pass_fds=[inner.fileno()],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            process_group=0,  # Ctrl-C is for the grader, which ends this in its time
        )
        inner.close()
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        self.control.settimeout(START_SECONDS)
        try:
            answer = self.control.recv(4096)
        except TimeoutError:
            answer = b""
        self.control.settimeout(None)
        if answer != b"ready":
            self.process.kill()
            _, errors = self.process.communicate()
            last = errors.decode(errors="replace").strip().splitlines()[-1:]
            raise CourseError(f"the sandbox did not start: {' '.join(last)}")

    def request(self, request: dict[str, Any], descriptors: list[int]) -> None:
        """Ask the fork server for a child that inherits these descriptors."""
        packed = struct.pack(f"{len(descriptors)}i", *descriptors)
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, packed)]
        with self.lock:
            self.control.sendmsg([json.dumps(request).encode()], rights)

    def close(self) -> None:
        """End the fork server and, with its namespace, all that is left in it."""
        self.control.close()
        self.process.kill()
        self.process.communicate()
