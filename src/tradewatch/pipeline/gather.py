"""From a source to the text of its new articles: the reading half of a poll. Touches the network, not the database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Protocol

from tradewatch.errors import FetchError, ParseError
from tradewatch.fetch import FetchRequest, conditional_request, page_request
from tradewatch.fetch.due import held_until, host_of
from tradewatch.fetch.robots import Robots
from tradewatch.parse import (
    ParsedArticle,
    ParsedFeed,
    entry_article,
    entry_articles,
    parse_article,
    parse_feed,
    parse_listing,
    parse_plain,
    parse_sitemap,
)
from tradewatch.parse.worker import Here, Parser
from tradewatch.text import content_id
from tradewatch.types import Entry, Outcome, Snapshot, Source, SourceKind, SourceState

LASTING = frozenset({
    Outcome.NOT_FOUND,
    Outcome.GONE,
    Outcome.REFUSED,
    Outcome.CHALLENGE,
    Outcome.ROBOTS,
    Outcome.WRONG_TYPE,
    Outcome.UNREADABLE,
    Outcome.TOO_LARGE,
    Outcome.FORBIDDEN_ADDRESS,
    Outcome.BAD_REDIRECT,
})  # fmt: skip
"""Ways a page fails that trying again soon will not mend: the entry's own words must do."""

NOTHING = ParsedFeed()

PLAIN = 1 << 18
"""Bytes of a well-formed feed, and"""
LITTLE = 1 << 15
"""characters of entries' texts, up to which they are read in our own threads, in some hundredths of a second at worst. All else that comes
from outside is read where it can be killed: a megabyte made for the purpose keeps a parser busy for hours."""

WITHDRAWN = frozenset({Outcome.NOT_FOUND, Outcome.GONE})


class Getter(Protocol):
    """What fetches: `tradewatch.fetch.Fetcher`, or anything that answers as it does."""

    def get(self, request: FetchRequest, now: dt.datetime) -> Snapshot:
        """The answer to one request; raises FetchError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """How the pipeline reaches the network."""

    fetcher: Getter
    robots: Robots
    pace: Callable[[str, dt.timedelta], None]
    """Returns when a request to a host may start."""
    parser: Parser = field(default_factory=Here)
    """Reads what may be hostile."""
    held: dict[str, dt.datetime] = field(default_factory=dict)
    """Until when hosts asked to be left alone; fills up, and holds for all threads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """One source as it stands now: its entries, or why they could not be read."""

    source: Source
    state: SourceState
    snapshot: Snapshot | None = None
    feed: ParsedFeed = NOTHING
    error: FetchError | ParseError | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the source serves what it served before."""
        same = self.snapshot is not None and self.snapshot.sha256 == self.state.body_sha256
        return self.snapshot is not None and (self.snapshot.status == 304 or same)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry to be read: the key that it keeps when its text changes, and a hash of all that it says."""

    key: str
    content: str
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An entry with its article's text, and the bytes that the text was read from."""

    item: Item
    article: ParsedArticle | None
    """None where the page could not be read now; the next poll tries again."""
    snapshot: Snapshot
    page_problem: str | None = None


def read_front(web: Web, source: Source, state: SourceState, now: dt.datetime) -> Front:
    """Fetch a source, conditionally, and parse what it serves. Never raises for what the source does."""
    snapshot = None
    try:
        snapshot = get(web, source, conditional_request(source, state, now), now)
        front = Front(source=source, state=state, snapshot=snapshot)
        return front if front.unchanged else replace(front, feed=_entries(web, source, snapshot, now))
    except (FetchError, ParseError) as error:
        return Front(source=source, state=state, snapshot=snapshot, error=error)


def _entries(web: Web, source: Source, snapshot: Snapshot, now: dt.datetime) -> ParsedFeed:
    """What a source serves; for an index of sitemaps, what its newest sitemap holds, the others being its further pages."""
    feed = parse_front(web, source, snapshot)
    if feed.entries or not feed.more or source.kind is not SourceKind.SITEMAP:
        return feed
    newest = get(web, source, page_request(source, feed.more[0]), now)
    return replace(parse_front(web, source, newest), more=feed.more[1:])


def parse_front(web: Web, source: Source, snapshot: Snapshot) -> ParsedFeed:
    """The entries of what a source served. Raises ParseError."""
    body, url, kind, zone = snapshot.body, snapshot.final_url, snapshot.header("content-type"), source.timezone
    if source.listing is not None:
        return web.parser.run(parse_listing, body, url=url, listing=source.listing, content_type=kind, timezone=zone)
    if source.kind is SourceKind.SITEMAP:
        return web.parser.run(parse_sitemap, body, url=url, timezone=zone)
    plain = parse_plain(body, url=url, timezone=zone) if len(body) <= PLAIN else None
    return plain or web.parser.run(parse_feed, body, url=url, content_type=kind, timezone=zone)


def items(source: Source, entries: Iterable[Entry]) -> list[Item]:
    """The entries with their keys, oldest first. Entries that share a GUID are told apart by their address."""
    listed = list(entries)
    shared = Counter(entry.guid for entry in listed)
    found = {}
    for entry in reversed(listed):
        name = entry.guid if entry.guid and shared[entry.guid] == 1 else f"{entry.guid} {entry.url or entry.headline}"
        edited = None if entry.content_html else entry.updated_at  # the only trace of an edit that the entry itself does not show
        says = content_id(entry.url, entry.headline, entry.summary_html, entry.content_html, edited)
        item = Item(key=content_id(source.key, name), content=says, entry=entry)
        found[item.key] = item
    return list(found.values())


def unread(listed: Iterable[Item], known: Mapping[str, str]) -> list[Item]:
    """Those of the items that are new or say something else than before."""
    return [item for item in listed if known.get(item.key) != item.content]


def needs_page(source: Source, entry: Entry) -> bool:
    """Whether an entry's article has to be fetched, as far as can be told without reading the entry."""
    return source.full_text and bool(entry.url)


Later = Callable[..., Future[Reading]]
"""Has a function called with its arguments when a thread is free."""


def read_items(web: Web, front: Front, items: Sequence[Item], now: dt.datetime, later: Later) -> list[Future[Reading]]:
    """The articles of a source's entries, all of whose own texts are read at once; pages that they need are asked for one by one."""
    source, entries = front.source, [item.entry for item in items]
    try:
        texts = _parser(web, entries).run(entry_articles, entries, language=source.language)
    except Exception:  # one of them costs nobody but itself
        return [later(read_item, web, front, item, now) for item in items]
    return [
        later(read_page, web, front, item, text, now) if _lacks(source, item.entry, text) else _known(_reading(front, item, text))
        for item, text in zip(items, texts, strict=True)
    ]


def read_item(web: Web, front: Front, item: Item, now: dt.datetime) -> Reading:
    """The article of an entry: from the entry where that is the whole text, else from its page; what kills its reader is left out."""
    source, entry = front.source, item.entry
    try:
        text = _parser(web, [entry]).run(entry_article, entry, language=source.language)
    except ParseError as error:
        bare = entry_article(replace(entry, content_html="", summary_html=""), language=source.language)
        return replace(_reading(front, item, bare), page_problem=f"text of an entry not read: {error.reason}")
    return read_page(web, front, item, text, now) if _lacks(source, entry, text) else _reading(front, item, text)


def read_page(web: Web, front: Front, item: Item, text: ParsedArticle, now: dt.datetime) -> Reading:
    """The article of an entry from its page; where that cannot be read, from the `text` of the entry itself."""
    source = front.source
    try:
        page = get_page(web, source, page_request(source, item.entry.url), now)
        article = parse_page(web, source, page)
    except (FetchError, ParseError) as error:
        kept = text if error.outcome in LASTING else None
        return replace(_reading(front, item, kept), page_problem=f"page not read: {error.outcome}")
    return Reading(item=item, article=article, snapshot=page, page_problem="page stops at a paywall" if article.paywalled else None)


def _lacks(source: Source, entry: Entry, text: ParsedArticle) -> bool:
    return needs_page(source, entry) and not text.whole


def _reading(front: Front, item: Item, article: ParsedArticle | None) -> Reading:
    assert front.snapshot is not None
    return Reading(item=item, article=article, snapshot=front.snapshot)


def _known(reading: Reading) -> Future[Reading]:
    known: Future[Reading] = Future()
    known.set_result(reading)
    return known


def _parser(web: Web, entries: Iterable[Entry]) -> Parser:
    """Who reads the texts of these entries: many are read elsewhere also because that is another core."""
    return Here() if sum(len(entry.content_html) + len(entry.summary_html) for entry in entries) <= LITTLE else web.parser


def is_withdrawn(web: Web, source: Source, url: str, now: dt.datetime) -> bool:
    """Whether the outlet took an article down: its page is gone."""
    try:
        get_page(web, source, page_request(source, url), now)
    except FetchError as error:
        return error.outcome in WITHDRAWN
    return False


def parse_page(web: Web, source: Source, page: Snapshot) -> ParsedArticle:
    """The article on a page of a source. Raises ParseError."""
    return web.parser.run(parse_article, page.body, url=page.final_url, content_type=page.header("content-type"), timezone=source.timezone)


def get_page(web: Web, source: Source, request: FetchRequest, now: dt.datetime) -> Snapshot:
    """An article's page, as far as robots.txt and its host let us. Raises FetchError."""
    if web.held.get(host_of(request.url), now) > now:
        raise FetchError(request.url, Outcome.RATE_LIMITED, "its host asked to be left alone")
    spacing = source.spacing
    if source.robots:
        if not web.robots.allowed(source, request.url, now):
            raise FetchError(request.url, Outcome.ROBOTS, "robots.txt asks us not to read this page")
        spacing = max(spacing, web.robots.delay(source, request.url, now))
    return get(web, source, request, now, spacing)


def get(web: Web, source: Source, request: FetchRequest, now: dt.datetime, spacing: dt.timedelta | None = None) -> Snapshot:
    """The answer to a request of a source, in its turn; a wish of the host to be left alone is remembered. Raises FetchError."""
    host = host_of(request.url)
    web.pace(host, source.spacing if spacing is None else spacing)
    try:
        return web.fetcher.get(request, now)
    except FetchError as error:
        until = held_until(error, now)
        if until:
            web.held[host] = max(until, web.held.get(host, until))
        raise
