"""What is written a column at a time is what would be written a value at a time."""

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from beltwire import codes
from hypothesis import given
from hypothesis import strategies as some
from plumbline.export.parquet import read_parquet, write_parquet
from plumbline.export.tables import MINUTES, Column, values
from plumbline.export.writing import write_csv, write_json_lines
from plumbline.store.rows import MINUTE_DTYPE, NO_ANGLE, NO_SIDE, PlacedMinutes

ODD: list[list[Any]] = [
    [1, 1.0, True, None, "1"],
    [0.0, -0.0, 0.1, math.inf, 1e300],
    [None, "a", 'b "quoted"', "ü % %s \u2028", ""],
    [7, 7, 7, 7, 7],
    ["100 %", "100 %", "100 %", "100 %", "100 %"],
    [{"steps": 2}, None, {}, {"%": 1}, None],
    [-0.0, 0.0, None, 3.5, -0.0],
    [1 << 70, -1, 0, 255, 1],
]
WIDE = some.one_of(
    some.none(),
    some.integers(),
    some.booleans(),
    some.floats(),
    some.text(max_size=4),
    some.dictionaries(some.text(max_size=2), some.integers(), max_size=2),
)


def heading(n: int) -> list[Column]:
    return [Column(f"column {index} %s", "", "", lambda row: None) for index in range(n)]


def one_by_one(columns: list[Column], rows: list[tuple[Any, ...]]) -> str:
    names = [column.name for column in columns]
    return "".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in rows)


def as_json(columns: list[Column], rows: list[tuple[Any, ...]]) -> str:
    out = io.BytesIO()
    write_json_lines(out, columns, rows)
    return out.getvalue().decode()


def test_odd_values_as_json_has_them() -> None:
    rows = list(zip(*ODD, strict=True))
    assert as_json(heading(len(ODD)), rows) == one_by_one(heading(len(ODD)), rows)
    many = rows * 700
    assert as_json(heading(len(ODD)), many) == one_by_one(heading(len(ODD)), many)
    assert as_json(heading(2), []) == ""


@given(some.lists(some.tuples(WIDE, WIDE), max_size=12))
def test_any_values_as_json_has_them(rows: list[tuple[Any, ...]]) -> None:
    assert as_json(heading(2), rows) == one_by_one(heading(2), rows)


def test_any_values_as_csv_has_them() -> None:
    rows = list(zip(*ODD, strict=True)) * 300
    out, expected = io.BytesIO(), io.StringIO()
    write_csv(out, heading(len(ODD)), rows)
    writer = csv.writer(expected)
    writer.writerow([column.name for column in heading(len(ODD))])
    for row in rows:
        writer.writerow([json.dumps(v) if isinstance(v, dict) else v for v in row])
    assert out.getvalue().decode() == expected.getvalue()


def minutes() -> np.ndarray:
    rows = np.zeros(3, dtype=MINUTE_DTYPE)
    rows["boot"], rows["seq"], rows["utc_s"] = 2, (7, 8, 9), (60, 120, 180)
    rows["seconds"][:, codes.SITTING] = 60, 59, 0
    rows["flexion_cdeg"] = -5, NO_ANGLE, 1234
    rows["spread"], rows["steps"] = (0, 1, 255), (0, 17, 255)
    rows["flags"] = 0, 1 << 7, codes.FLAG_REMINDER | codes.FLAG_PARTIAL
    rows["lying_side"] = NO_SIDE, 1, 9
    return rows


def test_the_values_of_minutes() -> None:
    placed = PlacedMinutes(3, np.array([1_795_000_000, 1_795_000_060, 0]), 30, minutes())
    unplaced = PlacedMinutes(3, None, None, minutes()[:1])
    names = ["belt", *(column.name for column in MINUTES)]
    first, second, third, fourth = (
        dict(zip(names, row, strict=True)) for row in values("ab", "minutes", [placed, unplaced])
    )
    assert (first["belt"], first["utc"], first["within_s"]) == ("ab", "2026-11-18T11:06:40Z", 30)
    assert (first["log"], first["boot"], first["seq"], first["t_s"]) == (3, 2, 7, 60)
    assert [row["sitting_s"] for row in (first, second, third)] == [60, 59, 0]
    assert [row["flexion_deg"] for row in (first, second, third)] == [-0.05, None, 12.34]
    assert [row["spread_deg"] for row in (first, second, third)] == [0.0, 0.25, 63.75]
    assert [row["lying_side"] for row in (first, second, third)] == [
        None,
        codes.SIDE_NAMES[1],
        "9",
    ]
    assert [row["reminder"] for row in (first, second, third)] == [0, 0, 1]
    assert third["utc"] == "1970-01-01T00:00:00Z"
    assert (fourth["utc"], fourth["within_s"], fourth["seq"]) == (None, None, 7)
    assert {type(value) for row in (first, third) for value in row.values()} <= {
        int,
        float,
        str,
        type(None),
    }


def test_parquet_gives_back_what_was_written(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    columns = [
        Column("when", "", "", lambda row: None, "utc"),
        Column("what", "", "", lambda row: None, "text"),
        Column("deg", "", "", lambda row: None, "decimal"),
    ]
    rows: list[tuple[Any, ...]] = [
        ("2026-11-18T11:06:40Z", {"steps": 2}, 0.25),
        (None, None, None),
        ("1970-01-01T00:00:00Z", "ü", -1.5),
    ]
    with (tmp_path / "x.parquet").open("wb") as file:
        write_parquet(file, columns, rows)
    found = list(read_parquet(tmp_path / "x.parquet"))
    assert [(each["what"], each["deg"]) for each in found] == [
        ('{"steps": 2}', 0.25),
        (None, None),
        ("ü", -1.5),
    ]
    assert [each["when"] and each["when"].timestamp() for each in found] == [
        1_795_000_000,
        None,
        0,
    ]
