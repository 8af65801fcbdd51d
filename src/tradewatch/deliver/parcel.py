"""An issue, written out and ready to be handed over."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from tradewatch.tables import Column, Format, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of an issue."""

    name: str
    form: Format
    columns: Sequence[Column]
    rows: Sequence[Row]
    shown: bool = False
    """Whether a letter is made of it; the others are attached."""

    def body(self) -> bytes:
        """What it holds."""
        held = io.BytesIO()
        self.form.write(self.columns, self.rows, held)
        return held.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is handed over."""

    id: str
    """The same for every try of one sending, so that whoever gets it twice can tell."""
    subject: str
    text: str
    html: str | None
    """The same for a mail program that shows it, where that was asked for."""
    files: tuple[File, ...]
    message: bytes
    """The issue as JSON, for programs."""
    window: tuple[str, str]
    """From when until when what it tells was learned."""
    at: dt.datetime
    """When the issue was frozen."""
