"""Numbers about a graded unit: how hard and how telling each task was, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from autograder.reports.graded import Graded
from autograder.reports.hidden_tests import MISCONCEPTION


@dataclass(frozen=True)
class Task:
    """One graded cell over the whole class.

    Attributes:
        difficulty: mean share of the points, 0 (nobody) to 1 (everybody).
        discrimination: correlation with the score on the other tasks (F. Lord and
            M. Novick 1968), nan where one of both does not vary.
    """

    name: str
    points: float
    difficulty: float
    discrimination: float


def analyze_tasks(submissions: Sequence[Graded]) -> list[Task]:
    """One entry a task, in the order of the notebook; tasks without points are left."""
    points = {
        name: most
        for submission in submissions
        for name, (_, most) in submission.tasks.items()
        if most > 0
    }
    if not points:
        return []
    names = list(points)
    scores = np.array(  # (students, tasks)
        [[s.tasks.get(name, (0.0, 0.0))[0] for name in names] for s in submissions]
    )
    totals = scores.sum(axis=1)
    return [
        Task(
            name=name,
            points=points[name],
            difficulty=float(scores[:, k].mean() / points[name]),
            discrimination=_correlation(scores[:, k], totals - scores[:, k]),
        )
        for k, name in enumerate(names)
    ]


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    if len(a) < 3 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def count_misconceptions(submissions: Sequence[Graded]) -> list[tuple[str, str, int]]:
    """Task, misconception and how many submissions show it; the most common first."""
    found: Counter[tuple[str, str]] = Counter()
    for submission in submissions:
        for task, message in submission.messages.items():
            for name in {
                line.strip().removeprefix(MISCONCEPTION).rstrip(".")[:300]
                for line in message.splitlines()
                if line.strip().startswith(MISCONCEPTION)
            }:
                found[task, name] += 1
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [(task, name, count) for (task, name), count in ranked]
