"""What runs in a sandboxed process: cells of a notebook, one at a time, as told.

The same program serves both roles. The student's process runs the learner's cells and,
in between, answers the judge. The judge's process runs set-up cells and tests.
"""

import base64
import contextlib
import os
import random
import select
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from autograder.jail import frames, shell
from autograder.jail.shell import prepare_shell as prepare_shell


class Program:
    """Carries out the grader's requests in one process."""

    def __init__(
        self, request: dict[str, Any], channel: socket.socket, link: socket.socket
    ) -> None:
        self.channel, self.link = channel, link
        self.sending = threading.Lock()  # a learner's threads may print at once
        self.shell = shell.start_shell(self.emit, request["limits"])
        self.judge: Any = None
        self.answers: Any = None
        if request["role"] == "judge":
            from autograder.judging.judge import Judge

            self.judge = Judge(link, self.shell.user_ns)
        else:
            from autograder.judging.answers import Answers

            self.answers = Answers(link, self.shell.user_ns)

    def emit(self, message: dict[str, Any]) -> None:
        with self.sending:
            frames.send(self.channel, message)

    def serve(self) -> None:
        """Do as told until the grader closes the channel."""
        waiting = [self.channel] if self.answers is None else [self.channel, self.link]
        while True:
            ready, _, _ = select.select(waiting, [], [])
            source = ready[0]
            try:
                if source is self.channel:
                    self.obey(frames.receive(self.channel))
                else:
                    with interruptible():
                        self.answers.answer()
                        shell.flush_streams()
            except KeyboardInterrupt:
                continue  # it came when the work was just done
            except (EOFError, BrokenPipeError, ConnectionResetError):
                if source is self.channel:
                    return
                waiting.remove(self.link)  # there is no judge

    def obey(self, message: dict[str, Any]) -> None:
        """Carry out one request of the grader."""
        what = message["do"]
        if what == "file":
            write_file(message["path"], base64.b64decode(message["data"]))
            return
        if what == "secret":
            os.environ["COURSE_SECRET"] = message["value"]
            return
        if what == "names":
            self.learn_names(message["answers"], message["free"])
            return
        succeeded = False
        try:
            with interruptible():
                succeeded = self.run(what, message["source"])
        except BaseException as problem:
            self.shell.showtraceback((type(problem), problem, problem.__traceback__))
        count = self.shell.execution_count - 1
        self.emit({"type": "done", "succeeded": succeeded, "count": count})

    def run(self, what: str, source: str) -> bool:
        """Run a cell: "cell", "setup" (then shared with the learner) or "test"."""
        if what == "test":
            self.judge.bind(source)
        succeeded = shell.run_cell(self.shell, source)
        if what == "test":
            self.judge.finish()
        if what == "setup" and self.judge is not None:
            self.judge.lending.share()
        return succeeded

    def learn_names(self, answers: list[str], free: list[str]) -> None:
        """Take in which names the source's unlocked cells define, and their imports."""
        from autograder.judging.names import defined_names, imports

        for source in answers:
            self.judge.answer_names |= defined_names(source)
        for source in free:
            self.judge.free_names |= defined_names(source)
        for source in (*answers, *free):
            with contextlib.suppress(Exception):
                exec(imports(source), self.shell.user_ns)


@contextlib.contextmanager
def interruptible() -> Any:
    """Let the grader interrupt what runs in here, and only that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def write_file(path: str, data: bytes) -> None:
    """Write a file that came with the notebook into the current folder."""
    target = Path(path)
    if target.is_absolute() or ".." in target.parts:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def seed_anew() -> None:
    """Undo that every fork starts with the same random states."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(None)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(int.from_bytes(os.urandom(7), "big"))


def serve(request: dict[str, Any], channel: socket.socket, link: socket.socket) -> None:
    """Be the student's or the judge's process until the grader is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    seed_anew()
    Program(request, channel, link).serve()
