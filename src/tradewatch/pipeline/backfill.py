"""What was published while a source was not read often enough: looked up once, in its further pages or where its `backfill` says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from tradewatch.errors import FetchError, ParseError
from tradewatch.fetch import first_state, page_request
from tradewatch.parse import ParsedArticle, ParsedFeed
from tradewatch.pipeline.gather import NOTHING, Front, Item, Web, get, parse_front, read_front
from tradewatch.pipeline.record import identity_url
from tradewatch.store import Store
from tradewatch.text import content_id
from tradewatch.types import Entry, Source

MOST_DOCUMENTS = 3
"""Further pages, or sitemaps of an index, that are read to fill one gap."""


def read_missed(web: Web, front: Front, missed: dt.timedelta, backfill: Source | None, now: dt.datetime) -> list[Front]:
    """What other documents list of the stretch that a source's own entries do not reach; a front for each document.

    With a `backfill` source that one is read, else the pages that the source says go on. Never raises for what a server does: the last
    front then holds the error.
    """
    since = front.state.newest_entry_at
    assert since is not None
    found = []
    for document in _documents(web, front, backfill, since, now):
        kept = tuple(entry for entry in document.feed.entries if _was_missed(entry, document.source, since, since + missed))
        found.append(replace(document, feed=ParsedFeed(entries=kept)))
    return found


def _documents(web: Web, front: Front, backfill: Source | None, since: dt.datetime, now: dt.datetime) -> Iterator[Front]:
    """Document after document, newest first, until one reaches back."""
    last = front
    if backfill:
        last = read_front(web, backfill, first_state(backfill, now), now)
        yield last
    further = last.feed.more
    for _ in range(MOST_DOCUMENTS):
        if not further or _reaches(last.feed, since):
            return
        last = _read(web, last, further[0], now)
        yield last
        further = (*last.feed.more, *further[1:])


def _read(web: Web, front: Front, url: str, now: dt.datetime) -> Front:
    snapshot = None
    try:
        snapshot = get(web, front.source, page_request(front.source, url), now)
        return replace(front, snapshot=snapshot, feed=parse_front(web, front.source, snapshot))
    except (FetchError, ParseError) as error:
        return replace(front, snapshot=snapshot, feed=NOTHING, error=error)


def _reaches(feed: ParsedFeed, since: dt.datetime) -> bool:
    return any(date <= since for date in map(_dated, feed.entries) if date)


def _was_missed(entry: Entry, source: Source, since: dt.datetime, until: dt.datetime) -> bool:
    """Whether an entry is of the stretch that was missed; one of a listing page without dates may be."""
    date = _dated(entry)
    return since <= date <= until if date else source.listing is not None


def _dated(entry: Entry) -> dt.datetime | None:
    return entry.published_at or entry.updated_at


def unknown(store: Store, listed: Iterable[Item], seen: Collection[str]) -> list[Item]:
    """Those of the items whose article nobody has: it is neither in the store nor, by its address, seen in this poll."""
    return [item for item in listed if item.entry.url not in seen and store.articles.newest(_article_id(item.entry)) is None]


def _article_id(entry: Entry) -> str:
    return content_id(identity_url(ParsedArticle(), entry))
