"""Reads the records and clocks of an export back, whatever its form. Raises UserError."""

import csv
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from beltwire.pages import MAX_PAYLOAD, MAX_SEQ

from plumbline.errors import UserError
from plumbline.export import manifest, parquet
from plumbline.i18n import _
from plumbline.store.rows import ClockRow, RawRecord
from plumbline.store.writing_in import BeltIn

FORMS = ("csv", "jsonl", "parquet")
LOGS = (-0x7FFF, 0x7FFF)  # in an export; far more than a belt is wiped
BOOTS = (1, 0xFFFF)
U32 = (0, 0xFFFF_FFFF)
U48 = (0, (1 << 48) - 1)


def find_form(folder: Path) -> str:
    """The form of the export in `folder`."""
    forms = [form for form in FORMS if (folder / f"records.{form}").is_file()]
    if not forms:
        raise UserError(
            _(
                "There is no export in {folder}: name a folder that plumbline export has written; "
                "its records.csv (or .jsonl, .parquet) is what is read."
            ).format(folder=folder)
        )
    if len(forms) > 1:
        raise UserError(
            _("There are several exports in {folder}: say which with --format.").format(
                folder=folder
            )
        )
    return forms[0]


def read_export(folder: Path, form: str) -> dict[str, BeltIn]:
    """What the export holds, by belt."""
    if form == "parquet":
        parquet.check_that_it_is_there()
    belts: dict[str, BeltIn] = {}
    _read(folder / f"records.{form}", form, lambda row: _take_record(belts, row))
    _read(folder / f"clocks.{form}", form, lambda row: _take_clock(belts, row))
    return belts


def _read(path: Path, form: str, take: Callable[[dict[str, Any]], None]) -> None:
    taken = 0
    try:
        for row in _rows(path, form):
            take(row)
            taken += 1
    except OSError as error:
        raise UserError(
            _("{file} cannot be read ({reason}): choose an export that is whole.").format(
                file=path, reason=error.strerror or error
            )
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise UserError(
            _("{file} is not as plumbline export wrote it, near row {row}: export anew.").format(
                file=path, row=taken + 1
            )
        ) from error
    manifest.check(path.parent, path.name, taken)


def _rows(path: Path, form: str) -> Iterator[dict[str, Any]]:
    if form == "parquet":
        yield from parquet.read_parquet(path)
        return
    _check_the_end(path)
    with path.open(encoding="utf-8", newline="") as file:
        if form == "csv":
            yield from csv.DictReader(file, strict=True)
        else:
            yield from map(json.loads, file)


def _check_the_end(path: Path) -> None:
    """ValueError where the last line is not a whole one: the file was cut."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        if size and file.read() != b"\n":
            raise ValueError(size)


def _take_record(belts: dict[str, BeltIn], row: dict[str, Any]) -> None:
    record = RawRecord(
        _whole(row["log"], LOGS),
        _whole(row["boot"], BOOTS),
        _whole(row["seq"], (1, MAX_SEQ)),
        _whole(row["t_s"], U32),
        _whole(row["kind"], (0, 255)),
        bytes.fromhex(row["payload_hex"]),
    )
    if len(record.payload) > MAX_PAYLOAD:
        raise ValueError(row["payload_hex"])
    _of_belt(belts, row).records.append(record)


def _take_clock(belts: dict[str, BeltIn], row: dict[str, Any]) -> None:
    synced = row["utc_offset_min"] not in (None, "")
    clock = ClockRow(
        _whole(row["log"], LOGS),
        _whole(row["boot"], BOOTS),
        _whole(row["mono_ms"], U48),
        _whole(row["utc_ms"], U48),
        _whole(row["utc_offset_min"], (-1440, 1440)) if synced else None,
        _whole(row["battery_mv"], (0, 0xFFFF)) if synced else None,
        str(row["name"]),
        str(row["board"]),
        str(row["firmware"]),
    )
    _of_belt(belts, row).clocks.append(clock)


def _of_belt(belts: dict[str, BeltIn], row: dict[str, Any]) -> BeltIn:
    belt = bytes.fromhex(row["belt"])
    if len(belt) != 8:
        raise ValueError(row["belt"])
    return belts.setdefault(belt.hex(), BeltIn())


def _whole(value: Any, span: tuple[int, int]) -> int:
    number = int(value)
    if not span[0] <= number <= span[1] or number != float(value):
        raise ValueError(value)
    return number
