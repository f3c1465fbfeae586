"""Stands in for MicroPython's `esp32`: which pins wake the chip."""

from virtual.machine import Pin
from virtual.world import current

WAKEUP_ANY_HIGH = True
WAKEUP_ALL_LOW = False


def wake_on_gpio(pins: "tuple[Pin, ...]", level: bool) -> None:
    """These pins at this level end a light sleep, and on a C3 a deep one."""
    current().wake_on([pin.number for pin in pins], level)


def wake_on_ext1(pins: "tuple[Pin, ...]", level: bool) -> None:
    """These pins at this level end a deep sleep, on chips other than a C3."""
    current().wake_on([pin.number for pin in pins], level)
