"""The command `course`: a table of subcommands, each a module of its own.

A command module defines `add_arguments(parser)` and `run(options) -> int`. Only the
module of the command that was asked for is imported, so that `course --help` is
immediate and `course check` does not wait for what only grading needs.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.course import CourseError

GRADED, INCOMPLETE, USAGE = 0, 1, 2
UNIX_ALONE = ("fcntl", "resource")  # modules that Python has on no Windows
NOT_HERE = (
    "this command runs learners' code and needs Linux; on Windows use it in the "
    "container image or in WSL (docs/other-systems.md)"
)


@dataclass(frozen=True)
class Command:
    name: str
    module: str
    help: str


COMMANDS = (
    Command(
        "lab", "learner.workspace", "fill work/ with your copies and open JupyterLab"
    ),
    Command(
        "check",
        "learner.check",
        "run the visible tests of your notebook, a line a task",
    ),
    Command(
        "release",
        "authoring.release",
        "regenerate exercises/ from solutions/, or check it",
    ),
    Command("format", "authoring.canonical", "write notebooks in the canonical form"),
    Command(
        "submit", "learner.submit", "pack your notebooks of a unit into a ZIP file"
    ),
    Command(
        "collect",
        "collecting.intake",
        "take in what learners sent, checked and repaired",
    ),
    Command("feedback", "reports.feedback", "write each learner's feedback page"),
    Command(
        "units", "authoring.catalog", "list the units with minutes, tasks and points"
    ),
    Command("grade", "batch.grade", "grade what learners handed in"),
    Command("report", "reports.report", "one page about a graded unit or the course"),
    Command("export", "reports.export", "write the grades: CSV, Canvas or Moodle"),
    Command(
        "doctor", "batch.doctor", "what is installed, what is missing, how to get it"
    ),
    Command("site", "website.site", "build the web site from the executed lectures"),
    Command("bundle", "authoring.bundle", "make the archive that a class may see"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; the exit status is 0, 1 (something failed) or 2 (usage)."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    parser = argparse.ArgumentParser(
        prog="course", description="Release, check and grade course notebooks."
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    asked_for = next((word for word in arguments if not word.startswith("-")), None)
    modules = {}
    for command in COMMANDS:
        subparser = subparsers.add_parser(
            command.name,
            help=command.help,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if command.name == asked_for:
            try:
                module = importlib.import_module(f"autograder.{command.module}")
            except ModuleNotFoundError as problem:
                if problem.name not in UNIX_ALONE:
                    raise
                print(f"course {command.name}: {NOT_HERE}", file=sys.stderr)
                return INCOMPLETE
            subparser.description = module.__doc__
            module.add_arguments(subparser)
            modules[command.name] = module
    options = parser.parse_args(arguments)
    try:
        return int(modules[options.command].run(options))
    except CourseError as problem:
        print(f"course {options.command}: {problem}", file=sys.stderr)
        return INCOMPLETE


if __name__ == "__main__":
    sys.exit(main())
