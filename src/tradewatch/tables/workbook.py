"""XLSX: real dates, links that open, a header that stays in sight, filters, and no cell that is a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from tradewatch.errors import TableError
from tradewatch.tables.columns import Column, Row, Value, printable

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header; the format has no more (ECMA-376)."""
MOST_LINKS = 65_530
LONGEST_LINK = 2_079
LONGEST_CELL = 32_767
WIDTHS = {"text": 24, "integer": 9, "real": 9, "date": 12, "datetime": 17, "link": 40}
FORMATS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "link": None}


def write_xlsx(columns: Sequence[Column], rows: Iterable[Row], file: BinaryIO) -> int:
    """One sheet. Datetimes are in UTC. Gives the number of rows; raises TableError where there are more than a sheet can hold."""
    import xlsxwriter  # a tenth of a second, which nobody should wait for who wants something else

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet("tradewatch")
    looks = {kind: book.add_format({"num_format": look}) for kind, look in FORMATS.items() if look}
    bold = book.add_format({"bold": True})
    for number, column in enumerate(columns):
        sheet.set_column(number, number, WIDTHS[column.kind])
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.name, bold)
    sheet.freeze_panes(1, 0)
    written = links = 0
    for row in rows:
        if written == MOST_ROWS:
            book.close()
            raise TableError(f"a sheet holds {MOST_ROWS:,} rows and no more; write csv, jsonl or parquet, or choose a shorter window")
        written += 1
        for number, column in enumerate(columns):
            links += _write_cell(sheet, (written, number), column, row.get(column.name), looks, linked=links < MOST_LINKS)
    if columns:
        sheet.autofilter(0, 0, max(written, 1), len(columns) - 1)
    book.close()
    return written


def _write_cell(sheet: Any, place: tuple[int, int], column: Column, value: Value, looks: dict[str, Any], *, linked: bool) -> int:
    """Write one cell; gives 1 where it became a link."""
    if value is None or value == "":
        return 0
    if isinstance(value, dt.datetime):
        sheet.write_datetime(*place, value.astimezone(dt.UTC).replace(tzinfo=None), looks["datetime"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(*place, dt.datetime(value.year, value.month, value.day), looks["date"])  # noqa: DTZ001  a day has no zone
    elif isinstance(value, int | float):
        sheet.write_number(*place, value)
    else:
        text = printable(value).replace("\r\n", "\n").replace("\r", "\n")
        if column.kind == "link" and linked and len(text) <= LONGEST_LINK and text.startswith(("https://", "http://")):
            return int(sheet.write_url(*place, text, None, text) == 0)
        sheet.write_string(*place, text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…")
    return 0
