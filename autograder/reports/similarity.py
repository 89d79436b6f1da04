"""Finds pairs of submissions whose answers are more alike than the class explains.

Answers are compared as streams of tokens: names are all alike, comments and layout do
not count, and lines of the stub are left out. Short tasks have one natural answer, so a
pair's likeness counts only as far as it exceeds what is usual for that task in this
class. The result is a ranking for a person to look into, never a verdict.
"""

import io
import keyword
import re
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

MIN_TOKENS = 8  # shorter answers say nothing
MAX_TOKENS = 4_000  # of one answer
_WORD = re.compile(r"\w+|[^\w\s]")
_IGNORED = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}

Answers = Mapping[str, Mapping[str, str]]  # student → task → source


@dataclass(frozen=True)
class Pair:
    """Two students; likeness in [0, 1], excess over the class's usual likeness."""

    first: str
    second: str
    likeness: float
    excess: float
    stands_out: bool


def tokens(source: str, stub: str = "") -> list[str]:
    """The normalized tokens of an answer, without the lines that the stub has."""
    given = {line.strip() for line in stub.splitlines()}
    kept = [line for line in source.splitlines() if line.strip() not in given]
    text = "\n".join(kept) + "\n"
    try:
        stream = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return [_normal(word) for word in _WORD.findall(text)][:MAX_TOKENS]
    found = [
        _normal(token.string) if token.type == tokenize.NAME else token.string
        for token in stream
        if token.type not in _IGNORED
    ]
    return [token.strip() for token in found][:MAX_TOKENS]


def _normal(word: str) -> str:
    is_name = word.isidentifier() and not keyword.iskeyword(word)
    return "name" if is_name else word


def rank_pairs(
    answers: Answers, stubs: Mapping[str, str], most: int = 10
) -> tuple[list[Pair], np.ndarray]:
    """The most suspicious pairs, first the worst, and the likeness of every pair.

    Returns:
        at most `most` pairs, and an array (n (n - 1) / 2,) of likeness for a plot.
    """
    students = sorted(answers)
    if len(students) < 2:
        return [], np.zeros(0)
    likeness, excess = _compare(students, answers, stubs)
    rows, columns = np.triu_indices(len(students), k=1)
    likeness, excess = likeness[rows, columns], excess[rows, columns]
    order = np.argsort(-excess, kind="stable")[:most]
    fence = _far_out(excess)
    pairs = [
        Pair(
            students[rows[k]],
            students[columns[k]],
            float(likeness[k]),
            float(excess[k]),
            bool(excess[k] > fence),
        )
        for k in order
        if excess[k] > 0
    ]
    return pairs, likeness


def _compare(
    students: list[str], answers: Answers, stubs: Mapping[str, str]
) -> tuple[np.ndarray, np.ndarray]:
    """Likeness and excess of each pair, averaged over tasks by length; both (n, n)."""
    n = len(students)
    likeness, excess, weight = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    for task, stub in stubs.items():
        streams = [tokens(answers[s].get(task, ""), stub) for s in students]
        lengths = np.array([len(stream) for stream in streams])  # (n,)
        said = lengths >= MIN_TOKENS
        both = np.outer(said, said) & ~np.eye(n, dtype=bool)  # (n, n)
        if not both.any():
            continue
        texts = _as_characters(streams)
        alike = cdist(texts, texts, scorer=Indel.normalized_similarity)  # (n, n)
        share = np.where(both, np.minimum.outer(lengths, lengths), 0)
        likeness += share * alike
        excess += share * (alike - np.median(alike[both]))
        weight += share
    safe = np.maximum(weight, 1)
    return likeness / safe, excess / safe


def _as_characters(streams: list[list[str]]) -> list[str]:
    """Each stream as a string with one character for each kind of token."""
    numbers: dict[str, int] = {}
    return [
        "".join(chr(0x100 + numbers.setdefault(t, len(numbers)) % 0xD000) for t in s)
        for s in streams
    ]


def _far_out(values: np.ndarray) -> float:
    """Beyond this a value is far outside the bulk (J. Tukey 1977: three quartiles)."""
    low, high = np.percentile(values, [25, 75])
    return float(high + 3 * (high - low))
