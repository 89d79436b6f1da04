"""Notebooks that train with torch set one thread, all in the same way.

With more threads than free cores small networks wait for each other: a lecture of eight
seconds took minutes on a busy machine.
"""

from pathlib import Path

import pytest

from autograder.notebook import read_notebook

from .stored import LECTURES, SOLUTIONS, each

ONE_THREAD = (
    "torch.set_num_threads(1)  # for networks this small, more threads only wait"
)
TRAINING = (".backward()", "utils.training import")
FIRST_UNIT_THAT_TRAINS = "01"


@each([*LECTURES, *SOLUTIONS])
def test_training_uses_one_thread(path: Path) -> None:
    cells = read_notebook(path).cells
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    trains = any(word in source for source in code for word in TRAINING)
    unit = path.parent.name if "solutions" in path.parts else path.stem
    if not trains or unit < FIRST_UNIT_THAT_TRAINS:
        pytest.skip("no training with torch")
    imports = next(cell.source for cell in cells if cell.id == "imports")
    assert ONE_THREAD in imports.splitlines()
