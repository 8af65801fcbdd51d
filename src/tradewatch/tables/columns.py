"""What a table holds: columns with a kind each, and rows of plain values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "real", "date", "datetime", "link"]
Value = str | int | float | dt.date | dt.datetime | None
Row = Mapping[str, Value]
"""Column name to value; None, or no entry at all, is an empty cell. A datetime knows its zone."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its name, which is its header, and what its cells hold."""

    name: str
    kind: Kind = "text"
    meaning: str = ""
    """One line for the documentation."""


UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no spreadsheet and no XML can hold: control characters and halves of surrogate pairs."""


def printable(text: str) -> str:
    """A text with a replacement character for each one that files cannot hold."""
    return UNPRINTABLE.sub("\ufffd", text) if UNPRINTABLE.search(text) else text


def as_text(value: Value) -> str:
    """A value as CSV prints it: nothing, ISO 8601 dates, datetimes in UTC to the second with Z, numbers as Python prints them."""
    if isinstance(value, str):
        return value if value.isprintable() else printable(value)
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(dt.UTC).isoformat()[:19]}Z"  # strftime takes five times as long
    return value.isoformat() if isinstance(value, dt.date) else str(value)
