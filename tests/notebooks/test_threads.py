"""Notebooks that train with torch set one thread, all in the same way.

With more threads than free cores small networks wait for each other: a lecture of eight
seconds took minutes on a busy machine.
"""

from pathlib import Path

from autograder.notebook import read_notebook

from .stored import LECTURES, SOLUTIONS, each

ONE_THREAD = (
    "torch.set_num_threads(1)  # for networks this small, more threads only wait"
)
TRAINING = (".backward()", "utils.training import")
FIRST_UNIT_THAT_TRAINS = "01"


def trains(path: Path) -> bool:
    """Whether a notebook after unit 00 trains with torch."""
    unit = path.parent.name if "solutions" in path.parts else path.stem
    code = [c.source for c in read_notebook(path).cells if c.cell_type == "code"]
    return unit >= FIRST_UNIT_THAT_TRAINS and any(
        word in source for source in code for word in TRAINING
    )


@each([path for path in (*LECTURES, *SOLUTIONS) if trains(path)])
def test_training_uses_one_thread(path: Path) -> None:
    cells = read_notebook(path).cells
    imports = next(cell.source for cell in cells if cell.id == "imports")
    assert ONE_THREAD in imports.splitlines()
