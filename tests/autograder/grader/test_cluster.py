"""Grading on a real Dask scheduler with two workers, one of which is killed."""

import os
import signal
import subprocess
import sys
from functools import partial

import pytest

from autograder.cli import main
from autograder.reports.gradebook import open_gradebook

UNIT = "01_sums"
STUDENTS = 8
ALL = [f"s{number}" for number in range(STUDENTS)]
SCORES = {f"s{number}": 2 + 2 * (number % 2) for number in range(STUDENTS)}
PATIENCE = 20  # seconds
DASK = [sys.executable, "-W", "ignore", "-m"]


def start(program, *arguments, until):
    """A process of Dask, and the line of its log that says that it is ready."""
    process = subprocess.Popen(
        [*DASK, f"distributed.cli.dask_{program}", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert process.stderr is not None
    line = next(line for line in process.stderr if until in line)
    return process, line


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler, and its two workers."""
    local = ["--host", "127.0.0.1"]
    scheduler, line = start(
        "scheduler", *local, "--port", "0", "--no-dashboard", until="Scheduler at:"
    )
    address = line.split()[-1]
    options = [*local, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    options += ["--local-directory", str(tmp_path), "--death-timeout", "60"]
    workers = [
        start("worker", address, *options, until="Registered to")[0] for _ in range(2)
    ]
    yield address, workers
    for process in (*workers, scheduler):
        end(process)


def end(process):
    """Ask a process to end and wait; Dask sometimes never does."""
    process.terminate()
    try:
        process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


@pytest.fixture
def recorded(course, answered, monkeypatch):
    """Students in the order in which they were recorded; all have handed in."""
    monkeypatch.chdir(course.root)
    for number, student in enumerate(ALL):
        folder = course.folder("submitted") / student / UNIT
        folder.mkdir(parents=True)
        data = answered(add="a + b" if number % 2 else "a", scale="a * b")
        (folder / "sums.ipynb").write_bytes(data)
    return []


def after_two(recorded, monkeypatch, happen):
    """Have something happen once two students are recorded."""
    from autograder.batch import grade

    record = grade.Grader._record

    def record_and_count(grader, done):
        record(grader, done)
        recorded.append(done.work.student)
        if len(recorded) == 2:
            happen()

    monkeypatch.setattr(grade.Grader, "_record", record_and_count)


def scores(course):
    with open_gradebook(course) as gradebook:
        submissions = gradebook.assignment_submissions(UNIT)
        return {each.student.id: each.score for each in submissions}


def test_cluster_gives_the_same_scores_though_a_worker_dies(
    course, cluster, recorded, monkeypatch
):
    address, workers = cluster
    after_two(recorded, monkeypatch, workers[0].kill)
    assert main(["grade", "sums", "--scheduler", address]) == 0
    assert scores(course) == SCORES
    assert sorted(recorded) == ALL


def test_interrupt_leaves_the_rest_to_the_next_run(
    course, cluster, recorded, monkeypatch, capsys
):
    address, _ = cluster
    press = partial(signal.raise_signal, signal.SIGINT)
    after_two(recorded, monkeypatch, press)
    assert main(["grade", "sums", "--scheduler", address]) == 1
    assert "run the same command to go on" in capsys.readouterr().err
    assert 2 <= len(recorded) < STUDENTS
    assert main(["grade", "sums", "--scheduler", address]) == 0
    assert scores(course) == SCORES
    assert sorted(recorded) == ALL


def test_missing_scheduler_is_told(course, answered, monkeypatch, capsys):
    from autograder.batch import cluster

    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    monkeypatch.chdir(course.root)
    folder = course.folder("submitted") / "ada" / UNIT
    folder.mkdir(parents=True)
    (folder / "sums.ipynb").write_bytes(answered(add="a"))
    assert main(["grade", "sums", "--scheduler", "tcp://127.0.0.1:9"]) == 1
    assert "there is no Dask scheduler at tcp://127.0.0.1:9" in capsys.readouterr().err
