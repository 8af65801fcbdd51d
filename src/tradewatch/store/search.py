"""Finding articles by their words, and counting what editors decided: what the desk's pages ask besides the queue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from tradewatch.store.queue import match_of
from tradewatch.store.rows import to_optional_time, to_text, to_time

_BATCH = 2000
"""Article revisions added to the index of words in one step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticle:
    """An article that holds the words asked for."""

    id: str
    revision: int
    outlet: str
    headline: str
    published_at: dt.datetime | None
    around: str
    """Some text around the words."""


@dataclass(frozen=True, slots=True)
class Decided:
    """How often editors accepted, corrected and rejected what has something in common."""

    name: str
    accepted: int
    corrected: int
    rejected: int

    @property
    def total(self) -> int:
        """All decisions."""
        return self.accepted + self.corrected + self.rejected

    @property
    def rate(self) -> float | None:
        """The share accepted as it was; None where nothing was decided."""
        return self.accepted / self.total if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How an outlet told one announcement."""

    announcement: str
    own: dt.datetime
    first: dt.datetime
    """When anybody told it first."""
    gone: bool
    """Whether the outlet no longer says it."""


class SearchStore:
    """Table article_text, and questions across the others."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def catch_up(self) -> None:
        """Add articles that came since the last time to the index of words."""
        while True:
            row = self._db.execute("SELECT at FROM followed WHERE log = 'article'").fetchone()
            last = int(row[0]) if row else 0
            newest = self._db.execute("SELECT coalesce(max(rowid), 0) FROM article").fetchone()[0]
            if newest <= last:
                return
            upto = min(last + _BATCH, newest)
            with self._db.atomic():
                self._db.execute(
                    """INSERT INTO article_text (rowid, headline, dek, body)
                       SELECT rowid, headline, dek, body FROM article WHERE rowid > ? AND rowid <= ?""",
                    [last, upto],
                )
                self._db.execute("INSERT OR REPLACE INTO followed VALUES ('article', ?)", [str(upto)])

    def articles(self, words: str, limit: int = 20) -> list[FoundArticle]:
        """The articles, each in its newest revision that holds all the words, best first."""
        query = match_of(words)
        if not query:
            return []
        sql = """SELECT article.id, article.revision, article.outlet, article.headline, article.published_at,
                   snippet(article_text, -1, '', '', ' … ', 24) AS around
                 FROM article_text JOIN article ON article.rowid = article_text.rowid
                 WHERE article_text MATCH ? ORDER BY bm25(article_text, 8, 4, 1) LIMIT ?"""
        found: dict[str, dict[str, Any]] = {}
        for row in self._db.query(sql, [query, limit * 2]):
            if row["id"] not in found or found[row["id"]]["revision"] < row["revision"]:
                found[row["id"]] = row
        return [
            FoundArticle(**(row | {"published_at": to_optional_time(row["published_at"]), "outlet": row["outlet"] or ""}))
            for row in list(found.values())[:limit]
        ]

    # What editors decided

    def by_rule(self) -> list[Decided]:
        """Decisions by the rule that fired, the most decided on first."""
        return self._decided("announcement.rule", "")

    def by_type(self) -> list[Decided]:
        """Decisions by type."""
        return self._decided("announcement.type", "")

    def by_confidence(self) -> list[Decided]:
        """Decisions by tenths of confidence, the least first."""
        found = self._decided("min(cast(announcement.confidence * 10 AS INTEGER), 9)", "")
        return [replace(one, name=f".{one.name} and more") for one in sorted(found, key=lambda one: one.name)]

    def by_outlet(self) -> list[Decided]:
        """Decisions by each outlet that told it."""
        return self._decided("queue_outlet.outlet", "JOIN queue_outlet USING (no)")

    def _decided(self, name: str, join: str) -> list[Decided]:
        sql = f"""SELECT {name} AS name, sum(decided = 'accept') AS accepted, sum(decided = 'edit') AS corrected,
                    sum(decided = 'reject') AS rejected
                  FROM queue JOIN announcement ON announcement.id = queue.announcement {join}
                  WHERE decided IN ('accept', 'edit', 'reject') GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 200"""
        return [Decided(str(row[0]), *row[1:]) for row in self._db.execute(sql).fetchall()]

    def reasons(self) -> list[tuple[str, int]]:
        """(reason, how often) of the rejections that stand."""
        sql = """SELECT reason, count(*) FROM queue JOIN verdict ON verdict.id = (
                   SELECT max(id) FROM verdict AS last WHERE last.subject = queue.announcement AND last.action = 'reject')
                 WHERE decided = 'reject' AND reason IS NOT NULL GROUP BY reason ORDER BY 2 DESC"""
        return [(reason, count) for reason, count in self._db.execute(sql).fetchall()]

    def corrected_slots(self) -> list[tuple[str, int]]:
        """(slot, how often) of the corrections that stand."""
        sql = """SELECT json_extract(pair.value, '$[0]'), count(*) FROM queue JOIN verdict ON verdict.id = (
                   SELECT max(id) FROM verdict AS last WHERE last.subject = queue.announcement AND last.action = 'edit')
                 JOIN json_each(verdict.changes) AS pair WHERE decided = 'edit' GROUP BY 1 ORDER BY 2 DESC"""
        return [(slot, count) for slot, count in self._db.execute(sql).fetchall()]

    # Outlets, people, networks

    def tellings(self, outlet: str, since: dt.datetime, limit: int = 2000) -> list[Telling]:
        """How an outlet told each announcement last told since then, the newest first."""
        sql = """SELECT report.announcement, min(report.reported_at) AS own, max(claim.last_revision < (
                     SELECT max(revision) FROM article WHERE article.id = claim.article_id)
                   OR EXISTS (SELECT 1 FROM article WHERE article.id = claim.article_id AND withdrawn_at IS NOT NULL)) AS gone,
                   (SELECT min(reported_at) FROM announcement_report AS other
                    WHERE other.announcement = report.announcement AND other.stance <> 'denies') AS first
                 FROM queue_outlet JOIN queue USING (no)
                 JOIN announcement_report AS report ON report.announcement = queue.announcement AND report.outlet = queue_outlet.outlet
                 JOIN claim ON claim.id = report.claim_id
                 WHERE queue_outlet.outlet = ? AND queue.seen >= ? AND report.stance <> 'denies'
                 GROUP BY report.announcement ORDER BY own DESC LIMIT ?"""
        rows = self._db.query(sql, [outlet, to_text(since), limit])
        return [
            Telling(announcement=row["announcement"], own=to_time(row["own"]), first=to_time(row["first"]), gone=bool(row["gone"]))
            for row in rows
        ]

    def about(self, *, person: str | None = None, network: str | None = None, limit: int = 100) -> list[str]:
        """Ids of the announcements that name a person (in any part) or a network, the last told first."""
        parts = "person = :person OR successor = :person" if person is not None else "network = :network OR from_network = :network"
        sql = f"""SELECT id FROM announcement WHERE ({parts}) AND merged_into IS NULL AND NOT withdrawn
                  ORDER BY last_seen DESC, id LIMIT :limit"""
        return [one for (one,) in self._db.execute(sql, {"person": person, "network": network, "limit": limit}).fetchall()]

    def people(self, words: str, limit: int = 12) -> list[str]:
        """People whose name holds what was typed, the last told first."""
        sql = """SELECT person FROM announcement WHERE person LIKE '%' || ? || '%' GROUP BY person ORDER BY max(last_seen) DESC LIMIT ?"""
        return [name for (name,) in self._db.execute(sql, [words.replace("%", "").replace("_", ""), limit]).fetchall()]
