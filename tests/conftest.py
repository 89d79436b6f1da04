"""Options of the suite, and the tables of times that it prints at the end."""

import json
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parents[1]
SECONDS_FILE = ROOT / "build" / "notebook_seconds.json"
PARTS = {
    "tests/notebooks/test_lectures.py": "executing lectures",
    "tests/notebooks/test_solutions.py": "executing solutions",
    "tests/grading/": "corpora",
    "tests/autograder/": "grader",
    "tests/browser/": "browser",
    "": "rest",
}

# Where a machine lacks a part, only what needs it is left out, and it says so.
NEEDS = {
    "tests/autograder/grader/": ("bwrap", "bubblewrap"),
    "tests/browser/": ("chromium", "chromium"),
}

# Of the two processes of `make test`, one gets all of the corpora, since their classes
# are graded once, and the other whatever executes lectures or shows them.
STAY_TOGETHER = {
    "tests/grading/": "corpora",
    "tests/notebooks/": "lectures",
    "tests/browser/": "lectures",
}

part_seconds: dict[str, float] = defaultdict(float)
notebook_seconds: dict[str, float] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--stress",
        action="store_true",
        help="run everything that is long: the whole of what a normal run samples",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "stress: runs only with --stress")


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what is marked `stress`, unless asked for, and what cannot run here."""
    for start, (program, package) in NEEDS.items():
        if shutil.which(program) is None:
            reason = f"needs {program}: apt-get install {package}"
            for item in items:
                if item.nodeid.startswith(start):
                    item.add_marker(pytest.mark.skip(reason=reason))
    # The browser looks at pages that are built from the lectures executed here.
    items.sort(key=lambda item: not item.nodeid.startswith("tests/notebooks/"))
    if config.getoption("--stress"):
        return
    long = [item for item in items if item.get_closest_marker("stress")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


class ByPart(LoadScopeScheduling):
    """Keeps together what shares long work; other files go where there is time."""

    def _split_scope(self, nodeid: str) -> str:
        for start, part in STAY_TOGETHER.items():
            if nodeid.startswith(start):
                return part
        return str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByPart:
    return ByPart(config, log)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    part = next(PARTS[start] for start in PARTS if report.nodeid.startswith(start))
    part_seconds[part] += report.duration
    notebook_seconds.update(report.user_properties)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The seconds of each notebook and of each part of the suite."""
    write = terminalreporter.write_line
    if notebook_seconds:
        terminalreporter.section("seconds per notebook")
        for name, seconds in notebook_seconds.items():
            write(f"{seconds:7.1f}  {name}")
        store(SECONDS_FILE, notebook_seconds)
    if part_seconds:
        terminalreporter.section("seconds per part")
        for part in dict.fromkeys(PARTS.values()):
            if part in part_seconds:
                write(f"{part_seconds[part]:7.1f}  {part}")
        write(f"{sum(part_seconds.values()):7.1f}  together")


def store(path: Path, seconds: dict[str, float]) -> None:
    """Add these figures to the file; those of notebooks that did not run stay."""
    known = json.loads(path.read_text()) if path.is_file() else {}
    rounded = {name: round(value, 1) for name, value in seconds.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**known, **rounded}, indent=1, sort_keys=True)
    path.write_text(f"{text}\n")
