"""Compares `course grade` with stock `nbgrader autograde` on the same submissions.

Both grade copies of one small course (four answers, four tests, a short training loop)
by turns, so that other load on the machine hits them alike. The table gives seconds per
submission and the ratio to stock; jail and judge are on.

    python benchmarks/autograding.py --submissions 8 --rounds 2
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.notebook import to_json

UNIT = "ps1"
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "benchmark"
"""
JUDGED = """
c.Autograde.sanitize_preprocessors = [
    "autograder.judging.execute.RestoreCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.judging.execute.JudgedExecute",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.CheckCellMetadata",
]
"""
SETUP = "import numpy as np\nimport torch\nimport matplotlib.pyplot as plt"
TASKS = {
    "mean": ("def mean(x):\n    return x.sum() / x.size", "np.ones(3)", "1.0"),
    "scale": ("def scale(x):\n    return 2 * x.sum()", "np.ones(3)", "6.0"),
    "norm": (
        "def norm(x):\n    return (x * x).sum() ** 0.5",
        "np.array([3.0, 4.0])",
        "5.0",
    ),
    "train": (
        "def train(x):\n"
        "    torch.manual_seed(0)\n"
        "    model = torch.nn.Linear(8, 1)\n"
        "    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)\n"
        "    X = torch.randn(64, 8)\n"
        "    for _ in range(STEPS):\n"
        "        optimizer.zero_grad()\n"
        "        loss = ((model(X)[:, 0] - X[:, 0]) ** 2).mean()\n"
        "        loss.backward()\n"
        "        optimizer.step()\n"
        "    return float(loss) * 0 + 1.0",
        "np.ones(1)",
        "1.0",
    ),
}
TRAINING_STEPS = 900  # about 0.3 s on one core


@dataclass
class Contender:
    """One way of grading, and how long each round took."""

    name: str
    command: list[str]
    config: str
    seconds: list[float] = field(default_factory=list)


def marks(name: str, **more: object) -> dict[str, object]:
    base = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {**base, "schema_version": 3, "grade_id": name, **more}}


def notebook() -> NotebookNode:
    """The assignment, solved."""
    cells = [new_code_cell(SETUP, metadata=marks("setup", locked=True))]
    for name, (answer, argument, value) in TASKS.items():
        source = answer.replace("STEPS", str(TRAINING_STEPS))
        test = f"assert abs({name}({argument}) - {value}) < 1e-6"
        cells.append(new_code_cell(source, metadata=marks(name, solution=True)))
        more = marks(f"{name}-test", grade=True, locked=True, points=1)
        cells.append(new_code_cell(test, metadata=more))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def make_course(root: Path, config: str, submissions: int) -> None:
    """A course with this many equal submissions, known to its gradebook."""
    text = to_json(notebook())
    folders = [root / "source" / UNIT]
    folders += [root / "submitted" / f"s{n:03}" / UNIT for n in range(submissions)]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "task.ipynb").write_text(text)
    (root / "nbgrader_config.py").write_text(CONFIG + config)
    run([sys.executable, "-m", "nbgrader", "generate_assignment", UNIT], root)


def run(command: list[str], root: Path) -> float:
    """How many seconds a command takes.

    Raises:
        RuntimeError: it failed.
    """
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": programs, "OMP_NUM_THREADS": "1"}
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return seconds


def compare(contenders: list[Contender], submissions: int, rounds: int) -> None:
    """Let each contender grade the same course once a round."""
    for _ in range(rounds):
        for contender in contenders:
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                make_course(root, contender.config, submissions)
                seconds = run(contender.command, root)
                contender.seconds.append(seconds / submissions)


def table(contenders: list[Contender]) -> str:
    """The medians, and their ratios to the first contender's."""
    stock = median(contenders[0].seconds)
    lines = ["| grader | seconds per submission | of stock |", "|---|---|---|"]
    for each in contenders:
        seconds = median(each.seconds)
        lines.append(f"| {each.name} | {seconds:.2f} | {seconds / stock:.3f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    nbgrader = [sys.executable, "-m", "nbgrader", "autograde", UNIT]
    course = [sys.executable, "-m", "autograder.cli", "grade", UNIT]
    contenders = [
        Contender("stock nbgrader autograde", nbgrader, ""),
        Contender("nbgrader autograde, judged", nbgrader, JUDGED),
        Contender("course grade", course, JUDGED),
        Contender("course grade --jobs 2", [*course, "--jobs", "2"], JUDGED),
    ]
    compare(contenders, options.submissions, options.rounds)
    print(table(contenders))
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{options.submissions} submissions, load of the machine {load}")
    if options.json:
        figures = {each.name: each.seconds for each in contenders}
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
