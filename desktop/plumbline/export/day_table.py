"""The table `days` of an export: the numbers of each day that the window shows and compares.

The other tables hold what the belt wrote. This one is made of it by the same functions as every
page and report: what is excluded does not count, and a day is as long as the wearer's clock has it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from beltwire import codes

from plumbline.analysis.days import DayRule
from plumbline.analysis.postures import Posture
from plumbline.analysis.summary import LEAST_WORN_S, DaySummary
from plumbline.export.tables import Column, Value, utc_text
from plumbline.people.daily import daily
from plumbline.people.reading import Records
from plumbline.people.records import NEVER_S
from plumbline.people.subjects import Subject

NAME = "days"


@dataclass(frozen=True)
class Day:
    """A row: whose day, and what it was."""

    who: Subject
    summary: DaySummary


def _of(value: Callable[[DaySummary], Value]) -> Callable[[Day], Value]:
    return lambda day: value(day.summary)


def _posture(posture: Posture) -> Column:
    name = posture.name.lower()
    return Column(
        f"{name}_s", "s", f"time in the posture {name}", _of(lambda d: d.posture_s[posture])
    )


def _band(code: int, name: str) -> Column:
    return Column(
        f"band_{name}_s", "s", f"time in the trunk band {name}", _of(lambda d: d.band_s[code])
    )


COLUMNS: tuple[Column, ...] = (
    Column("day", "", "the day by the wearer's clock", _of(lambda d: d.day.isoformat()), "text"),
    Column("wearer", "", "whose; empty: the belt is nobody's", lambda d: d.who.name, "text"),
    Column(
        "belts",
        "",
        "ids of the belts worn, with a space between them",
        lambda d: " ".join(d.who.belts_in(d.summary.begin_s, d.summary.end_s)),
        "text",
    ),
    Column("begin_utc", "", "when the day began", _of(lambda d: utc_text(d.begin_s)), "utc"),
    Column(
        "first_utc",
        "",
        "start of its first minute",
        _of(lambda d: utc_text(d.span[0]) if d.span else None),
        "utc",
    ),
    Column(
        "last_utc",
        "",
        "end of its last minute",
        _of(lambda d: utc_text(d.span[1]) if d.span else None),
        "utc",
    ),
    Column(
        "recorded_s", "s", "all that is known, off the body included", _of(lambda d: d.recorded_s)
    ),
    Column("worn_s", "s", "recorded and not known to be off the body", _of(lambda d: d.worn_s)),
    Column(
        "enough",
        "0/1",
        f"worn for {LEAST_WORN_S // 3600} hours or more: it counts in means once it is over",
        _of(lambda d: int(d.tells)),
    ),
    *(_posture(posture) for posture in Posture),
    Column("upright_s", "s", "standing, walking, stairs and running", _of(lambda d: d.upright_s)),
    Column("sitting_bouts", "", "number of sitting bouts", _of(lambda d: len(d.bouts))),
    Column("longest_sitting_min", "min", "the longest of them", _of(lambda d: d.longest_min)),
    Column("breaks", "", "bouts that ended in standing or moving", _of(lambda d: len(d.breaks))),
    *(_band(code, name) for code, name in enumerate(codes.BAND_NAMES)),
    Column("bent_s", "s", "trunk flexed by more than 20 degrees", _of(lambda d: d.bent_s)),
    Column("slouched_s", "s", "slouched sitting", _of(lambda d: d.slouched_s)),
    Column("steps", "", "steps", _of(lambda d: d.steps)),
    Column("reminders", "", "reminders the belt gave", _of(lambda d: len(d.reminders))),
    Column("corrected", "", "reminders that a change followed", _of(lambda d: len(d.corrected_s))),
)


def rows(
    records: Records, who: Iterable[Subject], rule: DayRule, span: tuple[int, int] | None
) -> Iterator[list[Value]]:
    """Of each subject the days that `span` touches (UTC seconds, its end not in it; None: all)."""
    low, high = span or (-NEVER_S, NEVER_S)
    for subject in who:
        first = None if low == -NEVER_S else rule.day_of(low)
        last = None if high == NEVER_S else rule.day_of(high - 1)
        for summary in daily(records, subject, rule, first, last):
            day = Day(subject, summary)
            yield [column.value(day) for column in COLUMNS]
