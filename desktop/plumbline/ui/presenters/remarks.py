"""What is to be said of a day beside its numbers: exclusions, notes, bookmarks, doubtful times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from plumbline.analysis.days import DayRule
from plumbline.analysis.postures import Minutes
from plumbline.analysis.wording import clock, clock_text
from plumbline.i18n import _, ngettext, number
from plumbline.people.reading import Cut
from plumbline.store.rows import BootPlace

LONGEST_REASON = 60


@dataclass(frozen=True)
class Remarks:
    """What was read beside a day's minutes and events. Bookmarks: begin, name and end.

    `synced`: of each belt the nearest sync: instant, and minutes the clock was ahead of UTC then.
    `beltless`: nobody has said yet which belt this wearer wears.
    """

    cuts: tuple[Cut, ...] = ()
    left_out: Minutes | None = None
    notes: tuple[str, ...] = ()
    bookmarks: tuple[tuple[int, str, int], ...] = ()
    boots: tuple[BootPlace, ...] = ()
    synced: tuple[tuple[int, int], ...] = ()
    beltless: bool = False


@dataclass(frozen=True)
class Excluded:
    """A stretch that does not count, cut to the day; `name` is its entry's."""

    name: str
    begin_s: int
    end_s: int
    text: str


def excluded(cuts: Iterable[Cut], limits: tuple[int, int], rule: DayRule) -> tuple[Excluded, ...]:
    """The stretches that reach into the day, in words."""
    found = []
    for cut in cuts:
        begin, end = max(cut.begin_utc_s, limits[0]), min(cut.end_utc_s, limits[1])
        if begin < end:
            found.append(Excluded(cut.id, begin, end, stretch_text(begin, end, cut.reason, rule)))
    return tuple(found)


def stretch_text(begin_s: int, end_s: int, reason: str, rule: DayRule) -> str:
    """ "14:10 to 15:52 (driving)"."""
    times = _("{begin} to {end}").format(begin=clock(begin_s, rule), end=clock(end_s, rule))
    return f"{times} ({shortened(reason, LONGEST_REASON)})" if reason else times


def shortened(text: str, longest: int) -> str:
    """In one line, with an ellipsis where it is too long, after a whole word if one ends there."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > longest // 2 else cut) + "…"


def clock_texts(remarks: Remarks, limits: tuple[int, int], rule: DayRule) -> list[str]:
    """What the clock did on a day: it was set forward or back, or was another zone's."""
    said, hours = [], (limits[1] - limits[0]) / 3600
    if hours != 24:
        text = _("The clock was set back on this day, which has {hours} hours.")
        if hours < 24:
            text = _("The clock was set forward on this day, which has {hours} hours.")
        said.append(text.format(hours=number(hours, 0 if hours == int(hours) else 1)))
    noon = limits[0] + 12 * 3600
    for utc_s, ahead_min in remarks.synced:
        here = rule.local(utc_s).utcoffset() or timedelta(0)
        apart = timedelta(minutes=ahead_min) - here
        if apart:
            text = _(
                "The computer's clock was in another time zone around this day: {here} here was "
                "{there} there."
            )
            there = clock_text(rule.local(noon) + apart)
            said.append(text.format(here=clock_text(rule.local(noon)), there=there))
            break
    return said


def time_text(boots: Iterable[BootPlace], limits: tuple[int, int]) -> str:
    """What is not certain about the times; empty where all is."""
    boots = [boot for boot in boots if boot.minutes]
    within = [
        boot.within_s
        for boot in boots
        if boot.utc_s and boot.within_s and boot.utc_s[0] < limits[1] and boot.utc_s[1] > limits[0]
    ]
    lines = []
    if within:
        off = -(-max(within) // 60)
        text = ngettext(
            "Times may be off by up to {n} minute: the belt's clock was not set while it ran.",
            "Times may be off by up to {n} minutes: the belt's clock was not set while it ran.",
            off,
        )
        lines.append(text.format(n=number(off)))
    unknown = sum(boot.minutes for boot in boots if boot.utc_s is None)
    if unknown:
        text = ngettext(
            "{n} recorded minute has no known time and is on no day.",
            "{n} recorded minutes have no known time and are on no day.",
            unknown,
        )
        lines.append(text.format(n=number(unknown)))
    return " ".join(lines)
