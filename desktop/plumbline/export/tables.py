"""The tables of an export: their columns, and each column's place in the data dictionary.

A value is a text, a whole number, a decimal or nothing. Decimals are written with a point,
whatever the locale. Times are UTC.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from beltwire import codes, events
from beltwire.errors import WireError
from beltwire.records import Event

from plumbline.store.rows import NO_ANGLE, NO_SIDE, StoredEvent

Value = str | int | float | dict[str, int] | None


class Column(NamedTuple):
    """A column: its name, unit, meaning, and how its value is taken from a row."""

    name: str
    unit: str
    meaning: str
    value: Callable[[Any], Value]


def utc_text(utc_s: int | None) -> str | None:
    """ISO 8601, such as 2026-11-20T14:10:00Z; None for a time that is not known."""
    if utc_s is None:
        return None
    return datetime.fromtimestamp(int(utc_s), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _angle(name: str) -> Callable[[Any], Value]:
    return lambda row: None if row[name] == NO_ANGLE else int(row[name]) / 100


def _number(name: str) -> Callable[[Any], Value]:
    return lambda row: int(row[name])


def _place(name: str, index: int) -> Callable[[Any], Value]:
    return lambda row: int(row[name][index])


def _side(row: Any) -> Value:
    side = int(row["lying_side"])
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


def _flag(bit: int) -> Callable[[Any], Value]:
    return lambda row: int(bool(row["flags"] & bit))


MINUTES: tuple[Column, ...] = (
    Column("utc", "", "start of the minute", lambda row: utc_text(row["utc_s"])),
    Column("boot", "", "number of the belt's start", _number("boot")),
    Column("seq", "", "sequence number of the record in the belt's log", _number("seq")),
    *(
        Column(f"{name}_s", "s", f"time in the activity {name}", _place("seconds", code))
        for code, name in enumerate(codes.ACTIVITY_NAMES)
    ),
    *(
        Column(f"band_{name}_s", "s", f"time in the trunk band {name}", _place("bands", code))
        for code, name in enumerate(codes.BAND_NAMES)
    ),
    Column("flexion_deg", "deg", "mean trunk flexion, forward +", _angle("flexion_cdeg")),
    Column("lateral_deg", "deg", "mean side lean, to the right +", _angle("lateral_cdeg")),
    Column(
        "spread_deg",
        "deg",
        "mean absolute deviation of flexion, 63.75 and above as 63.75",
        lambda row: int(row["spread"]) / 4,
    ),
    Column("steps", "", "steps, 255 and above as 255", _number("steps")),
    Column("slouched_s", "s", "slouched sitting", _number("slouched_s")),
    *(Column(name, "0/1", meaning, _flag(bit)) for bit, name, meaning in _FLAG_NAMES),
    Column("lying_side", "", "the side that was down while lying", _side),
)


def _arguments(event: StoredEvent) -> Value:
    try:
        return events.arguments(Event(event.code, event.args))
    except WireError:
        return None


EVENTS: tuple[Column, ...] = (
    Column("utc", "", "when it was; empty: not known", lambda event: utc_text(event.utc_s)),
    Column("boot", "", "number of the belt's start", lambda event: event.boot),
    Column("seq", "", "sequence number of the record in the belt's log", lambda event: event.seq),
    Column("t_s", "s", "the belt's clock since that start", lambda event: event.t_s),
    Column("code", "", "the event's code", lambda event: event.code),
    Column("event", "", "the event's name", lambda event: events.name(event.code)),
    Column("arguments", "", "what belongs to it, by name", _arguments),
    Column("args_hex", "", "the same as it came, in hex", lambda event: event.args.hex()),
)
BELT = Column("belt", "", "the belt's id", lambda row: None)
TABLES = {"minutes": MINUTES, "events": EVENTS}


def column_names(columns: Iterable[Column]) -> list[str]:
    """The table's heading."""
    return [BELT.name, *(column.name for column in columns)]


def values(belt: str, columns: tuple[Column, ...], rows: Iterable[Any]) -> Iterator[list[Value]]:
    """The rows' values in the order of the heading."""
    for row in rows:
        yield [belt, *(column.value(row) for column in columns)]


def dictionary() -> Iterator[list[Value]]:
    """The data dictionary: table, column, unit, meaning."""
    for table, columns in TABLES.items():
        for column in (BELT, *columns):
            yield [table, column.name, column.unit, column.meaning]
