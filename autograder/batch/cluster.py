"""Runs prepared submissions on the workers of a Dask cluster.

Each worker keeps one fork server of its own, so it needs what this machine needs:
bubblewrap and this package. Results come back to the caller, who alone writes to the
gradebook.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from traitlets.config import Config

from autograder.batch.inbox import Inbox
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
        KeyboardInterrupt: Ctrl-C was pressed; what has finished until then was yielded.
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
        running: dict[Any, Work] = {}
        with Inbox[Any]() as finished:
            while True:
                room = threads + AHEAD - len(running)
                for work in itertools.islice(waiting, room):
                    task = client.submit(run_remotely, work, settings, pure=False)
                    running[task] = work
                    task.add_done_callback(finished.put)
                if not running:
                    return
                task = finished.take()
                yield _collect(task, running.pop(task))


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
