"""Runs a notebook in an ordinary Jupyter kernel: without a jail and without a judge.

This is what `--unsafe` means on a system that has no jail at all (macOS): the learner's
code runs as the person who grades, beside the hidden tests, as with nbgrader as it
comes. Verdicts are settled as everywhere else, so that a dead kernel passes nothing.
"""

import asyncio
import copy
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder.jail.capture import Capture
from autograder.judging.grading import Job, Outcome, is_test, settle
from autograder.judging.session import Verdict


def run_in_kernel(job: Job) -> Outcome:
    """Run a restored notebook; every test cell ends with a verdict."""
    started = time.monotonic()
    notebook = copy.deepcopy(job.notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    with tempfile.TemporaryDirectory() as folder:
        for name, data in job.student_files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        reason = _execute(notebook, job, folder)
    started_cells = [c for c in notebook.cells if c.get("execution_count") is not None]
    complete = started_cells[:-1] if reason else started_cells
    for cell in notebook.cells:
        if is_test(cell):
            ran = any(cell is each for each in complete)
            _settle(cell, "" if ran else reason or "it did not run")
    return Outcome(notebook, time.monotonic() - started, 0.0, 0.0)


def _execute(notebook: NotebookNode, job: Job, folder: str) -> str:
    """Run all cells; why it ended before the last one, if it did."""
    client = NotebookClient(
        notebook,
        timeout=job.limits["cell_seconds"],
        interrupt_on_timeout=True,
        allow_errors=True,
        kernel_name="python3",
        resources={"metadata": {"path": folder}},
    )
    variables = {**os.environ, "NBGRADER_EXECUTION": "autograde"}
    if job.secret:
        variables["COURSE_SECRET"] = job.secret
    try:
        # a thread of its own, as the formgrader's has an event loop already
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_run, client, variables).result()
    except (DeadKernelError, CellTimeoutError, RuntimeError) as problem:
        return f"the kernel has ended: {type(problem).__name__}"
    return ""


def _run(client: NotebookClient, variables: dict[str, str]) -> None:
    asyncio.run(client.async_execute(env=variables))


def _settle(cell: NotebookNode, reason: str) -> None:
    """Make a test that did not run to its end fail, and say why."""
    failed = any(output.output_type == "error" for output in cell.outputs)
    status = "error" if failed else "dead" if reason else "ok"
    verdict = Verdict(status, cell.outputs)
    if status == "dead":
        Capture(0, verdict.outputs).add_error("DeadProcessError", reason)
    settle(verdict, float(cell.metadata.nbgrader["points"]))
    cell.outputs = verdict.outputs
