# Plumbline belt core: the minute record
"""Turns decided seconds into the log's minute records.

A minute's start is a multiple of 60 s of the belt's time in this boot. Its seconds are those
that were measured: a second without samples, or with the motor running, is missing, so the sum
may be less than 60. Angles and bands are of the seconds with an upright trunk (sitting,
standing, transitions and moving on one's feet).
"""

from array import array

from beltwire import codes
from beltwire.records import Minute

from . import params
from .ergonomics import is_upright

_ACTIVITIES = len(codes.ACTIVITY_NAMES)
_BANDS = len(codes.BAND_NAMES)
_SIDES = len(codes.SIDE_NAMES)

_SECONDS = 0
_BAND_AT = _SECONDS + _ACTIVITIES
_SIDE_AT = _BAND_AT + _BANDS
_FLEXION_AT = _SIDE_AT + _SIDES  # 60 values in cdeg
_FLEXIONS = _FLEXION_AT + params.MINUTE_S  # how many of them
_LATERAL = _FLEXIONS + 1  # sum of at most 60 * 9000
_STEPS = _LATERAL + 1
_SLOUCHED = _STEPS + 1
_FLAGS = _SLOUCHED + 1
_COUNTED = _FLAGS + 1  # seconds of the minute that were measured
_STATE = _COUNTED + 1


class MinuteBuilder:
    """Collects one minute; `minute` holds the last one that was finished."""

    VIEWS = ("minute",)

    def __init__(self) -> None:
        self.minute = Minute()
        self._s = array("i", bytes(4 * _STATE))

    def add(
        self,
        activity: int,
        flexion: int,
        lateral: int,
        band: int,
        steps: int,
        side: int,
        slouched: bool,
    ) -> None:
        """Count one measured second (codes; centidegrees)."""
        s = self._s
        s[_COUNTED] += 1
        s[_SECONDS + activity] += 1
        s[_STEPS] += steps
        if slouched:
            s[_SLOUCHED] += 1
        if activity == codes.LYING and side < _SIDES:
            s[_SIDE_AT + side] += 1
        if is_upright(activity):
            if band < _BANDS:
                s[_BAND_AT + band] += 1
            s[_FLEXION_AT + s[_FLEXIONS]] = flexion
            s[_FLEXIONS] += 1
            s[_LATERAL] += lateral

    def flag(self, flags: int) -> None:
        """Set flags (FLAG_*) of the minute under way."""
        self._s[_FLAGS] |= flags

    def finish(self) -> bool:
        """Close the minute and begin the next. True where something was measured in it.

        Then `minute` holds it, until the next one is finished.
        """
        s = self._s
        counted = s[_COUNTED]
        if counted:
            self._fill(self.minute)
        for k in range(_STATE):
            s[k] = 0
        return counted > 0

    def _fill(self, minute: Minute) -> None:
        s = self._s
        for k in range(_ACTIVITIES):
            minute.seconds[k] = s[_SECONDS + k]
        for k in range(_BANDS):
            minute.bands[k] = s[_BAND_AT + k]
        minute.steps = min(s[_STEPS], 255)
        minute.slouched_s = s[_SLOUCHED]
        minute.flags = s[_FLAGS]
        minute.lying_side = self._side()
        count = s[_FLEXIONS]
        if not count:
            minute.flexion_cdeg = minute.lateral_cdeg = codes.NO_ANGLE
            minute.spread = 0
            return
        mean = 0
        for k in range(count):
            mean += s[_FLEXION_AT + k]
        mean = _rounded(mean, count)
        apart = 0
        for k in range(count):
            apart += abs(s[_FLEXION_AT + k] - mean)
        minute.flexion_cdeg = mean
        minute.lateral_cdeg = _rounded(s[_LATERAL], count)
        minute.spread = min(_rounded(apart, count * params.SPREAD_CDEG), 255)

    def _side(self) -> int:
        """The side lain on longest, NO_SIDE without lying."""
        s = self._s
        if not s[_SECONDS + codes.LYING]:
            return codes.NO_SIDE
        best = 0
        for k in range(1, _SIDES):
            if s[_SIDE_AT + k] > s[_SIDE_AT + best]:
                best = k
        return best


def _rounded(value: int, divisor: int) -> int:
    """value / divisor to the nearest integer, halves upwards."""
    return (value + (divisor >> 1)) // divisor
