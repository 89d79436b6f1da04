"""A thousand submissions in one run, and notebooks damaged at random."""

import random
import statistics
import time
from pathlib import Path

import pytest

from autograder.batch.submissions import Assignment
from autograder.collecting.restore import restore
from autograder.collecting.untrusted import Refused, read_learner_notebook
from autograder.jail import cgroups

from .command import descendants, start_command, wait_until_gone

UNIT = "01_sums"
CLIENT_MB = 300  # what the process that grades may use
GROWTH_MB = 30  # what it may grow by between an early and a late part of a run
EARLY, LATE = (0.2, 0.4), (0.75, 0.95)  # parts, by the share that has been graded


def hand_in(course, student, data):
    folder = course.folder("submitted") / student / UNIT
    folder.mkdir(parents=True)
    (folder / "sums.ipynb").write_bytes(data)


def resident_mb(process):
    """The memory that a process has now; 0 if it has just gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    sizes = [int(line.split()[1]) for line in lines if line.startswith("VmRSS")]
    return sizes[0] / 1024 if sizes else 0.0


def descriptors(process):
    try:
        return len(list(Path(f"/proc/{process}/fd").iterdir()))
    except OSError:
        return 0


def follow(command, results):
    """Samples of a run, many a second: graded so far, memory, descriptors."""
    samples = []
    while command.poll() is None:
        graded = len(list(results.glob("*.json")))
        facts = (resident_mb(command.pid), descriptors(command.pid))
        if all(facts):
            samples.append((graded, *facts))
        time.sleep(0.02)
    return samples


@pytest.mark.timeout(3600)
def test_many_submissions_leave_nothing_behind(course, answered, fraction, tmp_path):
    """A thousand (a tenth of it in a normal run), by the command as it is used."""
    students = round(1000 * fraction)
    data = answered(add="a + b", scale="a")
    for number in range(students):
        hand_in(course, f"s{number:04}", data)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    mounts = Path("/proc/self/mountinfo").read_text().count("\n")
    before = descendants()
    command = start_command(course, "--jobs", "2", temporary=temporary)
    results = course.folder("submitted").parent / "results" / UNIT
    samples = follow(command, results)
    assert command.wait() == 0, command.words()
    assert f"{students} graded, 0 unchanged, 0 failed" in command.words()

    wait_until_gone(before)
    assert list(temporary.iterdir()) == []
    assert Path("/proc/self/mountinfo").read_text().count("\n") == mounts
    assert not list(cgroups.ROOT.glob(f"**/{cgroups.PREFIX}-{command.pid}-*"))
    assert not list(course.folder("autograded").glob(".grading-*"))

    def part(start, end, column):
        return [row[column] for row in samples if start <= row[0] / students < end]

    early, late = (statistics.median(part(*span, 1)) for span in (EARLY, LATE))
    print(
        f"{students} submissions: {early:.0f} MB early, {late:.0f} MB late, "
        f"{max(row[1] for row in samples):.0f} MB at most"
    )
    assert late - early < GROWTH_MB
    assert max(row[1] for row in samples) < CLIENT_MB
    # how many are open at a moment depends on what is in flight; what is never closed
    # is open even when least is
    fewest = [min(part(*span, 2)) for span in (EARLY, LATE)]
    print(f"open descriptors, at least: {fewest[0]} early, {fewest[1]} late")
    assert fewest[1] <= fewest[0] + 2


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
