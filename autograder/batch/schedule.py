"""Runs prepared submissions side by side on this machine.

Threads are enough: the work happens in sandboxed processes, and these threads only wait
for them. The results come back to the caller, who alone writes to the gradebook.
"""

import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from autograder.batch.inbox import Inbox
from autograder.batch.submissions import Work
from autograder.course import CourseError
from autograder.jail.limits import Judge
from autograder.judging.execute import (
    close_zygotes,
    run_job,
    runs_in_kernel,
    shared_zygote,
)
from autograder.judging.grading import Outcome


@dataclass
class Done:
    """A submission that has run, or the reason why it has not."""

    work: Work
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    error: str = ""


def run_work(work: Work, judge: Judge) -> Done:
    """Run all notebooks of one submission; never raises for what is wrong with it."""
    done = Done(work, error=work.error)
    if done.error:
        return done
    try:
        for name, job in work.jobs.items():
            done.outcomes[name] = run_job(judge, job)
    except Exception as problem:  # whatever it is, it must not stop the batch
        done.error = f"it could not be run: {described(problem)}"
    return done


def described(problem: Exception) -> str:
    """What went wrong, in one line; with the error's type where that is no sentence."""
    first = (str(problem).strip().splitlines() or ["no reason given"])[0][:300]
    plain = isinstance(problem, CourseError | OSError)
    return first if plain else f"{type(problem).__name__}: {first}"


def run_locally(
    prepare: Iterable[Callable[[], Work]], judge: Judge, jobs: int
) -> Iterator[Done]:
    """Run submissions on this machine, `jobs` at a time, in the order they finish.

    Args:
        prepare: reads one submission each; called as late as possible, so that only
            those in flight are in memory.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed; what has finished until then was yielded.
    """
    waiting = iter(prepare)
    running: set[Future[Done]] = set()
    with Inbox[Future[Done]]() as finished:
        if not runs_in_kernel(judge):
            shared_zygote(judge)  # a jail that does not work is told at once
        pool = ThreadPoolExecutor(jobs)
        try:
            while True:
                for read in itertools.islice(waiting, jobs + 1 - len(running)):
                    future = pool.submit(_read_and_run, read, judge)
                    running.add(future)
                    future.add_done_callback(finished.put)
                if not running:
                    return
                future = finished.take()
                running.remove(future)
                yield future.result()
        finally:
            _end(pool, running)


def _read_and_run(read: Callable[[], Work], judge: Judge) -> Done:
    return run_work(read(), judge)


def _end(pool: ThreadPoolExecutor, running: set[Future[Done]]) -> None:
    """End the threads, and what is in flight: the caller does not want it."""
    pool.shutdown(wait=False, cancel_futures=True)
    while not all(future.done() for future in running):
        close_zygotes()  # again and again: who was still reading starts another one
        time.sleep(0.05)
    pool.shutdown()
