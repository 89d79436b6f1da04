"""Compares `course grade` with stock `nbgrader autograde` on the same submissions.

Both grade copies of one small course (four answers, four tests, a short training loop)
by turns, so that other load on the machine hits them alike; jail and judge are on. The
tables give seconds per submission and the ratio to stock, the processor time that the
grader needs beside the learner's own, the memory of a submission in flight, and what a
second worker of a Dask cluster is worth. Each command's own start is counted in.

    python benchmarks/autograding.py                            about six minutes
    python benchmarks/autograding.py --submissions 8 --rounds 1
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from jupyter_client.manager import start_new_kernel
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.jail.limits import Judge
from autograder.jail.sandbox import Zygote
from autograder.judging.grading import Job, Run
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
        "    return float(loss.detach()) * 0 + 1.0",
        "np.ones(1)",
        "1.0",
    ),
}
TRAINING_STEPS = 900  # about 0.3 s on one core
CLUSTER_STEPS = 5000  # longer, so that the workers and not their start is measured
CPU_GROUP = Path("/sys/fs/cgroup/cpuacct")
TARGETS = {"wall": 0.10, "cpu": 0.2, "memory": 60.0, "cluster": 1.8}


@dataclass
class Contender:
    """One way of grading, and how long each round took."""

    name: str
    command: list[str]
    config: str
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)


def marks(name: str, **more: object) -> dict[str, object]:
    base = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {**base, "schema_version": 3, "grade_id": name, **more}}


def notebook(steps: int = TRAINING_STEPS) -> NotebookNode:
    """The assignment, solved."""
    cells = [new_code_cell(SETUP, metadata=marks("setup", locked=True))]
    for name, (answer, argument, value) in TASKS.items():
        source = answer.replace("STEPS", str(steps))
        test = f"assert abs({name}({argument}) - {value}) < 1e-6"
        cells.append(new_code_cell(source, metadata=marks(name, solution=True)))
        more = marks(f"{name}-test", grade=True, locked=True, points=1)
        cells.append(new_code_cell(test, metadata=more))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def make_course(
    root: Path, config: str, submissions: int, steps: int = TRAINING_STEPS
) -> None:
    """A course with this many equal submissions, known to its gradebook."""
    text = to_json(notebook(steps))
    folders = [root / "source" / UNIT]
    folders += [root / "submitted" / f"s{n:03}" / UNIT for n in range(submissions)]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "task.ipynb").write_text(text)
    (root / "nbgrader_config.py").write_text(CONFIG + config)
    run([sys.executable, "-m", "nbgrader", "generate_assignment", UNIT], root)


def run(command: list[str], root: Path, group: Path | None = None) -> float:
    """How many seconds a command takes.

    Args:
        command: program and arguments.
        root: the folder to run it in.
        group: a cgroup to run it in, children included.

    Raises:
        RuntimeError: it failed.
    """

    def join() -> None:
        if group is not None:
            (group / "cgroup.procs").write_text(str(os.getpid()))

    started = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=root,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=join,
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return seconds


def environment() -> dict[str, str]:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": programs, "OMP_NUM_THREADS": "1"}


@contextmanager
def counted() -> Iterator[tuple[Path | None, list[float]]]:
    """A cgroup, and a list that gets the processor seconds that were used in it.

    It stays empty where this user may not make such a group.
    """
    folder, used = CPU_GROUP / f"course-benchmark-{os.getpid()}", [0.0]
    try:
        folder.mkdir()
    except OSError:
        yield None, []
        return
    yield folder, used
    used[0] = int((folder / "cpuacct.usage").read_text()) / 1e9
    for _ in range(100):
        try:
            folder.rmdir()
            return
        except OSError:
            time.sleep(0.05)


def grade_once(contender: Contender, submissions: int) -> tuple[float, float | None]:
    """Seconds and processor seconds to grade a fresh course."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_course(root, contender.config, submissions)
        with counted() as (group, used):
            seconds = run(contender.command, root, group)
        return seconds, used[0] if used else None


def compare(contenders: list[Contender], submissions: int, rounds: int) -> None:
    """Let each contender grade the same course once a round."""
    for _ in range(rounds):
        for contender in contenders:
            seconds, cpu = grade_once(contender, submissions)
            contender.seconds.append(seconds / submissions)
            if cpu is not None:
                contender.cpu_seconds.append(cpu / submissions)


def further_submission(contender: Contender, submissions: int) -> float | None:
    """Processor seconds for one submission more, the command's start left out."""
    few, many = (grade_once(contender, n)[1] for n in (4, 4 + submissions))
    return None if few is None or many is None else (many - few) / submissions


def learners_compute() -> float:
    """Processor seconds of the assignment's cells alone, where all is imported."""
    cells = [cell.source for cell in notebook().cells]
    times = []
    for _ in range(5):
        namespace: dict[str, object] = {}
        exec(cells[0], namespace)
        began = time.process_time()
        for source in cells[1:]:
            exec(source, namespace)
        times.append(time.process_time() - began)
    return median(times[1:])


def private_mb(processes: set[int]) -> float:
    """The memory that these processes share with no other."""
    total = 0
    for process in processes:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
        total += sum(
            int(line.split()[1])
            for line in text.splitlines()
            if line.startswith(("Private_Clean", "Private_Dirty"))
        )
    return total / 1024


def below(process: int) -> set[int]:
    """All processes that descend from one."""
    found: set[int] = set()
    waiting = [process]
    while waiting:
        parent = waiting.pop()
        for file in Path(f"/proc/{parent}/task").glob("*/children"):
            children = {int(word) for word in file.read_text().split()}
            found |= children
            waiting += children
    return found


def memory_in_flight() -> float:
    """What student, judge and their keepers of one submission have to themselves."""
    judge = Judge()
    judge.preload = [*judge.preload, "torch", "matplotlib.pyplot"]
    zygote = Zygote(list(judge.preload), [])
    before = below(zygote.process.pid)
    job = Job(notebook=notebook(), source=notebook(), limits=judge.as_limits())
    flight = Run(zygote, job)
    try:
        flight.run_all(job.notebook)
        return private_mb(below(zygote.process.pid) - before)
    finally:
        flight.close()
        zygote.close()


def memory_of_a_kernel() -> float:
    """The same of the kernel that stock nbgrader starts."""
    manager, client = start_new_kernel(kernel_name="python3", env=environment())
    try:
        for cell in notebook().cells:
            client.execute_interactive(cell.source, output_hook=lambda message: None)
        process = manager.provisioner.process.pid
        return private_mb({process, *below(process)})
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


class Cluster:
    """A Dask scheduler and its workers on this machine."""

    def __init__(self, workers: int, folder: Path) -> None:
        self.processes: list[subprocess.Popen[str]] = []
        local = ["--host", "127.0.0.1"]
        options = [*local, "--port", "0", "--no-dashboard"]
        line = self._start("scheduler", *options, until="Scheduler at:")
        self.address = line.split()[-1]
        options = [*local, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        options += ["--local-directory", str(folder)]
        for _ in range(workers):
            self._start("worker", self.address, *options, until="Registered to")

    def _start(self, program: str, *arguments: str, until: str) -> str:
        module = f"distributed.cli.dask_{program}"
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", module, *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        self.processes.append(process)
        assert process.stderr is not None
        return next(line for line in process.stderr if until in line)

    def close(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
            process.communicate()


def cluster_seconds(workers: int, submissions: int) -> float:
    """Seconds a submission on a cluster whose workers have their fork server."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_course(root, JUDGED, submissions, CLUSTER_STEPS)
        cluster = Cluster(workers, root)
        command = [sys.executable, "-m", "autograder.cli", "grade", UNIT, "--force"]
        command += ["--scheduler", cluster.address]
        try:
            run([*command, *few_students(workers * 2)], root)
            few = run([*command, *few_students(4)], root)
            return (run(command, root) - few) / (submissions - 4)
        finally:
            cluster.close()


def few_students(number: int) -> list[str]:
    return [word for n in range(number) for word in ("--student", f"s{n:03}")]


def table(contenders: list[Contender], compute: float) -> str:
    """The medians, and their ratios to the first contender's."""
    stock = median(contenders[0].seconds)
    lines = ["| grader | seconds per submission | of stock | CPU seconds | beyond the"]
    lines[0] += " learner's |"
    lines.append("|---|--:|--:|--:|--:|")
    for each in contenders:
        seconds = median(each.seconds)
        cpu = beyond = "–"
        if each.cpu_seconds:
            used = median(each.cpu_seconds)
            cpu, beyond = f"{used:.2f}", f"{used - compute:.2f}"
        row = f"| {each.name} | {seconds:.2f} | {seconds / stock:.3f} |"
        lines.append(f"{row} {cpu} | {beyond} |")
    return "\n".join(lines)


def verdict(value: float | None, target: float, *, at_most: bool = True) -> str:
    """Whether a target is met."""
    if value is None:
        return "not measured"
    met = value <= target if at_most else value >= target
    return "met" if met else "missed"


def second_table(facts: dict[str, float | None]) -> str:
    """Each target, what was measured, and whether that meets it."""
    own = "CPU seconds of one more submission, without the learner's"
    rows = (
        ("wall time of stock, two jobs", "wall", "{:.3f}", True),
        (own, "cpu", "{:.3f}", True),
        ("private MB of a submission in flight", "memory", "{:.0f}", True),
        ("speed of two Dask workers, of one", "cluster", "{:.2f}", False),
    )  # fmt: skip
    lines = ["| target | measured | |", "|---|--:|---|"]
    for name, key, form, at_most in rows:
        value, target = facts[key], TARGETS[key]
        sign = "≤" if at_most else "≥"
        shown = "–" if value is None else form.format(value)
        said = verdict(value, target, at_most=at_most)
        lines.append(f"| {name} {sign} {target:g} | {shown} | {said} |")
    return "\n".join(lines)


def load() -> str:
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    before = load()
    nbgrader = [sys.executable, "-m", "nbgrader", "autograde", UNIT]
    course = [sys.executable, "-m", "autograder.cli", "grade", UNIT]
    contenders = [
        Contender("stock `nbgrader autograde`", nbgrader, ""),
        Contender("`nbgrader autograde` with this executor", nbgrader, JUDGED),
        Contender("`course grade`", course, JUDGED),
        Contender("`course grade --jobs 2`", [*course, "--jobs", "2"], JUDGED),
    ]
    compute = learners_compute()
    compare(contenders, options.submissions, options.rounds)
    cpu = further_submission(contenders[2], options.submissions)
    speeds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(options.rounds):
        for workers, seconds in speeds.items():
            seconds.append(cluster_seconds(workers, options.submissions))
    facts = {
        "wall": median(contenders[3].seconds) / median(contenders[0].seconds),
        "cpu": None if cpu is None else cpu - compute,
        "memory": memory_in_flight(),
        "cluster": median(speeds[1]) / median(speeds[2]),
    }
    kernel = memory_of_a_kernel()
    print(table(contenders, compute), end="\n\n")
    print(second_table(facts), end="\n\n")
    print(
        f"{options.submissions} submissions, {options.rounds} rounds by turns. The "
        f"learner's own cells need {compute:.2f} s of processor time; a kernel of "
        f"stock has {kernel:.0f} MB to itself. Load of the machine before and after: "
        f"{before} and {load()}; {os.cpu_count()} cores."
    )
    if options.json:
        figures: dict[str, object] = {each.name: each.seconds for each in contenders}
        figures |= {"facts": facts, "cluster": speeds, "kernel_mb": kernel}
        figures["learners_compute_s"] = compute
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
