"""Who the numbers are about: a wearer with all belts worn, or a belt that is nobody's.

Without any set-up every belt is nobody's, and stands for the one who wears it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from plumbline.errors import UserError
from plumbline.i18n import _, listed
from plumbline.people.records import NEVER_S, WEARER, WORN
from plumbline.store.entries import EVERYBODY, Entry, Wearer


class Entries(Protocol):
    """The part of the store that holds what people entered."""

    def entries(self, kind: str, *, wearer: Wearer = EVERYBODY) -> list[Entry]: ...


@dataclass(frozen=True)
class Worn:
    """A belt from `begin_utc_s` to before `end_utc_s`."""

    belt: str
    begin_utc_s: int = -NEVER_S
    end_utc_s: int = NEVER_S


@dataclass(frozen=True)
class Subject:
    """Whose numbers are shown. `wearer` and `name` are empty for a belt that is nobody's."""

    key: str
    wearer: str | None = None
    name: str = ""
    worn: tuple[Worn, ...] = ()

    @property
    def belts(self) -> tuple[str, ...]:
        """The ids of all belts, each once."""
        return tuple(dict.fromkeys(part.belt for part in self.worn))

    @property
    def belt(self) -> str | None:
        """The belt, where it is nobody's: what tells its entries from those of others."""
        return self.worn[0].belt if self.wearer is None and self.worn else None

    def belts_in(self, begin_utc_s: int, end_utc_s: int) -> list[str]:
        """The belts worn at some time in [begin, end)."""
        return sorted(
            {p.belt for p in self.worn if p.begin_utc_s < end_utc_s and p.end_utc_s > begin_utc_s}
        )

    def owns(self, entry: Entry) -> bool:
        """Whether a note or bookmark is about this subject.

        One that was made before its belt was anybody's goes with the belt.
        """
        belt, at = entry.fields.get("belt"), entry.fields.get("begin_utc_s")
        if entry.wearer is not None or belt is None:
            return entry.wearer == self.wearer
        return any(
            part.belt == belt and (at is None or part.begin_utc_s <= at < part.end_utc_s)
            for part in self.worn
        )


def subjects(entries: Entries, belts: Sequence[str]) -> list[Subject]:
    """Wearers by name, then the belts (ids) that are nobody's for some time."""
    spans = _spans(entries, belts)
    wearers = sorted(entries.entries(WEARER), key=lambda each: each.fields["name"].casefold())
    found = [
        Subject(f"wearer:{each.id}", each.id, each.fields["name"], tuple(spans[each.id]))
        for each in wearers
    ]
    loose: dict[str, list[Worn]] = defaultdict(list)
    for part in spans[None]:
        loose[part.belt].append(part)
    found += [Subject(f"belt:{belt}", worn=tuple(loose[belt])) for belt in belts if belt in loose]
    return found


def named(entries: Entries, belts: Sequence[str], name: str) -> Subject:
    """The wearer of this name, in capitals or not; UserError where that is not one."""
    wearers = [each for each in subjects(entries, belts) if each.name]
    found = [each for each in wearers if each.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    known = listed(each.name for each in wearers)
    if not known:
        text = _("{name} is not the name of a wearer: nobody has been given a name here.")
        raise UserError(text.format(name=name))
    text = _("{name} is not the name of one wearer: choose one of {names}.")
    raise UserError(text.format(name=name, names=known))


def subject_of_belt(belt: str) -> Subject:
    """The whole time of one belt, whoever wore it."""
    return Subject(f"belt:{belt}", worn=(Worn(belt),))


def _spans(entries: Entries, belts: Sequence[str]) -> dict[str | None, list[Worn]]:
    """By wearer (None: nobody) the belts and their times; a later assignment ends an earlier."""
    known = {each.id for each in entries.entries(WEARER)}
    changes: dict[str, list[tuple[int, int, str | None]]] = defaultdict(list)
    for entry in entries.entries(WORN):
        begin = entry.fields["from_utc_s"]
        wearer = entry.wearer if entry.wearer in known else None
        place = (-NEVER_S if begin is None else begin, entry.at_utc_ms, wearer)
        changes[entry.fields["belt"]].append(place)
    found: dict[str | None, list[Worn]] = defaultdict(list)
    for belt in dict.fromkeys([*belts, *changes]):
        steps = sorted(changes[belt], key=lambda step: step[:2])
        starts = [(-NEVER_S, None), *((begin, wearer) for begin, _at, wearer in steps)]
        ends = [begin for begin, _wearer in starts[1:]] + [NEVER_S]
        for (begin, wearer), end in zip(starts, ends, strict=True):
            if begin < end:
                found[wearer].append(Worn(belt, begin, end))
    return found
