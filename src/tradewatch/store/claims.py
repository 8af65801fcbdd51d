"""Claims as extracted, each with the words that prove it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from tradewatch.store.rows import CLAIM_COLUMNS, claim_row, claim_value, pack
from tradewatch.text import content_id
from tradewatch.types import Article, Claim, Evidence, Match

_NO_IDENTITY = frozenset({"title_id", "confidence", "rule"})
"""What a better extractor or a larger catalog may change without making another claim of it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StoredClaim:
    """A claim with its place in the store."""

    id: str
    article_id: str
    first_revision: int
    last_revision: int
    newest_revision: int
    withdrawn: bool
    """Whether the outlet took the article down."""
    claim: Claim
    match_kind: str | None
    match_reasons: str | None

    @property
    def gone(self) -> bool:
        """Whether its outlet no longer says it: the article was taken down, or its newest revision no longer makes the claim."""
        return self.withdrawn or self.last_revision < self.newest_revision


def claim_id(article_id: str, claim: Claim) -> str:
    """The same for the same slots in any revision of the article."""
    slots = claim_row(claim)
    return content_id(article_id, *(slots[name] for name in CLAIM_COLUMNS if name not in _NO_IDENTITY))


class ClaimStore:
    """Tables claim and evidence."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def save(self, article: Article, claim: Claim, match: Match | None) -> str:
        """Write a claim of one revision, or that this revision makes it again; returns its id."""
        identity = claim_id(article.id, claim)
        row = claim_row(claim) | {
            "id": identity,
            "article_id": article.id,
            "first_revision": article.revision,
            "last_revision": article.revision,
            "match_kind": match.kind if match else None,
            "match_reasons": pack(match.reasons) if match else None,
        }
        self._db.execute(
            f"""INSERT INTO claim ({", ".join(row)}) VALUES ({", ".join(":" + name for name in row)})
                ON CONFLICT (id) DO UPDATE SET last_revision = max(last_revision, excluded.last_revision),
                  title_id = excluded.title_id, confidence = excluded.confidence, rule = excluded.rule,
                  match_kind = excluded.match_kind, match_reasons = excluded.match_reasons""",
            row,
        )
        for position, proof in enumerate(claim.evidence):
            values = [identity, article.revision, position, proof.field, proof.start, proof.end, proof.quote]
            self._db.execute("INSERT OR REPLACE INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        return identity

    def get(self, identity: str) -> StoredClaim | None:
        """One claim by its id; None where there is none."""
        return next(self._find("claim.id = ?", [identity]), None)

    def of_article(self, article_id: str) -> list[StoredClaim]:
        """All claims that any revision of an article makes."""
        return list(self._find("claim.article_id = ?", [article_id]))

    def find(self, *, type: str | None = None, title: str | None = None, limit: int = 50) -> list[StoredClaim]:
        """The newest claims, of one type or with one title where that is asked for."""
        where = "(:type IS NULL OR claim.type = :type) AND (:title IS NULL OR claim.title = :title COLLATE NOCASE)"
        return list(self._find(where, {"type": type, "title": title, "limit": limit}, "ORDER BY claim.rowid DESC LIMIT :limit"))

    def _find(self, where: str, values: Any, tail: str = "") -> Iterator[StoredClaim]:
        sql = f"""SELECT claim.*, (SELECT max(revision) FROM article WHERE article.id = claim.article_id) AS newest_revision,
                    EXISTS (SELECT 1 FROM article WHERE article.id = claim.article_id AND withdrawn_at IS NOT NULL) AS withdrawn
                  FROM claim WHERE {where} {tail}"""
        for row in self._db.query(sql, values):
            claim = dataclasses.replace(claim_value(row), evidence=self._evidence(row["id"], row["last_revision"]))
            places = {field.name: row[field.name] for field in dataclasses.fields(StoredClaim) if field.name not in ("claim", "withdrawn")}
            yield StoredClaim(claim=claim, withdrawn=bool(row["withdrawn"]), **places)

    def _evidence(self, identity: str, revision: int) -> tuple[Evidence, ...]:
        sql = 'SELECT field, start, "end", quote FROM evidence WHERE claim_id = ? AND revision = ? ORDER BY position'
        return tuple(Evidence(*row) for row in self._db.execute(sql, [identity, revision]).fetchall())
