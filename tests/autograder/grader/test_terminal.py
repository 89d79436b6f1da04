"""The command `course grade` as somebody sees it who sits at a terminal."""

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time

import pytest

from autograder.batch.grade import noticed_interrupts
from autograder.cli import COMMANDS, main

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


def test_bar_shows_rate_and_remaining_time_and_interrupt_stops_cleanly(
    course, answered
):
    """Ctrl-C: an answer at once, no process left, and the next run does the rest."""
    hand_in(course, STUDENTS - 1, answered(add="a + b", scale="a * b"))
    slow = answered(add="(__import__('time').sleep(25), a + b)[1]", scale="a * b")
    folder = course.folder("submitted") / "s01" / UNIT
    (folder / "sums.ipynb").write_bytes(slow)
    before = descendants()
    terminal = Terminal(course, "--jobs", "2")
    try:
        # done/all [elapsed<remaining, rate]
        assert terminal.read_until(
            r"\b[2-9]/29 \[\d\d:\d\d<\d\d:\d\d, +[\d.]+ ?(submission/s|s/submission)"
        ), terminal.text
        pressed = time.monotonic()
        os.killpg(terminal.process.pid, signal.SIGINT)  # what Ctrl-C does
        assert terminal.read_until("run the same command to go on"), terminal.text
        assert terminal.process.wait(15) == 1
        assert time.monotonic() - pressed < 10  # though a cell had 25 s to go
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
    assert unchanged >= 2


def test_interrupt_that_got_lost_is_noticed():
    with noticed_interrupts() as check:
        check()
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            check()


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_help_of_each_command_has_an_example(name, capsys):
    with pytest.raises(SystemExit) as stop:
        main([name, "--help"])
    assert stop.value.code == 0
    words = capsys.readouterr().out.partition("usage:")[2].partition("\n\n")[2]
    assert re.search(rf"^ *course {name}\b", words, re.MULTILINE)
