"""Stands in for MicroPython's `time`: the current world's time, which moves only when told to."""

from virtual.world import current

HALF = 1 << 29


def ticks_ms() -> int:
    """Milliseconds, wrapping after 2**30."""
    return current().ticks_ms()


def time() -> int:
    """Whole seconds of the chip's slow clock, from the day the power came."""
    return current().rtc_s()


def ticks_diff(end: int, start: int) -> int:
    """Signed milliseconds from `start` to `end`, over the wrap."""
    return ((end - start + HALF) & (2 * HALF - 1)) - HALF


def sleep_ms(ms: int) -> None:
    """Let time go by."""
    current().advance(ms)


def sleep_us(us: int) -> None:
    """A moment too short for anything in the world to change."""
