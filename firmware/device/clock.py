"""The belt's clock: milliseconds since boot, never stepping back, never wrapping; no wall time.

`ticks_ms` of the platform wraps after 2**30 ms (12.4 days). `update` must be called at least
every 2**29 ms (6 days); the main loop does so many times a second.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Difference, Gauge

RESET_AFTER_MS = 2000
"""A host's time that differs by more is a new anchor."""
ANCHOR_AGE_MS = 12 * 3600 * 1000
"""An anchor older than this is renewed, so that the host can measure the drift."""
DAY_MIN = 1440
NO_MINUTE = -1


class Clock:
    """Whole seconds and milliseconds since boot from a wrapping tick counter."""

    def __init__(self, ticks_ms: "Gauge", ticks_diff: "Difference") -> None:
        self._ticks_ms = ticks_ms
        self._ticks_diff = ticks_diff
        self._last = ticks_ms()
        self._part_ms = 0
        self.seconds = 0
        """Whole seconds since boot: a small integer for 34 years."""

    def update(self) -> None:
        """Take in the time that has passed."""
        now = self._ticks_ms()
        passed = self._ticks_diff(now, self._last)
        if passed <= 0:
            return
        self._last = now
        part = self._part_ms + passed
        self.seconds += part // 1000
        self._part_ms = part % 1000

    def now_ms(self) -> int:
        """Milliseconds since boot at the last update."""
        return self.seconds * 1000 + self._part_ms


class Anchor:
    """What the host said the time is: one pair of UTC and belt time, of this boot only."""

    def __init__(self) -> None:
        self.known = False
        self._estimated = False
        self._utc_ms = 0
        self._mono_ms = 0

    def set(self, utc_ms: int, mono_ms: int) -> bool:
        """Take the host's time; True where it is worth a CLOCK_SET event.

        That is so for the first time in this boot, when the two clocks are more than 2 s apart,
        and when the last anchor is more than 12 hours old; so a second sync adds nothing.
        """
        elapsed = mono_ms - self._mono_ms
        apart = abs(utc_ms - self._utc_ms - elapsed)
        if (
            self.known
            and not self._estimated
            and apart <= RESET_AFTER_MS
            and elapsed <= ANCHOR_AGE_MS
        ):
            return False
        self.estimate(utc_ms, mono_ms)
        self._estimated = False
        return True

    def estimate(self, utc_ms: int, mono_ms: int) -> None:
        """Take a time that is good enough for quiet hours and for nothing else."""
        self.known = True
        self._estimated = True
        self._utc_ms = utc_ms
        self._mono_ms = mono_ms

    def utc_ms(self, mono_ms: int) -> int:
        """What the time is; only where it is `known`."""
        return self._utc_ms + mono_ms - self._mono_ms

    def minute_of_day(self, mono_ms: int, utc_offset_min: int) -> int:
        """Local minute of the day, 0 to 1439; NO_MINUTE while the time is not known."""
        if not self.known:
            return NO_MINUTE
        utc_min = self.utc_ms(mono_ms) // 60000
        return (utc_min + utc_offset_min) % DAY_MIN
