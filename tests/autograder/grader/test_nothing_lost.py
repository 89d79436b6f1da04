"""Graders that are killed, and graders that run at once: the gradebook is the same."""

import os
import random
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from autograder.batch import grade, schedule
from autograder.batch.record import STAGING
from autograder.cli import main
from autograder.course import Course
from autograder.jail import cgroups
from autograder.judging import execute
from autograder.reports.gradebook import open_gradebook

from .command import descendants, start_command, wait_until_gone

UNIT = "01_sums"
STUDENTS = 6
COMMAND_START = 5.0  # seconds from the start of the command to its first submission


@pytest.fixture(autouse=True)
def one_zygote(zygote, monkeypatch):
    monkeypatch.setattr(schedule, "shared_zygote", lambda judge: zygote)
    monkeypatch.setattr(execute, "shared_zygote", lambda judge: zygote)
    monkeypatch.setattr(grade, "close_zygotes", lambda: None)


@pytest.fixture
def full_course(course, answered, monkeypatch):
    """A course with submissions of which every other one is wrong."""
    monkeypatch.chdir(course.root)
    for number in range(STUDENTS):
        operator = "+" if number % 2 else "-"
        folder = course.folder("submitted") / f"s{number}" / UNIT
        folder.mkdir(parents=True)
        data = answered(add=f"a {operator} b", scale=f"a * b + {number}")
        (folder / "sums.ipynb").write_bytes(data)
    return course


def state(course):
    """Everything that grading writes into the gradebook, and the executed files."""
    with open_gradebook(course) as gradebook:
        scores = {
            (submission.student.id, cell.name): (cell.auto_score, cell.max_score)
            for submission in gradebook.assignment_submissions(UNIT)
            for notebook in submission.notebooks
            for cell in notebook.grades
        }
    files = sorted(
        str(path.relative_to(course.folder("autograded")))
        for path in course.folder("autograded").rglob("*.ipynb")
    )
    return scores, files


EXPECTED = {
    (f"s{number}", name): score
    for number in range(STUDENTS)
    for name, score in (
        ("add-test", (2.0 * (number % 2), 2.0)),
        ("scale-test", (2.0 * (number == 0), 2.0)),
    )
}


def automatic(course):
    return {key: value for key, value in state(course)[0].items() if key in EXPECTED}


def start(*arguments):
    """A grader in a process of its own, with this process's fork server."""
    process = os.fork()
    if process == 0:
        status = 1
        try:
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            status = main(["grade", "sums", *arguments])
        finally:
            os._exit(status)
    return process


def kill_after(grader, seconds):
    """Kill a process after so many seconds, unless it has ended before."""
    handle = os.pidfd_open(grader)
    select.select([handle], [], [], seconds)
    os.kill(grader, signal.SIGKILL)
    os.close(handle)


def anew(course, pristine):
    """Put a course back to what it was before anything was graded."""
    shutil.rmtree(course.root)
    shutil.copytree(pristine, course.root)
    os.chdir(course.root)


@pytest.mark.timeout(3600)
def test_killed_grader_goes_on_where_it_was(full_course, fraction, tmp_path):
    """Fifty kills (five in a normal run), each of a grader that starts from nothing.

    Every fifth is the command in a process of its own, whose fork server and jails must
    end with it; the others share this process's fork server, to spare its start.
    """
    pristine = shutil.copytree(full_course.root, tmp_path / "pristine")
    began = time.monotonic()
    main(["grade", "sums", "--jobs", "2"])
    whole_run = time.monotonic() - began
    uninterrupted = state(full_course)
    assert automatic(full_course) == EXPECTED
    moments, interrupted = random.Random(7), 0
    for number in range(round(50 * fraction)):
        anew(full_course, pristine)
        before = descendants()
        if number % 5 == 0:
            command = start_command(full_course, "--jobs", "2")
            grader = command.pid
            kill_after(grader, moments.uniform(0, COMMAND_START + whole_run))
            command.wait()
            wait_until_gone(before)
        else:
            grader = start("--jobs", "2")
            kill_after(grader, moments.uniform(0, whole_run))
            os.waitpid(grader, 0)
        results = full_course.folder("submitted").parent / "results" / UNIT
        interrupted += len(list(results.glob("*.json"))) < STUDENTS
        assert main(["grade", "sums", "--jobs", "2"]) == 0
        assert state(full_course) == uninterrupted
        cgroups.sweep()
        assert not list(cgroups.ROOT.glob(f"**/{cgroups.PREFIX}-{grader}-*"))
        assert not list(full_course.folder("autograded").glob(f"{STAGING}*"))
    print(f"{interrupted} of {round(50 * fraction)} graders were killed before the end")
    assert interrupted >= round(50 * fraction) / 2


def grade_twice_at_once(course):
    graders = [start("--jobs", "2"), start("--jobs", "2", "--force")]
    statuses = [os.waitpid(grader, 0)[1] for grader in graders]
    assert statuses == [0, 0]
    assert automatic(course) == EXPECTED
    assert len(state(course)[1]) == STUDENTS


@pytest.mark.timeout(3600)
def test_two_graders_at_once_on_sqlite(full_course, fraction, tmp_path):
    pristine = shutil.copytree(full_course.root, tmp_path / "pristine")
    for _ in range(round(10 * fraction)):
        anew(full_course, pristine)
        grade_twice_at_once(full_course)


@pytest.fixture(scope="module")
def postgresql():
    """The folder of the socket of a private PostgreSQL server."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
    if programs is None:
        pytest.skip("needs a server: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    become = []
    if os.geteuid() == 0:  # initdb refuses root
        become = ["setpriv", "--reuid", "postgres", "--regid", "postgres"]
        become.append("--clear-groups")
        shutil.chown(folder, "postgres", "postgres")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    control = [*become, str(programs / "pg_ctl"), "-w", "-D", str(folder / "data")]
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    initialize = [*become, str(programs / "initdb"), "-A", "trust", "-U", "postgres"]
    subprocess.run([*initialize, "-D", str(folder / "data")], **quiet)
    subprocess.run([*control, "-o", options, "start"], **quiet)
    yield folder
    subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
    shutil.rmtree(folder)


@pytest.mark.timeout(3600)
def test_two_graders_at_once_on_postgresql(full_course, postgresql, fraction, tmp_path):
    pristine = shutil.copytree(full_course.root, tmp_path / "pristine")
    for number in range(round(10 * fraction)):
        anew(full_course, pristine)
        address = f"host={postgresql} user=postgres"
        with psycopg.connect(f"{address} dbname=postgres", autocommit=True) as server:
            server.execute(f"CREATE DATABASE grades{number}")
        url = f"postgresql+psycopg://postgres@/grades{number}?host={postgresql}"
        with (full_course.root / "nbgrader_config.py").open("a") as config:
            config.write(f"\nc.CourseDirectory.db_url = {url!r}\n")
        grade_twice_at_once(Course(full_course.root))
