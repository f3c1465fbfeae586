"""Weeks in a belt's log in which the same days come again, as living each costs half a second."""

from datetime import date, datetime
from pathlib import Path

from beltwire import codes, events
from beltwire.pages import Record
from beltwire.records import pack_event, unpack_event
from device.board_table import PINS
from device.files import Files
from device.flashlog import FlashLog
from plumbline.virtual_belt.clips import make_library
from plumbline.virtual_belt.history import workdays_before, write_history

from tests.device.logs import all_records


def write_weeks(
    flash: Path, days: int, lived: int, seed: int, today: date, recording: Path
) -> None:
    """Put `days` workdays before `today` into an empty log, of which `lived` are computed."""
    first = flash.with_name("lived")
    first.mkdir()
    library = make_library([recording], lambda _done, _total: None)
    assert write_history(first, lived, seed, today, library)
    records = all_records(opened(first))
    for n, day in enumerate(workdays_before(today, days)):
        log = opened(flash)
        for record in records:
            if record.boot == 1 + n % lived:
                log.append(record.kind, record.t_s, on_day(record, day), flush=False)
        log.flush()
        assert log.write_faults == 0


def opened(flash: Path) -> FlashLog:
    """The log there, in its next boot."""
    log = FlashLog(Files(str(flash)), PINS["virtual"]["log_segments"])
    log.start()
    return log


def on_day(record: Record, day: date) -> bytes:
    """The record's payload; where it sets the clock, on another day at the same time of day."""
    event = unpack_event(record.payload) if record.kind == codes.KIND_EVENT else None
    if event is None or event.code != codes.EVENT_CLOCK_SET:
        return record.payload
    told = events.arguments(event)
    local = datetime.fromtimestamp(told["utc_ms"] / 1000)
    moved = datetime.combine(day, local.time()).timestamp()
    return pack_event(events.make(event.code, round(moved * 1000), told["mono_ms"]))
