"""Local days: which stretch of UTC a wearer calls "the 29th of March"."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LOCALTIME = Path("/etc/localtime")


@dataclass(frozen=True)
class DayRule:
    """Where days begin: the wearer's time zone and the minute after midnight.

    With `split_min` 240 the night belongs to the evening before it: a day runs from
    04:00 to 04:00. Days have 23, 24 or 25 hours, as the zone's clock changes have it.
    """

    zone: tzinfo
    split_min: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.split_min < 24 * 60:
            raise ValueError(f"split_min {self.split_min}: a day begins at minute 0 to 1439")

    def bounds(self, day: date) -> tuple[int, int]:
        """First second of `day` and of the day after it, in UTC seconds."""
        return self._begin(day), self._begin(day + timedelta(days=1))

    @lru_cache(1 << 13)  # noqa: B019 - a rule lives as long as the program
    def _begin(self, day: date) -> int:
        # Wall-clock time first, zone afterwards: 04:00 stays 04:00 on the day the clock changes.
        wall = datetime(day.year, day.month, day.day) + timedelta(minutes=self.split_min)
        return round(wall.replace(tzinfo=self.zone).timestamp())

    def day_of(self, utc_s: float) -> date:
        """The day that holds the instant."""
        guess = (self.local(utc_s) - timedelta(minutes=self.split_min)).date()
        # Subtracting wall-clock minutes is off by one day within a clock change at the split.
        for day in (guess, guess - timedelta(days=1), guess + timedelta(days=1)):
            begin, end = self.bounds(day)
            if begin <= utc_s < end:
                return day
        return guess

    def local(self, utc_s: float) -> datetime:
        """The instant as the wearer's clock shows it."""
        return datetime.fromtimestamp(utc_s, UTC).astimezone(self.zone)


def days_between(first: date, last: date) -> list[date]:
    """All days from `first` to `last`, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def local_zone(name: str | None = None) -> tzinfo:
    """The zone called `name`, else of the variable TZ, else the system's.

    Where the system does not tell its zone's name, today's offset from UTC stands in.
    """
    for candidate in (name, os.environ.get("TZ"), _system_zone_name()):
        if candidate:
            try:
                return ZoneInfo(candidate.removeprefix(":"))
            except (ZoneInfoNotFoundError, ValueError):
                continue
    return datetime.now().astimezone().tzinfo or UTC


def _system_zone_name() -> str | None:
    """The IANA name behind /etc/localtime, as Linux and macOS keep it."""
    _, found, name = str(LOCALTIME.resolve()).partition("zoneinfo/")
    return name if found else None
