"""Many submissions in one run, and notebooks damaged at random."""

import os
import random
from pathlib import Path

import pytest

from autograder.batch import grade, schedule
from autograder.batch.submissions import Assignment
from autograder.cli import main
from autograder.collecting.restore import restore
from autograder.collecting.untrusted import Refused, read_learner_notebook
from autograder.jail import cgroups
from autograder.judging import execute

UNIT = "01_sums"


@pytest.fixture(autouse=True)
def one_zygote(zygote, monkeypatch):
    monkeypatch.setattr(schedule, "shared_zygote", lambda judge: zygote)
    monkeypatch.setattr(execute, "shared_zygote", lambda judge: zygote)
    monkeypatch.setattr(grade, "close_zygotes", lambda: None)


def hand_in(course, student, data):
    folder = course.folder("submitted") / student / UNIT
    folder.mkdir(parents=True)
    (folder / "sums.ipynb").write_bytes(data)


def resident_mb():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def test_many_submissions_leave_nothing_behind(course, answered, fraction, monkeypatch):
    monkeypatch.chdir(course.root)
    data = answered(add="a + b", scale="a")
    hand_in(course, "first", data)
    assert main(["grade", "sums"]) == 0
    memory, descriptors = resident_mb(), len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for number in range(round(1000 * fraction * fraction)):
        hand_in(course, f"s{number:04}", data)
    assert main(["grade", "sums", "--jobs", "2"]) == 0
    assert resident_mb() - memory < 50
    assert len(os.listdir("/proc/self/fd")) == descriptors  # noqa: PTH208
    assert not list(cgroups.ROOT.glob(f"**/{cgroups.PREFIX}-{os.getpid()}-*"))
    assert not list(course.folder("autograded").glob(".grading-*"))


def mutate(data, chance):
    """The notebook with a few bytes changed, cut out, doubled or swapped."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(damaged))
        end = min(len(damaged), start + chance.choice((1, 2, 30, 400)))
        piece = bytes(damaged[start:end])
        words = (
            b'"',
            b"{",
            b"]",
            b"null",
            b"-1",
            b'"locked"',
            b"\xff",
            b"\\ud800",
            b"",
        )
        damaged[start:end] = chance.choice((*words, piece * 2, piece[::-1]))
    return bytes(damaged)


def test_damaged_notebook_is_restored_or_refused(course, answered, fraction):
    """Every mutation gives a notebook of the source's structure, or a reason."""
    assignment = Assignment(course, course.unit("sums"))
    master = assignment.masters["sums"]
    data, chance = answered(add="a + b", scale="a * b"), random.Random(11)
    restored = refused = 0
    for _ in range(round(10_000 * fraction)):
        try:
            learner = read_learner_notebook(mutate(data, chance))
            notebook, _ = restore(learner, master)
        except Refused as reason:
            assert str(reason)
            refused += 1
            continue
        marked = [c for c in notebook.cells if "nbgrader" in c.metadata]
        assert [c.metadata for c in marked] == [
            c.metadata for c in master.cells.values()
        ]
        restored += 1
    assert restored > 0
    assert refused > 0
