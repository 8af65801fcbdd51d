"""The digest as a table: CSV that is complete or absent."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from tradewatch.digest.lines import Line
from tradewatch.types import Review
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


def table(found: Iterable[Line], zone: ZoneInfo) -> str:
    """The lines as CSV (RFC 4180: CRLF, quotes doubled), with a header."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(row(line, zone) for line in found)
    return text.getvalue()


def write_csv(found: Iterable[Line], zone: ZoneInfo, path: Path) -> None:
    """Write the digest to `path`: the whole file or, whatever happens, the one that was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(table(found, zone))
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o644)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
