"""Reads scores and messages out of executed notebooks."""

from typing import Any

from nbformat import NotebookNode
from nbgrader import utils

from autograder.batch.results import FAILED, Result
from autograder.batch.schedule import Done

LONGEST_MESSAGE = 1000

Scores = dict[str, dict[str, Any]]


def summarize(done: Done, unit: str, scores: Scores | None) -> Result:
    """The result of a submission that has run, or could not.

    Args:
        done: the submission.
        unit: the name of its unit.
        scores: the gradebook's, which count manual grading; None to read them off the
            notebooks instead.
    """
    work = done.work
    result = Result(work.student, unit, exercise_version=work.version)
    if done.error:
        result.status, result.error = FAILED, done.error
        return result
    result.digest = work.digest
    for outcome in done.outcomes.values():
        result.wall_s = round(result.wall_s + outcome.wall_s, 3)
        result.cpu_s = round(result.cpu_s + outcome.cpu_s, 3)
        result.peak_mb = round(max(result.peak_mb, outcome.peak_mb), 1)
        for cell in outcome.notebook.cells:
            if utils.is_grade(cell):
                name = cell.metadata.nbgrader["grade_id"]
                known = automatic_score(cell) if scores is None else scores[name]
                result.tasks[name] = {**known, "message": message(cell)}
    result.score = sum(task["score"] for task in result.tasks.values())
    result.max_score = sum(task["max_score"] for task in result.tasks.values())
    return result


def automatic_score(cell: NotebookNode) -> dict[str, float]:
    """What nbgrader will give for a cell that has run; 0 awaits manual grading."""
    score, most = utils.determine_grade(cell)
    return {"score": float(score or 0), "max_score": float(most)}


def message(cell: NotebookNode) -> str:
    """What the first error of a cell says, else nothing."""
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            name, text = output.ename, output.evalue
            whole = text if name == "CheckFailed" else f"{name}: {text}"
            return str(whole)[:LONGEST_MESSAGE]
    return ""
