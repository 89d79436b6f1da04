"""Which names a notebook's cells define, and which ones a test needs."""

import ast
import inspect
import types
from collections.abc import Iterable
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
_MAGICS = TransformerManager()  # type: ignore[no-untyped-call]
COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def parse(source: str) -> ast.Module | None:
    """The syntax tree of a cell, magics included; None if it has no valid syntax."""
    try:
        return ast.parse(_MAGICS.transform_cell(source))
    except (SyntaxError, ValueError):
        return None


def defined_names(source: str) -> set[str]:
    """The global names that a cell gives a value, other than by importing."""
    tree = parse(source)
    names: set[str] = set()
    if tree is not None:
        _collect(tree, names)
    return names


def _collect(node: ast.AST, names: set[str]) -> None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(child.name)
        if isinstance(child, SCOPES):
            for inner in ast.walk(child):
                if isinstance(inner, ast.Global):
                    names.update(inner.names)
            continue
        if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            names.add(child.id)
        if isinstance(child, ast.ExceptHandler | ast.MatchAs) and child.name:
            names.add(child.name)
        if isinstance(child, COMPREHENSIONS):
            walrus = (n for n in ast.walk(child) if isinstance(n, ast.NamedExpr))
            names.update(found.target.id for found in walrus)
            continue
        _collect(child, names)


def imports(source: str) -> str:
    """The import statements at the top level of a cell, as a program."""
    tree = parse(source)
    if tree is None:
        return ""
    kept = [s for s in tree.body if isinstance(s, ast.Import | ast.ImportFrom)]
    return "\n".join(ast.unparse(statement) for statement in kept)


def imported_modules(sources: Iterable[str]) -> list[str]:
    """The modules that cells import at their top level, sorted."""
    found: set[str] = set()
    for source in sources:
        tree = parse(source)
        for statement in tree.body if tree is not None else ():
            if isinstance(statement, ast.Import):
                found.update(alias.name for alias in statement.names)
            elif isinstance(statement, ast.ImportFrom) and statement.module:
                found.add(statement.module)
    return sorted(found)


def used_names(source: str, namespace: dict[str, Any]) -> set[str]:
    """The global names that a cell may look up, also through the functions it uses.

    Args:
        source: the cell.
        namespace: where it will run; functions found there are followed.
    """
    tree = parse(source)
    if tree is None:
        return set()
    waiting = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        value = namespace.get(name)
        for code in _codes(value, namespace):
            waiting.extend(_code_names(code))
    return found


def _codes(value: Any, namespace: dict[str, Any]) -> list[types.CodeType]:
    """The code of a function or class that was defined in this namespace."""
    if type(value) is types.FunctionType and value.__globals__ is namespace:
        return [inspect.unwrap(value).__code__]
    if type(value) is type and value.__module__ == "__main__":
        methods = vars(value).values()
        return [m.__code__ for m in methods if type(m) is types.FunctionType]
    return []


def _code_names(code: types.CodeType) -> set[str]:
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _code_names(constant)
    return names
