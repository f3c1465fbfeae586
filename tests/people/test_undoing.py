"""Undo and redo lead through the same states, forward and back, whatever was done."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from plumbline.people import changes, records
from plumbline.people.changes import Done
from plumbline.people.subjects import subject_of_belt, subjects
from plumbline.people.undoing import Step, Steps, take_back
from plumbline.store.database import Store

from tests.link.belt import BELT

KINDS = (
    records.WEARER,
    records.WORN,
    records.NOTE,
    records.BOOKMARK,
    records.EXCLUDED,
    records.DELETED,
)
NOBODY = subject_of_belt(BELT)
DAY = 86_400
Act = Callable[[Store, int], tuple[Done, ...]]


def one_of(store: Store, kind: str, n: int) -> str | None:
    found = store.entries(kind)
    return found[n % len(found)].id if found else None


def changed(kind: str, new: Callable[[Store, int, str | None], Done]) -> Act:
    """A new entry, or, of an odd number, another content for one that is there."""
    return lambda store, n: (new(store, n, one_of(store, kind, n) if n % 2 else None),)


def removed(kind: str, remove: Callable[[Store, str], Done]) -> Act:
    def act(store: Store, n: int) -> tuple[Done, ...]:
        found = one_of(store, kind, n)
        return (remove(store, found),) if found else ()

    return act


def assigned(store: Store, n: int) -> tuple[Done, ...]:
    since = None if n % 3 == 0 else n * DAY
    return (changes.assign(store, BELT, one_of(store, records.WEARER, n), since),)


def named_with_belt(store: Store, n: int) -> tuple[Done, ...]:
    """Two changes that are one step."""
    added = changes.keep_wearer(store, f"Bert {n}")
    return added, changes.assign(store, BELT, added.id, None)


ACTS: tuple[Act, ...] = (
    changed(records.WEARER, lambda s, n, at: changes.keep_wearer(s, f"Anna {n}", at)),
    named_with_belt,
    assigned,
    removed(records.WEARER, changes.remove_wearer),
    changed(records.NOTE, lambda s, n, at: changes.keep_note(s, NOBODY, f"n{n}", None, at)),
    removed(records.NOTE, changes.remove_note),
    lambda s, n: (changes.keep_bookmark(s, NOBODY, f"b{n}", n, n + 60),),
    removed(records.BOOKMARK, lambda s, at: changes.rename_bookmark(s, at, "other")),
    removed(records.BOOKMARK, changes.remove_bookmark),
    lambda s, n: (changes.exclude(s, NOBODY, n, n + 60, "driving"),),
    removed(records.EXCLUDED, changes.include),
    lambda s, n: (changes.delete(s, NOBODY, n * DAY, n * DAY + DAY),),
    removed(records.DELETED, changes.bring_back),
)


def state(store: Store) -> Any:
    """All that can be seen: the entries in their order, and who wears what from when."""
    seen = [
        (kind, each.id, each.wearer, each.fields) for kind in KINDS for each in store.entries(kind)
    ]
    return seen, subjects(store, [BELT])


@settings(max_examples=12)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 5)), min_size=2, max_size=8))
def test_undo_and_redo_lead_through_the_same_states(acts: list[tuple[Act, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        states, steps = [state(store)], []
        for act, n in acts:
            if done := act(store, n):
                steps.append(done)
                states.append(state(store))
        for _round in range(2):
            for place in reversed(range(len(steps))):
                steps[place] = take_back(store, steps[place])
                assert state(store) == states[place]
            for place in range(len(steps)):
                steps[place] = take_back(store, steps[place])
                assert state(store) == states[place + 1]


def test_what_was_taken_back_is_gone_once_something_else_is_done() -> None:
    steps = Steps()
    steps.remember(Step((), lambda: "one"))
    steps.again.append(steps.back.pop())
    steps.remember(Step((), lambda: "two"))
    assert not steps.again
    assert [step.text() for step in steps.back] == ["two"]
    steps.forget()
    assert not steps.back
