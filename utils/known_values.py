"""What a test compares with, as values that are stored beside an exercise.

A function that computes what a misconception gives is a solution with one mistake, a
reference function is one without. So both stay in the hidden part of a test, and the
learner's copy of the check gets their values from `known_values.json`: enough to check
an answer and to name a misconception, not enough to copy from. `course release` writes
the file while it runs the solution.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from utils.comparison import CheckFailed, agree, as_array

FILE = "known_values.json"
MOST_ENTRIES = 32  # of what a misconception computes so many are stored, evenly spaced
DIGITS = 9

Stored = dict[str, Any]  # one array: {dtype, shape, entries}
# By the names of checks: {right: the results, mistakes: {sentence: values}}
Calls = dict[str, dict[str, Any]]


class KnownValues:
    """The right values of one test, and those of misconceptions."""

    def __init__(self, calls: Mapping[str, dict[str, Any]]) -> None:
        self.calls = calls

    def right(self, name: str) -> Any:
        """What is right in the check of this name; a tuple for several results.

        Raises:
            CheckFailed: it is not stored.
        """
        results = self.calls.get(name, {}).get("right")
        if results is None:
            raise CheckFailed(
                f"{name} cannot be checked here: {FILE} is not beside this notebook. "
                "Open the exercise with `make lab`, or copy that file as well."
            )
        arrays = [_load(result) for result in results]
        return arrays[0] if len(arrays) == 1 else tuple(arrays)

    def recognize(
        self, name: str, got: np.ndarray, rtol: float, atol: float
    ) -> str | None:
        """The sentence of the misconception that computes `got`, if one does."""
        for sentence, values in self.calls.get(name, {}).get("mistakes", {}).items():
            for value in values:
                places = _places(got.size)
                is_shape = list(got.shape) == value["shape"]
                if is_shape and agree(got.ravel()[places], _flat(value), rtol, atol):
                    return str(sentence)
        return None


class Recorder:
    """Collects values while a solution runs; `start` and `finish` enclose the run."""

    def __init__(self) -> None:
        self.tests: dict[str, Calls] = {}
        self.test: str | None = None
        self.is_on = False

    def start(self) -> None:
        """From now on, checks are recorded under the test that they belong to."""
        self.tests, self.test, self.is_on = {}, None, True

    def begin(self, test: str) -> None:
        """A test asks for its known values: the checks that follow are its own."""
        self.test = test if self.is_on else None

    def end(self) -> None:
        """The visible part is over; what the hidden part checks is not stored."""
        self.test = None

    def add_right(self, name: str, results: Iterable[Any]) -> None:
        """The right results of the check called `name`.

        Raises:
            ValueError: another check of this test has the same name and other values.
        """
        if self.test is None:
            return
        stored = [_store(as_array(result)) for result in results]
        if self._call(name).setdefault("right", stored) != stored:
            raise ValueError(f"{self.test}: two checks are called {name!r}")

    def add_mistake(self, name: str, sentence: str, wrong: np.ndarray) -> None:
        """One misconception's value in the check called `name`."""
        if self.test is None:
            return
        mistakes = self._call(name).setdefault("mistakes", {})
        stored = _store(wrong, _places(wrong.size))
        if stored not in mistakes.setdefault(sentence, []):
            mistakes[sentence].append(stored)

    def finish(self) -> dict[str, Calls]:
        """Stop; what was recorded, by the names of tests."""
        self.is_on, self.test = False, None
        return self.tests

    def _call(self, name: str) -> dict[str, Any]:
        return self.tests.setdefault(str(self.test), {}).setdefault(name, {})


recorder = Recorder()


def known_values(test: str) -> KnownValues:
    """The stored values of this test; none where the file is missing.

    Args:
        test: the grade_id of the test cell.
    """
    recorder.begin(test)
    path = Path(FILE)
    stored = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return KnownValues(stored.get("tests", {}).get(test, {}))


def _store(array: np.ndarray, places: list[int] | None = None) -> Stored:
    """An array, or its entries at these places of the flat array, as JSON."""
    entries = array.ravel() if places is None else array.ravel()[places]
    if array.dtype.kind == "c":
        entries = np.stack([entries.real, entries.imag], axis=-1).ravel()
    listed = entries.tolist()
    if entries.dtype.kind == "f":
        listed = [float(f"{number:.{DIGITS}g}") for number in listed]
    return {"dtype": str(array.dtype), "shape": list(array.shape), "entries": listed}


def _load(stored: Stored) -> np.ndarray:
    return _flat(stored).reshape(stored["shape"])


def _flat(stored: Stored) -> np.ndarray:
    """The stored entries in their type."""
    entries = np.array(stored["entries"])
    if stored["dtype"].startswith("complex"):
        entries = entries[::2] + 1j * entries[1::2]
    return entries.astype(stored["dtype"])


def _places(size: int) -> list[int]:
    """Which entries of a flat array are stored for a misconception."""
    return [int(k) for k in np.linspace(0, size - 1, min(size, MOST_ENTRIES))]
