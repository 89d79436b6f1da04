"""Arguments that a call changes in place, and generators that both sides share.

A learner's function gets copies of the judge's arguments. Afterwards its process looks
which of them changed and sends those back; the judge writes them into the originals,
so that a test sees what it would see in one process.
"""

import random
from typing import Any

import numpy as np
import torch

from autograder.judging.encode import Encoder
from autograder.judging.wire import SCALARS, Node

Changes = list[tuple[int, Any]]


def fingerprint(value: Any) -> Any:
    """What `is_changed` compares: content for arrays, identity for what is inside a
    container, and the plain attributes of an object."""
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str, value.tobytes()
    if isinstance(value, torch.Tensor):
        data = value.detach().cpu().contiguous().reshape(-1).view(torch.uint8)
        gradient = None if value.grad is None else fingerprint(value.grad)
        return tuple(value.shape), str(value.dtype), data.numpy().tobytes(), gradient
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, list | set):
        return list(value)
    if isinstance(value, np.random.Generator):
        return (repr(value.bit_generator.state),)
    if isinstance(value, torch.Generator):
        return (value.get_state().numpy().tobytes(),)
    return tuple(sorted(plain_attributes(value).items(), key=lambda pair: pair[0]))


def is_changed(before: Any, value: Any) -> bool:
    """Whether a value differs from its fingerprint; never asks the value itself."""
    after = fingerprint(value)
    if isinstance(before, list):
        return len(before) != len(after) or any(
            old is not new for old, new in zip(before, after, strict=True)
        )
    return bool(before != after)


def plain_attributes(value: Any) -> dict[str, Any]:
    """The attributes of an object that are numbers, strings, truth values or None."""
    attributes = getattr(value, "__dict__", {})
    return {name: item for name, item in attributes.items() if type(item) in SCALARS}


def encode_changes(encoder: Encoder, objects: list[Any], before: list[Any]) -> Node:
    """The new content of each object that differs from its fingerprint."""
    changed = []
    for number, (value, old) in enumerate(zip(objects, before, strict=True)):
        if is_changed(old, value):
            attributes = not isinstance(value, list | set | dict | _CONTENT)
            new = plain_attributes(value) if attributes else value
            changed.append([number, encoder.content(new)])
    return changed


def apply_change(target: Any, new: Any) -> None:
    """Give `target` the content of `new`, if it is of the same sort."""
    if isinstance(target, torch.Tensor) and isinstance(new, torch.Tensor):
        with torch.no_grad():
            if target.shape == new.shape and target.dtype == new.dtype:
                target.copy_(new)
            else:
                target.data = new.data
        if target.is_leaf and target.requires_grad:
            target.grad = new.grad
    elif isinstance(target, np.ndarray) and isinstance(new, np.ndarray):
        if target.shape == new.shape and target.flags.writeable:
            target[...] = new
    elif isinstance(target, list) and isinstance(new, list):
        target[:] = new
    elif isinstance(target, dict | set) and isinstance(new, type(target)):
        target.clear()
        target.update(new)
    elif isinstance(target, np.random.Generator):
        _set_generator(target, new)
    elif isinstance(target, torch.Generator) and isinstance(new, torch.Generator):
        target.set_state(new.get_state())
    elif isinstance(new, dict):
        known = plain_attributes(target)
        vars(target).update({name: new[name] for name in new if name in known})


def _set_generator(target: np.random.Generator, new: Any) -> None:
    """Advance a generator; another stream than its own is refused."""
    if isinstance(new, np.random.Generator):
        state, current = new.bit_generator.state, target.bit_generator.state
        if state["state"]["inc"] == current["state"]["inc"]:
            target.bit_generator.state = state


class Seeds:
    """Carries the judge's seeding of the global generators to the learner's process.

    After its states were sent, the judge draws one number from each: equal states then
    mean that nothing was drawn, and seeding anew, even with the same seed, shows.
    """

    def __init__(self) -> None:
        self.last = self._states()

    @staticmethod
    def _states() -> list[Any]:
        return [
            random.getstate(),
            repr(np.random.get_state(legacy=False)),
            torch.get_rng_state().numpy().tobytes(),
        ]

    def take_changed(self) -> list[Any] | None:
        """The states to send, or None if the judge has neither seeded nor drawn."""
        if self._states() == self.last:
            return None
        states = [
            random.getstate(),
            np.random.get_state(legacy=True),
            torch.get_rng_state(),
        ]
        random.random()
        np.random.random()
        torch.rand(1)
        self.last = self._states()
        return states


def set_states(states: list[Any]) -> None:
    """Take over the states of the global generators that the judge sent."""
    random.setstate(states[0])
    np.random.set_state(states[1])
    torch.set_rng_state(states[2])


_CONTENT = np.ndarray | torch.Tensor | np.random.Generator | torch.Generator
