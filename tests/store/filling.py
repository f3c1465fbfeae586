"""Fills a data folder's archive from a belt in memory, as a sync would."""

from pathlib import Path

import numpy as np
from beltwire.records import Minute, pack_minute
from plumbline.store.archive import ArchiveWriter
from plumbline.store.ingest import SYNC

from tests.link.belt import NOON_MS, MemoryBelt


def archive(
    folder: Path, belt: MemoryBelt, utc_ms: int | None = NOON_MS, *, utc_offset_min: int = 60
) -> None:
    """Append all pages of the belt; with an anchor for its present boot unless `utc_ms` is None."""
    with ArchiveWriter(folder, belt.belt_id.hex()) as writer:
        if utc_ms is not None:
            meet(writer, belt, utc_ms, utc_offset_min)
        for page in belt.all_pages():
            writer.append_page(NOON_MS, page)
        writer.sync()


def meet(writer: ArchiveWriter, belt: MemoryBelt, utc_ms: int, utc_offset_min: int = 60) -> None:
    """Write that the belt was met, with an anchor for its present boot."""
    writer.append_fact(
        fact=SYNC,
        name=belt.name,
        board="memory",
        firmware="0.1.0",
        battery_mv=3920,
        boot=belt.boot,
        mono_ms=belt.mono_s * 1000,
        utc_ms=utc_ms,
        utc_offset_min=utc_offset_min,
    )


def packed(row: "np.void") -> bytes:
    """A row of the database as the belt logs it."""
    minute = Minute(
        [int(n) for n in row["seconds"]],
        [int(n) for n in row["bands"]],
        int(row["flexion_cdeg"]),
        int(row["lateral_cdeg"]),
        int(row["spread"]),
        int(row["steps"]),
        int(row["slouched_s"]),
        int(row["flags"]),
        int(row["lying_side"]),
    )
    return pack_minute(minute)


def worn_belt(minutes: int = 300) -> MemoryBelt:
    """A belt with one boot of so many minutes."""
    belt = MemoryBelt()
    belt.minutes(minutes)
    return belt


def flat_battery(folder: Path, off_min: int) -> MemoryBelt:
    """Boot 1 met a clock, boot 2 did not, boot 3 did; between boots the belt was off."""
    belt = MemoryBelt()
    belt.minutes(60)
    archive(folder, belt, NOON_MS)
    belt.reboot()
    belt.minutes(30)
    belt.reboot()
    belt.minutes(10)
    archive(folder, belt, NOON_MS + 60_000 * (30 + 2 * off_min + 10))
    return belt
