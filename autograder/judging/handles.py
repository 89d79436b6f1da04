"""What the judge holds in place of a learner's object.

A handle can be called, indexed, iterated, given attributes and used with arithmetic
operators; each of these happens in the learner's process. It refuses what would let
the learner's object decide a test: comparison, truth, membership and hashing.
"""

import operator
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, TypeVar

import torch

from autograder.judging.wire import NAMED_CLASSES, CannotCross

T = TypeVar("T")
BINARY = "add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift"
UNARY = "neg pos abs invert"
DISPLAY = ("_repr_", "_ipython_", "__")
SHOWN = ("__name__", "__doc__", "__qualname__")


class Handle:
    """One object of the learner's process."""

    __slots__ = ("_ask", "_kinds", "_name", "_number")
    __array_ufunc__ = None  # so that `array * handle` asks the handle
    _ask: Callable[..., Any]
    _number: int
    _kinds: list[str]
    _name: str

    def __init__(
        self, ask: Callable[..., Any], number: int, kinds: list[str], name: str
    ) -> None:
        for slot, value in zip(
            ("_ask", "_number", "_kinds", "_name"),
            (ask, number, kinds, name),
            strict=True,
        ):
            object.__setattr__(self, slot, value)

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        """What `isinstance` sees: a torch module is one, all else is a handle."""
        kinds = (NAMED_CLASSES.get(name) for name in self._kinds)
        modules = (k for k in kinds if k and issubclass(k, torch.nn.Module))
        return next(modules, Handle)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        __tracebackhide__ = True
        return self._ask("call", self, *arguments, **named)

    def __getattr__(self, name: str) -> Any:
        __tracebackhide__ = True
        if name == "__name__" and self._name:
            return self._name
        if name.startswith(DISPLAY) and name not in SHOWN:
            raise AttributeError(name)
        return self._ask("attribute", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._ask("set attribute", self, name, value)

    def __getitem__(self, key: Any) -> Any:
        return self._ask("getitem", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._ask("setitem", self, key, value)

    def __delitem__(self, key: Any) -> None:
        self._ask("delitem", self, key)

    def __iter__(self) -> Iterator[Any]:
        iterator = self._ask("iterate", self)
        while (step := self._ask("next", iterator)) is not None:
            yield _only(step)

    def __next__(self) -> Any:
        step = self._ask("next", self._ask("iterate", self))
        if step is None:
            raise StopIteration
        return _only(step)

    def __len__(self) -> int:
        return int(self._ask("len", self))

    def __float__(self) -> float:
        return _plain(self._ask("float", self), float)

    def __int__(self) -> int:
        return _plain(self._ask("int", self), int)

    def __complex__(self) -> complex:
        return _plain(self._ask("complex", self), complex)

    def __str__(self) -> str:
        return _plain(self._ask("str", self), str)

    def __format__(self, form: str) -> str:
        return format(str(self), form)

    def __repr__(self) -> str:
        return f"<an object of type {self._type()}>"

    def __enter__(self) -> Any:
        return self._ask("attribute", self, "__enter__")()

    def __exit__(self, *problem: Any) -> None:
        self._ask("attribute", self, "__exit__")(None, None, None)

    def __instancecheck__(self, value: Any) -> bool:
        return _plain(self._ask("isinstance", value, self), bool)

    def __copy__(self) -> Any:
        return self._ask("copy", self)

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        return self._ask("copy", self)

    def _type(self) -> str:
        return self._kinds[0].rpartition(".")[2] if self._kinds else "object"

    def _refuse(self, *arguments: Any) -> NoReturn:
        raise CannotCross(
            f"your code gives an object of type {self._type()} where a number, an "
            "array, a tensor, a string or a container of these is expected"
        )

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __bool__ = __contains__ = __hash__ = __index__ = __array__ = _refuse

    @classmethod
    def __torch_function__(cls, *arguments: Any, **named: Any) -> NoReturn:
        raise CannotCross("your code gives an object where a tensor is expected")


def _only(step: Any) -> Any:
    if not isinstance(step, tuple) or len(step) != 1:
        raise CannotCross("your code's iterator does not give single items")
    return step[0]


def _plain(value: Any, kind: type[T]) -> T:
    if type(value) is not kind:
        raise CannotCross(f"your code's object does not become a {kind.__name__}")
    return value


def _binary(name: str, *, reflected: bool) -> Callable[[Any, Any], Any]:
    def apply(self: Any, other: Any) -> Any:
        __tracebackhide__ = True
        pair = (other, self) if reflected else (self, other)
        return self._ask(name, *pair)

    return apply


def _unary(name: str) -> Callable[[Any], Any]:
    def apply(self: Any) -> Any:
        return self._ask(name, self)

    return apply


for _name in BINARY.split():
    _bare = _name.rstrip("_")
    setattr(Handle, f"__{_bare}__", _binary(_name, reflected=False))
    setattr(Handle, f"__r{_bare}__", _binary(_name, reflected=True))
    if hasattr(operator, f"i{_bare}"):
        setattr(Handle, f"__i{_bare}__", _binary(f"i{_bare}", reflected=False))
for _name in UNARY.split():
    setattr(Handle, f"__{_name}__", _unary(_name))
