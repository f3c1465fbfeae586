"""Brings the records of an export into the archive, and from there into the database.

The records come as pages again, marked as imported; the clocks as facts. What is here already
is passed over, so the same import twice adds nothing. Nothing is written before all of it was
compared with what is here.

Logs are numbered from the first one a computer has met: where records of the export are here
under another number, all its logs are counted from there. A record that contradicts one here
(same boot and sequence number, other content) refuses the whole import.
"""

from pathlib import Path
from typing import Any

from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store.archive import ArchiveWriter
from plumbline.store.database import Store
from plumbline.store.ingest import Ingested
from plumbline.store.rows import RawRecord
from plumbline.store.writing_in import BeltIn, write_in

Known = dict[tuple[int, int], tuple[Any, ...]]  # boot, seq: t_s, kind, payload


def bring_in(folder: Path, belts: dict[str, BeltIn]) -> Ingested:
    """Take in the belts (by hex id) of an export; what was new. Raises StoreError."""
    total = Ingested()
    with Store.open(folder) as store:
        fresh = {belt: _fresh(store, belt, found) for belt, found in belts.items()}
        for belt, found in fresh.items():
            if found.records or found.clocks:
                with ArchiveWriter(folder, belt, store.archive_end(belt)) as archive:
                    write_in(archive, found)
                total.add(store.ingest(belt))
    return total


def _fresh(store: Store, belt: str, found: BeltIn) -> BeltIn:
    """What is not here yet, with the log numbers used here."""
    known = {log: _known(store, belt, log) for log in store.logs(belt)}
    shift = _shift(known, found.records)
    fresh = BeltIn()
    for record in sorted(found.records):
        log = record.log + shift
        place, content = (record.boot, record.seq), record[3:]
        here = known.setdefault(log, {}).get(place)
        if here is None:
            known[log][place] = content
            fresh.records.append(record._replace(log=log))
        elif here != content:
            raise _contradiction(belt)
    anchors = {row[:4] for row in store.clock_rows(belt)}
    for clock in found.clocks:
        moved = clock._replace(log=clock.log + shift)
        if moved[:4] not in anchors:
            fresh.clocks.append(moved)
    return fresh


def _known(store: Store, belt: str, log: int) -> Known:
    return {row[:2]: row[2:] for row in store.log_records(belt, log)}


def _shift(known: dict[int, Known], records: list[RawRecord]) -> int:
    """What to add to the export's log numbers, told by the first record that is here, too."""
    if all(log in known for log in {record.log for record in records}) and all(
        known[record.log].get((record.boot, record.seq), record[3:]) == record[3:]
        for record in records
    ):
        return 0
    for record in records:
        for log, here in known.items():
            if here.get((record.boot, record.seq)) == record[3:]:
                return log - record.log
    return 0


def _contradiction(belt: str) -> StoreError:
    return StoreError(
        _(
            "The records of belt {belt} contradict those that are here: import them into a "
            "folder of their own with --data."
        ).format(belt=belt)
    )
