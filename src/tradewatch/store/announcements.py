"""Announcements: each event once, with every version of what was told and everyone who told it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from tradewatch.announce.copies import COPY, SHARED, Sketch, resemblance
from tradewatch.announce.identity import block_keys
from tradewatch.announce.kin import own_keys, sought_keys
from tradewatch.announce.ledger import advance, opened
from tradewatch.announce.sources import copied
from tradewatch.store.announcement_rows import (
    announcement_row,
    announcement_value,
    claim_json,
    claim_of_json,
    report_row,
    report_value,
    rivals_json,
)
from tradewatch.store.announcement_tables import migrations
from tradewatch.store.rows import pack, to_text, to_time
from tradewatch.titles.keys import hashed
from tradewatch.types import Announcement, Certainty, Claim, ClaimType, Decision, DecisionKind, Report

__all__ = ["AnnouncementStore", "Doubt", "Version", "migrations"]

_REPORT = (
    "claim_id, article_id, outlet, owner, tier, url, reported_at, chain, origin, first_hand, cites, copy_of, correction, unsaid, stance"
)
_NEWEST = """SELECT id, work, title_id, newest.rivals, newest.certainty, announcement.version, first_seen, last_seen, newest.value
             FROM announcement JOIN announcement_version AS newest
               ON newest.announcement = announcement.id AND newest.version = announcement.version"""
"""The columns of announcements as values are made of them: the newest version's JSON is read far quicker than a column for each slot."""
MOST_COMPARED = 60
"""Announcements compared with one claim, the last seen first."""
MOST_AKIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What an announcement was told to be from one moment on."""

    version: int
    value: Claim
    rivals: tuple[Claim, ...]
    certainty: Certainty
    because: str
    claim_id: str | None
    reasons: tuple[str, ...]
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A claim that the machine could not place: for an editor."""

    claim: Claim
    report: Report
    work: str
    likeliest: str | None
    reasons: tuple[str, ...]
    decided_at: dt.datetime


class AnnouncementStore:
    """Tables announcement and those around it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # Deciding

    def comparable(self, claim: Claim, work: str) -> list[Announcement]:
        """The announcements that a claim about a work has to be compared with, the last seen first."""
        hashes = [hashed(key) for key in block_keys(claim, work)]
        sql = f"""WHERE merged_into IS NULL AND NOT withdrawn AND id IN
                    (SELECT announcement FROM announcement_key WHERE hash IN ({_marks(hashes)}))
                  ORDER BY last_seen DESC, id LIMIT {MOST_COMPARED}"""
        return self._read(sql, hashes)

    def akin(self, claim: Claim, work: str) -> list[Announcement]:
        """Announcements of other works that may be of the same one under another name, the last seen first."""
        hashes = [hashed(f"akin|{key}") for key in sought_keys(claim, work)]
        sql = f"""WHERE merged_into IS NULL AND NOT withdrawn AND work <> ? AND id IN
                    (SELECT announcement FROM announcement_key WHERE hash IN ({_marks(hashes)}))
                  ORDER BY last_seen DESC, id LIMIT {MOST_AKIN}"""
        return self._read(sql, [work, *hashes]) if hashes else []

    def apply(self, decision: Decision, claim: Claim, work: str, now: dt.datetime) -> Announcement | None:
        """Carry out a decision on a claim; returns the announcement as it then is, None where it is left to an editor.

        A claim that was applied before changes nothing.
        """
        with self._db.atomic():
            done = self._db.execute(
                "SELECT announcement FROM announcement_report WHERE claim_id = ?", [decision.report.claim_id]
            ).fetchone()
            if done:
                return self.get(done[0]) if done[0] else None
            if decision.kind is DecisionKind.UNSURE:
                self._write_report(claim, decision, work, None, now)
                return None
            known = self.get(decision.announcement_id) if decision.announcement_id else None
            new = advance(known, claim, decision) if known else opened(claim, decision, work)
            self.write(new, known, decision.kind.value, now, claim_id=decision.report.claim_id, reasons=decision.reasons)
            self._write_report(claim, decision, work, new.id, now)
            links = [(new.id, relation, other) for relation, other in decision.links]
            self._db.conn.executemany("INSERT OR IGNORE INTO announcement_link VALUES (?, ?, ?)", links)
            return new

    def write(
        self,
        new: Announcement,
        known: Announcement | None,
        because: str,
        now: dt.datetime,
        *,
        claim_id: str | None = None,
        reasons: Iterable[str] = (),
    ) -> None:
        """Put an announcement's newest state in place of the known one, with a version where it differs, and note the change."""
        run = self._db.conn.execute
        row = announcement_row(new)
        names = list(row)
        sets = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
        run(
            f"INSERT INTO announcement ({', '.join(names)}) VALUES ({_marks(names)}) ON CONFLICT (id) DO UPDATE SET {sets}",
            list(row.values()),
        )
        if known is None or known.version != new.version:
            version = (new.id, new.version, claim_json(new.value), rivals_json(new.rivals), new.certainty.value, because, claim_id)
            run("INSERT INTO announcement_version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*version, pack(list(reasons)), to_text(now)))
        self.write_keys(new)
        run(
            "INSERT INTO announcement_change (announcement, version, kind, at) VALUES (?, ?, ?, ?)",
            (new.id, new.version, because, to_text(now)),
        )

    def note_unsaid(self, claim_id: str, now: dt.datetime) -> None:
        """Note that an outlet no longer makes a claim, so that digests look at its announcement again."""
        self._db.execute(
            """INSERT INTO announcement_change (announcement, version, kind, at) SELECT announcement.id, version, 'unsaid', ?
               FROM announcement_report AS report JOIN announcement ON announcement.id = report.announcement WHERE report.claim_id = ?""",
            [to_text(now), claim_id],
        )

    def write_keys(self, announcement: Announcement) -> None:
        """Let claims about the same work or person, or about a work that may be the same, be compared with an announcement."""
        told, work = announcement.value, announcement.work
        names = (*block_keys(told, work), *(f"akin|{key}" for key in own_keys(told, work)))
        keys = [(hashed(name), announcement.id) for name in names]
        self._db.conn.executemany("INSERT OR IGNORE INTO announcement_key VALUES (?, ?)", keys)

    def _write_report(self, claim: Claim, decision: Decision, work: str, announcement: str | None, now: dt.datetime) -> None:
        row = report_row(claim, decision, work) | {
            "announcement": announcement,
            "likeliest": decision.announcement_id if decision.kind is DecisionKind.UNSURE else None,
            "decided_at": to_text(now),
        }
        self._db.conn.execute(f"INSERT INTO announcement_report ({', '.join(row)}) VALUES ({_marks(row)})", list(row.values()))

    # Reading

    def get(self, announcement_id: str) -> Announcement | None:
        """One announcement, or the one it was merged into; None where there is none."""
        row = self._db.execute("SELECT merged_into FROM announcement WHERE id = ?", [announcement_id]).fetchone()
        if row and row[0]:
            return self.get(row[0])
        return next(iter(self._read("WHERE id = ?", [announcement_id])), None)

    def named(self, ids: Sequence[str], *, withdrawn: bool = False) -> list[Announcement]:
        """The announcements of these ids that stand: not merged away, nor told by nobody unless these are asked for too."""
        standing = "merged_into IS NULL" if withdrawn else "merged_into IS NULL AND NOT withdrawn"
        return self._read(f"WHERE {standing} AND id IN ({_marks(ids)})", list(ids))

    def find(
        self, *, work: str | None = None, type: ClaimType | None = None, since: dt.datetime | None = None, limit: int = 50
    ) -> list[Announcement]:
        """Announcements, the first seen last: of one work, of one type, last told since then."""
        wanted = {"work": work, "type": type.value if type else None, "since": to_text(since)}
        where = ["merged_into IS NULL AND NOT withdrawn"]
        tests = {"work": "work = :work", "type": "type = :type", "since": "last_seen >= :since"}
        where += [tests[name] for name, value in wanted.items() if value is not None]
        sql = f"WHERE {' AND '.join(where)} ORDER BY first_seen DESC, id LIMIT :limit"
        return self._read(sql, wanted | {"limit": limit})

    def changed_since(self, cursor: int) -> tuple[list[Announcement], int]:
        """Announcements written since a cursor, in the order of their last change, and the cursor that follows; begin at 0."""
        sql = """JOIN (SELECT announcement AS id, max(seq) AS seq FROM announcement_change
                   WHERE seq > ? GROUP BY announcement) AS changed USING (id)
                 WHERE merged_into IS NULL AND NOT withdrawn ORDER BY changed.seq"""
        last = self._db.execute("SELECT coalesce(max(seq), 0) FROM announcement_change").fetchone()[0]
        return self._read(sql, [cursor]), max(last, cursor)

    def cursor_at(self, time: dt.datetime) -> int:
        """The cursor that `changed_since` takes to give what was written at that time or later."""
        row = self._db.execute("SELECT coalesce(max(seq), 0) FROM announcement_change WHERE at < ?", [to_text(time)]).fetchone()
        return int(row[0])

    def versions(self, announcement_id: str) -> list[Version]:
        """All that an announcement was told to be, oldest first."""
        rows = self._db.query("SELECT * FROM announcement_version WHERE announcement = ? ORDER BY version", [announcement_id])
        return [_version(row) for row in rows]

    def links(self, announcement_id: str) -> list[tuple[str, str]]:
        """(relation, id) of the events that one reverses, follows or accompanies."""
        sql = "SELECT relation, other FROM announcement_link WHERE announcement = ? ORDER BY relation, other"
        return [(relation, other) for relation, other in self._db.execute(sql, [announcement_id]).fetchall()]

    def reversed_by(self, announcement_id: str) -> list[Announcement]:
        """The later events that undid one, such as the cancellation of a renewed show."""
        sql = """WHERE NOT withdrawn AND id IN
                   (SELECT announcement FROM announcement_link WHERE other = ? AND relation = 'reverses') ORDER BY first_seen"""
        return self._read(sql, [announcement_id])

    def of_claim(self, claim_id: str) -> Announcement | None:
        """The announcement that a claim was placed in; None where it is in none."""
        row = self._db.execute("SELECT announcement FROM announcement_report WHERE claim_id = ?", [claim_id]).fetchone()
        return self.get(row[0]) if row and row[0] else None

    def doubts(self, limit: int = 50) -> list[Doubt]:
        """Claims that wait for an editor, the longest waiting first."""
        sql = "SELECT * FROM announcement_report WHERE announcement IS NULL ORDER BY decided_at, claim_id LIMIT ?"
        return [_doubt(row) for row in self._db.query(sql, [limit])]

    def doubt(self, claim_id: str) -> Doubt | None:
        """One claim that waits for an editor; None where it does not."""
        rows = self._db.query("SELECT * FROM announcement_report WHERE announcement IS NULL AND claim_id = ?", [claim_id])
        return next(map(_doubt, rows), None)

    def told(self, announcement_id: str) -> list[tuple[Claim, Report]]:
        """Each claim of an announcement as it was decided upon, with its report."""
        sql = "SELECT * FROM announcement_report WHERE announcement = ? ORDER BY reported_at, claim_id"
        return [(claim_of_json(row["claim"]), report_value(row)) for row in self._db.query(sql, [announcement_id])]

    def _read(self, which: str, values: Any) -> list[Announcement]:
        """The announcements that the end of a statement picks, in its order, each with its reports."""
        rows = self._rows(f"{_NEWEST} {which}", values)
        reports: dict[str, list[Report]] = {row["id"]: [] for row in rows}
        wanted = f"""SELECT announcement, {_REPORT} FROM announcement_report WHERE announcement IN ({_marks(reports)})
                     ORDER BY reported_at, claim_id"""
        for report in self._rows(wanted, list(reports)) if rows else ():
            reports[report["announcement"]].append(report_value(report))
        return [announcement_value(row, reports[row["id"]]) for row in rows]

    def _rows(self, sql: str, values: Any) -> list[dict[str, Any]]:
        """Rows by column name, without the savepoint that `Database.query` puts round each statement."""
        cursor = self._db.conn.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    # Near copies

    def remember_text(self, article_id: str, sketch: Sketch, published_at: dt.datetime) -> None:
        """Keep an article's sketch, so that later copies of it are known."""
        if not sketch.hashes:
            return
        run = self._db.conn
        with self._db.atomic():
            if run.execute(
                "INSERT OR IGNORE INTO text_sketch VALUES (?, ?, ?)", (article_id, to_text(published_at), sketch.packed())
            ).rowcount:
                run.executemany("INSERT OR IGNORE INTO text_sketch_key VALUES (?, ?)", [(key, article_id) for key in sketch.keys])

    def copied_from(self, article_id: str, sketch: Sketch, published_at: dt.datetime, within: dt.timedelta) -> str | None:
        """The article, published up to `within` before, that a text all but repeats: the most alike; None where there is none."""
        alike = self.near_copies(article_id, sketch, published_at, within)
        return next((other for other, published in alike if published <= published_at), None)

    def near_copies(
        self, article_id: str, sketch: Sketch, published_at: dt.datetime, within: dt.timedelta
    ) -> list[tuple[str, dt.datetime]]:
        """(id, time of publication) of the articles with all but the same text, published up to `within` before or after; the most alike
        first."""
        if not sketch.hashes:
            return []
        sql = f"""SELECT article_id, published_at, hashes FROM text_sketch WHERE published_at BETWEEN ? AND ? AND article_id IN
                    (SELECT article_id FROM text_sketch_key WHERE hash IN ({_marks(sketch.keys)}) AND article_id <> ?
                     GROUP BY article_id HAVING count(*) >= {SHARED})"""
        values = [to_text(published_at - within), to_text(published_at + within), *sketch.keys, article_id]
        rows = self._db.conn.execute(sql, values).fetchall()
        found = [(resemblance(sketch, Sketch.unpacked(raw)), other, to_time(published)) for other, published, raw in rows]
        return [(other, published) for alike, other, published in sorted(found, reverse=True) if alike >= COPY]

    def retrace(self, original: str, copies: Sequence[str], now: dt.datetime) -> None:
        """Let the reports of articles that turned out to repeat another go back to whom that one goes back to."""
        sql = f"""SELECT DISTINCT announcement FROM announcement_report WHERE article_id = ? AND announcement IN
                    (SELECT announcement FROM announcement_report WHERE article_id IN ({_marks(copies)}))"""
        for (identity,) in self._db.execute(sql, [original, *copies]).fetchall() if copies else ():
            known = self.get(identity)
            assert known is not None
            first = next(report for report in known.reports if report.article_id == original)
            reports = tuple(copied(one, first) if one.article_id in copies and one.owner != first.owner else one for one in known.reports)
            if reports != known.reports:
                self._write_origins(reports)
                self.write(replace(known, reports=reports), known, "traced", now)

    def _write_origins(self, reports: Iterable[Report]) -> None:
        rows = [(one.copy_of, one.origin, one.first_hand, one.claim_id) for one in reports]
        self._db.conn.executemany("UPDATE announcement_report SET copy_of = ?, origin = ?, first_hand = ? WHERE claim_id = ?", rows)


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)


def _version(row: dict[str, Any]) -> Version:
    return Version(
        version=row["version"],
        value=claim_of_json(row["value"]),
        rivals=tuple(claim_of_json(pack(rival)) for rival in json.loads(row["rivals"])),
        certainty=Certainty(row["certainty"]),
        because=row["because"],
        claim_id=row["claim_id"],
        reasons=tuple(json.loads(row["reasons"])),
        at=to_time(row["at"]),
    )


def _doubt(row: dict[str, Any]) -> Doubt:
    return Doubt(
        claim=claim_of_json(row["claim"]),
        report=report_value(row),
        work=row["work"],
        likeliest=row["likeliest"],
        reasons=tuple(json.loads(row["reasons"])),
        decided_at=to_time(row["decided_at"]),
    )
