"""An issue written out in the forms that its digest asks for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from tradewatch.deliver import File, Parcel
from tradewatch.digest.atom import as_atom
from tradewatch.digest.calendar import as_calendar, premieres
from tradewatch.digest.table import COLUMNS
from tradewatch.digest.telling import as_html, as_markdown, as_text, subject, summary
from tradewatch.types import Dispatch, Issue


@dataclass(frozen=True, slots=True)
class Form:
    """One form of an issue."""

    suffix: str
    media_type: str
    write: Callable[[Issue, BinaryIO], int]


def _whole(render: Callable[[Issue], str | bytes], issue: Issue, out: BinaryIO) -> int:
    text = render(issue)
    out.write(text.encode() if isinstance(text, str) else text)
    return len(issue.rows)


def _calendar(issue: Issue, out: BinaryIO) -> int:
    out.write(as_calendar(issue))
    return len(premieres(issue))


def _csv(issue: Issue, out: BinaryIO) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(told.row for told in issue.rows)
    text.detach()
    return len(issue.rows)


FORMS: Mapping[str, Form] = {
    "csv": Form("csv", "text/csv", _csv),
    "markdown": Form("md", "text/markdown", partial(_whole, as_markdown)),
    "html": Form("html", "text/html", partial(_whole, as_html)),
    "text": Form("txt", "text/plain", partial(_whole, as_text)),
    "atom": Form("atom", "application/atom+xml", partial(_whole, as_atom)),
    "ics": Form("ics", "text/calendar", _calendar),
}
"""By the name that `formats` knows them by."""
_BODIES = ("html", "text")
"""The forms that a letter is made of; the others are attached to it."""


def files_of(issue: Issue) -> tuple[File, ...]:
    """The files of an issue, each named by it."""
    return tuple(file_of(issue, name) for name in issue.formats)


def file_of(issue: Issue, form: str) -> File:
    """One file of an issue."""
    found = FORMS[form]
    return File(name=f"{issue.slug}.{found.suffix}", media_type=found.media_type, write=partial(found.write, issue), body=form in _BODIES)


def parcel_of(issue: Issue, dispatch: Dispatch) -> Parcel:
    """An issue ready to be handed over; the same for every try of one sending."""
    return Parcel(
        id=f"{issue.slug}.{issue.frozen_at:%Y%m%d%H%M%S}.{dispatch.sending}",
        subject=subject(issue),
        text=as_text(issue),
        html=as_html(issue) if "html" in issue.formats else None,
        files=files_of(issue),
        message=json.dumps(as_json(issue), ensure_ascii=False).encode(),
        window=window_of(issue),
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
    times = {"since": f"{issue.since:%Y-%m-%dT%H:%M:%SZ}", "until": f"{issue.frozen_at:%Y-%m-%dT%H:%M:%SZ}"}
    return {"digest": issue.digest, "number": issue.number, **times, "changes_after": issue.after, "changes_until": issue.until}
