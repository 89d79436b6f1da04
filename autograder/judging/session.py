"""Runs the cells of one notebook in a student's and a judge's process.

This is the trusted side. What the student's process says is output of the learner's own
cells and nothing more; whether a test passed is what the judge's process says.
"""

import base64
import contextlib
import os
import selectors
import signal
import socket
import time
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from autograder.jail import frames
from autograder.jail.capture import Capture, as_count
from autograder.jail.limits import describe_death
from autograder.jail.process import Process
from autograder.jail.sandbox import Zygote

GRACE_SECONDS = 1.0
MOST_READS = 16  # of a full pipe, after a cell has ended


class Worker:
    """One sandboxed process and what it has sent so far."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.frames = frames.Frames(8 * (process.limits["output_kb"] << 10) + (1 << 20))
        self.ended: str | None = None  # why, once it has
        self.memory_noticed = False

    def noticed_memory(self) -> bool:
        """Whether memory ran out since this was last asked."""
        if self.memory_noticed or self.ended is not None:
            return False
        self.memory_noticed = self.process.cgroup.ran_out_of_memory()
        return self.memory_noticed

    def send(self, message: dict[str, Any]) -> None:
        if self.ended is None:
            try:
                frames.send(self.process.channel, message)
            except OSError:
                self.note_end()

    def note_end(self, reason: str | None = None) -> None:
        """Find out why the process ended; kill it if it has not."""
        if self.ended is None:
            self.process.wait(0 if reason else GRACE_SECONDS)
            self.process.signal(signal.SIGKILL)
            self.process.wait(10)
            status, usage = self.process.exit_status or 0, self.process.usage
            self.ended = reason or describe_death(status, usage, self.process.limits)

    def read_messages(self) -> list[dict[str, Any]]:
        """Messages that have arrived; notes the end of the process."""
        try:
            data = self.process.channel.recv(1 << 18)
        except OSError:
            data = b""
        if not data:
            self.note_end()
            return []
        try:
            return self.frames.feed(data)
        except frames.ProtocolError as problem:
            self.note_end(f"it broke the protocol with {problem}")
            return []

    def read_printed(self) -> str | None:
        """What was written below Python; None at the end."""
        try:
            data = os.read(self.process.printed, 1 << 16)
        except BlockingIOError:
            return ""
        return data.decode("utf-8", "replace") if data else None


@dataclass
class Verdict:
    """How a cell ended: "ok", "error", "timeout" or "dead"."""

    status: str
    outputs: list[NotebookNode]
    count: int | None = None


class Session:
    """A student's process and, unless tests run in it, a judge's process."""

    def __init__(self, zygote: Zygote, limits: dict[str, int], *, judged: bool) -> None:
        self.limits = limits
        self.deadline = time.monotonic() + limits["submission_seconds"]
        own, judges = socket.socketpair()
        self.workers: list[Worker] = []
        try:
            self.student = self._start(zygote, "student", own)
            self.judge = self._start(zygote, "judge", judges) if judged else None
        except BaseException:
            self.close()
            raise
        finally:
            own.close()
            judges.close()

    def _start(self, zygote: Zygote, role: str, link: socket.socket) -> Worker:
        worker = Worker(Process(zygote, role, self.limits, link))
        self.workers.append(worker)
        return worker

    def give(self, worker: Worker, files: dict[str, bytes]) -> None:
        """Put files into the folder in which a process runs."""
        for path, data in files.items():
            text = base64.b64encode(data).decode()
            worker.send({"do": "file", "path": path, "data": text})

    def run(self, worker: Worker, what: str, source: str) -> Verdict:
        """Run a cell in one of the processes, within all limits."""
        capture = Capture(self.limits["output_kb"] << 10)
        if worker.ended is None:
            worker.send({"do": what, "source": source})
        seconds = min(
            float(self.limits["cell_seconds"]), self.deadline - time.monotonic()
        )
        verdict = Verdict("dead", capture.outputs)
        if worker.ended is None:
            self._follow(worker, capture, verdict, time.monotonic() + seconds)
        self._drain(capture)
        self._explain(worker, capture, verdict)
        return verdict

    def _explain(self, worker: Worker, capture: Capture, verdict: Verdict) -> None:
        """Say which limits were reached, and why there is no verdict."""
        limits = self.limits
        if worker.noticed_memory():
            text = f"more than {limits['memory_mb']} MB of memory: a process was ended"
            capture.add_note(f"[{text}]")
        if capture.full:
            text = f"output cut off: more than {limits['output_kb']} KB in one cell"
            capture.add_note(f"[{text}]")
        if verdict.status == "timeout":
            text = f"the cell ran longer than {limits['cell_seconds']} s"
            if self.deadline <= time.monotonic():
                seconds = limits["submission_seconds"]
                text = f"the notebook ran longer than {seconds} s in all"
            capture.add_error("CellTimeoutError", text)
        elif verdict.status == "dead":
            whose = "your code" if worker is self.student else "the test"
            text = f"the process that ran {whose} has ended: {worker.ended}"
            capture.add_error("DeadProcessError", text)

    def _follow(
        self, worker: Worker, capture: Capture, verdict: Verdict, deadline: float
    ) -> None:
        """Collect what the processes send until `worker` has finished its cell."""
        escalation = self._escalation(worker)
        timed_out = False
        with selectors.DefaultSelector() as selector:
            for each in self.workers:
                if each.ended is None:
                    selector.register(each.process.channel, 1, (each, "messages"))
                    selector.register(each.process.printed, 1, (each, "printed"))
            while True:
                left = deadline - time.monotonic()
                if left <= 0:
                    timed_out = True
                    deadline = time.monotonic() + GRACE_SECONDS
                    next(escalation)()
                    continue
                for key, _ in selector.select(left):
                    each, what = key.data
                    done = self._take(each, what, worker, capture, verdict)
                    if done or worker.ended is not None:
                        if timed_out:
                            verdict.status = "timeout"
                        return
                    if each.ended is not None or done is None:
                        with contextlib.suppress(KeyError):
                            selector.unregister(key.fileobj)

    def _escalation(self, worker: Worker) -> Any:
        """What is done about a cell that is over its time, a step a second."""
        for each in {id(w): w for w in (self.student, worker)}.values():
            yield lambda each=each: each.process.signal(signal.SIGINT)
        while True:
            for each in (self.student, worker):
                yield lambda each=each: each.note_end("it could not be interrupted")

    def _take(
        self,
        each: Worker,
        what: str,
        worker: Worker,
        capture: Capture,
        verdict: Verdict,
    ) -> bool | None:
        """Take what one process sent: True when the cell is done, None at an end."""
        if what == "printed":
            text = each.read_printed()
            if text is None:
                return None
            capture.add_text(text)
            return False
        own = each is worker
        for message in each.read_messages():
            try:
                if own and message["type"] == "done":
                    verdict.status = "ok" if message["succeeded"] is True else "error"
                    verdict.count = as_count(message["count"])
                    return True
                if own:
                    capture.add_message(message)
                elif message["type"] == "stream":
                    capture.add_text(message["text"])
            except Exception:  # a message may be of any shape and size
                each.note_end("it broke the protocol with an unknown message")
        return False

    def _drain(self, capture: Capture) -> None:
        """Take text that was written just before a cell ended.

        What a program in the background writes without end is left where it is: it
        waits for room, and ends with the process.
        """
        for each in self.workers:
            for _ in range(MOST_READS):
                text = each.read_printed()
                if not text:
                    break
                capture.add_text(text)

    def usage(self) -> tuple[float, float]:
        """Processor seconds and peak megabytes of the processes, once closed."""
        facts = [worker.process.usage for worker in self.workers]
        cpu = sum(fact.get("cpu_s") or 0.0 for fact in facts)
        return cpu, max((fact.get("peak_mb") or 0.0 for fact in facts), default=0.0)

    def close(self) -> None:
        """End both processes and all that they started."""
        for worker in self.workers:
            worker.process.close()
