"""A progress bar where somebody watches, and silence everywhere else.

nbgrader gives no points to a cell that writes to stderr, and stored pages should not
change with the speed of a machine. So a bar appears in a notebook with a live kernel
and in a terminal, writes to the display only, and leaves nothing behind.
"""

import os
import sys
from typing import Any

from IPython.core.getipython import get_ipython
from tqdm.auto import tqdm

# Any value of one of these silences the bar. nbgrader sets the first when it executes a
# notebook; whoever executes notebooks to store their outputs sets the second.
SILENCING_VARIABLES = ("NBGRADER_EXECUTION", "COURSE_QUIET")


def somebody_watches() -> bool:
    """True in a notebook that a person runs, and in a terminal."""
    if any(os.environ.get(variable) for variable in SILENCING_VARIABLES):
        return False
    shell = get_ipython()
    return getattr(shell, "kernel", None) is not None or sys.stdout.isatty()


def progress_bar(total: int, *, unit: str, show: bool = True) -> Any:
    """A bar with `update(n)` and `set_postfix_str(text)`; use it in a `with` block.

    Args:
        total: number of steps.
        unit: what a step is called, for example "epoch".
        show: False silences the bar even where somebody watches.
    """
    silent = not (show and somebody_watches())
    return tqdm(total=total, unit=unit, disable=silent, leave=False, file=sys.stdout)
