"""The page Today: everything it shows of one day, computed off the GUI thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np
import numpy.typing as npt
from beltwire import codes

from plumbline.analysis.days import DayRule
from plumbline.analysis.postures import MINUTE_S, Minutes, Posture
from plumbline.analysis.ribbon import Segment, ribbon
from plumbline.analysis.summary import DaySummary, summarise
from plumbline.analysis.wording import (
    bout_duration,
    bout_text,
    clock,
    day_sentence,
    day_text,
    duration,
    number,
)
from plumbline.i18n import _, ngettext
from plumbline.store.rows import NO_ANGLE, StoredEvent
from plumbline.ui.presenters import words
from plumbline.ui.presenters.remarks import Excluded, Remarks, clock_texts, excluded, time_text

Values = npt.NDArray[np.float64]

LONG_VIEW = (1800, 10 * 60, 2 * 3600)
SHORT_VIEW = (600, 5 * 60, 1800)
"""Round to, margin and least length in seconds of what is shown of a day first; the short
view is for less than an hour of records."""
ANGLE_LOWS, ANGLE_HIGHS = (-20.0, -60.0, -100.0, -180.0), (70.0, 100.0, 140.0, 180.0)
"""Where the scale of the trunk angle may end: at the first, so that days can be compared by eye,
and further where a day goes beyond."""
SPREAD_UNIT_DEG = 0.25
SLIGHT = (Posture.TRANSITION, Posture.UNKNOWN)
"""Not worth naming below a minute."""
NEAR_S = 90
"""So near to a mark the mouse need not be nearer."""
LONG_BOUT_S = 10 * 60
NOTHING = Remarks()


@dataclass(frozen=True)
class Tile:
    """One number of the day with its name and what it means."""

    name: str
    value: str
    explanation: str


class MarkKind(Enum):
    """What a mark under the ribbon stands for."""

    REMINDER = "reminder"
    BREAK = "break"
    BOOKMARK = "bookmark"


@dataclass(frozen=True)
class Mark:
    """An instant worth a mark, or a stretch up to `end_s`."""

    utc_s: int
    kind: MarkKind
    text: str
    end_s: int = 0

    def is_near(self, utc_s: float) -> bool:
        """Whether it is told at an instant."""
        return self.utc_s - NEAR_S <= utc_s <= max(self.utc_s, self.end_s) + NEAR_S


@dataclass(frozen=True)
class BoutLabel:
    """A bracket over a sitting bout; `longest` is drawn stronger."""

    begin_s: int
    end_s: int
    text: str
    longest: bool


@dataclass(frozen=True)
class Share:
    """A part of a whole with its name and length, for legends and bars."""

    key: int
    name: str
    text: str
    seconds: int


@dataclass(frozen=True)
class DayView:
    """One day as the window shows it. Instants are UTC seconds, angles degrees."""

    day: date
    rule: DayRule
    summary: DaySummary
    sentence: str
    text: str
    tiles: tuple[Tile, ...]
    segments: tuple[Segment, ...]
    bouts: tuple[BoutLabel, ...]
    marks: tuple[Mark, ...]
    postures: tuple[Share, ...]
    bands: tuple[Share, ...]
    limits: tuple[int, int]
    view: tuple[int, int]
    angle_range: tuple[float, float]
    middle_s: Values
    flexion: Values
    lateral: Values
    spread: Values
    steps: Values
    excluded: tuple[Excluded, ...] = ()
    pale: tuple[Segment, ...] = ()
    notes: tuple[str, ...] = ()
    time_text: str = ""
    beltless: bool = False
    """The wearer shown has no belt yet: one is chosen on the page People."""

    @property
    def has_data(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.segments or self.pale)

    @property
    def angle_title(self) -> str:
        """Over the trunk angle; it says so where the scale is not that of other days."""
        if self.angle_range == (ANGLE_LOWS[0], ANGLE_HIGHS[0]):
            return _("Trunk angle, degrees forward")
        low, high = (number(end).replace("-", "−") for end in self.angle_range)
        text = _("Trunk angle, degrees forward; on this day the scale goes from {low}° to {high}°")
        return text.format(low=low, high=high)

    def looks_like(self, other: "DayView") -> bool:
        """Whether both are drawn alike; what is only told elsewhere may differ."""
        values = ("middle_s", "flexion", "lateral", "spread")
        parts = ("limits", "view", "angle_range", "segments", "pale", "bouts", "marks", "excluded")
        return all(getattr(self, name) == getattr(other, name) for name in parts) and all(
            np.array_equal(getattr(self, name), getattr(other, name), equal_nan=True)
            for name in values
        )

    def hover(self, utc_s: float) -> str:
        """What is known of the minute at an instant; empty where there is no record."""
        cut = next((e for e in self.excluded if e.begin_s <= utc_s < e.end_s), None)
        if cut is not None:
            return _("Excluded: {stretch}").format(stretch=cut.text)
        segment = next((s for s in self.segments if s.begin_s <= utc_s < s.end_s), None)
        if segment is None:
            return ""
        lines = [f"{self._clock(utc_s)}  {words.posture_name(segment.posture)}"]
        index = int(np.argmin(np.abs(self.middle_s - utc_s)))
        if abs(self.middle_s[index] - utc_s) <= MINUTE_S:
            lines += self._minute_lines(index)
        bout = next((b for b in self.bouts if b.begin_s <= utc_s < b.end_s), None)
        if bout:
            begin, end = clock(bout.begin_s, self.rule), clock(bout.end_s, self.rule)
            text = _("sitting from {begin} to {end}: {duration}")
            lines.append(text.format(begin=begin, end=end, duration=bout.text))
        lines += [mark.text for mark in self.marks if mark.is_near(utc_s)]
        return "\n".join(lines)

    def _clock(self, utc_s: float) -> str:
        """The minute on the wearer's clock; which of both where it comes twice."""
        told, local = clock(utc_s // 60 * 60, self.rule), self.rule.local(utc_s)
        first, second = (local.replace(fold=n).utcoffset() for n in (0, 1))
        if first is None or second is None or first <= second:
            return told
        text = _("{time}, after the clock was set back")
        if not local.fold:
            text = _("{time}, before the clock was set back")
        return text.format(time=told)

    def _minute_lines(self, index: int) -> list[str]:
        lines = []
        if not np.isnan(self.flexion[index]):
            side = words.side_text(self.lateral[index])
            angle = words.angle_text(self.flexion[index])
            lines.append(
                _("trunk {angle}, {side}").format(angle=angle, side=side)
                if side
                else _("trunk {angle}").format(angle=angle)
            )
        steps = int(self.steps[index])
        if steps:
            lines.append(ngettext("{n} step", "{n} steps", steps).format(n=steps))
        return lines


def present_day(
    day: date,
    minutes: Minutes,
    events: Sequence[StoredEvent],
    rule: DayRule,
    remarks: Remarks = NOTHING,
) -> DayView:
    """Compute the view of `day` from its minutes (sorted) and events."""
    summary = summarise(day, minutes, events, rule)
    begin, end = summary.begin_s, summary.end_s
    pale = () if remarks.left_out is None else tuple(ribbon(remarks.left_out))
    inside = minutes[(minutes["utc_s"] >= begin) & (minutes["utc_s"] < end)]
    flexion = _degrees(inside["flexion_cdeg"])
    return DayView(
        day=day,
        rule=rule,
        summary=summary,
        sentence=_sentence(summary, remarks, pale, rule),
        text=day_text(summary, rule),
        tiles=tiles(summary, rule),
        segments=tuple(ribbon(inside)),
        bouts=_bouts(summary),
        marks=_marks(summary, remarks, rule),
        postures=_postures(summary),
        bands=_bands(summary),
        limits=(begin, end),
        view=_view(summary, pale),
        angle_range=_angle_range(flexion),
        middle_s=inside["utc_s"].astype(np.float64) + MINUTE_S / 2,
        flexion=flexion,
        lateral=_degrees(inside["lateral_cdeg"]),
        spread=inside["spread"].astype(np.float64) * SPREAD_UNIT_DEG,
        steps=inside["steps"].astype(np.float64),
        excluded=excluded(remarks.cuts, (begin, end), rule),
        pale=pale,
        notes=remarks.notes,
        time_text=" ".join(
            filter(
                None,
                (
                    *clock_texts(remarks, (begin, end), rule),
                    time_text(remarks.boots, (begin, end)),
                ),
            )
        ),
        beltless=remarks.beltless,
    )


def _sentence(summary: DaySummary, remarks: Remarks, pale: Sequence[Segment], rule: DayRule) -> str:
    if remarks.beltless:
        return _("No belt is this person's yet: choose one on the page People.")
    if pale and not summary.recorded_s:
        return _("All that was recorded on this day is excluded.")
    return day_sentence(summary, rule)


def tiles(summary: DaySummary, rule: DayRule) -> tuple[Tile, ...]:
    """The numbers of the day; empty for a day without any."""
    if not summary.worn_s:
        return ()
    longest = summary.longest
    return (
        Tile(_("Worn"), duration(summary.worn_s), _("Time with the belt on the body")),
        Tile(_("Sitting"), duration(summary.sitting_s), _("All sitting of the day together")),
        Tile(
            _("Longest sitting"),
            bout_duration(longest) if longest else "–",
            bout_text(longest, rule) if longest else _("No sitting of a minute on end"),
        ),
        Tile(
            _("On your feet"),
            duration(summary.upright_s),
            _("Standing, walking, stairs and running together"),
        ),
        Tile(_("Steps"), number(summary.steps), _("Steps counted by the belt")),
        Tile(
            _("Breaks"),
            number(len(summary.breaks)),
            _("How often a minute or more of standing or moving ended a sitting"),
        ),
        Tile(_("Reminders"), number(len(summary.reminders)), _("How often the belt buzzed")),
    )


def _bouts(summary: DaySummary) -> tuple[BoutLabel, ...]:
    return tuple(
        BoutLabel(bout.begin_s, bout.end_s, bout_duration(bout), bout == summary.longest)
        for bout in summary.bouts
        if bout.seconds >= LONG_BOUT_S or bout == summary.longest
    )


def _marks(summary: DaySummary, remarks: Remarks, rule: DayRule) -> tuple[Mark, ...]:
    reminders = [
        Mark(r.utc_s, MarkKind.REMINDER, f"{clock(r.utc_s, rule)}  {words.reminder_text(r)}")
        for r in summary.reminders
    ]
    breaks = [
        Mark(utc_s, MarkKind.BREAK, f"{clock(utc_s, rule)}  {_('Break from sitting')}")
        for utc_s in summary.breaks
    ]
    bookmarks = [
        Mark(begin, MarkKind.BOOKMARK, _bookmark_text(begin, name, end, rule), end)
        for begin, name, end in remarks.bookmarks
    ]
    return tuple(sorted(reminders + breaks + bookmarks, key=lambda mark: mark.utc_s))


def _bookmark_text(begin_s: int, name: str, end_s: int, rule: DayRule) -> str:
    when = clock(begin_s, rule)
    if end_s - begin_s >= MINUTE_S:
        when = _("{begin} to {end}").format(begin=when, end=clock(end_s, rule))
    called = name or _("Bookmark")
    return f"{when}  {called}"


def _postures(summary: DaySummary) -> tuple[Share, ...]:
    """Postures that were there."""
    shares = []
    for posture in Posture:
        seconds = summary.posture_s[posture]
        if seconds >= (MINUTE_S if posture in SLIGHT else 1):
            shares.append(Share(posture, words.posture_name(posture), duration(seconds), seconds))
    return tuple(shares)


def _bands(summary: DaySummary) -> tuple[Share, ...]:
    """Trunk bands in the order of the angle, with their part of the time that has one."""
    order = (codes.BACKWARD, codes.UPRIGHT, codes.LATERAL, codes.MODERATE, codes.HIGH)
    seconds_of = [summary.band_s[band] for band in order]
    shares = []
    for band, seconds, percent in zip(order, seconds_of, percents(seconds_of), strict=True):
        if seconds:
            text = _("{duration} ({percent} %)").format(duration=duration(seconds), percent=percent)
            shares.append(Share(band, words.band_name(band), text, seconds))
    return tuple(shares)


def percents(parts: Sequence[float]) -> list[int]:
    """Whole percents that make a hundred: those that lost most by rounding down have one more."""
    whole = sum(parts)
    if not whole:
        return [0] * len(parts)
    exact = [100 * part / whole for part in parts]
    rounded = [int(share) for share in exact]
    lost = sorted(range(len(parts)), key=lambda i: rounded[i] - exact[i])
    for index in lost[: 100 - sum(rounded)]:
        rounded[index] += 1
    return rounded


def _degrees(cdeg: npt.NDArray[np.int16]) -> Values:
    return np.where(cdeg == NO_ANGLE, np.nan, cdeg / 100)


def _view(summary: DaySummary, pale: Sequence[Segment]) -> tuple[int, int]:
    """What is shown first: the recorded part with a margin, rounded from the day's begin."""
    ends = [*(summary.span or ()), *(end for part in pale for end in (part.begin_s, part.end_s))]
    if not ends:
        return summary.begin_s, summary.end_s
    span = min(ends), max(ends)
    length = span[1] - span[0]
    unit, margin, least = LONG_VIEW if length >= 3600 else SHORT_VIEW
    first = (span[0] - margin - summary.begin_s) // unit * unit
    last = -((summary.begin_s - span[1] - margin) // unit) * unit
    begin = summary.begin_s + max(0, first)
    end = min(summary.end_s, max(summary.begin_s + last, begin + least))
    return min(begin, end - least), end


def _angle_range(flexion: Values) -> tuple[float, float]:
    known = flexion[~np.isnan(flexion)]
    least, most = (known.min(), known.max()) if len(known) else (0.0, 0.0)
    low = next((end for end in ANGLE_LOWS if end <= least), ANGLE_LOWS[-1])
    return low, next((end for end in ANGLE_HIGHS if end >= most), ANGLE_HIGHS[-1])
