"""Parquet, for those who compute: a column each, with its own type."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from tradewatch.errors import TableError
from tradewatch.tables.columns import Column, Row, Value, printable

BATCH = 10_000
"""Rows that are held at a time."""


def write_parquet(columns: Sequence[Column], rows: Iterable[Row], file: BinaryIO) -> int:
    """Zstandard-compressed. Gives the number of rows; raises TableError where the extra that it needs is not installed."""
    arrow, parquet = _libraries()
    types = {"integer": arrow.int64(), "real": arrow.float64(), "date": arrow.date32(), "datetime": arrow.timestamp("us", tz="UTC")}
    schema = arrow.schema([(column.name, types.get(column.kind, arrow.string())) for column in columns])
    written = 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        remaining = iter(rows)
        while batch := list(itertools.islice(remaining, BATCH)):
            held = {column.name: [_held(row.get(column.name)) for row in batch] for column in columns}
            writer.write_table(arrow.table(held, schema=schema))
            written += len(batch)
    return written


def _held(value: Value) -> Value:
    return printable(value) if isinstance(value, str) else value


def _libraries() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise TableError("parquet needs the extra of that name: pip install 'tradewatch[parquet]'") from error
    return pyarrow, pyarrow.parquet
