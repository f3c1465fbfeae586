"""Hours of the day and of the week: when a wearer sits, is up, bends."""

from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from itertools import chain
from typing import Protocol

import numpy as np
import numpy.typing as npt
from beltwire import codes

from plumbline.analysis.days import DayRule
from plumbline.analysis.postures import UPRIGHT_MOVING, Minutes, Posture, posture_seconds

Hours = tuple[tuple[int, ...], ...]
"""24 rows, one per hour of the wearer's clock, of seconds in the order of `HourPart`."""
Table = npt.NDArray[np.int32]
Grid = npt.NDArray[np.float64]
LEAST_WORN_S = 30 * 60
"""Worn in an hour of the week for less than this in all, nothing is said of it."""


class DayHours(Protocol):
    """A day and its hours' `table_of`; a day's summary is one."""

    @property
    def day(self) -> date: ...

    @property
    def hour_table(self) -> Table: ...


class HourPart(IntEnum):
    """What is counted per hour. BENT: flexed by more than 20 degrees."""

    WORN = 0
    SITTING = 1
    UPRIGHT = 2
    BENT = 3


def hours_of(minutes: Minutes, rule: DayRule) -> Hours:
    """The seconds of a day's minutes by hour; a minute belongs to the hour it begins in."""
    if not len(minutes):
        return ()
    postures = posture_seconds(minutes)
    columns = {
        HourPart.WORN: postures.sum(axis=1) - postures[:, Posture.NOT_WORN],
        HourPart.SITTING: postures[:, Posture.SITTING],
        HourPart.UPRIGHT: postures[:, list(UPRIGHT_MOVING)].sum(axis=1),
        HourPart.BENT: minutes["bands"][:, [codes.MODERATE, codes.HIGH]].sum(axis=1),
    }
    hour = _local_hours(minutes["utc_s"], rule)
    table = [np.bincount(hour, columns[part], 24) for part in HourPart]
    return tuple(tuple(int(seconds) for seconds in row) for row in zip(*table, strict=True))


def table_of(hours: Hours) -> Table:
    """The same as an array, (24, 4), or (0, 4) where nothing was recorded."""
    seconds = np.fromiter(chain.from_iterable(hours), np.int32)
    return seconds.reshape(-1, len(HourPart))


def week_sums(days: Sequence[DayHours]) -> Grid:
    """Seconds by weekday (Monday first), hour and `HourPart`, shape (7, 24, 4)."""
    sums = np.zeros((7, 24, len(HourPart)))
    known = [day for day in days if len(day.hour_table)]
    if known:
        tables = np.concatenate([day.hour_table for day in known]).reshape(-1, *sums.shape[1:])
        weekdays = np.array([day.day.weekday() for day in known])
        for weekday in range(len(sums)):
            sums[weekday] = tables[weekdays == weekday].sum(axis=0)
    return sums


def week_grid(sums: Grid, part: HourPart) -> Grid:
    """Share (0-1) of the worn time by weekday (Monday first) and hour, shape (7, 24).

    NaN where the belt was worn in that hour of the week for less than LEAST_WORN_S.
    """
    worn, found = sums[..., HourPart.WORN], sums[..., part]
    return np.where(worn >= LEAST_WORN_S, found / np.maximum(worn, 1), np.nan)


def _local_hours(utc_s: npt.NDArray[np.int64], rule: DayRule) -> npt.NDArray[np.int64]:
    """The hour on the wearer's clock; the offset is asked for once a quarter of an hour."""
    quarters, place = np.unique(utc_s // 900, return_inverse=True)
    ends = [rule.local(int(quarter) * 900).utcoffset() for quarter in (quarters[0], quarters[-1])]
    if ends[0] == ends[1]:
        offset = int(ends[0].total_seconds()) if ends[0] else 0
        return (utc_s + offset) // 3600 % 24
    hours = np.array([rule.local(int(quarter) * 900).hour for quarter in quarters], np.int64)
    return hours[place]
