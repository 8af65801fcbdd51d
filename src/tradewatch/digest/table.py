"""The digest as a table."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from tradewatch.digest.lines import Line
from tradewatch.tables import FORMATS, Column, Kind, Value, write_table
from tradewatch.tables import Row as TableRow
from tradewatch.types import Review, Row
from tradewatch.wording import predicate

COLUMNS = (
    "announcement_id",
    "change",
    "claim_type",
    "certainty",
    "title",
    "title_id",
    "season",
    "network",
    "people",
    "detail",
    "effective_date",
    "confidence",
    "evidence_quote",
    "evidence_url",
    "first_source",
    "also_reported_by",
    "source_count",
    "origin_count",
    "first_seen_local",
    "first_seen_utc",
    "decided_by",
    "decided_at",
    "supersedes",
    "note",
    "studio",
    "decision",
    "was",
    "revision",
    "changed_utc",
    "prior_date",
)
"""Only ever appended to: spreadsheets count on the order."""


def row(line: Line, zone: ZoneInfo, studios: Collection[str] = (), was: str = "") -> dict[str, str]:
    """The cells of one line, by column; an empty cell is something not known or not applicable.

    `studios` are the networks that are studios, `was` what a digest told of it before.
    """
    announcement, value = line.announcement, line.announcement.value
    cells = {
        "announcement_id": announcement.id,
        "change": line.change,
        "claim_type": value.type,
        "certainty": announcement.certainty,
        "title": value.title,
        "title_id": value.title_id,
        "season": ", ".join(map(str, value.seasons)),
        "network": value.network,
        "people": value.person,
        "detail": predicate(value),
        "effective_date": value.date,
        "confidence": f"{line.proof.claim.confidence:.2f}",
        "evidence_quote": line.proof.claim.evidence[0].quote if line.proof.claim.evidence else None,
        "evidence_url": line.first[0].url,
        "first_source": " and ".join(line.leaders),
        "also_reported_by": "; ".join(line.others),
        "source_count": str(len(announcement.outlets)),
        "origin_count": str(len(announcement.origins)),
        "first_seen_local": f"{announcement.first_seen.astimezone(zone):%Y-%m-%d %H:%M}",
        "first_seen_utc": f"{announcement.first_seen:%Y-%m-%dT%H:%M:%SZ}",
        "decided_by": line.verdict.editor if line.verdict else None,
        "decided_at": f"{line.verdict.decided_at:%Y-%m-%dT%H:%M:%SZ}" if line.verdict else None,
        "supersedes": line.supersedes,
        "note": note(line),
        "studio": value.network if value.network in studios else None,
        "decision": None if line.review is Review.UNREVIEWED else line.review,
        "was": was,
        "revision": str(line.revision),
        "changed_utc": f"{line.changed_at:%Y-%m-%dT%H:%M:%SZ}" if line.changed_at else None,
        "prior_date": value.prior_date,
    }
    return {column: str(cells[column] or "") for column in COLUMNS}


def note(line: Line) -> str:
    """What a reader should know besides: rival accounts, and that the sources are fewer than the outlets."""
    announcement = line.announcement
    parts = list(line.disputes)
    if len(announcement.outlets) > 1:
        parts.append(f"{len(announcement.outlets)} outlets, {len(announcement.origins)} origin{'s' * (len(announcement.origins) != 1)}")
    return "; ".join(parts)


KINDS: Mapping[str, Kind] = {
    "confidence": "real",
    "source_count": "integer",
    "origin_count": "integer",
    "revision": "integer",
    "first_seen_utc": "datetime",
    "decided_at": "datetime",
    "changed_utc": "datetime",
    "evidence_url": "link",
}
TABLE = tuple(Column(name, KINDS.get(name, "text")) for name in COLUMNS)
"""The columns as files have them; the others hold text, dates among them, which may be known to a month or a season alone."""
_DATES = ("effective_date", "prior_date")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def cells(rows: Iterable[Row], form: str) -> Iterator[TableRow]:
    """Rows as a format takes them: as they are for CSV, else with numbers and times for those who compute; for spreadsheets days too."""
    days = _DATES if form == "xlsx" else ()
    return iter(rows) if form in ("csv", "excel") else ({name: _cell(name, text, days) for name, text in row.items()} for row in rows)


def _cell(name: str, text: str, days: Collection[str]) -> Value:
    if not text:
        return None
    kind = KINDS.get(name, "text")
    if kind == "datetime":
        return dt.datetime.fromisoformat(text)
    if name in days and _DAY.fullmatch(text):
        return dt.date.fromisoformat(text)
    return int(text) if kind == "integer" else float(text) if kind == "real" else text


def table(found: Iterable[Line], zone: ZoneInfo, form: str = "csv") -> bytes:
    """The lines in one of the formats of tables."""
    held = io.BytesIO()
    FORMATS[form].write(TABLE, cells((row(line, zone) for line in found), form), held)
    return held.getvalue()


def write_file(
    found: Iterable[Line], zone: ZoneInfo, path: Path, now: dt.datetime, since: dt.datetime | None = None, form: str = "csv"
) -> None:
    """Write the lines to `path`, with a manifest beside it: whole or, whatever happens, as it was before."""
    window = (f"{since:%Y-%m-%dT%H:%M:%SZ}", f"{now:%Y-%m-%dT%H:%M:%SZ}") if since else None
    write_table(path, FORMATS[form], TABLE, cells((row(line, zone) for line in found), form), now, window)
