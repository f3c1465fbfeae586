"""Fills a data folder's archive from a belt in memory, as a sync would."""

from pathlib import Path

from plumbline.store.archive import ArchiveWriter
from plumbline.store.ingest import SYNC

from tests.link.belt import NOON_MS, MemoryBelt


def archive(folder: Path, belt: MemoryBelt, utc_ms: int | None = NOON_MS) -> None:
    """Append all pages of the belt; with an anchor for its present boot unless `utc_ms` is None."""
    with ArchiveWriter(folder, belt.belt_id.hex()) as writer:
        if utc_ms is not None:
            writer.append_fact(
                fact=SYNC,
                name=belt.name,
                board="memory",
                firmware="0.1.0",
                battery_mv=3920,
                boot=belt.boot,
                mono_ms=belt.mono_s * 1000,
                utc_ms=utc_ms,
                utc_offset_min=60,
            )
        for page in belt.all_pages():
            writer.append_page(NOON_MS, page)
        writer.sync()


def worn_belt(minutes: int = 300) -> MemoryBelt:
    """A belt with one boot of so many minutes."""
    belt = MemoryBelt()
    belt.minutes(minutes)
    return belt
