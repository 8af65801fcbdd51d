"""Pages that may have been edited without a word in the feed: looked at again a few times after publication, then left alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from tradewatch.errors import FetchError, ParseError
from tradewatch.fetch import page_request
from tradewatch.fetch.due import page_check_at
from tradewatch.parse import ParsedArticle, canonical
from tradewatch.pipeline.gather import WITHDRAWN, Item, Reading, Web, get_page, parse_page
from tradewatch.pipeline.record import identity_url, withdraw
from tradewatch.store import Store
from tradewatch.store.pages import KnownPage
from tradewatch.text import content_id
from tradewatch.types import Snapshot, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a page that was looked at again is now."""

    page: KnownPage
    reading: Reading | None = None
    """What it says, where it serves other bytes than before."""
    problem: str = ""
    """Why that cannot be told."""
    withdrawn: bool = False


def look_again(web: Web, source: Source, page: KnownPage, now: dt.datetime) -> Look:
    """Ask for a page, conditionally. Never raises for what its server does."""
    request = replace(page_request(source, page.entry.url), etag=page.etag, last_modified=page.last_modified)
    try:
        snapshot = get_page(web, source, request, now)
        if snapshot.status == 304 or snapshot.sha256 == page.snapshot:
            return Look(page=page)
        article = parse_page(web, source, snapshot)
    except (FetchError, ParseError) as error:
        gone = error.outcome in WITHDRAWN
        return Look(page=page, withdrawn=gone, problem="" if gone else f"page not looked at again: {error.outcome}")
    against = _objection(page, snapshot, article)
    if against:
        return Look(page=page, problem=against)
    item = Item(key=page.key, content=page.content, entry=page.entry)
    return Look(page=page, reading=Reading(item=item, article=article, snapshot=snapshot))


def _objection(page: KnownPage, snapshot: Snapshot, article: ParsedArticle) -> str:
    """Why what came is no newer text of the article: taking it for one would take back claims that still stand."""
    moved = canonical(snapshot.final_url) != canonical(page.final_url)
    if moved or content_id(identity_url(article, page.entry)) != page.article_id:
        return "page now leads elsewhere"
    if not article.body or (not article.whole and len(article.body) < page.length):
        return "page now gives only a part of the text"
    return ""


def settle(store: Store, look: Look, now: dt.datetime) -> None:
    """Write down what came of a look, but for a new text, and when the next one is."""
    if look.withdrawn:
        withdraw(store, look.page.article_id, now)
    elif not look.problem:
        store.articles.reinstate(look.page.article_id)
    store.pages.check_at(look.page.key, page_check_at(look.page.dated, now))
