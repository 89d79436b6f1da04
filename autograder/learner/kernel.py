"""Runs the cells of a notebook in a kernel of its own, whatever they do to it."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

DIED = "the kernel died; did the code exit or run out of memory?"
# No progress bars, which nobody watches, and no warning of the debugger.
QUIET = {"COURSE_QUIET": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
GRACE_SECONDS = 5  # for a cell that was interrupted to give up
INTERRUPTS = 3  # one may get lost on its way


@dataclass(frozen=True)
class CellRun:
    """A code cell after its run; `trouble` says why it has no proper end, if so."""

    cell: NotebookNode
    trouble: str = ""

    @property
    def error(self) -> NotebookNode | None:
        """The error that the cell ended with."""
        return next(
            (out for out in self.cell.outputs if out.output_type == "error"), None
        )


def run_cells(
    notebook: NotebookNode, *, folder: Path, seconds_per_cell: int
) -> Generator[CellRun]:
    """Execute the code cells in order; an error in one does not stop the next.

    Cells that come after the death of the kernel are not yielded.

    Args:
        notebook: its cells get their outputs; its metadata the state of widgets.
        folder: the working folder of the kernel.
        seconds_per_cell: a cell that takes longer is interrupted.
    """
    with tempfile.TemporaryDirectory(prefix="kernel-") as sockets:
        manager = _kernel_manager(Path(sockets))
        client = NotebookClient(
            notebook,
            km=manager,
            allow_errors=True,
            timeout=seconds_per_cell,
            shutdown_kernel="immediate",
            resources={"metadata": {"path": str(folder)}},
            extra_arguments=["--HistoryManager.hist_file=:memory:"],
        )
        client.log.disabled = True  # what it would say is in the CellRun
        with client.setup_kernel(
            cleanup_kc=True,
            env={**os.environ, **QUIET},
            stderr=subprocess.DEVNULL,
        ):
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type != "code":
                    continue
                trouble = _run_cell(client, cell, index, seconds_per_cell)
                yield CellRun(cell, trouble)
                if trouble == DIED or (trouble and not _answers(client, manager)):
                    return
            client.set_widgets_metadata()


def _kernel_manager(folder: Path) -> AsyncKernelManager:
    """A kernel that is reached by local sockets, not over the network."""
    if os.name == "nt":  # there only TCP works
        return AsyncKernelManager(kernel_name="python3")
    return AsyncKernelManager(
        kernel_name="python3", transport="ipc", ip=str(folder / "socket")
    )


def _run_cell(
    client: NotebookClient, cell: NotebookNode, index: int, seconds: int
) -> str:
    client.timeout = seconds
    try:
        client.execute_cell(cell, index)
    except CellTimeoutError:
        return f"stopped after {seconds} seconds; is there an endless loop?"
    except DeadKernelError:
        return DIED
    return ""


def _answers(client: NotebookClient, manager: AsyncKernelManager) -> bool:
    """Whether the kernel, interrupted after trouble, can run the next cell."""

    async def interrupt_and_ask() -> None:
        await manager.interrupt_kernel()
        connection: Any = client.kc
        await connection.execute("pass", reply=True, timeout=GRACE_SECONDS)

    for _ in range(INTERRUPTS):
        with contextlib.suppress(TimeoutError, RuntimeError):
            run_sync(interrupt_and_ask)()
            return True
    return False
