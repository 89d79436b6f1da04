"""Controls of an explorer, described once in Python and built in the browser."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

State = dict[str, Any]


@dataclass(frozen=True)
class Control:
    """What every control has.

    Args:
        name: key of its value in the explorer's state.
        label: what the learner reads beside it.
        when: the control is shown only while the state has these values.
    """

    name: str
    label: str
    when: Mapping[str, Any] = field(default_factory=dict, kw_only=True)

    def accepts(self, value: Any) -> bool:
        """Whether the control can show this value."""
        raise NotImplementedError

    def describe(self) -> State:
        """The control as the browser gets it."""
        return {"kind": type(self).__name__.lower()} | asdict(self)


@dataclass(frozen=True)
class Slider(Control):
    """A number: a range input with a number box beside it.

    Args:
        low, high: smallest and largest value.
        step: distance between two values.
        log: move by a constant factor instead of a constant distance.
        plays: the slider is time; it gets the buttons play, step and back.
        per_second: steps a second while playing.
    """

    low: float
    high: float
    step: float = 1.0
    log: bool = False
    plays: bool = False
    per_second: float = 8.0

    def accepts(self, value: Any) -> bool:
        """Whether the value is a number between `low` and `high`."""
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and self.low <= value <= self.high


@dataclass(frozen=True)
class Choice(Control):
    """One of a few words: buttons side by side, or a list if there are many."""

    options: tuple[str, ...]

    def accepts(self, value: Any) -> bool:
        """Whether the value is one of the options."""
        return value in self.options


@dataclass(frozen=True)
class Check(Control):
    """Yes or no: a check box."""

    def accepts(self, value: Any) -> bool:
        """Whether the value is True or False."""
        return isinstance(value, bool)
