"""One fork server for all tests of the grader, and notebooks of three cells to run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.jail.limits import Judge
from autograder.jail.sandbox import Zygote
from autograder.judging.grading import Job, run_notebook
from autograder.judging.session import Session

SECRET = "the-secret-of-this-course"


def marks(name: str, **more: object) -> dict[str, object]:
    base = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {**base, "schema_version": 3, "grade_id": name, **more}}


def setup_cell(source: str) -> NotebookNode:
    return new_code_cell(source, metadata=marks("setup", locked=True))


def answer_cell(source: str, name: str = "answer") -> NotebookNode:
    return new_code_cell(source, metadata=marks(name, solution=True))


def graded_cell(source: str, name: str = "test", points: int = 1) -> NotebookNode:
    return new_code_cell(
        source, metadata=marks(name, grade=True, locked=True, points=points)
    )


@dataclass
class Trial:
    """How a notebook of set-up, answer and test has run."""

    notebook: NotebookNode

    @property
    def test(self) -> NotebookNode:
        return self.notebook.cells[-1]

    @property
    def passed(self) -> bool:
        return not any(o.output_type == "error" for o in self.test.outputs)

    @property
    def message(self) -> str:
        """What the test's errors say."""
        errors = (o for o in self.test.outputs if o.output_type == "error")
        return "\n".join(f"{error.ename}: {error.evalue}" for error in errors)

    @property
    def shown(self) -> str:
        """Everything that the answer cell has shown."""
        return "\n".join(map(str, self.notebook.cells[1].outputs))


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    judge = Judge()
    server = Zygote(list(judge.preload), [])
    yield server
    server.close()


@pytest.fixture(scope="session")
def limits() -> dict[str, int]:
    """Tight ones, so that exceeding them is fast."""
    return {
        **Judge().as_limits(),
        "cell_seconds": 20,
        "memory_mb": 600,
        "processes": 40,
        "open_files": 60,
        "disk_mb": 8,
        "output_kb": 64,
    }


@pytest.fixture(scope="session")
def run(zygote: Zygote, limits: dict[str, int]) -> Callable[..., Trial]:
    """A function that runs `run(answer, test)` and gives the trial.

    `solution` is the source notebook's answer cell; it says which names are the
    learner's. Further arguments change limits.
    """

    def run_trial(
        answer: str,
        test: str,
        *,
        setup: str = "",
        solution: str = "def double(x):\n    return 2 * x",
        judged: bool = True,
        files: dict[str, bytes] | None = None,
        **changed: Any,
    ) -> Trial:
        cells = [setup_cell(setup), answer_cell(answer), graded_cell(test)]
        source = [setup_cell(setup), answer_cell(solution), graded_cell(test)]
        job = Job(
            notebook=new_notebook(cells=cells),
            source=new_notebook(cells=source),
            limits={**limits, **changed},
            student_files=files or {},
            secret=SECRET,
            judged=judged,
        )
        return Trial(run_notebook(zygote, job).notebook)

    return run_trial


@pytest.fixture(scope="session")
def run_many(zygote: Zygote, limits: dict[str, int]) -> Callable[..., dict[str, Trial]]:
    """A function that runs many answers, each with its test, in one notebook.

    `run_many({name: (answer, test)}, setup)` gives a trial for each name.
    """

    def run_trials(
        pairs: dict[str, tuple[str, str]], setup: str, *, judged: bool = True
    ) -> dict[str, Trial]:
        cells = [setup_cell(setup)]
        for name, (answer, test) in pairs.items():
            cells.append(answer_cell(answer, f"{name}-answer"))
            cells.append(graded_cell(test, f"{name}-test"))
        notebook = new_notebook(cells=cells)
        executed = run_notebook(
            zygote,
            Job(notebook=notebook, source=notebook, limits=limits, judged=judged),
        ).notebook
        rows = zip(pairs, executed.cells[1::2], executed.cells[2::2], strict=True)
        return {
            name: Trial(new_notebook(cells=[executed.cells[0], answer, test]))
            for name, answer, test in rows
        }

    return run_trials


@pytest.fixture
def session(zygote: Zygote, limits: dict[str, int]) -> Iterator[Session]:
    opened = Session(zygote, limits, judged=True)
    yield opened
    opened.close()


@pytest.fixture
def look(session: Session) -> Callable[[str], str]:
    """A function that runs a cell as the student and gives what it has shown."""

    def look_inside(source: str) -> str:
        verdict = session.run(session.student, "cell", source)
        texts = [o.get("text", o.get("evalue", "")) for o in verdict.outputs]
        return "".join(texts)

    return look_inside
