"""CSV in two dialects: as RFC 4180 has it, and for spreadsheets, in which no cell is ever a formula."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from tradewatch.tables.columns import Column, Row, Value, as_text

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), and its full-width forms."""
NUMBERS = frozenset(("integer", "real"))


def write_csv(columns: Sequence[Column], rows: Iterable[Row], file: BinaryIO) -> int:
    """RFC 4180: UTF-8, CRLF, quotation marks doubled, every cell as it is. Gives the number of rows."""
    names = [column.name for column in columns]
    return _write(columns, ([as_text(row.get(name)) for name in names] for row in rows), file)


def write_excel(columns: Sequence[Column], rows: Iterable[Row], file: BinaryIO) -> int:
    """For spreadsheets: with a byte order mark, and an apostrophe before what would be a formula. Gives the number of rows."""
    file.write(codecs.BOM_UTF8)
    makers = [(column.name, as_text if column.kind in NUMBERS else _inert_text) for column in columns]
    return _write(columns, ([make(row.get(name)) for name, make in makers] for row in rows), file)


def inert(text: str) -> str:
    """A cell that no spreadsheet evaluates."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _inert_text(value: Value) -> str:
    return inert(as_text(value))


def _write(columns: Sequence[Column], rows: Iterable[list[str]], file: BinaryIO) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    written = 0
    for row in rows:
        writer.writerow(row)
        written += 1
    text.detach()
    return written
