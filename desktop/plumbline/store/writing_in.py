"""Records that no belt sends any more, into an archive: from an export, or from the database.

They come as pages again, marked as imported; the clocks as facts.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from beltwire import pages

from plumbline.store.archive import ArchiveWriter
from plumbline.store.ingest import CLOCK
from plumbline.store.rows import ClockRow, RawRecord


@dataclass
class BeltIn:
    """What there is of one belt."""

    records: list[RawRecord] = field(default_factory=list)
    clocks: list[ClockRow] = field(default_factory=list)


def write_in(archive: ArchiveWriter, found: BeltIn) -> None:
    """Into the archive, the clocks behind the pages: a log is begun by its first page."""
    now_ms = time.time_ns() // 1_000_000
    for log, page in _paged(found.records):
        archive.append_imported(now_ms, log, page)
    for clock in found.clocks:
        archive.append_fact(fact=CLOCK, **clock._asdict())
    archive.sync()


def _paged(records: list[RawRecord]) -> Iterator[tuple[int, bytes]]:
    """Log and page, for records in the order of their logs, boots and numbers."""
    writer = pages.PageWriter()
    log, boot = 0, 0
    for record in records:
        follows = (record.log, record.boot, record.seq) == (log, boot, writer.next_seq)
        if writer.count and follows and writer.add(record.kind, record.t_s, record.payload):
            continue
        if writer.count:
            yield log, writer.to_bytes()
        log, boot = record.log, record.boot
        writer.begin(boot, record.seq, record.t_s)
        writer.add(record.kind, record.t_s, record.payload)
    if writer.count:
        yield log, writer.to_bytes()
