"""The tables of an export: their columns, and each column's place in the data dictionary.

A value is a text, a whole number, a decimal or nothing. Decimals are written with a point,
whatever the locale. Times are UTC.

Minutes and events are for reading. The records, as the belt wrote them, and the clocks, which
place them, are what `plumbline import` takes back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from beltwire import codes, events
from beltwire.errors import WireError
from beltwire.records import Event

from plumbline.store.rows import NO_ANGLE, NO_SIDE, PlacedEvent, PlacedMinutes

BLOCK = 1000  # rows that are taken together
Value = str | int | float | dict[str, int] | None
Values = list[Value]


class Column(NamedTuple):
    """A column: its name, unit, meaning, and how its value is taken from a row.

    Of MINUTES, whose rows are many, its values are taken from `PlacedMinutes`.
    """

    name: str
    unit: str
    meaning: str
    value: Callable[[Any], Any]
    kind: str = "int"  # or "text", "decimal", "utc"


def utc_text(utc_s: int | None) -> str | None:
    """ISO 8601, such as 2026-11-20T14:10:00Z; None for a time that is not known."""
    if utc_s is None:
        return None
    return datetime.fromtimestamp(int(utc_s), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _time(minutes: PlacedMinutes) -> Values:
    if minutes.utc_s is None:
        return [None] * len(minutes.rows)
    texts = np.datetime_as_string(minutes.utc_s.astype("datetime64[s]"), unit="s")
    return [f"{text}Z" for text in texts.tolist()]


def _angle(name: str) -> Callable[[PlacedMinutes], Values]:
    def angle(minutes: PlacedMinutes) -> Values:
        found: list[Value] = (minutes.rows[name] / 100).tolist()
        for index in np.flatnonzero(minutes.rows[name] == NO_ANGLE).tolist():
            found[index] = None
        return found

    return angle


def _numbers(name: str) -> Callable[[PlacedMinutes], Values]:
    return lambda minutes: minutes.rows[name].tolist()


def _place(name: str, index: int) -> Callable[[PlacedMinutes], Values]:
    return lambda minutes: minutes.rows[name][:, index].tolist()


def _same(name: str) -> Callable[[PlacedMinutes], Values]:
    return lambda minutes: [getattr(minutes, name)] * len(minutes.rows)


def _side(side: int) -> Value:
    if side == NO_SIDE:
        return None
    return codes.SIDE_NAMES[side] if side < len(codes.SIDE_NAMES) else str(side)


_FLAG_NAMES = (
    (codes.FLAG_REMINDER, "reminder", "the belt reminded its wearer in this minute"),
    (codes.FLAG_SNOOZED, "snoozed", "reminders were snoozed"),
    (codes.FLAG_QUIET, "quiet", "within quiet hours"),
    (codes.FLAG_CHARGING, "charging", "the belt was charging"),
    (codes.FLAG_PARTIAL, "partial", "the minute was begun or broken off"),
    (codes.FLAG_SENSOR_GAP, "sensor_gap", "samples are missing"),
    (codes.FLAG_UNCALIBRATED, "uncalibrated", "the belt was not calibrated"),
)


def _flag(bit: int) -> Callable[[PlacedMinutes], Values]:
    return lambda minutes: (minutes.rows["flags"] & bit != 0).astype(np.uint8).tolist()


def _hex(name: str) -> Callable[[Any], Value]:
    return lambda row: getattr(row, name).hex()


_plain = attrgetter
_LOG = Column("log", "", "number of the belt's log: one more each time it was wiped", _plain("log"))
_WITHIN = Column(
    "within_s", "s", "0, or how far off the time may be; empty: not known", _plain("within_s")
)
_SEQ = "sequence number of the record in the belt's log"
_T_S = "the belt's clock since that start"


MINUTES: tuple[Column, ...] = (
    Column(
        "utc",
        "",
        "start of the minute; empty: not known",
        _time,
        "utc",
    ),
    _WITHIN._replace(value=_same("within_s")),
    _LOG._replace(value=_same("log")),
    Column("boot", "", "number of the belt's start", _numbers("boot")),
    Column("seq", "", _SEQ, _numbers("seq")),
    Column("t_s", "s", _T_S, _numbers("utc_s")),
    *(
        Column(f"{name}_s", "s", f"time in the activity {name}", _place("seconds", code))
        for code, name in enumerate(codes.ACTIVITY_NAMES)
    ),
    *(
        Column(f"band_{name}_s", "s", f"time in the trunk band {name}", _place("bands", code))
        for code, name in enumerate(codes.BAND_NAMES)
    ),
    Column(
        "flexion_deg", "deg", "mean trunk flexion, forward +", _angle("flexion_cdeg"), "decimal"
    ),
    Column(
        "lateral_deg", "deg", "mean side lean, to the right +", _angle("lateral_cdeg"), "decimal"
    ),
    Column(
        "spread_deg",
        "deg",
        "mean absolute deviation of flexion, 63.75 and above as 63.75",
        lambda minutes: (minutes.rows["spread"] / 4).tolist(),
        "decimal",
    ),
    Column("steps", "", "steps, 255 and above as 255", _numbers("steps")),
    Column("slouched_s", "s", "slouched sitting", _numbers("slouched_s")),
    *(Column(name, "0/1", meaning, _flag(bit)) for bit, name, meaning in _FLAG_NAMES),
    Column(
        "lying_side",
        "",
        "the side that was down while lying",
        lambda minutes: [*map(_side, minutes.rows["lying_side"].tolist())],
        "text",
    ),
)


def _arguments(event: PlacedEvent) -> Value:
    try:
        return events.arguments(Event(event.code, event.args))
    except WireError:
        return None


EVENTS: tuple[Column, ...] = (
    Column("utc", "", "when it was; empty: not known", lambda event: utc_text(event.utc_s), "utc"),
    _WITHIN,
    _LOG,
    Column("boot", "", "number of the belt's start", _plain("boot")),
    Column("seq", "", _SEQ, _plain("seq")),
    Column("t_s", "s", _T_S, _plain("t_s")),
    Column("code", "", "the event's code", _plain("code")),
    Column("event", "", "the event's name", lambda event: events.name(event.code), "text"),
    Column("arguments", "", "what belongs to it, by name", _arguments, "text"),
    Column("args_hex", "", "the same as it came, in hex", _hex("args"), "text"),
)
RECORDS: tuple[Column, ...] = (
    _LOG,
    Column("boot", "", "number of the belt's start", _plain("boot")),
    Column("seq", "", _SEQ, _plain("seq")),
    Column("t_s", "s", _T_S, _plain("t_s")),
    Column("kind", "", "1 a minute, 2 an event; see protocol/SPEC.md", _plain("kind")),
    Column("payload_hex", "", "the record as it came, in hex", _hex("payload"), "text"),
)
CLOCKS: tuple[Column, ...] = (
    _LOG,
    Column("boot", "", "number of the belt's start", _plain("boot")),
    Column("mono_ms", "ms", "the belt's clock since that start ...", _plain("mono_ms")),
    Column("utc_ms", "ms", "... when it was so many since 1970, UTC", _plain("utc_ms")),
    Column(
        "utc_offset_min",
        "min",
        "local time minus UTC at a sync; empty: the belt's own note",
        _plain("utc_offset_min"),
    ),
    Column("battery_mv", "mV", "the belt's battery at a sync", _plain("battery_mv")),
    Column("name", "", "the belt's name when last met", _plain("name"), "text"),
    Column("board", "", "its kind of board", _plain("board"), "text"),
    Column("firmware", "", "its firmware", _plain("firmware"), "text"),
)
BELT = Column("belt", "", "the belt's id", lambda row: None, "text")
TABLES = {"minutes": MINUTES, "events": EVENTS, "records": RECORDS, "clocks": CLOCKS}


DICTIONARY = tuple(
    Column(name, "", "", lambda row: None, "text")
    for name in ("table", "column", "unit", "meaning")
)


def values(belt: str, table: str, found: Iterable[Any]) -> Iterator[Sequence[Value]]:
    """The rows of a table in the order of the heading; `found`: what `BeltOut` gives."""
    takers = [column.value for column in TABLES[table]]
    if table == "minutes":
        for minutes in found:
            yield from zip(
                [belt] * len(minutes.rows), *(take(minutes) for take in takers), strict=True
            )
        return
    rest = iter(found)
    while rows := list(islice(rest, BLOCK)):
        yield from zip([belt] * len(rows), *(map(take, rows) for take in takers), strict=True)


def dictionary(tables: Mapping[str, Iterable[Column]]) -> Iterator[list[Value]]:
    """The data dictionary of the tables: table, column, unit, meaning."""
    for table, columns in tables.items():
        for column in columns:
            yield [table, column.name, column.unit, column.meaning]
