"""Grading on a real Dask scheduler with two workers, one of which is killed."""

import os
import signal
import subprocess
import sys

import pytest

from autograder.cli import main
from autograder.reports.gradebook import open_gradebook

UNIT = "01_sums"
STUDENTS = 8
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
        process.send_signal(signal.SIGTERM)
    for process in (*workers, scheduler):
        end(process)


def end(process):
    """Wait for a process that was asked to end; Dask sometimes never does."""
    try:
        process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def test_cluster_gives_the_same_scores_though_a_worker_dies(
    course, answered, cluster, monkeypatch
):
    address, workers = cluster
    monkeypatch.chdir(course.root)
    for number in range(STUDENTS):
        folder = course.folder("submitted") / f"s{number}" / UNIT
        folder.mkdir(parents=True)
        data = answered(add="a + b" if number % 2 else "a", scale="a * b")
        (folder / "sums.ipynb").write_bytes(data)
    from autograder.batch import grade

    record, recorded = grade.Grader._record, []

    def record_and_kill(grader, done):
        record(grader, done)
        recorded.append(done.work.student)
        if len(recorded) == 2:
            workers[0].kill()

    monkeypatch.setattr(grade.Grader, "_record", record_and_kill)
    assert main(["grade", "sums", "--scheduler", address]) == 0
    with open_gradebook(course) as gradebook:
        scores = {
            submission.student.id: submission.score
            for submission in gradebook.assignment_submissions(UNIT)
        }
    assert scores == {f"s{n}": 2 + 2 * (n % 2) for n in range(STUDENTS)}
    assert sorted(recorded) == [f"s{n}" for n in range(STUDENTS)]


def test_missing_scheduler_is_told(course, answered, monkeypatch, capsys):
    from autograder.batch import cluster

    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    monkeypatch.chdir(course.root)
    folder = course.folder("submitted") / "ada" / UNIT
    folder.mkdir(parents=True)
    (folder / "sums.ipynb").write_bytes(answered(add="a"))
    assert main(["grade", "sums", "--scheduler", "tcp://127.0.0.1:9"]) == 1
    assert "there is no Dask scheduler at tcp://127.0.0.1:9" in capsys.readouterr().err
