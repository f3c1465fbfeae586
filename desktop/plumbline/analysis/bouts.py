"""Uninterrupted sitting, and what ended it: the belt's own rule, on minutes instead of seconds.

A break is standing or moving for BREAK_S (60 s) or more; shorter risings stay inside the bout.
Lying, not wearing the belt or no records for as long end it too; unknown time does not. Minute
records tell how long each posture lasted in a minute but not in which order, so pauses are
found from the sums of neighbouring minutes (60 s in a row either fill one minute or spread
over two) and the edges of a bout are placed by the seconds sat in the minutes around it.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from beltcore.params import BREAK_S

from plumbline.analysis.postures import (
    MINUTE_S,
    UPRIGHT_MOVING,
    Minutes,
    Posture,
    Seconds,
    posture_seconds,
)

LEAST_S = 60
"""Sitting for less is not worth a name."""
UNKNOWN_S = 15 * 60
"""Not recognised for longer than this, nobody can say that the sitting went on. The belt, which
must decide at once whether to buzz, has no such limit."""

AWAY = [*UPRIGHT_MOVING, Posture.LYING, Posture.NOT_WORN]
Flags = npt.NDArray[np.bool_]


class End(IntEnum):
    """What ended a sitting bout."""

    BREAK = 0
    LYING = 1
    NOT_WORN = 2
    UNCERTAIN = 3


@dataclass(frozen=True)
class Bout:
    """One uninterrupted sitting, in UTC seconds."""

    begin_s: int
    end_s: int
    end: End

    @property
    def seconds(self) -> int:
        """From sitting down to the last second sat, short risings included."""
        return self.end_s - self.begin_s

    @property
    def minutes(self) -> int:
        """As its begin and end on the clock have it, so that the three agree wherever its length
        is told."""
        return round(self.end_s / 60) - round(self.begin_s / 60)


def sitting_bouts(minutes: Minutes) -> list[Bout]:
    """All sitting bouts of a minute or more in `minutes` (sorted), in order of time."""
    minutes = minutes[minutes["seconds"].sum(axis=1) > 0]
    if not len(minutes):
        return []
    return _Timeline(minutes).bouts()


class _Timeline:
    """Columns of the minutes that the search for bouts needs."""

    def __init__(self, minutes: Minutes) -> None:
        self.start: Seconds = minutes["utc_s"].astype(np.int64)
        self.seconds = posture_seconds(minutes)
        self.sat: Seconds = self.seconds[:, Posture.SITTING]
        self.joined: Flags = np.diff(self.start) < MINUTE_S + BREAK_S
        self.pause = self._pauses()

    def bouts(self) -> list[Bout]:
        inside: Flags = ~self.pause & (self.sat > 0)
        inside |= self._bridged(inside)
        found = (self._bout(first, last) for first, last in self._runs(inside))
        return [bout for bout in found if bout.seconds >= LEAST_S]

    def _pauses(self) -> Flags:
        """Minutes that take part in 60 s or more of something certain that is not sitting."""
        away = self.seconds[:, AWAY].sum(axis=1)
        pause: Flags = away >= BREAK_S
        pair = (away[:-1] + away[1:] >= BREAK_S) & (away[:-1] > 0) & (away[1:] > 0) & self.joined
        pause[:-1] |= pair
        pause[1:] |= pair
        return pause

    def _bridged(self, inside: Flags) -> Flags:
        """Minutes that are unknown, too short a while to end the sitting around them."""
        bridged = np.zeros(len(inside), np.bool_)
        for first, last in self._runs(~inside & ~self.pause):
            enclosed = first > 0 and last + 1 < len(inside)
            if not enclosed or self.start[last + 1] - self.start[first] > UNKNOWN_S:
                continue
            bridged[first : last + 1] = inside[first - 1] and inside[last + 1]
        return bridged

    def _runs(self, flags: Flags) -> list[tuple[int, int]]:
        """First and last minute of every run of set flags that no gap in time divides."""
        starts, ends = flags.copy(), flags.copy()
        starts[1:] &= ~(flags[:-1] & self.joined)
        ends[:-1] &= ~(flags[1:] & self.joined)
        edges = np.flatnonzero(starts).tolist(), np.flatnonzero(ends).tolist()
        return list(zip(*edges, strict=True))

    def _bout(self, first: int, last: int) -> Bout:
        before, after = self._sat_next_to(first, -1), self._sat_next_to(last, 1)
        begin, end = int(self.start[first]), int(self.start[last])
        if before:
            begin -= before
        elif first != last or after:
            begin += MINUTE_S - int(self.sat[first])
        end += MINUTE_S + after if after else int(self.sat[last])
        return Bout(begin, end, self._ending(last))

    def _sat_next_to(self, index: int, step: int) -> int:
        """Seconds sat in the minute before or after, where it adjoins."""
        other = index + step
        if not 0 <= other < len(self.sat) or not self.joined[min(index, other)]:
            return 0
        return int(self.sat[other])

    def _ending(self, last: int) -> End:
        if last + 1 >= len(self.sat) or not self.joined[last] or not self.pause[last + 1]:
            return End.UNCERTAIN
        after = self.seconds[last + 1 : last + 3].sum(axis=0)
        lengths = {
            End.BREAK: int(after[list(UPRIGHT_MOVING)].sum()),
            End.LYING: int(after[Posture.LYING]),
            End.NOT_WORN: int(after[Posture.NOT_WORN]),
        }
        return max(lengths, key=lambda end: lengths[end])
