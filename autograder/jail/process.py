"""One sandboxed process, seen from the grader: started, interrupted, ended, counted."""

import contextlib
import json
import os
import signal
import socket
import struct
import uuid
from typing import Any

from autograder.course import CourseError
from autograder.jail import cgroups
from autograder.jail.sandbox import Zygote

SIGNAL_SECONDS = 10


class Process:
    """One locked-down child of the fork server.

    Attributes:
        control: the connection to its keeper, which is trusted.
        channel: messages to and from the process itself.
        printed: what it writes to standard output below Python.
        usage: what it has used, once it has ended.
    """

    def __init__(
        self, zygote: Zygote, role: str, limits: dict[str, int], link: socket.socket
    ) -> None:
        self.role, self.limits = role, limits
        self.usage: dict[str, Any] = {}
        self.exit_status: int | None = None
        self.control, keeper = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.channel, inner = socket.socketpair()
        self.printed, writer = os.pipe()
        name = uuid.uuid4().hex[:12]
        self.cgroup = cgroups.Cgroup(name, limits["memory_mb"], limits["processes"])
        descriptors = [keeper.fileno(), inner.fileno(), link.fileno(), writer]
        request = {"role": role, "limits": limits, "counted": self.cgroup.counts}
        zygote.request(request, descriptors)
        keeper.close()
        inner.close()
        os.close(writer)
        os.set_blocking(self.printed, False)
        self._let_go()

    def _let_go(self) -> None:
        """Put the child into its cgroup, then let it start."""
        answer, rights, _, _ = self.control.recvmsg(4096, socket.CMSG_SPACE(4))
        if not rights:
            self.close()
            raise CourseError(f"the sandbox failed: {answer.decode(errors='replace')}")
        handle = struct.unpack("i", rights[0][2])[0]
        with open(f"/proc/self/fdinfo/{handle}") as facts:  # noqa: PTH123
            pid = next(
                int(line.split()[1]) for line in facts if line.startswith("Pid:")
            )
        os.close(handle)
        self.cgroup.add(pid)
        self.control.send(b"go")

    def signal(self, number: signal.Signals) -> None:
        """Interrupt or kill the process, through its keeper.

        An interrupt is delivered when this returns, so that it cannot hit a later cell.
        """
        word = b"interrupt" if number == signal.SIGINT else b"kill"
        with contextlib.suppress(OSError):
            self.control.send(word)
            if word == b"interrupt" and self.exit_status is None:
                self.control.settimeout(SIGNAL_SECONDS)
                answer = self.control.recv(4096)
                if answer != b"interrupted":
                    self._note_exit(answer)

    def wait(self, seconds: float) -> bool:
        """Wait for the end and keep its exit status; False if it has not come."""
        if self.exit_status is not None:
            return True
        self.control.settimeout(seconds)
        try:
            answer = self.control.recv(4096)
        except TimeoutError:
            return False
        except OSError:
            answer = b""
        self._note_exit(answer)
        return True

    def _note_exit(self, report: bytes) -> None:
        """Keep what the keeper reports at the end; nothing, if it has gone itself."""
        facts = json.loads(report) if report.startswith(b"{") else {}
        self.exit_status = int(facts.get("exit", -9))
        self.usage = {"cpu_s": facts.get("cpu_s", 0.0), "peak_mb": facts.get("peak_mb")}
        self.usage["out_of_memory"] = self.cgroup.ran_out_of_memory()
        self.usage["peak_mb"] = self.cgroup.peak_mb() or self.usage["peak_mb"]

    def close(self) -> None:
        """Kill what is left, count what it used and remove its traces."""
        self.signal(signal.SIGKILL)
        self.wait(10)
        self.control.close()
        self.channel.close()
        os.close(self.printed)
        self.cgroup.close()
