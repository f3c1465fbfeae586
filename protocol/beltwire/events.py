"""Names and arguments of the events, and how to make and read them.

`LAYOUTS` gives for every event code its name and the fields of its arguments in order. Fields
appended by a later version are ignored; a code that is not here is shown as "event N".
"""

from beltwire import codes
from beltwire.errors import RangeError
from beltwire.fields import Reader, Writer
from beltwire.records import Event

_REPETITIONS = (
    ("count", "u8"),
    ("range_cdeg", "u16"),
    ("duration_ms", "u16"),
    ("span_s", "u16"),
    ("ago_s", "u8"),
)

LAYOUTS = {
    codes.EVENT_BOOT: (
        "boot",
        (("reset", "u8"), ("fw_major", "u8"), ("fw_minor", "u8"), ("fw_patch", "u8")),
    ),
    codes.EVENT_CLOCK_SET: ("clock_set", (("utc_ms", "u48"), ("mono_ms", "u48"))),
    codes.EVENT_CALIBRATION: (
        "calibration",
        (("quality", "u8"), ("source", "u8"))
        + tuple([("m{}{}".format(row, column), "i16") for row in range(3) for column in range(3)]),
    ),
    codes.EVENT_REMINDER: (
        "reminder",
        (("cause", "u8"), ("flexion_cdeg", "i16"), ("held_s", "u16")),
    ),
    codes.EVENT_CORRECTED: ("corrected", (("cause", "u8"),)),
    codes.EVENT_SNOOZE: ("snooze", (("minutes", "u8"),)),
    codes.EVENT_BATTERY: ("battery", (("millivolts", "u16"), ("percent", "u8"))),
    codes.EVENT_CHARGE: ("charge", (("on", "u8"),)),
    codes.EVENT_SENSOR_FAULT: ("sensor_fault", (("fault", "u8"), ("count", "u16"))),
    codes.EVENT_STORAGE_FAULT: ("storage_fault", (("fault", "u8"), ("count", "u16"))),
    codes.EVENT_OVERWRITTEN: ("overwritten", (("records", "u32"),)),
    codes.EVENT_SETTINGS: ("settings", (("id", "u8"), ("value", "i32"))),
    codes.EVENT_SHIFT: ("shift", (("angle_cdeg", "i16"),)),
    codes.EVENT_BELT_UPSIDE_DOWN: ("belt_upside_down", ()),
    codes.EVENT_SHUTDOWN: ("shutdown", (("reason", "u8"),)),
    codes.EVENT_SAFE_MODE: ("safe_mode", (("falls", "u8"),)),
    codes.EVENT_CHAIR_RISES: ("chair_rises", _REPETITIONS),
    codes.EVENT_HIP_HINGES: ("hip_hinges", _REPETITIONS),
}


def name(code: int) -> str:
    """The event's name in log and export, such as "clock_set"; "event 99" for one not known."""
    if code in LAYOUTS:
        return LAYOUTS[code][0]
    return "event {}".format(code)


def make(code: int, *values: int) -> Event:
    """The event `code` with its arguments in the order of `LAYOUTS`; RangeError if they misfit."""
    fields = LAYOUTS[code][1]
    if len(values) != len(fields):
        raise RangeError("{} takes {} values, not {}".format(name(code), len(fields), len(values)))
    writer = Writer()
    for place in range(len(fields)):
        getattr(writer, fields[place][1])(values[place])
    return Event(code, writer.to_bytes())


def arguments(event: Event) -> "dict[str, int]":
    """The event's arguments by name; empty for a code not known. WireError where they are cut."""
    found: "dict[str, int]" = {}
    if event.code in LAYOUTS:
        reader = Reader(event.args)
        for field, kind in LAYOUTS[event.code][1]:
            found[field] = getattr(reader, kind)()
    return found
