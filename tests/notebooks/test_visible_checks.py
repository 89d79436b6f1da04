"""What learners see of a test holds values, not the code that computes them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from autograder.authoring.cell_ids import nbgrader_metadata
from autograder.notebook import read_notebook

from .stored import EXERCISES, each

CHECKS = ("check_close", "check_function")


@each(EXERCISES)
def test_visible_checks_hold_no_code_of_answers(path: Path) -> None:
    found = [
        f"{cell.id}: {name}"
        for cell in read_notebook(path).cells
        if nbgrader_metadata(cell).get("grade") and cell.cell_type == "code"
        for name in computed(ast.parse(cell.source))
    ]
    assert not found, "compute these in the hidden part, and ask for `known_values`"


def computed(test: ast.Module) -> Iterator[str]:
    """What checks compare with, if a function of this test computes it."""
    defined: dict[str, list[ast.stmt]] = {}
    for statement in test.body:
        for name in defined_names(statement):
            defined.setdefault(name, []).append(statement)
    for call in ast.walk(test):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in CHECKS:
            compared = [word.value for word in call.keywords if word.arg == "mistakes"]
            compared += [arg for arg in call.args[1:2] if isinstance(arg, ast.Name)]
            for expression in compared:
                if holds_code(expression, defined):
                    yield ast.unparse(expression)


def defined_names(statement: ast.stmt) -> set[str]:
    """The names that a statement at the top of a cell gives a value."""
    if isinstance(statement, ast.FunctionDef):
        return {statement.name}
    if isinstance(statement, ast.Assign):
        nodes = (node for target in statement.targets for node in ast.walk(target))
        return {node.id for node in nodes if isinstance(node, ast.Name)}
    return set()


def holds_code(node: ast.AST, defined: dict[str, list[ast.stmt]]) -> bool:
    """Whether a function is defined in an expression or in what it refers to."""
    waiting, seen = [node], set()
    while waiting:
        for part in ast.walk(waiting.pop()):
            if isinstance(part, ast.Lambda | ast.FunctionDef):
                return True
            if isinstance(part, ast.Name) and part.id not in seen:
                seen.add(part.id)
                waiting += defined.get(part.id, [])
    return False


def test_code_of_answers_is_noticed() -> None:
    safe = "known = known_values('t')\ncheck_close(a(1), 2, mistakes=known)"
    assert not list(computed(ast.parse(safe)))
    for source in (
        "check_function(f, 1, [x], mistakes={'it is doubled': lambda x: 2 * x})",
        "def g(x):\n  return 2 * x\nm = {'doubled': g}\ncheck_close(a, 1, mistakes=m)",
        "def g(x):\n  return x\ncheck_function(f, g, [1], name='f')",
    ):
        assert list(computed(ast.parse(source)))
