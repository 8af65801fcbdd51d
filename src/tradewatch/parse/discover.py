"""What a URL is, and which feeds a page names: `sources add` asks this before it asks a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin

from lxml.html import HtmlElement

from tradewatch.parse import page
from tradewatch.parse.metadata import json_ld
from tradewatch.parse.sniff import first_element, not_text
from tradewatch.parse.titles import plain
from tradewatch.parse.zones import absolute

FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/json",
    "text/xml",
    "application/xml",
)
FEED_ROOTS = ("rss", "feed", "rdf", "channel")
LOOKS_LIKE_FEED = re.compile(
    r"(?:/(?:feed|rss|atom|index)(?:\.(?:xml|rss|atom|json|rdf))?/?|\.(?:rss|atom|rdf)|/(?:rss|feed|atom)[-_/][\w/-]*\.xml)(?:\?|$)", re.I
)
COMMENTS = re.compile(r"comments?(?:/|\b)", re.IGNORECASE)
WELL_KNOWN = (
    "/feed/",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/news-sitemap.xml",
    "/sitemap-news.xml",
    "/sitemap.xml",
)
"""Paths where publishers keep feeds and sitemaps that their pages do not name, likeliest first."""

DocumentKind = Literal["feed", "sitemap", "opml", "article", "page", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str = ""
    stated: bool = True
    """By a `link` element; False for a plain link that looks like a feed's address."""


def kind_of(body: bytes, content_type: str | None = None) -> DocumentKind:
    """What fetched bytes are."""
    first = first_element(body)
    if not_text(body) or not body.strip():
        return "other"
    if first in FEED_ROOTS or (first == "{" and b'"items"' in body):
        return "feed"
    if first in ("urlset", "sitemapindex"):
        return "sitemap"
    if first == "opml":
        return "opml"
    root = page.tree(body, content_type) if b"<" in body else None
    if root is None:
        return "other"
    return "article" if _is_article(root) else "page"


def find_feeds(body: bytes, *, url: str, content_type: str | None = None) -> tuple[FeedLink, ...]:
    """The feeds that an HTML page names, those stated in its head first, comment feeds last; each once."""
    root = page.tree(body, content_type)
    if root is None:
        return ()
    base = next((absolute(url, one.get("href")) for one in root.iter("base")), None) or url
    found: dict[str, FeedLink] = {}
    for link in (*_stated(root, base), *_linked(root, base)):
        found.setdefault(link.url, link)
    return tuple(sorted(found.values(), key=lambda link: (not link.stated, COMMENTS.search(f"{link.url} {link.title}") is not None)))


def well_known(url: str) -> tuple[str, ...]:
    """Addresses worth a try where a page names no feed: the site's, likeliest first."""
    return tuple(urljoin(url, path) for path in WELL_KNOWN)


def _stated(root: HtmlElement, base: str) -> list[FeedLink]:
    links = (
        one
        for one in root.iter("link")
        if "alternate" in (one.get("rel") or "").lower().split() or (one.get("rel") or "").lower() == "feed"
    )
    addressed = (
        (absolute(base, one.get("href")), one) for one in links if (one.get("type") or "").partition(";")[0].strip().lower() in FEED_TYPES
    )
    return [
        FeedLink(url=address, title=plain(one.get("title") or "")) for address, one in addressed if address and "wp-json" not in address
    ]


def _linked(root: HtmlElement, base: str) -> list[FeedLink]:
    addressed = ((absolute(base, one.get("href")), one) for one in root.iter("a") if one.get("href"))
    return [
        FeedLink(url=address, title=plain(one.text_content()), stated=False)
        for address, one in addressed
        if address and LOOKS_LIKE_FEED.search(address)
    ]


def _is_article(root: HtmlElement) -> bool:
    if any("Article" in str(one.get("@type")) or one.get("@type") == "BlogPosting" for one in json_ld(root)):
        return True
    return any(meta.get("property") == "og:type" and meta.get("content") == "article" for meta in root.iter("meta"))
