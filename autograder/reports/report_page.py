"""The report as one HTML page: no script, nothing from elsewhere, ready to be printed.

Every text goes through `escape`: names, messages and reasons can be a learner's.
"""

import math
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from autograder.reports import report_plots as plots
from autograder.reports.graded import Graded
from autograder.reports.item_analysis import analyze_tasks, count_misconceptions
from autograder.reports.similarity import rank_pairs

MAX_ROWS = 200
MAX_CELL = 400  # characters

_CSS = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
       max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #bbb; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: 0.9em; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.6rem 0.25rem 0;
         border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums;
                       overflow-wrap: normal; white-space: nowrap; }
svg { max-width: 100%; height: auto; }
@media print { body { margin: 0; max-width: none; font-size: 11px; }
               h2, tr, svg { break-inside: avoid; } h2 { break-after: avoid; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(title: str, sections: Iterable[str]) -> str:
    """A whole page around sections that are HTML already."""
    body = "\n".join(sections)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_CSS}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def unit_sections(submissions: Sequence[Graded], stubs: dict[str, str]) -> list[str]:
    """The sections about one unit."""
    graded = [s for s in submissions if not s.error]
    failed = [s for s in submissions if s.error]
    return [
        _scores(graded),
        _tasks(graded),
        _misconceptions(submissions),
        _resources(graded),
        _failures(graded, failed),
        _likeness(graded, stubs),
    ]


def section(title: str, *parts: str) -> str:
    return "\n".join([f"<section><h2>{escape(title)}</h2>", *parts, "</section>"])


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table; numbers are aligned to the right, long texts and tables are cut."""
    lines = ["<table><thead><tr>"]
    for name, value in zip(head, rows[0] if rows else [""] * len(head), strict=True):
        kind = ' class="number"' if isinstance(value, int | float) else ""
        lines.append(f"<th{kind}>{escape(name)}</th>")
    lines.append("</tr></thead><tbody>")
    for row in rows[:MAX_ROWS]:
        lines += ["<tr>", *(_cell(value) for value in row), "</tr>"]
    lines.append("</tbody></table>")
    if len(rows) > MAX_ROWS:
        lines.append(f"<p>{len(rows) - MAX_ROWS} more are not listed.</p>")
    return "".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        shown = "–" if math.isnan(value) else f"{value:.3g}"
        return f'<td class="number">{shown}</td>'
    text = str(value)
    cut = text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
    return f"<td>{escape(cut)}</td>"


def _scores(graded: Sequence[Graded]) -> str:
    title = "Scores"
    if not graded:
        return section(title, "<p>Nothing has been graded.</p>")
    scores = [s.score for s in graded]
    points = max(s.points for s in graded)
    quartiles = np.percentile(scores, [25, 50, 75])
    facts = (
        f"<p>{len(graded)} submissions, {points:g} points. Mean {np.mean(scores):.3g}, "
        f"median {quartiles[1]:.3g}, middle half {quartiles[0]:.3g} to "
        f"{quartiles[2]:.3g}.</p>"
    )
    versions = {s.version for s in graded if s.version}
    if len(versions) > 1:
        facts += f"<p>{len(versions)} versions of the exercise were handed in.</p>"
    return section(title, facts, plots.score_plot(scores, points))


def _tasks(graded: Sequence[Graded]) -> str:
    title = "Tasks"
    tasks = analyze_tasks(graded)
    if not tasks:
        return section(title, "<p>No task has points.</p>")
    rows = [(t.name, t.points, t.difficulty, t.discrimination) for t in tasks]
    head = ("task", "points", "mean share", "discrimination")
    note = (
        "<p>Discrimination is the correlation of a task with the score on the others; "
        "below 0.1 the task says little about a learner, or its test is wrong.</p>"
    )
    return section(title, plots.task_plot(tasks), table(head, rows), note)


def _misconceptions(submissions: Sequence[Graded]) -> str:
    title = "Misconceptions"
    found = count_misconceptions(submissions)
    if not found:
        return section(title, "<p>No check has recognized one.</p>")
    rows = [
        (str(number), count, task, f"{name}")
        for number, (task, name, count) in enumerate(found, start=1)
    ]
    counts = [count for _, _, count in found[:20]]
    head = ("number", "submissions", "task", "what comes out when …")
    return section(title, plots.count_plot(counts), table(head, rows))


def _resources(graded: Sequence[Graded]) -> str:
    title = "Time and memory"
    timed = [s for s in graded if not math.isnan(s.wall_s)]
    if not timed:
        return section(title, "<p>Measured by <code>course grade</code> only.</p>")
    slowest = sorted(timed, key=lambda s: -s.wall_s)[:5]
    rows = [(s.student, s.wall_s, s.cpu_s, s.peak_mb) for s in slowest]
    return section(
        title,
        plots.resource_plot([s.wall_s for s in timed], [s.peak_mb for s in timed]),
        table(("slowest", "seconds", "CPU seconds", "peak MB"), rows),
    )


def _failures(graded: Sequence[Graded], failed: Sequence[Graded]) -> str:
    parts = [plots.failure_plot(len(graded), len(failed))]
    if failed:
        rows = [(s.student, s.error) for s in failed]
        parts.append(table(("student", "reason"), rows))
    return section("Failures", *parts)


def _likeness(graded: Sequence[Graded], stubs: dict[str, str]) -> str:
    title = "Similar submissions"
    answers = {s.student: s.answers for s in graded if s.answers}
    pairs, likeness = rank_pairs(answers, stubs)
    if not len(likeness):
        return section(title, "<p>There are no two submissions to compare.</p>")
    rows = [
        (p.first, p.second, p.likeness, p.excess, "yes" if p.stands_out else "no")
        for p in pairs
    ]
    head = ("student", "student", "likeness", "above the usual", "stands out")
    note = (
        "<p>Names, comments and layout do not count. A pair stands out if it exceeds "
        "what is usual in this class by far. This is a reason to look, not a proof.</p>"
    )
    plot = plots.likeness_plot(likeness, [p.likeness for p in pairs])
    listed = table(head, rows) if rows else "<p>No pair exceeds what is usual.</p>"
    return section(title, plot, listed, note)
