"""`plumbline export`: minutes, events and a data dictionary as files."""

import argparse
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from plumbline.analysis.days import DayRule
from plumbline.console import ProgressText
from plumbline.days_command import a_date, day_rule
from plumbline.errors import UserError
from plumbline.export import tables
from plumbline.export.tables import Value
from plumbline.export.writing import Staged, staged, write_csv, write_json_lines
from plumbline.i18n import _
from plumbline.store.database import Store

WRITERS = {"csv": write_csv, "jsonl": write_json_lines}
NEVER_S = 1 << 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, where to, in which form."""
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="folder to write")
    parser.add_argument("--format", choices=sorted(WRITERS), default="csv", help="csv (default)")
    parser.add_argument("--from", dest="first", metavar="DATE", type=a_date, help="2026-11-20")
    parser.add_argument("--to", dest="last", metavar="DATE", type=a_date, help="this day included")
    parser.add_argument("--zone", metavar="NAME", help="time zone of the dates (else the system's)")
    parser.add_argument("--overwrite", action="store_true", help="replace an earlier export")


def run(args: argparse.Namespace) -> int:
    """Write minutes, events and dictionary; all of them or none."""
    names = [f"{table}.{args.format}" for table in tables.TABLES]
    _refuse_to_replace(args, [*names, "dictionary.csv"])
    start, end = bounds(args.first, args.last, day_rule(args.zone))
    with (
        ProgressText(_("Writing")) as text,
        Store.open_existing(args.data) as store,
        staged(args.out) as stage,
    ):
        counts = _write(store, stage, args.format, (start, end), text)
        stage.put_in_place()
    print(
        _("{minutes} minutes and {events} events are in {folder}.").format(
            minutes=counts["minutes"], events=counts["events"], folder=args.out
        )
    )
    return 0


def bounds(first: date | None, last: date | None, rule: DayRule) -> tuple[int, int]:
    """UTC seconds from the begin of `first` to the end of `last`."""
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
    store: Store, stage: Staged, form: str, span: tuple[int, int], text: ProgressText
) -> dict[str, int]:
    counts = {}
    for table, columns in tables.TABLES.items():
        with stage.file(f"{table}.{form}") as file:
            counted = _Counted(_rows(store, table, span), text)
            WRITERS[form](file, tables.column_names(columns), counted)
            counts[table] = counted.count
    with stage.file("dictionary.csv") as file:
        write_csv(file, ["table", "column", "unit", "meaning"], tables.dictionary())
    return counts


def _rows(store: Store, table: str, span: tuple[int, int]) -> tuple[int, Iterator[list[Value]]]:
    """How many rows the table has, and their values, belt after belt."""
    parts: list[tuple[str, Any]] = []
    for belt in store.belts():
        if table == "minutes":
            parts.append((belt.id, store.minutes(*span, belt.id)))
        else:
            events = store.events(*span, belt.id)
            unknown = store.unplaced_events(belt.id) if span == (-NEVER_S, NEVER_S) else []
            parts.append((belt.id, [*events, *unknown]))
    columns = tables.TABLES[table]
    values = (row for belt, rows in parts for row in tables.values(belt, columns, rows))
    return sum(len(rows) for _belt, rows in parts), values


class _Counted:
    """Rows on their way to a file, counted and told."""

    def __init__(self, rows: tuple[int, Iterable[list[Value]]], text: ProgressText) -> None:
        self._total, self._rows = rows
        self._text = text
        self.count = 0

    def __iter__(self) -> Iterator[list[Value]]:
        for row in self._rows:
            self.count += 1
            self._text.show(self.count, self._total)
            yield row
