"""Taking back what was done, and doing it again, step by step.

The journal holds no "undo": taking back is one more change of each entry, and so can be taken back
itself. That is what doing again is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from plumbline.people.changes import Done, Writable


class Step(NamedTuple):
    """Changes that belong together, and how what they did is said."""

    done: tuple[Done, ...]
    text: Callable[[], str]


def take_back(store: Writable, done: tuple[Done, ...]) -> tuple[Done, ...]:
    """Take changes back, the last first; gives the changes that this took."""
    made = []
    for each in reversed(done):
        store.undo(*each)
        made.append(Done(each.kind, each.id, store.history(each.kind, each.id)[-1].n))
    return tuple(made)


@dataclass
class Steps:
    """What can be taken back and what can be done again, the newest last."""

    back: list[Step] = field(default_factory=list)
    again: list[Step] = field(default_factory=list)

    def remember(self, step: Step) -> None:
        """Something was done: what was taken back before does not fit to it any more."""
        self.back.append(step)
        self.again.clear()

    def forget(self) -> None:
        """Nothing of all this can be taken back or done again."""
        self.back.clear()
        self.again.clear()
