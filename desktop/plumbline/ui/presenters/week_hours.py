"""The hours of the week as a heat map: rows are weekdays, columns hours of the wearer's clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from plumbline.analysis.hours import Grid, HourPart, week_grid
from plumbline.analysis.wording import clock_time, week_begin, weekday_name, weekday_short
from plumbline.i18n import _

SCALES = (0.08, 0.2, 0.4, 0.6, 0.8, 1.0)
A_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class WeekHours:
    """`share` (7, 24), 0 to 1 of the worn time, NaN where it was worn too little.

    Rows are in the order of the user's week; `days` their short names.
    """

    part: HourPart
    title: str
    days: tuple[str, ...]
    names: tuple[str, ...]
    share: Grid
    text: str

    @property
    def highest(self) -> float:
        """The largest share, at least a little."""
        known = self.share[~np.isnan(self.share)]
        return max(0.05, float(known.max())) if len(known) else 1.0

    @property
    def scale(self) -> float:
        """Where the colours end: the next round share, whose quarters are whole percents."""
        return next((each for each in SCALES if each >= self.highest - 0.005), 1.0)

    @property
    def fullest(self) -> tuple[int, int]:
        """Row and hour with the largest share; noon of the first day where there is none."""
        if np.isnan(self.share).all():
            return 0, 12
        row, hour = np.unravel_index(np.nanargmax(self.share), self.share.shape)
        return int(row), int(hour)

    def hover(self, x: float, y: float) -> str:
        """What is known of the hour under a place of the map; empty outside."""
        hour, row = int(x // 1), int(y // 1)
        if not (0 <= hour < 24 and 0 <= row < 7):
            return ""
        when = _("{day}, {begin} to {end}").format(
            day=self.names[row], begin=clock_time(hour), end=clock_time((hour + 1) % 24)
        )
        share = self.share[row, hour]
        if np.isnan(share):
            return "\n".join((when, _("worn for less than half an hour")))
        percent = _("{n} %").format(n=round(100 * share))
        return f"{when}\n{self.title}: {percent}"


def part_names() -> dict[HourPart, str]:
    """What the map can show."""
    return {
        HourPart.SITTING: _("Sitting"),
        HourPart.UPRIGHT: _("On your feet"),
        HourPart.BENT: _("Bent forward above 20°"),
    }


def present_week_hours(sums: Grid, part: HourPart) -> WeekHours:
    """The map of a period, of its `week_sums`."""
    begin = week_begin(A_MONDAY + timedelta(days=6))
    week = [begin + timedelta(days=n) for n in range(7)]
    share = week_grid(sums, part)[[day.weekday() for day in week]]
    names = tuple(weekday_name(day) for day in week)
    title = _("{what}, share of worn time").format(what=part_names()[part])
    text = _sentence(share, names, part_names()[part])
    return WeekHours(part, title, tuple(map(weekday_short, week)), names, share, text)


def _sentence(share: Grid, names: Sequence[str], what: str) -> str:
    """The hours with most and least of it, in words."""
    if np.isnan(share).all():
        return _("The belt was worn too little in this period.")
    places = [
        np.unravel_index(place, share.shape) for place in (np.nanargmax(share), np.nanargmin(share))
    ]
    most, least = (
        _("{day} {begin} to {end} ({n} %)").format(
            day=names[int(row)],
            begin=clock_time(int(hour)),
            end=clock_time((int(hour) + 1) % 24),
            n=round(100 * share[row, hour]),
        )
        for row, hour in places
    )
    return _("{what}: most on {most}, least on {least} of the worn time.").format(
        what=what, most=most, least=least
    )
