"""The page People: wearers, their belts, notes, bookmarks, and what does not count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plumbline.analysis.days import DayRule
from plumbline.analysis.wording import long_date, short_date
from plumbline.i18n import _
from plumbline.people.subjects import Subject
from plumbline.store.rows import BeltInfo
from plumbline.ui.presenters.belts import belt_names
from plumbline.ui.presenters.remarks import shortened, stretch_text
from plumbline.ui.reader import PeopleFacts

LONGEST_LINE = 80


@dataclass(frozen=True)
class Line:
    """One line of a list: the entry it stands for, its text, and the day it leads to."""

    name: str
    text: str
    day: date | None = None
    whole: str = ""


@dataclass(frozen=True)
class PeopleView:
    """Everything on the page; `people` are keys of subjects with their texts."""

    people: tuple[Line, ...]
    shown: str
    title: str
    wearer: str | None
    nameless: str | None
    """The belt of the one shown, where it is nobody's: a name can be given to who wears it."""
    belts: tuple[Line, ...]
    choices: tuple[Line, ...]
    notes: tuple[Line, ...]
    bookmarks: tuple[Line, ...]
    excluded: tuple[Line, ...]
    deleted: tuple[Line, ...]
    hint: str
    beltless: str
    """What stands in the place of belts where there is none."""
    markable: bool
    """Whether there is a day of which a stretch can be marked."""


def subject_names(subjects: Sequence[Subject], belts: Sequence[BeltInfo]) -> list[str]:
    """A name for each: the wearer's, or the belt's where it is nobody's."""
    names = dict(zip((belt.id for belt in belts), belt_names(belts), strict=True))
    return [each.name or names.get(each.belt or "", each.belt or "") for each in subjects]


def present_people(facts: PeopleFacts, rule: DayRule) -> PeopleView:
    """What the page says."""
    overview = facts.overview
    names = subject_names(overview.subjects, overview.belts)
    shown = overview.subject
    keys = [subject.key for subject in overview.subjects]
    index = keys.index(shown.key) if shown and shown.key in keys else -1
    ordered = sorted(facts.notes, key=lambda note: note.fields["day"] or "", reverse=True)
    return PeopleView(
        people=tuple(
            Line(each.key, name if each.name else _("No name yet: {belt}").format(belt=name))
            for each, name in zip(overview.subjects, names, strict=True)
        ),
        shown=shown.key if shown else "",
        title=names[index] if index >= 0 else _("Nobody is here yet"),
        wearer=shown.wearer if shown else None,
        nameless=shown.belt if shown else None,
        belts=_belts(facts, rule),
        choices=tuple(
            Line(belt.id, name)
            for belt, name in zip(overview.belts, belt_names(overview.belts), strict=True)
        ),
        notes=tuple(_note(note.id, note.fields) for note in ordered),
        bookmarks=tuple(
            Line(
                mark.id,
                _dated(
                    rule,
                    mark.fields["begin_utc_s"],
                    mark.fields["end_utc_s"],
                    mark.fields["name"],
                ),
                rule.day_of(mark.fields["begin_utc_s"]),
                mark.fields["name"],
            )
            for mark in facts.bookmarks
        ),
        excluded=_cuts(facts, rule, hidden=False),
        deleted=_cuts(facts, rule, hidden=True),
        hint=_hint(overview.subjects, shown),
        beltless=_("No belt is this person's yet: say which one is, and from which day on."),
        markable=bool(overview.days),
    )


def _hint(subjects: Sequence[Subject], shown: Subject | None) -> str:
    if shown is None:
        return _(
            "Whoever wears a belt is here as soon as the belt was connected once. Names can be "
            "added before."
        )
    if len(subjects) > 1 and not shown.wearer:
        return _("This belt is nobody's yet: give its wearer a name, or choose it for somebody.")
    if len(subjects) == 1 and not shown.wearer:
        return _(
            "Nothing needs to be set up for one wearer. Add wearers to keep several people's "
            "numbers apart, and say which belt is whose."
        )
    return ""


def _note(name: str, fields: dict[str, object]) -> Line:
    short = shortened(str(fields["text"]), LONGEST_LINE)
    day = date.fromisoformat(str(fields["day"])) if fields["day"] else None
    line = f"{short_date(day)} {day.year}: {short}" if day else short
    return Line(name, line, day, str(fields["text"]))


def _belts(facts: PeopleFacts, rule: DayRule) -> tuple[Line, ...]:
    """The belts of the subject with the time they are worn by it."""
    subject = facts.overview.subject
    if subject is None:
        return ()
    belts = facts.overview.belts
    names = dict(zip((belt.id for belt in belts), belt_names(belts), strict=True))
    found = []
    for part in subject.worn:
        begin = "" if part.begin_utc_s < 0 else short_date_and_year(rule, part.begin_utc_s)
        end = "" if part.end_utc_s > 1 << 39 else short_date_and_year(rule, part.end_utc_s - 1)
        found.append(Line(part.belt, _span(names.get(part.belt, part.belt), begin, end)))
    return tuple(found)


def _span(name: str, begin: str, end: str) -> str:
    if begin and end:
        return _("{belt}, {begin} to {end}").format(belt=name, begin=begin, end=end)
    if begin:
        return _("{belt}, from {begin}").format(belt=name, begin=begin)
    if end:
        return _("{belt}, until {end}").format(belt=name, end=end)
    return name


def _cuts(facts: PeopleFacts, rule: DayRule, *, hidden: bool) -> tuple[Line, ...]:
    return tuple(
        Line(
            cut.id,
            _dated(rule, cut.begin_utc_s, cut.end_utc_s, cut.reason),
            None if hidden else rule.day_of(cut.begin_utc_s),  # of a deleted day nothing is shown
        )
        for cut in facts.cuts
        if cut.hidden is hidden
    )


def _dated(rule: DayRule, begin_s: int, end_s: int, reason: str) -> str:
    day = rule.day_of(begin_s)
    if (begin_s, end_s) == rule.bounds(day):
        return long_date(day)
    text = stretch_text(begin_s, end_s, reason, rule)
    return f"{short_date(day)} {day.year}, {text}"


def short_date_and_year(rule: DayRule, utc_s: int) -> str:
    """ "20 Nov 2026"."""
    day = rule.local(utc_s).date()
    return f"{short_date(day)} {day.year}"
