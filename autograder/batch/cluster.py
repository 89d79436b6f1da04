"""Runs prepared submissions on the workers of a Dask cluster.

Each worker keeps one fork server of its own, so it needs what this machine needs:
bubblewrap and this package. Results come back to the caller, who alone writes to the
gradebook.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from traitlets.config import Config

from autograder.batch.schedule import Done, run_work
from autograder.batch.submissions import Work
from autograder.course import CourseError
from autograder.jail.limits import Judge

CONNECT_SECONDS = 20
AHEAD = 2  # submissions that wait at the workers, so that these need not


def run_on_cluster(
    prepare: Iterable[Callable[[], Work]], judge: Judge, address: str
) -> Iterator[Done]:
    """Run submissions on the workers of a Dask cluster, in the order they finish.

    A worker that dies costs time alone: its submissions go to another one. Those that
    keep killing their worker fail by themselves.

    Raises:
        CourseError: there is no cluster at this address, or it has no workers.
    """
    import distributed  # takes a second, and only clusters need it

    connect: Any = distributed.Client
    try:
        client: Any = connect(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except OSError:
        raise CourseError(f"there is no Dask scheduler at {address}") from None
    with client:
        threads = sum(client.nthreads().values())
        if threads == 0:
            raise CourseError(f"the Dask scheduler at {address} has no workers")
        waiting = (read() for read in prepare)
        settings = {n: getattr(judge, n) for n in judge.trait_names(config=True)}
        sent: dict[str, Work] = {}

        def send(work: Work) -> Any:
            task = client.submit(run_remotely, work, settings, pure=False)
            sent[task.key] = work
            return task

        first = [send(work) for work in itertools.islice(waiting, threads + AHEAD)]
        gather: Any = distributed.as_completed
        running = gather(first, loop=client.loop)
        for task in running:
            yield _collect(task, sent.pop(task.key))
            for work in itertools.islice(waiting, 1):
                running.add(send(work))


def run_remotely(work: Work, settings: dict[str, Any]) -> Done:
    """Run a submission in a Dask worker, with the worker's own fork server."""
    return run_work(work, Judge(config=Config({"Judge": settings})))


def _collect(task: Any, work: Work) -> Done:
    """What a task has come to; a task that ended its workers is a failed one."""
    try:
        done: Done = task.result()
    except Exception as problem:  # of any library on the way
        reason = f"{type(problem).__name__}: {problem}".splitlines()[0]
        done = Done(work, error=f"it could not be run: {reason}")
    return done
