"""Summaries of days as plain lists, to be kept and read again."""

from datetime import date
from typing import Any

from plumbline.analysis.bouts import Bout, End
from plumbline.analysis.summary import DaySummary, Reminder

VERSION = 1
"""Of the lists and of what the numbers mean: one more whenever a summary of the same minutes
comes out otherwise than before."""


def to_plain(day: DaySummary) -> list[Any]:
    """Numbers and lists of numbers only."""
    return [
        day.day.toordinal(),
        day.begin_s,
        day.end_s,
        day.posture_s,
        day.band_s,
        day.span,
        day.steps,
        day.slouched_s,
        [[bout.begin_s, bout.end_s, int(bout.end)] for bout in day.bouts],
        [[r.utc_s, r.cause, r.flexion_deg, r.held_s] for r in day.reminders],
        day.corrected_s,
        day.hours,
    ]


def from_plain(found: list[Any]) -> DaySummary:
    """The day again. Raises ValueError, TypeError, IndexError where it is none."""
    ordinal, begin, end, posture, band, span, steps, slouched, bouts, reminders, *rest = found
    corrected, hours = rest
    return DaySummary(
        day=date.fromordinal(ordinal),
        begin_s=begin,
        end_s=end,
        posture_s=tuple(posture),
        band_s=tuple(band),
        span=(span[0], span[1]) if span else None,
        steps=steps,
        slouched_s=slouched,
        bouts=tuple(Bout(b[0], b[1], End(b[2])) for b in bouts),
        reminders=tuple(Reminder(*each) for each in reminders),
        corrected_s=tuple(corrected),
        hours=tuple(map(tuple, hours)),
    )
