"""The belt's settings: number, name, unit, range and default, once for both ends."""

from beltwire.errors import RangeError

REMINDER_MODE = 1
REMINDER_DELAY_S = 2
FLEXION_LIMIT_DEG = 3
SITTING_LIMIT_MIN = 4
HOURLY_BUDGET = 5
PATTERN = 6
STRENGTH = 7
QUIET_FROM_MIN = 8
QUIET_TO_MIN = 9
UTC_OFFSET_MIN = 10
SNOOZE_MIN = 11
SLOUCH_ON = 12

MODE_OFF = 0
MODE_TRACKING = 1
MODE_TRAINING = 2

# id: (name, unit, lowest, highest, default, a value allowed besides the range or None)
TABLE = {
    REMINDER_MODE: ("reminder_mode", "", 0, 2, 2, None),
    REMINDER_DELAY_S: ("reminder_delay_s", "s", 3, 600, 120, None),
    FLEXION_LIMIT_DEG: ("flexion_limit_deg", "deg", 5, 60, 20, None),
    SITTING_LIMIT_MIN: ("sitting_limit_min", "min", 20, 60, 45, 0),
    HOURLY_BUDGET: ("hourly_budget", "1/h", 0, 30, 3, None),
    PATTERN: ("pattern", "", 0, 3, 0, None),
    STRENGTH: ("strength", "%", 0, 100, 70, None),
    QUIET_FROM_MIN: ("quiet_from_min", "min", 0, 1439, -1, -1),
    QUIET_TO_MIN: ("quiet_to_min", "min", 0, 1439, -1, -1),
    UTC_OFFSET_MIN: ("utc_offset_min", "min", -840, 840, 0, None),
    SNOOZE_MIN: ("snooze_min", "min", 1, 240, 30, None),
    SLOUCH_ON: ("slouch_on", "", 0, 1, 1, None),
}


def defaults() -> "dict[int, int]":
    """Every setting's default by id."""
    return {number: TABLE[number][4] for number in TABLE}


def problem(number: int, value: int) -> str:
    """Why `value` is not allowed for setting `number`; "" where it is, or the id is unknown."""
    if number not in TABLE:
        return ""
    name, unit, low, high, _, besides = TABLE[number]
    if value == besides or low <= value <= high:
        return ""
    also = "" if besides is None else " or {}".format(besides)
    return "{} takes {} to {}{} {}".format(name, low, high, also, unit).strip()


def check(number: int, value: int) -> None:
    """RangeError where setting `number` is known and `value` is not allowed for it."""
    text = problem(number, value)
    if text:
        raise RangeError(text)
