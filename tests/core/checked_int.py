"""An integer and an array that prove an upper bound on every intermediate.

A CheckedInt raises OverflowError when it would leave +-(2**30 - 1), and whatever is computed
with one is one. CheckedArray hands out CheckedInts and refuses what its typecode cannot hold, so
code fed with checked arrays (and keeping its state in them) is checked throughout:

    core = Inclination()
    check_state(core)                       # every array("..") attribute becomes a CheckedArray
    core.update(CheckedArray("h", samples), 52, CheckedArray("h", [0] * 156))
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any, overload

LIMIT = (1 << 30) - 1
_RANGES = {"b": 8, "h": 16, "i": 32, "l": 32, "B": -8, "H": -16, "I": -32, "L": -32}


class CheckedInt(int):
    """An int within +-(2**30 - 1); arithmetic gives CheckedInts, floats are refused."""

    __slots__ = ()

    def __new__(cls, value: int = 0) -> CheckedInt:
        if not -LIMIT <= value <= LIMIT:
            raise OverflowError(f"{int(value)} leaves +-(2**30 - 1)")
        return super().__new__(cls, value)

    def __lshift__(self, other: int) -> CheckedInt:
        return CheckedInt(int(self) << int(other))

    def __rlshift__(self, other: int) -> CheckedInt:
        return CheckedInt(int(other) << int(self))

    def __truediv__(self, other: object) -> Any:
        raise TypeError("true division makes a float")

    def __rtruediv__(self, other: object) -> Any:
        raise TypeError("true division makes a float")

    def __float__(self) -> float:
        raise TypeError("the core takes no float of a number")


def _binary(name: str) -> None:
    plain = getattr(int, name)

    def operator(self: CheckedInt, other: object) -> Any:
        if type(other) is not int and not isinstance(other, int):
            raise TypeError(f"{name} with {type(other).__name__}: integers only")
        return CheckedInt(plain(int(self), int(other)))

    setattr(CheckedInt, name, operator)


def _unary(name: str) -> None:
    plain = getattr(int, name)
    setattr(CheckedInt, name, lambda self: CheckedInt(plain(int(self))))


for _name in ("add", "sub", "mul", "floordiv", "mod", "and", "or", "xor"):
    _binary(f"__{_name}__")
    _binary(f"__r{_name}__")
_binary("__rshift__")
_binary("__rrshift__")
for _name in ("neg", "pos", "abs", "invert"):
    _unary(f"__{_name}__")


class CheckedArray:
    """array(typecode, values) whose items come out as CheckedInts and must fit the typecode."""

    def __init__(self, typecode: str, values: Iterable[int] | bytes = ()) -> None:
        self.typecode = typecode
        self._items: array[int] = array(typecode, values)
        bits = _RANGES[typecode]
        self._low = 0 if bits < 0 else -(1 << (bits - 1))
        self._high = (1 << -bits) - 1 if bits < 0 else (1 << (bits - 1)) - 1

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> CheckedInt: ...
    @overload
    def __getitem__(self, at: slice) -> CheckedArray: ...
    def __getitem__(self, at: int | slice) -> CheckedInt | CheckedArray:
        if isinstance(at, slice):
            return CheckedArray(self.typecode, self._items[at])
        return CheckedInt(self._items[at])

    def __setitem__(self, at: int, value: int) -> None:
        if not self._low <= value <= self._high:
            raise OverflowError(f"{int(value)} does not fit array({self.typecode!r})")
        CheckedInt(value)
        self._items[at] = int(value)

    def __iter__(self) -> Iterator[CheckedInt]:
        return map(CheckedInt, self._items)

    def __eq__(self, other: object) -> bool:
        return list(self._items) == list(other) if isinstance(other, Iterable) else False

    __hash__ = None  # type: ignore[assignment]


def check_state(thing: object, depth: int = 4) -> None:
    """Turn every int attribute into a CheckedInt and every integer array into a CheckedArray.

    Goes down into attributes that are objects of the core, and into lists.
    """
    if depth == 0:
        return
    names = list(vars(thing)) if hasattr(thing, "__dict__") else []
    for name in names:
        value = getattr(thing, name)
        setattr(thing, name, _checked(value, depth))


def _checked(value: Any, depth: int) -> Any:
    if type(value) is int:
        return CheckedInt(value)
    if isinstance(value, array) and value.typecode in _RANGES:
        return CheckedArray(value.typecode, value)
    if isinstance(value, list):
        return [_checked(item, depth - 1) for item in value]
    if type(value).__module__.startswith("beltcore"):
        check_state(value, depth - 1)
    return value
