"""Parquet, for who has pyarrow: an extra, since it is larger than all the rest together."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from plumbline.errors import UserError
from plumbline.export.tables import Column, Value
from plumbline.i18n import _

ROWS_PER_GROUP = 50_000


def check_that_it_is_there() -> None:
    """UserError where pyarrow is not installed."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise UserError(
            _(
                "Parquet needs the package pyarrow, which is not installed: install it with "
                "pip install pyarrow, or choose csv or jsonl."
            )
        ) from error


def write_parquet(
    file: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> None:
    """Typed columns; times as UTC timestamps, dictionaries as JSON text."""
    import pyarrow
    from pyarrow import parquet

    types = {
        "int": pyarrow.int64(),
        "decimal": pyarrow.float64(),
        "text": pyarrow.string(),
        "utc": pyarrow.timestamp("s", tz="UTC"),
    }
    schema = pyarrow.schema([(column.name, types[column.kind]) for column in columns])
    rest = iter(rows)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(rest, ROWS_PER_GROUP)):
            arrays = [
                _array(column, values, types[column.kind])
                for column, values in zip(columns, zip(*group, strict=True), strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def read_parquet(path: Path) -> Iterator[dict[str, Any]]:
    """The rows as dictionaries. Raises ValueError where the file is no whole Parquet file."""
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(ROWS_PER_GROUP):
                yield from batch.to_pylist()
    except pyarrow.ArrowException as error:
        raise ValueError(str(error)) from error


def _array(column: Column, values: Sequence[Value], kind: Any) -> Any:
    """The column's values as pyarrow's."""
    import pyarrow

    if column.kind == "utc":
        return pyarrow.array(values, pyarrow.string()).cast(kind)
    if dict in set(map(type, values)):
        values = [json.dumps(value) if isinstance(value, dict) else value for value in values]
    return pyarrow.array(values, kind)
