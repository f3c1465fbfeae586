"""The page Belt: what the belt is and what it told, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from beltwire import codes
from beltwire.errors import WireError
from beltwire.events import arguments
from beltwire.messages import HelloReply, ListReply
from beltwire.records import Event

from plumbline.analysis.days import DayRule
from plumbline.analysis.wording import clock, number, short_date
from plumbline.i18n import _, ngettext
from plumbline.store.rows import BeltDrift, BeltInfo, StoredEvent
from plumbline.ui.presenters.belts import battery_percent, shown_name

DAY_S = 86_400
RECORDS_A_DAY = 24 * 60
"""A record a minute, worn day and night: whoever wears it less has room for longer."""
RECORDS_A_PAGE, LEAST_PAGES = 24, 20
"""What a page holds where fewer pages than these are written and tell it."""
LEAST_DRIFT_HOURS = 4.0
"""Between anchors of a shorter time the error of setting them is most of what is seen."""
MOST_TOLD = 6


@dataclass(frozen=True)
class BeltFacts:
    """What the store knows of the belt that is shown; `events` of the last days."""

    info: BeltInfo | None = None
    drift: BeltDrift | None = None
    events: tuple[StoredEvent, ...] = ()


def belt_rows(
    facts: BeltFacts, hello: HelloReply | None, log: ListReply | None, rule: DayRule
) -> list[tuple[str, str]]:
    """Names and values: of the belt on the line where there is one, else as it was met last."""
    info = facts.info
    rows: list[tuple[str, str]] = []
    if hello:
        rows.append((_("Belt"), shown_name(hello.name) or hello.belt_id.hex()))
        rows.append((_("Firmware"), ".".join(str(part) for part in hello.firmware)))
        rows.append((_("Battery"), _battery(hello.battery_mv)))
    elif info:
        rows.append((_("Belt"), shown_name(info.name) or info.id))
        rows.append((_("Firmware"), info.firmware or "–"))
        rows.append((_("Battery"), _battery(info.battery_mv or 0)))
    if log:
        rows.append((_("Memory"), _memory(log)))
    if info and info.last_sync_utc_s is not None:
        day = short_date(rule.local(info.last_sync_utc_s).date())
        rows.append((_("Last sync"), f"{day} {clock(info.last_sync_utc_s, rule)}"))
    if facts.drift and facts.drift.hours >= LEAST_DRIFT_HOURS:
        rows.append((_("Clock"), _drift(facts.drift)))
    return rows


def _battery(millivolts: int) -> str:
    if not millivolts:
        return _("not known")
    return _("about {percent} %").format(percent=battery_percent(millivolts))


def _memory(log: ListReply) -> str:
    days = _room_days(log)
    text = (
        ngettext("room for {n} more day", "room for {n} more days", days).format(n=number(days))
        if days
        else _("room for less than a day: fetch what is on it")
    )
    if not log.overwritten:
        return text
    lost = ngettext(
        "{n} record was overwritten before it was fetched",
        "{n} records were overwritten before they were fetched",
        log.overwritten,
    ).format(n=number(log.overwritten))
    return f"{text}; {lost}"


def _room_days(log: ListReply) -> int:
    """How many whole days the belt can go on before it writes over what nobody has fetched."""
    a_page = float(RECORDS_A_PAGE)
    if log.pages >= LEAST_PAGES:
        a_page = (log.next_seq - log.oldest_seq) / log.pages
    waiting = log.next_seq - max(log.acked_seq + 1, log.oldest_seq)
    return max(0, int((log.capacity_pages * a_page - waiting) // RECORDS_A_DAY))


def _drift(drift: BeltDrift) -> str:
    seconds = drift.ppm * DAY_S / 1e6
    if abs(seconds) < 0.05:
        return _("keeps time")
    text = _("{s} s a day fast, corrected") if seconds > 0 else _("{s} s a day slow, corrected")
    return text.format(s=number(abs(seconds), 1))


def told(events: Sequence[StoredEvent], rule: DayRule) -> list[str]:
    """What a wearer should know of the last days, newest first; empty when all was well."""
    lines = []
    for event in reversed(events):
        text = event_text(event)
        if text and event.utc_s is not None:
            day = short_date(rule.local(event.utc_s).date())
            lines.append(f"{day} {clock(event.utc_s, rule)}  {text}")
    return lines[:MOST_TOLD]


def event_text(event: StoredEvent) -> str:
    """A fault or a hint in words; empty for events that are neither."""
    try:
        seen = arguments(Event(event.code, event.args))
    except WireError:
        return ""
    if event.code == codes.EVENT_SENSOR_FAULT:
        return _sensor_text(seen["fault"])
    if event.code == codes.EVENT_STORAGE_FAULT:
        return _storage_text(seen["fault"])
    if event.code == codes.EVENT_BOOT:
        return _boot_text(seen["reset"])
    if event.code == codes.EVENT_OVERWRITTEN:
        return _("The memory was full; the oldest records were overwritten. Sync more often.")
    if event.code == codes.EVENT_SHIFT:
        return _("The belt has shifted on the body: calibrate it again.")
    if event.code == codes.EVENT_BELT_UPSIDE_DOWN:
        return _("The belt was put on upside down: turn it round or calibrate it again.")
    return ""


def _sensor_text(fault: int) -> str:
    if fault == codes.SENSOR_OVERRUN:
        return _("Some samples were missed.")
    return _("The motion sensor did not answer as it should; the belt started it again.")


def _storage_text(fault: int) -> str:
    if fault == codes.STORAGE_SETTINGS_LOST:
        return _("The settings could not be read; the belt uses its defaults. Look at them here.")
    if fault == codes.STORAGE_CALIBRATION_LOST:
        return _("The calibration could not be read: calibrate the belt again.")
    if fault == codes.STORAGE_PAGE_DAMAGED:
        return _("A page of the memory could not be read; only what was on it is lost.")
    return _("The memory could not be written for a while.")


def _boot_text(cause: int) -> str:
    if cause == codes.RESET_WATCHDOG:
        return _("The belt hung and started itself again.")
    if cause == codes.RESET_BROWN_OUT:
        return _("The battery ran empty: charge the belt.")
    return ""
