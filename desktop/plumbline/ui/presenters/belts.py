"""The belt in a line."""

from collections.abc import Sequence

from plumbline.analysis.days import DayRule
from plumbline.analysis.wording import clock, short_date
from plumbline.i18n import _
from plumbline.store.rows import BeltInfo

EMPTY_MV, FULL_MV = 3300, 4150
"""Of a lithium cell at light load: what the belt needs at least, and what a full one has."""


NEW_NAME = "Plumbline belt"
"""What a belt is called that nobody has given another name (`firmware/device/store.py`)."""
LONGEST_NAME = 40
"""Characters of a belt's name on the screen."""


def battery_percent(millivolts: int) -> int:
    """A rough state of charge between empty and full, 0 to 100."""
    return round(100 * min(1.0, max(0.0, (millivolts - EMPTY_MV) / (FULL_MV - EMPTY_MV))))


def met_last(belts: Sequence[BeltInfo]) -> BeltInfo | None:
    """The belt whose sync is the newest."""
    return max(belts, key=lambda each: each.last_sync_utc_s or 0, default=None)


def belt_names(belts: Sequence[BeltInfo]) -> list[str]:
    """A name for each belt; two of one name, and those without one, also bear their number."""
    names = [belt.name for belt in belts]
    return [
        _named(belt) if belt.name and names.count(belt.name) == 1 else _numbered(belt)
        for belt in belts
    ]


def shown_name(name: str) -> str:
    """In one line; the name that every new belt has, in the user's language."""
    line = " ".join(name.split())[:LONGEST_NAME]
    return _("Plumbline belt") if line == NEW_NAME else line


def _named(belt: BeltInfo) -> str:
    return shown_name(belt.name)


def _numbered(belt: BeltInfo) -> str:
    return f"{_named(belt)} {belt.id[-4:].upper()}".strip()


def belt_text(belt: BeltInfo | None, rule: DayRule) -> str:
    """ "Plumbline 3F2A · battery 82 % · last sync 22 Nov 17:02"."""
    if belt is None:
        return ""
    parts = [_named(belt) or belt.id]
    if belt.battery_mv is not None:
        percent = battery_percent(belt.battery_mv)
        parts.append(_("battery about {percent} %").format(percent=percent))
    if belt.last_sync_utc_s is not None:
        day = short_date(rule.local(belt.last_sync_utc_s).date())
        time = clock(belt.last_sync_utc_s, rule)
        parts.append(_("last sync {day} {time}").format(day=day, time=time))
    return " · ".join(parts)
