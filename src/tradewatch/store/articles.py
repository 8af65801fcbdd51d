"""Articles and their revisions: as printed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlite_utils import Database

from tradewatch.store.rows import pack, to_optional_time, to_text, to_time
from tradewatch.text import content_id
from tradewatch.types import Article, Document, Mark


class ArticleStore:
    """Table article: a row for each revision, never changed but for `withdrawn_at`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def newest(self, article_id: str) -> Article | None:
        """The newest revision of an article; None where it is unknown."""
        rows = list(self._db.query("SELECT * FROM article WHERE id = ? ORDER BY revision DESC LIMIT 1", [article_id]))
        return _article(rows[0]) if rows else None

    def at(self, article_id: str, revision: int) -> Article | None:
        """One revision of an article; None where there is none."""
        rows = list(self._db.query("SELECT * FROM article WHERE id = ? AND revision = ?", [article_id, revision]))
        return _article(rows[0]) if rows else None

    def withdrawn_at(self, article_id: str) -> dt.datetime | None:
        """When the outlet took an article down; None where it stands."""
        row = self._db.execute("SELECT max(withdrawn_at) FROM article WHERE id = ?", [article_id]).fetchone()
        return to_optional_time(row[0])

    def newest_text(self, article_id: str) -> tuple[int, str] | None:
        """The number of an article's newest revision and the hash of its text (`content`); None where it is unknown."""
        sql = "SELECT revision, content FROM article WHERE id = ? ORDER BY revision DESC LIMIT 1"
        found: tuple[int, str] | None = self._db.conn.execute(sql, [article_id]).fetchone()
        return found

    def revisions(self, article_id: str) -> list[Article]:
        """All revisions of an article, oldest first."""
        return [_article(row) for row in self._db.query("SELECT * FROM article WHERE id = ? ORDER BY revision", [article_id])]

    def add(self, article: Article) -> None:
        """Write one revision."""
        document = article.document
        row = {
            "id": article.id,
            "revision": article.revision,
            "source": article.source,
            "outlet": document.outlet,
            "url": document.url or "",
            "headline": document.headline,
            "dek": document.dek,
            "body": document.body,
            "marks": pack([(mark.kind, mark.field, mark.start, mark.end) for mark in document.marks]),
            "links": pack(article.links),
            "byline": article.byline,
            "published": document.published.isoformat() if document.published else None,
            "published_at": to_text(article.published_at),
            "fetched_at": to_text(article.fetched_at),
            "snapshot": article.snapshot,
            "content": content(document),
        }
        self._db.execute(f"INSERT INTO article ({', '.join(row)}) VALUES ({', '.join(':' + name for name in row)})", row)

    def withdraw(self, article_id: str, now: dt.datetime) -> None:
        """Write down that the outlet took an article down."""
        self._db.execute("UPDATE article SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL", [to_text(now), article_id])

    def reinstate(self, article_id: str) -> None:
        """Write down that a withdrawn article stands again."""
        self._db.execute("UPDATE article SET withdrawn_at = NULL WHERE id = ? AND withdrawn_at IS NOT NULL", [article_id])


def content(document: Document) -> str:
    """A hash of the text that claims are read from; a new one makes a new revision."""
    return content_id(document.headline, document.dek, document.body)


def _article(row: dict[str, Any]) -> Article:
    marks = tuple(Mark(kind=kind, field=field, start=start, end=end) for kind, field, start, end in json.loads(row["marks"]))
    document = Document(
        id=row["id"],
        headline=row["headline"],
        dek=row["dek"],
        body=row["body"],
        outlet=row["outlet"],
        url=row["url"],
        published=dt.date.fromisoformat(row["published"]) if row["published"] else None,
        marks=marks,
    )
    return Article(
        id=row["id"],
        revision=row["revision"],
        source=row["source"],
        document=document,
        byline=row["byline"],
        published_at=to_optional_time(row["published_at"]),
        fetched_at=to_time(row["fetched_at"]),
        snapshot=row["snapshot"],
        links=tuple(json.loads(row["links"])),
    )
