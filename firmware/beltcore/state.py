# Plumbline belt core: the whole state as numbers
"""Saves and restores everything a part of the core remembers, so that a belt that resets goes on.

The state is what the attributes hold: integers, booleans, arrays, bytearrays, and parts of the
core or lists of parts, taken in the order of their names. Nothing has to be listed, so nothing
can be forgotten. What is reached twice is taken once. Attributes named in a part's VIEWS are no
state: results, and references to what is reached elsewhere (the present second is one of a ring);
their owner finds them anew after restoring.

A state fits the firmware that saved it and no other; keep the version beside it.
"""

from array import array


def size(part: object) -> int:
    """How many numbers the state of `part` takes."""
    return _Walk(None, False).over(part)


def save(part: object) -> "array[int]":
    """The state of `part`, array("i")."""
    out = array("i", bytes(4 * size(part)))
    _Walk(out, False).over(part)
    return out


def restore(part: object, saved: "array[int]") -> None:
    """Bring `part` into the saved state; ValueError where it cannot be one of this part."""
    if len(saved) != size(part):
        raise ValueError("a saved state of {} numbers does not fit".format(len(saved)))
    _Walk(saved, True).over(part)


class _Walk:
    """One walk over a part: counts, or writes into `numbers`, or takes from them."""

    def __init__(self, numbers: "array[int] | None", taking: bool) -> None:
        self._numbers = numbers
        self._taking = taking
        self._at = 0
        self._seen: "list[object]" = []

    def over(self, part: object) -> int:
        """Walk over the attributes of `part`; the place reached."""
        for seen in self._seen:
            if seen is part:
                return self._at
        self._seen.append(part)
        views = getattr(part, "VIEWS", ())
        for name in sorted(part.__dict__):
            if name in views:
                continue
            value = getattr(part, name)
            if isinstance(value, (bool, int)):
                number = self._one(int(value))
                if self._taking:
                    setattr(part, name, number != 0 if isinstance(value, bool) else number)
            else:
                self._deeper(value)
        return self._at

    def _deeper(self, value: object) -> None:
        if isinstance(value, (array, bytearray)):
            for k in range(len(value)):
                number = self._one(value[k])
                if self._taking:
                    value[k] = number
        elif isinstance(value, list):
            self._over_list(value)
        elif hasattr(value, "__dict__"):
            self.over(value)

    def _over_list(self, values: "list[object]") -> None:
        for k in range(len(values)):
            value = values[k]
            if isinstance(value, int):
                number = self._one(value)
                if self._taking:
                    values[k] = number
            else:
                self._deeper(value)

    def _one(self, number: int) -> int:
        """Pass over one number: count it, write it, or give the one that takes its place."""
        at = self._at
        self._at = at + 1
        numbers = self._numbers
        if numbers is None:
            return number
        if self._taking:
            return numbers[at]
        numbers[at] = number
        return number
