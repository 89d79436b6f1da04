"""Reads a corpus: wrong and right answers to one task, each of them named.

A corpus is a Python file in the percent format. Every answer starts with a marker that
says what it is; a wrong one may say which words the failing check must use:

    # %% wrong: the bias is left out
    # message: bias is left out
    def predict(X, theta):
        return X @ theta[1:]
    # %% right: einsum instead of a matrix product
    def predict(X, theta):
        return theta[0] + np.einsum("nd,d->n", X, theta[1:])
"""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

_MARKER = re.compile(r"# %% (?P<kind>\S+?): *(?P<name>.+)")
_MESSAGE = re.compile(r"# message: *(?P<words>.+)")


class CorpusError(Exception):
    """A corpus breaks a rule; the text names file and answer."""


@dataclass(frozen=True)
class Answer:
    """One answer to the answer cell of one task.

    `message` holds words that the failing check must say, or is empty.
    """

    unit: str
    task: str
    is_right: bool
    name: str
    message: str
    source: str

    @property
    def label(self) -> str:
        """What a failure is called by: unit, task and answer."""
        kind = "right" if self.is_right else "wrong"
        return f"{self.unit}/{self.task}: {kind}: {self.name}"


def corpora(folder: Path, unit: str) -> dict[str, Path]:
    """Task → file; the corpus of the task `least-squares` is `least_squares.py`."""
    return {
        path.stem.replace("_", "-"): path
        for path in sorted((folder / unit).glob("*.py"))
    }


def read_corpus(path: Path) -> list[Answer]:
    """The answers of one file, in its order.

    Raises:
        CorpusError: there is text before the first marker, an unknown kind of answer,
            an answer that is not Python, or the same name or code twice.
    """
    answers: list[Answer] = []
    head, lines = None, []
    for line in [*path.read_text(encoding="utf-8").splitlines(), "# %% end: of file"]:
        if not (marker := _MARKER.fullmatch(line.rstrip())):
            lines.append(line)
            continue
        if head:
            answers.append(_make_answer(path, head["kind"], head["name"], lines))
        elif any(line.strip() and not line.startswith("#") for line in lines):
            raise CorpusError(f"{path.name}: code stands before the first marker")
        head, lines = marker, []
    _require_different(path, answers)
    return answers


def _make_answer(path: Path, kind: str, name: str, lines: list[str]) -> Answer:
    where = f"{path.parent.name}/{path.name}: {kind}: {name}"
    if kind not in ("wrong", "right"):
        raise CorpusError(f"{where}: an answer is `wrong` or `right`")
    messages = [found["words"] for line in lines if (found := _MESSAGE.match(line))]
    if len(messages) > 1 or (messages and kind == "right"):
        raise CorpusError(f"{where}: one message for a wrong answer, none for a right")
    source = "\n".join(line for line in lines if not _MESSAGE.match(line)).strip()
    try:
        tree = ast.parse(source)
    except SyntaxError as problem:
        raise CorpusError(f"{where}: not Python: {problem}") from None
    if not tree.body:
        raise CorpusError(f"{where}: there is no code")
    return Answer(
        unit=path.parent.name,
        task=path.stem.replace("_", "-"),
        is_right=kind == "right",
        name=name.strip(),
        message=messages[0].strip() if messages else "",
        source=source,
    )


def _require_different(path: Path, answers: list[Answer]) -> None:
    names: set[str] = set()
    codes: dict[str, str] = {}
    for answer in answers:
        code = _without_docstrings(answer.source)
        if answer.name in names:
            raise CorpusError(f"{path}: two answers are called {answer.name!r}")
        if code in codes:
            raise CorpusError(
                f"{path}: {codes[code]!r} and {answer.name!r} are the same code"
            )
        names.add(answer.name)
        codes[code] = answer.name


def _without_docstrings(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)
