"""Pages of articles that carry claims: when each is looked at again, and what is needed to ask whether it changed."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from tradewatch.store.rows import to_optional_time, to_text, to_time
from tradewatch.types import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """The page that the newest revision of an article was read from."""

    key: str
    """Of the entry that led to it."""
    content: str
    """A hash of all that the entry said."""
    article_id: str
    entry: Entry
    dated: dt.datetime
    """When the article was published; when it was read, where it does not say."""
    length: int
    """Of the article's body."""
    snapshot: str
    """The sha256 of the bytes."""
    final_url: str
    etag: str | None
    last_modified: str | None


class PageStore:
    """Column entry.check_at, with what it is about."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def check_at(self, key: str, when: dt.datetime | None) -> None:
        """Write down when the page of an entry is to be looked at again; None: no more."""
        self._db.execute("UPDATE entry SET check_at = ? WHERE key = ?", [to_text(when), key])

    def due(self, source: str, now: dt.datetime, limit: int) -> list[KnownPage]:
        """The pages of a source to look at again, the longest due first. Those whose bytes are no longer kept are left out."""
        sql = """SELECT entry.key, entry.content, entry.url, entry.published_at, article.id, article.headline, article.byline,
                   article.fetched_at, length(article.body) AS length, article.snapshot, fetch.final_url, fetch.headers
                 FROM entry
                 JOIN article ON article.id = entry.article_id
                   AND article.revision = (SELECT max(revision) FROM article AS newest WHERE newest.id = entry.article_id)
                 JOIN fetch ON fetch.id = (SELECT max(id) FROM fetch AS served
                   WHERE served.snapshot = article.snapshot AND served.url = entry.url)
                 WHERE entry.source = ? AND entry.check_at <= ? ORDER BY entry.check_at LIMIT ?"""
        return [_page(row) for row in self._db.query(sql, [source, to_text(now), limit])]


def _page(row: dict[str, Any]) -> KnownPage:
    headers = dict(json.loads(row["headers"]))
    published = to_optional_time(row["published_at"])
    return KnownPage(
        key=row["key"],
        content=row["content"],
        article_id=row["id"],
        entry=Entry(url=row["url"], headline=row["headline"], byline=row["byline"], published_at=published),
        dated=published or to_time(row["fetched_at"]),
        length=row["length"],
        snapshot=row["snapshot"],
        final_url=row["final_url"],
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
    )
