"""Five years on a belt worn day and night, as a data folder; made once and kept in build/."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from beltwire import codes
from beltwire.records import Minute, pack_minute
from plumbline.analysis.postures import Minutes
from plumbline.store.archive import ArchiveWriter
from plumbline.store.database import Store

from tests.analysis.build import BERLIN, Office
from tests.link.belt import BELT, MemoryBelt
from tests.store.filling import meet, packed

YEARS = int(os.environ.get("YEARS", "5"))
LAST_DAY = date(2026, 11, 20)
DAY_S = 86_400
WEEKS = 5
FOLDER = Path(__file__).resolve().parents[1] / "build" / "bench-ui"


def folder() -> Path:
    """The data folder; made where it is not there yet."""
    made = FOLDER / f"{YEARS}-years"
    if not made.exists():
        half = made.with_name(made.name + ".half")
        shutil.rmtree(half, ignore_errors=True)
        fill(half)
        half.rename(made)
    return made


def fill(into: Path) -> None:
    """An invented office worker's five weeks over and over, with the nights between them."""
    with Store.open(into):
        pass
    archive_days(into, YEARS * 365)
    with Store.open(into) as store:
        store.ingest(BELT)


def archive_days(into: Path, count: int) -> tuple[MemoryBelt, int]:
    """Fill the archive up to the last day: a boot and a sync a day, a record every minute.

    Gives the belt as it is then, and when that is (UTC milliseconds).
    """
    belt, days = MemoryBelt(), list(template())
    begin_s = BERLIN.bounds(LAST_DAY)[0] - (count - 1) * DAY_S
    now_ms = 0
    with ArchiveWriter(into, BELT) as writer:
        for number in range(count):
            belt.reboot()
            belt.event(codes.EVENT_CLOCK_SET, (begin_s + number * DAY_S) * 1000, 0)
            for payload in days[number % len(days)]:
                belt.log(codes.KIND_MINUTE, payload, belt.mono_s)
                belt.mono_s += 60
            belt.close_page()
            now_ms = (begin_s + number * DAY_S + belt.mono_s) * 1000
            meet(writer, belt, now_ms)
            for page in belt.pages:
                writer.append_page(now_ms, page)
            last = belt.pages[-1]
            belt.pages = []
        writer.sync()
    belt.pages = [last]
    belt.anchored = True
    return belt, now_ms


def template() -> Iterator[list[bytes]]:
    """1,440 minute records of each day of five weeks."""
    rows = Office(LAST_DAY, WEEKS).minutes
    for number in range(WEEKS * 7 - 1, -1, -1):
        begin, _end = BERLIN.bounds(LAST_DAY)
        begin -= number * DAY_S
        inside = rows[(rows["utc_s"] >= begin) & (rows["utc_s"] < begin + DAY_S)]
        yield one_day(begin, inside)


def one_day(begin_s: int, worn: Minutes) -> list[bytes]:
    """A whole day: asleep until seven, then as it is, and off the body for the rest."""
    place = {int(row["utc_s"] - begin_s) // 60: row for row in worn}
    night = Minute([0] * 10, [0] * 5, -32768, -32768, 0, 0)
    night.seconds[codes.LYING] = 60
    off = Minute([0] * 10, [0] * 5, -32768, -32768, 0, 0)
    off.seconds[codes.NOT_WORN] = 60
    quiet = pack_minute(night), pack_minute(off)
    return [packed(place[n]) if n in place else quiet[0 if n < 7 * 60 else 1] for n in range(1440)]
