"""The command `course grade` as somebody sees it who sits at a terminal."""

import copy
import itertools
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import threading
import time
from functools import partial

import pytest

from autograder.batch import schedule
from autograder.batch.submissions import Work
from autograder.cli import COMMANDS, main
from autograder.jail.limits import Judge

from .command import descendants, start_command, wait_until_gone

UNIT = "01_sums"
STUDENTS = 30


def hand_in(course, students, data):
    for number in range(students):
        folder = course.folder("submitted") / f"s{number:02}" / UNIT
        folder.mkdir(parents=True)
        (folder / "sums.ipynb").write_bytes(data)


class Terminal:
    """`course grade` in a terminal of its own."""

    def __init__(self, course, *arguments):
        self.screen, inner = pty.openpty()
        termios.tcsetwinsize(inner, (24, 100))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "autograder.cli", "grade", "sums", *arguments],
            cwd=course.root,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
        )
        os.close(inner)
        self.text = ""

    def read_until(self, pattern, seconds=60):
        """Read the screen until it shows something, or to its end."""
        deadline = time.monotonic() + seconds
        while not (found := re.search(pattern, self.text)):
            assert time.monotonic() < deadline, self.text
            if select.select([self.screen], [], [], 0.2)[0]:
                try:
                    data = os.read(self.screen, 1 << 16)
                except OSError:  # the other end has closed
                    break
                self.text += data.decode("utf-8", "replace")
        return found

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.screen)


# done/all [elapsed<remaining, rate]
RUNNING = r"\b[2-9]/29 \[\d\d:\d\d<\d\d:\d\d, +[\d.]+ ?(submission/s|s/submission)"


@pytest.mark.parametrize(
    ("screen", "at_least", "seconds"),
    [("0/29", 0, 60), (RUNNING, 2, 10)],
    ids=["while the fork server starts", "amid submissions"],
)
def test_interrupt_stops_cleanly(course, answered, screen, at_least, seconds):
    """Ctrl-C: no cell is waited for, no process left; the next run does the rest."""
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("c.Judge.cell_seconds = 300\n")
    hand_in(course, STUDENTS - 1, answered(add="a + b", scale="a * b"))
    slow = answered(add="(__import__('time').sleep(280), a + b)[1]", scale="a * b")
    folder = course.folder("submitted") / "s01" / UNIT
    (folder / "sums.ipynb").write_bytes(slow)
    before = descendants()
    terminal = Terminal(course, "--jobs", "2")
    try:
        assert terminal.read_until(screen), terminal.text
        pressed = time.monotonic()
        os.killpg(terminal.process.pid, signal.SIGINT)  # what Ctrl-C does
        assert terminal.read_until("run the same command to go on"), terminal.text
        assert terminal.process.wait(15) == 1
        # though a cell had minutes to go; the fork server is waited for
        assert time.monotonic() - pressed < seconds
    finally:
        terminal.close()
    assert "Traceback" not in terminal.text
    wait_until_gone(before)

    (folder / "sums.ipynb").write_bytes(answered(add="a + b", scale="a * b"))
    command = start_command(course, "--jobs", "2")
    assert command.wait() == 0, command.words()
    found = re.search(r"(\d+) graded, (\d+) unchanged, 0 failed", command.words())
    assert found, command.words()
    graded, unchanged = map(int, found.groups())
    assert graded + unchanged == STUDENTS - 1
    assert unchanged >= at_least


class Press:
    """Presses Ctrl-C once: at a certain step of the Python that this thread runs."""

    def __init__(self, step):
        self.steps_left = step
        self.pressed = False

    def __enter__(self):
        sys.settrace(self.count)

    def __exit__(self, *error):
        sys.settrace(None)

    def count(self, frame, event, argument):
        if self.steps_left == 0 and not self.pressed:
            self.pressed = True
            signal.raise_signal(signal.SIGINT)
        self.steps_left -= 1
        return self.count


def test_interrupt_at_any_step_leaves_no_thread_waiting(monkeypatch):
    """Also where Python's own code for threads has just taken a lock."""
    monkeypatch.setattr(schedule, "runs_in_kernel", lambda judge: True)
    work = [Work(name, "", error="it is empty") for name in ("ada", "alan", "emmy")]
    read = [partial(copy.copy, one) for one in work]
    # before the work has begun and after it has ended, there is nothing to stop
    former = signal.signal(signal.SIGINT, lambda *_: None)
    judge, threads = Judge(), threading.active_count()
    stopped = []
    try:
        for step in itertools.count():
            seen, press = [], Press(step)
            with press:
                try:
                    for done in schedule.run_locally(read, judge, jobs=2):
                        seen.append(done.work.student)
                except KeyboardInterrupt:
                    stopped.append(step)
            assert threading.active_count() == threads
            assert len(set(seen)) == len(seen)
            assert step in stopped or sorted(seen) == ["ada", "alan", "emmy"]
            if not press.pressed:
                break
    finally:
        signal.signal(signal.SIGINT, former)
    assert len(stopped) > 100


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_help_of_each_command_has_an_example(name, capsys):
    with pytest.raises(SystemExit) as stop:
        main([name, "--help"])
    assert stop.value.code == 0
    words = capsys.readouterr().out.partition("usage:")[2].partition("\n\n")[2]
    assert re.search(rf"^ *course {name}\b", words, re.MULTILINE)
