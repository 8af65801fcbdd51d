"""The formats of tables, by name."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from tradewatch.tables.columnar import write_parquet
from tradewatch.tables.columns import Column, Row, Value, as_text, printable
from tradewatch.tables.delimited import write_csv, write_excel
from tradewatch.tables.workbook import write_xlsx

Write = Callable[[Sequence[Column], Iterable[Row], BinaryIO], int]
"""Takes columns, rows and an open binary file; gives the number of rows written, of which it never holds more than a few thousand."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a table."""

    name: str
    suffix: str
    media_type: str
    write: Write


def write_jsonl(columns: Sequence[Column], rows: Iterable[Row], file: BinaryIO) -> int:
    """One JSON object a line, with every column; dates as ISO 8601, datetimes in UTC. Gives the number of rows."""
    written = 0
    for row in rows:
        line = json.dumps({column.name: _plain(row.get(column.name)) for column in columns}, ensure_ascii=False)
        file.write(line.encode() + b"\n")
        written += 1
    return written


def _plain(value: Value) -> str | int | float | None:
    if isinstance(value, dt.date):
        return as_text(value)
    return printable(value) if isinstance(value, str) else value


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("csv", ".csv", "text/csv; charset=utf-8", write_csv),
        Format("excel", ".csv", "text/csv; charset=utf-8", write_excel),
        Format("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
        Format("jsonl", ".jsonl", "application/jsonl; charset=utf-8", write_jsonl),
        Format("parquet", ".parquet", "application/vnd.apache.parquet", write_parquet),
    )
}
