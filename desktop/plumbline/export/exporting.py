"""An export: days, minutes, events, records, clocks, entries and a data dictionary, all or none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from plumbline.analysis.days import DayRule, local_zone
from plumbline.export import day_table, entries, manifest, parquet, tables
from plumbline.export.tables import Value
from plumbline.export.writing import Staged, staged, write_csv, write_json_lines
from plumbline.people.records import NEVER_S, WEARER
from plumbline.people.subjects import Subject, subjects
from plumbline.store.database import Store
from plumbline.store.export_list import KIND, note
from plumbline.store.journal import Change
from plumbline.store.taking_out import BeltOut

WRITERS = {"csv": write_csv, "jsonl": write_json_lines, "parquet": parquet.write_parquet}
DICTIONARY = "dictionary.csv"
TOLD_EVERY = 256  # rows
COLUMNS = {
    day_table.NAME: day_table.COLUMNS,
    **{name: (tables.BELT, *columns) for name, columns in tables.TABLES.items()},
}
"""Of each table, in the order of the data dictionary."""

Span = tuple[int, int] | None
Told = Callable[[int, int], None]  # rows done, rows at most


@dataclass(frozen=True)
class Export:
    """What to write: into which folder, in which of `WRITERS`' forms, of which time ([start, end)
    in UTC seconds, None: all there is), about whom (None: everybody), and what a day is."""

    out: Path
    form: str = "csv"
    span: Span = None
    about: Subject | None = None
    rule: DayRule = field(default_factory=lambda: DayRule(local_zone()))


def bounds(first: date | None, last: date | None, rule: DayRule) -> Span:
    """UTC seconds from the begin of `first` to the end of `last`; None: everything."""
    if first is None and last is None:
        return None
    start = rule.bounds(first)[0] if first else -NEVER_S
    end = rule.bounds(last + timedelta(days=1))[0] if last else NEVER_S
    return start, end


def in_the_way(wanted: Export) -> Path | None:
    """A file of an earlier export that would be replaced."""
    names = [*(f"{table}.{wanted.form}" for table in COLUMNS), DICTIONARY, entries.NAME]
    return next((wanted.out / name for name in names if (wanted.out / name).exists()), None)


def export(store: Store, wanted: Export, tell: Told) -> dict[str, int]:
    """Write the files; gives how many rows each table has. Raises UserError.

    What `tell` raises ends the export, and nothing of it stays.
    """
    if wanted.form == "parquet":
        parquet.check_that_it_is_there()
    with staged(wanted.out) as stage:
        counts = _write(store, stage, wanted, tell)
        stage.put_in_place()
        note(store, str(wanted.out.absolute()), wanted.form)
    return counts


def _write(store: Store, stage: Staged, wanted: Export, tell: Told) -> dict[str, int]:
    counts = {}
    stretches = [
        (belt, store.taken_out(belt, span))
        for belt, spans in _stretches(store, wanted).items()
        for span in spans
    ]
    total = store.record_count() * 2  # each is a minute or an event, and a record
    done = 0
    sources = {name: _rows(stretches, name) for name in tables.TABLES}
    sources[day_table.NAME] = day_table.rows(store, _about(store, wanted), wanted.rule, wanted.span)
    for table, source in sources.items():
        rows = _Counted(source, done, total, tell)
        with stage.file(f"{table}.{wanted.form}") as file:
            WRITERS[wanted.form](file, COLUMNS[table], rows)
        counts[table] = rows.count
        done += rows.count
    with stage.file(DICTIONARY) as file:
        write_csv(file, tables.DICTIONARY, tables.dictionary(COLUMNS))
    sizes = {f"{table}.{wanted.form}": count for table, count in counts.items()}
    with stage.file(entries.NAME) as file:  # of the whole time: many are about no day
        sizes[entries.NAME] = entries.write_changes(file, _changes(store, wanted.about))
    with stage.file(manifest.NAME) as file:  # the last to get its name
        manifest.write(file, stage.folder, sizes, is_made_up=store.is_made_up)
    return counts


def _about(store: Store, wanted: Export) -> list[Subject]:
    """Whose days to write."""
    if wanted.about is not None:
        return [wanted.about]
    return subjects(store, [belt.id for belt in store.belts()])


def _rows(stretches: list[tuple[str, BeltOut]], table: str) -> Iterator[Sequence[Value]]:
    """The rows of a table. A boot's clock comes once, also where two stretches of time share it."""
    clocks = set[tuple[str, ...]]()
    for belt, out in stretches:
        rows = tables.values(belt, table, getattr(out, table)())
        if table != "clocks":
            yield from rows
            continue
        for row in rows:
            key = tuple(str(value) for value in row)
            if key not in clocks:
                clocks.add(key)
                yield row


def _stretches(store: Store, wanted: Export) -> dict[str, list[Span]]:
    """Of each belt the times to write."""
    if wanted.about is None:
        return {belt.id: [wanted.span] for belt in store.belts()}
    known = {belt.id for belt in store.belts()}
    found: dict[str, list[Span]] = {}
    low, high = wanted.span or (-NEVER_S, NEVER_S)
    for part in wanted.about.worn:
        start, end = max(low, part.begin_utc_s), min(high, part.end_utc_s)
        if part.belt in known and start < end:
            whole = (start, end) == (-NEVER_S, NEVER_S)
            found.setdefault(part.belt, []).append(None if whole else (start, end))
    return found


def _changes(store: Store, about: Subject | None) -> Iterable[Change]:
    """What was entered, all of it or about one; where exports lie is nobody else's business."""
    changes = [change for change in store.all_changes() if change.kind != KIND]
    if about is None:
        return changes
    if about.wearer is not None:
        own = {c.id for c in changes if c.wearer == about.wearer}
        own |= {c.id for c in changes if c.kind == WEARER and c.id == about.wearer}
    else:
        others = {c.id for c in changes if c.wearer is not None or c.kind == WEARER}
        own = {c.id for c in changes if c.fields.get("belt", about.belt) == about.belt} - others
    return [change for change in changes if change.id in own]


class _Counted:
    """Rows on their way to a file, counted and told."""

    def __init__(
        self, rows: Iterable[Sequence[Value]], before: int, total: int, tell: Told
    ) -> None:
        self._rows, self._before, self._total, self._tell = rows, before, total, tell
        self.count = 0

    def __iter__(self) -> Iterator[Sequence[Value]]:
        rest = iter(self._rows)
        while some := list(islice(rest, TOLD_EVERY)):
            self.count += len(some)
            self._tell(min(self._before + self.count, self._total), self._total)
            yield from some
