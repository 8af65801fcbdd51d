"""What parsing gives: feeds of entries, and articles. Frozen; nothing of feedparser or lxml leaves this package."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tradewatch.types import Entry, Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """The entries of one feed, listing page or sitemap, in document order."""

    entries: tuple[Entry, ...] = ()
    title: str = ""
    dialect: str = ""
    """What it was read as: `rss20`, `rss10`, `atom10`, `cdf`, `json11`, `listing`, `sitemap`, `sitemapindex` and their kin."""
    ttl: dt.timedelta | None = None
    """How often the publisher says that it changes."""
    more: tuple[str, ...] = ()
    """Absolute URLs of documents that go on where this one stops: the next page, or a sitemap index's sitemaps, newest first."""
    problems: tuple[tuple[str, int], ...] = ()
    """(reason in words, count) of what was mended or could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedArticle:
    """One article's text without furniture, and what its page says about it. Marks count code points of the field they name."""

    headline: str = ""
    dek: str = ""
    body: str = ""
    marks: tuple[Mark, ...] = ()
    byline: str | None = None
    published_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None
    canonical_url: str = ""
    links: tuple[str, ...] = ()
    """Absolute URLs that the article's own text links to, in order, once each."""
    paywalled: bool = False
    """The text stops at a paywall."""
    whole: bool = True
    """False where the text is a teaser: cut by a paywall, or a feed's summary."""
    language: str | None = None
    """The primary subtag, such as `en`."""
    read_by: str = ""
    """What found the body: an outlet's rules and their date, `general`, `json-ld`, `entry` or `nothing`."""
