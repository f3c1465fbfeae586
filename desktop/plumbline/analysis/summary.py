"""What a day was: the numbers that the window, the command line and reports share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from beltwire import codes
from beltwire.errors import WireError
from beltwire.events import arguments
from beltwire.records import Event

from plumbline.analysis.bouts import Bout, End, sitting_bouts
from plumbline.analysis.days import DayRule
from plumbline.analysis.hours import Hours, Table, hours_of, table_of
from plumbline.analysis.postures import (
    MINUTE_S,
    UPRIGHT_MOVING,
    Minutes,
    Posture,
    posture_seconds,
)
from plumbline.store.rows import StoredEvent

LEAST_WORN_S = 4 * 3600
"""A day worn for less counts in no mean. Our own choice: with accelerometers worn from getting up
to going to bed 10 hours are usual (Troiano and others 2008, doi 10.1249/mss.0b013e31815a51b3);
this belt is worn at work, where half a working day already tells what the day was like."""


@dataclass(frozen=True)
class Reminder:
    """A reminder the belt gave. `flexion_deg` and `held_s` are what it saw then."""

    utc_s: int
    cause: int
    flexion_deg: float
    held_s: int


@dataclass(frozen=True)
class DaySummary:
    """A day in numbers; all durations in seconds."""

    day: date
    begin_s: int
    end_s: int
    posture_s: tuple[int, ...]
    band_s: tuple[int, ...]
    span: tuple[int, int] | None
    steps: int
    slouched_s: int
    bouts: tuple[Bout, ...]
    reminders: tuple[Reminder, ...]
    corrected_s: tuple[int, ...]
    hours: Hours = ()

    @cached_property
    def recorded_s(self) -> int:
        """What the belt says anything about, off the body included."""
        return sum(self.posture_s)

    @cached_property
    def worn_s(self) -> int:
        """Recorded and not known to be off the body."""
        return self.recorded_s - self.posture_s[Posture.NOT_WORN]

    @cached_property
    def tells(self) -> bool:
        """Whether it was worn long enough to count in means."""
        return self.worn_s >= LEAST_WORN_S

    @cached_property
    def hour_table(self) -> Table:
        """Its hours as an array."""
        return table_of(self.hours)

    @property
    def sitting_s(self) -> int:
        return self.posture_s[Posture.SITTING]

    @property
    def upright_s(self) -> int:
        """Standing, walking, on stairs, running."""
        return sum(self.posture_s[posture] for posture in UPRIGHT_MOVING)

    @cached_property
    def longest(self) -> Bout | None:
        """The longest sitting bout; the first of equals."""
        return max(self.bouts, key=lambda bout: (bout.minutes, bout.seconds), default=None)

    @property
    def longest_min(self) -> int:
        """Its minutes; the one number for every page, goal and trend."""
        return self.longest.minutes if self.longest else 0

    @property
    def breaks(self) -> tuple[int, ...]:
        """Instants at which sitting was interrupted by standing or moving."""
        return tuple(bout.end_s for bout in self.bouts if bout.end == End.BREAK)

    @property
    def unknown_share(self) -> float:
        """Part of the worn time whose posture is unknown, 0 to 1."""
        return self.posture_s[Posture.UNKNOWN] / self.worn_s if self.worn_s else 0.0

    @property
    def not_worn_share(self) -> float:
        """Part of the recorded time off the body, 0 to 1."""
        off = self.posture_s[Posture.NOT_WORN]
        return off / self.recorded_s if self.recorded_s else 0.0

    @property
    def bent_s(self) -> int:
        """Trunk flexed by more than 20 degrees."""
        return self.band_s[codes.MODERATE] + self.band_s[codes.HIGH]

    @property
    def reminders_per_worn_hour(self) -> float:
        return len(self.reminders) * 3600 / self.worn_s if self.worn_s else 0.0


def summarise(
    day: date, minutes: Minutes, events: Sequence[StoredEvent], rule: DayRule
) -> DaySummary:
    """Numbers of `day`; minutes and events outside it do not count.

    A minute belongs to the day it begins in; a sitting that goes on past the day's end is
    cut there.
    """
    begin, end = rule.bounds(day)
    inside = minutes[(minutes["utc_s"] >= begin) & (minutes["utc_s"] < end)]
    placed = [(e.utc_s, e) for e in events if e.utc_s is not None and begin <= e.utc_s < end]
    recorded = inside[inside["seconds"].sum(axis=1) > 0]
    first_last = None
    if len(recorded):
        first_last = (int(recorded["utc_s"][0]), int(recorded["utc_s"][-1]) + MINUTE_S)
    return DaySummary(
        day=day,
        begin_s=begin,
        end_s=end,
        posture_s=_totals(posture_seconds(inside)),
        band_s=_totals(inside["bands"]),
        span=first_last,
        steps=int(inside["steps"].sum(dtype=np.int64)),
        slouched_s=int(inside["slouched_s"].sum(dtype=np.int64)),
        bouts=tuple(sitting_bouts(inside)),
        reminders=tuple(_reminder(at, e) for at, e in placed if e.code == codes.EVENT_REMINDER),
        corrected_s=tuple(at for at, e in placed if e.code == codes.EVENT_CORRECTED),
        hours=hours_of(inside, rule),
    )


def _totals(per_minute: npt.NDArray[Any]) -> tuple[int, ...]:
    return tuple(int(total) for total in per_minute.sum(axis=0, dtype=np.int64))


def _reminder(utc_s: int, event: StoredEvent) -> Reminder:
    """What the belt saw; a payload cut short, of an unfinished page, counts as a bare reminder."""
    try:
        seen = arguments(Event(event.code, event.args))
    except WireError:
        seen = {"cause": codes.CAUSE_NONE, "flexion_cdeg": 0, "held_s": 0}
    return Reminder(utc_s, seen["cause"], seen["flexion_cdeg"] / 100, seen["held_s"])
