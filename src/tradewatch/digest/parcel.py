"""An issue written out in the forms that its digest asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import BinaryIO

from tradewatch.deliver import File, Parcel
from tradewatch.digest.atom import as_atom
from tradewatch.digest.calendar import as_calendar
from tradewatch.digest.table import COLUMNS, TABLE, cells
from tradewatch.digest.telling import as_html, as_markdown, as_text, subject, summary
from tradewatch.tables import FORMATS, Column, Format
from tradewatch.tables import Row as TableRow
from tradewatch.types import Dispatch, Issue


def _telling(name: str, suffix: str, media_type: str, render: Callable[[Issue], str | bytes], issue: Issue) -> Format:
    """A form that tells the whole issue, as a format of tables."""

    def write(columns: Sequence[Column], rows: Iterable[TableRow], file: BinaryIO) -> int:
        told = render(issue)
        file.write(told.encode() if isinstance(told, str) else told)
        return sum(1 for _ in rows)

    return Format(name, suffix, media_type, write)


_FORMS: Mapping[str, tuple[str, str, Callable[[Issue], str | bytes]]] = {
    "markdown": (".md", "text/markdown; charset=utf-8", as_markdown),
    "html": (".html", "text/html; charset=utf-8", as_html),
    "text": (".txt", "text/plain; charset=utf-8", as_text),
    "atom": (".atom", "application/atom+xml", as_atom),
    "ics": (".ics", "text/calendar; charset=utf-8", as_calendar),
}
_SHOWN = ("html", "text")
"""The forms that a letter is made of."""


def files_of(issue: Issue) -> tuple[File, ...]:
    """The files of an issue, each named by it."""
    return tuple(file_of(issue, name) for name in issue.formats)


def file_of(issue: Issue, name: str) -> File:
    """One file of an issue; CSV for spreadsheets has a name of its own beside plain CSV."""
    form = FORMATS[name] if name in FORMATS else _telling(name, *_FORMS[name], issue)
    suffix = "-excel.csv" if name == "excel" else form.suffix
    rows = [told.row for told in issue.rows]
    columns = TABLE if name in FORMATS else ()
    return File(name=issue.slug + suffix, form=form, columns=columns, rows=tuple(cells(rows, name)), shown=name in _SHOWN)


def parcel_of(issue: Issue, dispatch: Dispatch) -> Parcel:
    """An issue ready to be handed over; the same for every try of one sending."""
    return Parcel(
        id=f"{issue.slug}.{issue.frozen_at:%Y%m%d%H%M%S}.{dispatch.sending}",
        subject=subject(issue),
        text=as_text(issue),
        html=as_html(issue) if "html" in issue.formats else None,
        files=files_of(issue),
        message=json.dumps(as_json(issue), ensure_ascii=False).encode(),
        window=times_of(issue),
        at=issue.frozen_at,
    )


def as_json(issue: Issue) -> dict[str, object]:
    """The issue for programs."""
    return {
        **window_of(issue),
        "title": issue.title,
        "summary": summary(issue),
        "announcements": [{column: told.row.get(column, "") for column in COLUMNS} for told in issue.rows],
        "unreviewed": issue.unreviewed,
        "failing": [{"source": source, "reason": reason} for source, reason in issue.failing],
    }


def window_of(issue: Issue) -> dict[str, str | int]:
    """What an issue covers."""
    since, until = times_of(issue)
    return {"digest": issue.digest, "number": issue.number, "since": since, "until": until}


def times_of(issue: Issue) -> tuple[str, str]:
    """From when until when what an issue tells was learned, in UTC."""
    return f"{issue.since:%Y-%m-%dT%H:%M:%SZ}", f"{issue.frozen_at:%Y-%m-%dT%H:%M:%SZ}"
