"""Runs answers one by one, each in a process forked just before the answer's cell.

The solution is executed cell by cell in this process; in front of every answer cell it
forks one child for each answer to that task, and the child runs the answer and what
follows up to the task's test. So imports and set-up are paid once. Run as a script: the
request comes as JSON on standard input, the results go to the file it names.
"""

import json
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECONDS_PER_ANSWER = 120


def run_cell(shell: Any, source: str) -> dict[str, Any]:
    """Execute one cell as nbgrader would judge it.

    Returns:
        passed: no error and nothing on stderr; text: what the learner would see of a
        failure; value: whether the cell ends with a value, which nbgrader would take
        for partial credit.
    """
    from IPython.utils.capture import capture_output

    with capture_output() as captured:
        result = shell.run_cell(source, store_history=False)
    error = result.error_before_exec or result.error_in_exec
    text = f"{type(error).__name__}: {error}" if error else captured.stderr
    return {
        "passed": error is None and not captured.stderr,
        "text": text,
        "value": result.result is not None,
    }


@dataclass
class Run:
    """One pass through the solution, with the children that it forked."""

    cells: list[dict[str, str]]
    answers: list[dict[str, str]]
    whole_notebook: bool
    scratch: Path
    shell: Any
    solution: dict[str, Any] = field(default_factory=dict)
    children: dict[int, str] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)

    def execute(self) -> dict[str, Any]:
        for position, cell in enumerate(self.cells):
            task = cell["task"]
            if cell["kind"] == "answer":
                for answer in self.answers:
                    if answer["task"] == task:
                        self._fork(position, answer)
            outcome = run_cell(self.shell, cell["source"])
            if cell["kind"] == "test":
                self.solution[task] = outcome
            elif not outcome["passed"] and cell["kind"] != "try":
                self.solution[f"{task or position} ({cell['kind']})"] = outcome
        while self.children:
            self._wait()
        return {"solution": self.solution, "answers": self._results()}

    def _fork(self, position: int, answer: dict[str, str]) -> None:
        while len(self.children) >= (os.cpu_count() or 1):
            self._wait()
        child = os.fork()
        if child:
            self.children[child] = answer["label"]
            return
        signal.alarm(SECONDS_PER_ANSWER)
        status = 1
        try:
            self._answer(position, answer)
            status = 0
        finally:
            os._exit(status)

    def _answer(self, position: int, answer: dict[str, str]) -> None:
        """In the child: the answer, then the cells up to its test, or to the end."""
        started = time.perf_counter()
        results = {}
        own = run_cell(self.shell, answer["source"])
        for cell in self.cells[position + 1 :]:
            if cell["kind"] == "try" and not self.whole_notebook:
                continue
            outcome = run_cell(self.shell, cell["source"])
            if cell["kind"] == "test":
                results[cell["task"]] = outcome
                if cell["task"] == answer["task"] and not self.whole_notebook:
                    break
        seconds = time.perf_counter() - started
        report = {"cell": own, "tests": results, "seconds": seconds}
        self._file(answer["label"]).write_text(json.dumps(report))

    def _file(self, label: str) -> Path:
        labels = [answer["label"] for answer in self.answers]
        return self.scratch / f"{labels.index(label)}.json"

    def _wait(self) -> None:
        child, status = os.wait()
        self.ended[self.children.pop(child)] = status

    def _results(self) -> dict[str, Any]:
        results = {}
        for label, status in self.ended.items():
            report = self._file(label)
            if report.exists() and status == 0:
                results[label] = json.loads(report.read_text())
            else:
                code = os.waitstatus_to_exitcode(status)
                results[label] = {"died": f"the process ended with {code}"}
        return results


def main() -> None:
    request = json.load(sys.stdin)
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False  # it would start a thread
    scratch = Path(request["scratch"])
    run = Run(
        cells=request["cells"],
        answers=request["answers"],
        whole_notebook=request["whole_notebook"],
        scratch=scratch,
        shell=InteractiveShell.instance(config=config),
    )
    results = run.execute()
    (scratch / "results.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main()
