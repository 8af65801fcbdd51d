"""Listing pages: a source's CSS selectors -> entries.

BeautifulSoup reads them: people write these selectors, its kind is the fullest (`:has()`, `:-soup-contains()`), and one page in a poll
may take its time (some ten times that of lxml, which reads articles).
"""

from __future__ import annotations

from dataclasses import dataclass

import soupsieve
from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from tradewatch.errors import ConfigError, ParseError
from tradewatch.parse.entries import Drafts
from tradewatch.parse.page import decode
from tradewatch.parse.sniff import not_text
from tradewatch.parse.titles import plain
from tradewatch.parse.values import ParsedFeed
from tradewatch.parse.zones import absolute
from tradewatch.types import Entry, Listing, Outcome

HEADINGS = "h1, h2, h3, h4, h5, h6"
SHOWN = 3
"""Samples that a probe shows for each selector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one selector of a listing found, for `sources test`."""

    key: str
    selector: str
    count: int
    of: int
    """Items that were asked; 1 for `item` itself."""
    samples: tuple[str, ...]


def parse_listing(body: bytes, *, url: str, listing: Listing, content_type: str | None = None, timezone: str = "UTC") -> ParsedFeed:
    """Read a listing page by the source's selectors, in page order, each address once.

    Raises ParseError WRONG_TYPE where the bytes are no page, ConfigError where a selector is none. An `item` that finds none is a problem.
    """
    soup = _soup(body, url, content_type)
    drafts = Drafts(_base(soup, url), timezone)
    items = _select(soup, "item", listing.item)
    if not items:
        drafts.problems[f"item = {listing.item!r} found nothing"] += 1
    for item in items:
        _add(item, listing, drafts)
    title = soup.title.get_text() if soup.title else ""
    return ParsedFeed(entries=_once(drafts), title=plain(title), dialect="listing", problems=drafts.found())


def probe_listing(body: bytes, *, url: str, listing: Listing, content_type: str | None = None) -> tuple[Found, ...]:
    """What each selector finds on the page, with samples; raises as `parse_listing` does."""
    soup = _soup(body, url, content_type)
    items = _select(soup, "item", listing.item)
    found = [Found(key="item", selector=listing.item, count=len(items), of=1, samples=_samples(items))]
    for key in ("link", "headline", "summary", "published"):
        css = getattr(listing, key)
        if css:
            hits = [hit for hit in (_first(item, key, css) for item in items) if hit is not None]
            found.append(Found(key=key, selector=css, count=len(hits), of=len(items), samples=_samples(hits)))
    return tuple(found)


def _add(item: Tag, listing: Listing, drafts: Drafts) -> None:
    link = _first(item, "link", listing.link)
    headline = _first(item, "headline", listing.headline) if listing.headline else None
    summary = _first(item, "summary", listing.summary) if listing.summary else None
    published = _first(item, "published", listing.published) if listing.published else item.find("time")
    drafts.add(
        url=str(link.get("href") or "") if link is not None else "",
        headline=_words(headline) if headline is not None else _headline(item, link),
        summary_html=summary.decode_contents() if summary is not None else "",
        published=_moment(published) if isinstance(published, Tag) else None,
    )


def _headline(item: Tag, link: Tag | None) -> str:
    """The link's words, else the item's heading, else what the link is labelled with."""
    heading = item.select_one(HEADINGS)
    words = _words(heading) if heading is not None else _words(link) if link is not None else ""
    return words or (str(link.get("aria-label") or link.get("title") or "") if link is not None else "")


def _once(drafts: Drafts) -> tuple[Entry, ...]:
    """Each address once, with the longer headline: a picture and a headline often link to the same story."""
    kept: dict[str, Entry] = {}
    for entry in drafts.entries:
        key = entry.url or entry.headline
        if key in kept:
            drafts.problems["the same link again"] += 1
        if key not in kept or len(entry.headline) > len(kept[key].headline):
            kept[key] = entry
    return tuple(kept.values())


def _moment(element: Tag) -> str | None:
    return str(element.get("datetime") or element.get("content") or _words(element)) or None


def _first(item: Tag, key: str, css: str) -> Tag | None:
    """The first match inside the item, or the item itself where it matches."""
    try:
        return item if soupsieve.match(css, item) else item.select_one(css)
    except SelectorSyntaxError as error:
        raise _wrong(key, css, error) from error


def _select(soup: BeautifulSoup, key: str, css: str) -> list[Tag]:
    try:
        return list(soup.select(css))
    except SelectorSyntaxError as error:
        raise _wrong(key, css, error) from error


def _wrong(key: str, css: str, error: Exception) -> ConfigError:
    return ConfigError(f"listing.{key}: {css!r} is not a CSS selector ({str(error).splitlines()[0]})")


def _soup(body: bytes, url: str, content_type: str | None) -> BeautifulSoup:
    strange = not_text(body)
    if strange:
        raise ParseError(url, Outcome.WRONG_TYPE, f"{strange} where a listing page should be")
    return BeautifulSoup(decode(body, content_type).replace("\0", ""), "lxml")


def _base(soup: BeautifulSoup, url: str) -> str:
    stated = soup.select_one("base[href]")
    return absolute(url, str(stated["href"])) or url if stated is not None else url


def _words(element: Tag) -> str:
    return plain(element.get_text(" "))


def _samples(elements: list[Tag]) -> tuple[str, ...]:
    return tuple(_words(one)[:80] or str(one.get("href") or one.get("datetime") or "") for one in elements[:SHOWN])
