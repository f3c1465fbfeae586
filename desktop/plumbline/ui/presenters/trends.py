"""The page Trends: what it shows of a range of days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

import numpy as np
from beltwire import codes

from plumbline.analysis.hours import week_sums
from plumbline.analysis.postures import Posture
from plumbline.analysis.summary import DaySummary
from plumbline.analysis.trends import BAND_DAYS, Counting, Measure, Trend, counting, counts, trend
from plumbline.analysis.wording import (
    bout_duration,
    duration,
    long_date,
    month_and_year,
    number,
    short_date,
    week_begin,
)
from plumbline.i18n import _, ngettext
from plumbline.ui.presenters import words
from plumbline.ui.presenters.stacks import Stacks, Values, stacks
from plumbline.ui.presenters.week_hours import WeekHours, part_names, present_week_hours

STACKED = (
    Posture.SITTING,
    Posture.STANDING,
    Posture.WALKING,
    Posture.STAIRS,
    Posture.RUNNING,
    Posture.LYING,
    Posture.UNKNOWN,
)
"""Bottom to top; what is not worn is not stacked."""


BANDS = (codes.BACKWARD, codes.UPRIGHT, codes.LATERAL, codes.MODERATE, codes.HIGH)


class Range(Enum):
    """How much the page shows at once."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"


@dataclass(frozen=True)
class Period:
    """A range of days, both ends included."""

    range: Range
    first: date
    last: date

    @property
    def lead(self) -> date:
        """First day to compute, so that means and ordinary days hold from the first day on."""
        return self.first - timedelta(days=BAND_DAYS)

    @property
    def title(self) -> str:
        """ "16 Nov to 22 Nov 2026", "November 2026", "2026"."""
        if self.range is Range.MONTH:
            return month_and_year(self.first)
        if self.range is Range.YEAR:
            return str(self.first.year)
        return _("{first} to {last} {year}").format(
            first=_with_year(self.first, self.last),
            last=short_date(self.last),
            year=self.last.year,
        )


def _with_year(first: date, last: date) -> str:
    return short_date(first) if first.year == last.year else f"{short_date(first)} {first.year}"


def period(kind: Range, day: date, data: tuple[date, date] | None) -> Period:
    """The period of `kind` that holds `day`."""
    if kind is Range.WEEK:
        begin = week_begin(day)
        return Period(kind, begin, begin + timedelta(days=6))
    if kind is Range.MONTH:
        first = day.replace(day=1)
        return Period(kind, first, _next_month(first) - timedelta(days=1))
    if kind is Range.YEAR or data is None:
        return Period(Range.YEAR, date(day.year, 1, 1), date(day.year, 12, 31))
    begin = week_begin(data[0])
    return Period(kind, begin, max(data[1], begin + timedelta(days=6)))


def neighbour(of: Period, step: int) -> date:
    """A day inside the period before (-1) or after (+1)."""
    return of.first - timedelta(days=1) if step < 0 else of.last + timedelta(days=1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True)
class Chart:
    """One measure over the days with its title, unit included."""

    measure: Measure
    title: str
    trend: Trend


@dataclass(frozen=True)
class Panel:
    """What is drawn at once: stacked parts (postures, or trunk bands) and three measures."""

    parts: tuple[int, ...]
    bands: bool
    stacks: Stacks
    charts: tuple[Chart, ...]
    text: str

    def part_name(self, part: int) -> str:
        """Of a posture, or of a trunk band."""
        return words.band_name(part) if self.bands else words.posture_name(Posture(part))


@dataclass(frozen=True)
class TrendView:
    """A period as the window shows it; `days` are ordinals."""

    period: Period
    days: Values
    postures: tuple[Posture, ...]
    panels: tuple[Panel, ...]
    maps: tuple[WeekHours, ...]
    summaries: tuple[DaySummary, ...]
    sentence: str
    note: str = ""
    """Which days count in no mean."""

    @property
    def said(self) -> str:
        """The period in words."""
        return f"{self.sentence} {self.note}".strip()

    @property
    def stacks(self) -> Stacks:
        """The postures' bars."""
        return self.panels[0].stacks

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The first panel's measures."""
        return self.panels[0].charts

    @property
    def has_data(self) -> bool:
        return any(day.worn_s for day in self.summaries)

    def day_at(self, x: float) -> DaySummary | None:
        """The day under an x position."""
        index = round(x) - int(self.days[0])
        return self.summaries[index] if 0 <= index < len(self.summaries) else None

    def hover(self, x: float, panel: int = 0) -> str:
        """The numbers of the day at an x position, as a panel has them; empty outside."""
        day = self.day_at(x)
        if day is None:
            return ""
        if not day.worn_s:
            return "\n".join((long_date(day.day), _("no data")))
        lines = [long_date(day.day), _("worn {duration}").format(duration=duration(day.worn_s))]
        shown = self.panels[panel]
        seconds = day.band_s if shown.bands else day.posture_s
        lines += [
            f"{shown.part_name(part)} {duration(seconds[part])}"
            for part in shown.parts
            if seconds[part] >= 60
        ]
        if day.longest:
            text = bout_duration(day.longest)
            lines.append(_("longest sitting {duration}").format(duration=text))
        lines.append(_("{n} steps").format(n=number(day.steps)))
        return "\n".join(lines)

    def week_at(self, x: float) -> tuple[date, date] | None:
        """First and last day of the weekly bar at an x position; None where bars are of days."""
        index = self.stacks.week_at(x)
        return None if index is None else self.stacks.weeks[index][:2]

    def week_hover(self, x: float, panel: int) -> str:
        """What the weekly bar of a panel at an x position stands for."""
        shown = self.panels[panel]
        index = shown.stacks.week_at(x)
        if index is None:
            return ""
        first, last, count = shown.stacks.weeks[index]
        title = Period(Range.WEEK, first, last).title
        if not count:
            nothing = _("no day that counts")
            return f"{title}\n{nothing}"
        means = ngettext("{n} day", "mean of {n} days", count).format(n=count)
        lines = [
            f"{shown.part_name(part)} {duration(hours * 3600)}"
            for part, hours in zip(shown.parts, shown.stacks.hours[index], strict=True)
            if hours * 60 >= 1
        ]
        return "\n".join([title, means, *lines])


def present_trends(
    shown: Period, days: Sequence[DaySummary], today: date | None = None
) -> TrendView:
    """Compute the view of `shown` from the summaries of `shown.lead` to `shown.last`.

    Means leave out `today`, which is not over, and days worn too short.
    """
    lead = (shown.first - shown.lead).days
    sums = week_sums(days[lead:])
    inside = tuple(days[lead:])
    postures = tuple(p for p in STACKED if any(day.posture_s[p] >= 60 for day in inside))
    among = counting(days, today)
    sentence, note = _sentences(inside, today)
    return TrendView(
        period=shown,
        days=np.array([day.day.toordinal() for day in inside], np.float64),
        postures=postures,
        panels=(
            _posture_panel(days, lead, postures, among),
            _band_panel(days, lead, among),
        ),
        maps=tuple(present_week_hours(sums, part) for part in part_names()),
        summaries=inside,
        sentence=sentence,
        note=note,
    )


def _posture_panel(
    days: Sequence[DaySummary], lead: int, postures: tuple[Posture, ...], among: Counting
) -> Panel:
    titles = {
        Measure.SITTING_H: _("Sitting, hours a day"),
        Measure.LONGEST_MIN: _("Longest sitting, minutes"),
        Measure.STEPS: _("Steps a day"),
    }
    seconds = [day.posture_s for day in days[lead:]]
    telling = among.telling[lead:]
    bars = stacks(days[lead:], postures, seconds, _stack_titles()[0], telling)
    charts = _charts(days, lead, titles, among)
    return Panel(tuple(postures), False, bars, charts, _text(charts))


def _band_panel(days: Sequence[DaySummary], lead: int, among: Counting) -> Panel:
    titles = {
        Measure.REMINDERS_PER_H: _("Reminders per worn hour"),
        Measure.UNKNOWN_PERCENT: _("Not recognised, % of worn time"),
        Measure.NOT_WORN_PERCENT: _("Not worn, % of recorded time"),
    }
    bands = tuple(band for band in BANDS if any(day.band_s[band] >= 60 for day in days[lead:]))
    seconds = [day.band_s for day in days[lead:]]
    telling = among.telling[lead:]
    bars = stacks(days[lead:], bands, seconds, _stack_titles()[1], telling)
    charts = _charts(days, lead, titles, among)
    return Panel(bands, True, bars, charts, _text(charts))


def _stack_titles() -> tuple[tuple[str, str], tuple[str, str]]:
    """Of bars a day and of bars a week."""
    return (
        (
            _("Time per posture, hours a day"),
            _("Time per posture, hours a day (mean of each week)"),
        ),
        (
            _("Time per trunk band, hours a day"),
            _("Time per trunk band, hours a day (mean of each week)"),
        ),
    )


def _charts(
    days: Sequence[DaySummary], lead: int, titles: dict[Measure, str], among: Counting
) -> tuple[Chart, ...]:
    return tuple(
        Chart(measure, title, _cut(trend(days, measure, among=among), lead))
        for measure, title in titles.items()
    )


def _text(charts: Sequence[Chart]) -> str:
    """The measures in words: mean, least and most."""
    lines = []
    for chart in charts:
        known = chart.trend.counted[~np.isnan(chart.trend.counted)]
        if len(known):
            lines.append(
                _("{measure}: mean {mean}, from {least} to {most}.").format(
                    measure=chart.title,
                    mean=number(known.mean(), 1),
                    least=number(known.min(), 1),
                    most=number(known.max(), 1),
                )
            )
    return " ".join(lines)


def _cut(whole: Trend, lead: int) -> Trend:
    columns = (whole.values, whole.counted, whole.mean, whole.low, whole.high)
    return Trend(*(column[lead:] for column in columns))


def _sentences(days: Sequence[DaySummary], today: date | None) -> tuple[str, str]:
    """The period in a line, and how many days are left out of its means."""
    worn = [day for day in days if day.worn_s]
    if not worn:
        return _("No data in this period."), ""
    counted = [day for day in worn if counts(day, today)]
    left_out = words.left_out_text(len(worn) - len(counted))
    return (_means(counted, len(worn)), left_out) if counted else (left_out, "")


def _means(counted: Sequence[DaySummary], worn: int) -> str:
    sitting = sum(day.sitting_s for day in counted) / len(counted)
    steps = round(sum(day.steps for day in counted) / len(counted))
    return ngettext(
        "{days} day with data; on average {sitting} of sitting and {steps} steps a day.",
        "{days} days with data; on average {sitting} of sitting and {steps} steps a day.",
        worn,
    ).format(days=number(worn), sitting=duration(sitting), steps=number(steps))
