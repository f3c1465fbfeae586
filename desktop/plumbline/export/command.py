"""`plumbline export`: minutes, events, records, clocks and a data dictionary as files."""

import argparse
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from plumbline.analysis.days import DayRule
from plumbline.console import ProgressText
from plumbline.days_command import a_date, add_day_options, day_rule
from plumbline.errors import UserError
from plumbline.export import entries, manifest, parquet, tables
from plumbline.export.tables import Value
from plumbline.export.writing import Staged, staged, write_csv, write_json_lines
from plumbline.i18n import _
from plumbline.store.database import Store
from plumbline.store.export_list import KIND, note

WRITERS = {"csv": write_csv, "jsonl": write_json_lines, "parquet": parquet.write_parquet}
NEVER_S = 1 << 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, where to, in which form."""
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help=_("folder to write"))
    parser.add_argument(
        "--format",
        choices=sorted(WRITERS),
        default="csv",
        help=_("csv (default), jsonl or parquet"),
    )
    parser.add_argument("--from", dest="first", metavar="DATE", type=a_date, help="2026-11-20")
    parser.add_argument(
        "--to", dest="last", metavar="DATE", type=a_date, help=_("this day included")
    )
    add_day_options(parser)
    parser.add_argument("--overwrite", action="store_true", help=_("replace an earlier export"))


def run(args: argparse.Namespace) -> int:
    """Write minutes, events and dictionary; all of them or none."""
    names = [f"{table}.{args.format}" for table in tables.TABLES]
    _refuse_to_replace(args, [*names, "dictionary.csv", entries.NAME])
    span = bounds(args.first, args.last, day_rule(args.zone, args.day_begins))
    if args.format == "parquet":
        parquet.check_that_it_is_there()
    with (
        ProgressText(_("Writing")) as text,
        Store.open_existing(args.data) as store,
        staged(args.out) as stage,
    ):
        counts = _write(store, stage, args.format, span, text)
        stage.put_in_place()
        note(store, str(args.out.absolute()), args.format)
    print(
        _("{minutes} minutes and {events} events are in {folder}.").format(
            minutes=counts["minutes"], events=counts["events"], folder=args.out
        )
    )
    return 0


def bounds(first: date | None, last: date | None, rule: DayRule) -> tuple[int, int] | None:
    """UTC seconds from the begin of `first` to the end of `last`; None: everything."""
    if first is None and last is None:
        return None
    start = rule.bounds(first)[0] if first else -NEVER_S
    end = rule.bounds(last + timedelta(days=1))[0] if last else NEVER_S
    return start, end


def _refuse_to_replace(args: argparse.Namespace, names: list[str]) -> None:
    for name in names:
        if (args.out / name).exists() and not args.overwrite:
            raise UserError(
                _("{file} exists already: choose another folder, or take --overwrite.").format(
                    file=args.out / name
                )
            )


def _write(
    store: Store, stage: Staged, form: str, span: tuple[int, int] | None, text: ProgressText
) -> dict[str, int]:
    counts = {}
    belts = [(belt.id, store.taken_out(belt.id, span)) for belt in store.belts()]
    total = store.record_count() * 2  # each is a minute or an event, and a record
    done = 0
    for table, columns in tables.TABLES.items():
        rows = (
            row
            for belt, out in belts
            for row in tables.values(belt, columns, getattr(out, table)())
        )
        with stage.file(f"{table}.{form}") as file:
            counted = _Counted(rows, done, total, text)
            WRITERS[form](file, [tables.BELT, *columns], counted)
        counts[table] = counted.count
        done += counted.count
    with stage.file("dictionary.csv") as file:
        write_csv(file, tables.DICTIONARY, tables.dictionary())
    sizes = {f"{table}.{form}": count for table, count in counts.items()}
    with stage.file(entries.NAME) as file:  # all of them: many are about no day
        sizes[entries.NAME] = entries.write_changes(
            file, (change for change in store.all_changes() if change.kind != KIND)
        )
    with stage.file(manifest.NAME) as file:  # the last to get its name
        manifest.write(file, stage.folder, sizes)
    return counts


class _Counted:
    """Rows on their way to a file, counted and told."""

    def __init__(
        self, rows: Iterable[list[Value]], before: int, total: int, text: ProgressText
    ) -> None:
        self._rows, self._before, self._total = rows, before, total
        self._text = text
        self.count = 0

    def __iter__(self) -> Iterator[list[Value]]:
        for row in self._rows:
            self.count += 1
            self._text.show(min(self._before + self.count, self._total), self._total)
            yield row
