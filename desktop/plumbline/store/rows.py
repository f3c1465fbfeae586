"""What the store hands out: arrays of minutes, lists of events and belts."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

NO_ANGLE = -32768  # flexion_cdeg, lateral_cdeg: no second of the minute had a known upright posture
NO_SIDE = 255  # lying_side: did not lie

# One row per minute record. utc_s: start of the minute, UTC seconds since 1970.
# seconds: per activity code, 0-60; bands: per trunk band code, 0-60; angles in
# centidegrees; spread: mean absolute deviation of flexion, 0.25 degree units.
MINUTE_DTYPE = np.dtype(
    [
        ("utc_s", "<i8"),
        ("boot", "<u2"),
        ("seq", "<u4"),
        ("seconds", "u1", (10,)),
        ("bands", "u1", (5,)),
        ("flexion_cdeg", "<i2"),
        ("lateral_cdeg", "<i2"),
        ("spread", "u1"),
        ("steps", "u1"),
        ("slouched_s", "u1"),
        ("flags", "u1"),
        ("lying_side", "u1"),
    ]
)


@dataclass(frozen=True)
class StoredEvent:
    """An event record; `utc_s` is None where the boot's time is not known."""

    utc_s: int | None
    boot: int
    seq: int
    t_s: int
    code: int
    args: bytes


@dataclass(frozen=True)
class BootPlace:
    """Where a boot lies: from its start to its last record in UTC seconds.

    `utc_s` and `within_s` are None where its time is not known. `within_s` is 0 where a clock
    anchor places the boot; else its neighbours do, and it may be off by so many seconds.
    """

    log: int
    boot: int
    utc_s: tuple[int, int] | None
    within_s: int | None
    minutes: int


@dataclass(frozen=True)
class BeltDrift:
    """How fast a belt's clock runs against UTC: + is fast; `hours` between the anchors it is of."""

    belt: str
    ppm: float
    hours: float


@dataclass(frozen=True)
class BeltInfo:
    """A belt as last met; `id` is its 8 byte id in hex, `firmware` like "0.1.0"."""

    id: str
    name: str
    last_sync_utc_s: int | None
    firmware: str
    battery_mv: int | None
    boot: int | None


class PlacedMinutes(NamedTuple):
    """Some minutes of a boot for export: `rows`, shape (n,), MINUTE_DTYPE, `utc_s` of these being
    the belt's own clock.

    `utc_s`, shape (n,), UTC seconds, or None, and `within_s` as in `BootPlace`.
    """

    log: int
    utc_s: Any
    within_s: int | None
    rows: Any


class PlacedEvent(NamedTuple):
    """An event for export; `utc_s` and `within_s` as in `BootPlace`."""

    log: int
    utc_s: int | None
    within_s: int | None
    boot: int
    seq: int
    t_s: int
    code: int
    args: bytes


class RawRecord(NamedTuple):
    """A record as the belt wrote it, whatever it holds."""

    log: int
    boot: int
    seq: int
    t_s: int
    kind: int
    payload: bytes


class ClockRow(NamedTuple):
    """A clock anchor; what was learnt beside it where it came from a sync, else None."""

    log: int
    boot: int
    mono_ms: int
    utc_ms: int
    utc_offset_min: int | None
    battery_mv: int | None
    name: str
    board: str
    firmware: str
