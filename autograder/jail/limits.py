"""How a course is graded: what one submission may use, and where its tests run.

A course changes these in `nbgrader_config.py`, for example
`c.Judge.cell_seconds = 60` or `c.Judge.mode = "inprocess"`.
"""

from typing import Any

from traitlets import Bool, Enum, Integer, List, Unicode
from traitlets.config import Configurable

ROUNDING = 0.5  # seconds by which the kernel's count of processor time may be off


class Judge(Configurable):
    """Limits of one submission, and whether its tests run in a process of their own."""

    mode = Enum(
        ["separate", "inprocess"],
        "separate",
        help="'inprocess' runs tests inside the learner's process: jailed, but a "
        "learner's code can then change a verdict. For tests that need plots, source "
        "code or autograd graphs.",
    ).tag(config=True)
    cell_seconds = Integer(30, help="time for one cell").tag(config=True)
    submission_seconds = Integer(600, help="time for a whole notebook").tag(config=True)
    cpu_seconds = Integer(900, help="processor time for a notebook").tag(config=True)
    memory_mb = Integer(2048, help="memory of one process").tag(config=True)
    processes = Integer(128, help="processes and threads at once").tag(config=True)
    open_files = Integer(256, help="files open at once").tag(config=True)
    disk_mb = Integer(256, help="written files, held in memory").tag(config=True)
    output_kb = Integer(1024, help="output of one cell").tag(config=True)
    notebook_mb = Integer(20, help="size of a submitted notebook").tag(config=True)
    unsafe = Bool(
        False, help="run learners' code without a jail where there is none"
    ).tag(config=True)
    preload = List(
        Unicode(),
        [
            "numpy",
            "torch",
            "matplotlib.pyplot",
            "matplotlib.backends.backend_agg",
            "matplotlib_inline.backend_inline",
            "utils.checks",
            "utils.seeding",
        ],
        help="modules that every learner's process finds imported",
    ).tag(config=True)
    readable = List(
        Unicode(), [], help="folders that learners' code may read, besides Python's"
    ).tag(config=True)

    def as_limits(self) -> dict[str, int]:
        """The numbers alone, to send to a sandbox."""
        names = (
            "cell_seconds submission_seconds cpu_seconds memory_mb processes "
            "open_files disk_mb output_kb notebook_mb"
        )
        return {name: int(getattr(self, name)) for name in names.split()}


def describe_death(exit_status: int, usage: dict[str, Any], limits: Any) -> str:
    """Why a sandboxed process ended, in one sentence.

    Args:
        exit_status: its exit status; negative is the number of a signal.
        usage: `cpu_s` and `out_of_memory`, as the sandbox reports them.
        limits: the limits it ran under.
    """
    if usage.get("out_of_memory"):
        return f"it used more than {limits['memory_mb']} MB of memory"
    if usage.get("cpu_s", 0) >= limits["cpu_seconds"] - ROUNDING:
        return f"it used more than {limits['cpu_seconds']} s of processor time"
    if exit_status < 0:
        return f"it was ended by signal {-exit_status}"
    return f"it ended itself with exit status {exit_status}"
