"""Reading a file of titles into the catalog, a batch a transaction, so that a stop half-way loses nothing and is known."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlite_utils import Database

from tradewatch.store.rows import to_text, to_time
from tradewatch.store.titles import Changes, TitleStore
from tradewatch.titles.importers import Broken, LeftOut, Naming, Row
from tradewatch.types import Title

BATCH = 5_000
"""Rows a transaction: well under a second, so that a poll beside it need not wait."""


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """What reading a file did."""

    rows: int = 0
    changes: Changes = field(default_factory=Changes)
    broken: list[tuple[int, str]] = field(default_factory=list)
    """(line, what is wrong with it)."""
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted:
    """A file that was not read to its end."""

    file: str
    rows: int
    started_at: dt.datetime


class TitleImports:
    """Table title_import, and the catalog that its rows filled."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._titles = TitleStore(db)

    def read(
        self, rows: Iterable[Row], *, file: str, format_name: str, now: dt.datetime, progress: Callable[[ImportReport], None]
    ) -> ImportReport:
        """Add the titles of a file; `progress` is called after every batch.

        Whatever stops it, batches read before it stay, the same file can be read again, and `interrupted` says so until it was.
        """
        number = self._begin(file, format_name, now)
        report = ImportReport()
        stream = iter(rows)
        while batch := list(itertools.islice(stream, BATCH)):
            with self._db.atomic():
                self._add(batch, format_name, report)
                self._note(number, report)
            progress(report)
        with self._db.atomic():
            self._titles.index()
            self._db.execute("UPDATE title_import SET finished = 1 WHERE file = ?", [file])
        return report

    def interrupted(self) -> list[Interrupted]:
        """Files that were not read to their end, oldest first."""
        rows = self._db.query("SELECT file, rows, started_at FROM title_import WHERE NOT finished ORDER BY id")
        return [Interrupted(file=row["file"], rows=row["rows"], started_at=to_time(row["started_at"])) for row in rows]

    def _begin(self, file: str, format_name: str, now: dt.datetime) -> int:
        sql = "INSERT INTO title_import (file, format, started_at) VALUES (?, ?, ?) RETURNING id"
        with self._db.atomic():
            return int(self._db.conn.execute(sql, (file, format_name, to_text(now))).fetchone()[0])

    def _add(self, batch: list[Row], format_name: str, report: ImportReport) -> None:
        titles = [row for _, row in batch if isinstance(row, Title)]
        named = [row for _, row in batch if isinstance(row, Naming)]
        report.rows += len(batch)
        report.broken += [(line, row.problem) for line, row in batch if isinstance(row, Broken)]
        report.left_out.update(row.reason for _, row in batch if isinstance(row, LeftOut))
        if format_name == "tmdb":
            fresh = [title for title in titles if not self._titles.knows(title)]
            report.left_out["known by name, and TMDB gives no year"] += len(titles) - len(fresh)
            titles = fresh
        report.changes += self._titles.add(titles, index=False)
        known, unknown = self._titles.name(named)
        report.changes += known
        report.left_out["names of works not in the catalog"] += unknown

    def _note(self, number: int, report: ImportReport) -> None:
        counts = (report.rows, report.changes.added, report.changes.changed, len(report.broken), number)
        self._db.execute("UPDATE title_import SET rows = ?, added = ?, changed = ?, broken = ? WHERE id = ?", counts)
