"""Sitemaps, news sitemaps and sitemap indexes -> entries, or further sitemaps to read (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

import datetime as dt
import re
import zlib

from lxml import etree

from tradewatch.errors import ParseError
from tradewatch.parse.dates import read_date
from tradewatch.parse.entries import Drafts
from tradewatch.parse.page import decode
from tradewatch.parse.sniff import NAMED, first_element, not_text
from tradewatch.parse.values import ParsedFeed
from tradewatch.parse.zones import absolute
from tradewatch.types import Outcome

LARGEST = 50 * 1024 * 1024
"""Bytes of one sitemap, unpacked: the protocol's own limit."""
GZIP = b"\x1f\x8b"
FEEDS = ("rss", "feed", "rdf", "{")
OLDEST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ADDRESS = re.compile(r"https?://\S+")


def parse_sitemap(body: bytes, *, url: str, timezone: str = "UTC") -> ParsedFeed:
    """Read a sitemap's bytes, gzip or not. An index has no entries: `more` names its sitemaps, newest first.

    A news sitemap's titles and dates become those of the entries; `lastmod` is when an entry was updated. Raises as `parse_feed` does.
    """
    if body.startswith(GZIP):
        body = _unpacked(body, url)
    first = first_element(body)
    if first in ("urlset", "sitemapindex"):
        return _read(body, first, url, timezone)
    lines = ADDRESS.findall(decode(body)) if not first else []
    if lines and len(lines) == len(decode(body).split()):
        return _plain(lines, url, timezone)
    what = not_text(body) or NAMED.get(first) or ("a feed" if first in FEEDS else None)
    if what:
        raise ParseError(url, Outcome.WRONG_TYPE, f"{what} where a sitemap should be" + (' (set kind = "feed")' if first in FEEDS else ""))
    raise ParseError(url, Outcome.UNREADABLE, "no sitemap in it" if body.strip() else "the document is empty")


def _read(body: bytes, kind: str, url: str, timezone: str) -> ParsedFeed:
    drafts = Drafts(url, timezone)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(url, Outcome.UNREADABLE, f"broken XML with nothing that could be read ({error})") from error
    if root is None:
        raise ParseError(url, Outcome.UNREADABLE, "broken XML with nothing that could be read")
    if parser.error_log:
        drafts.problems["not well-formed XML"] += 1
    if kind == "sitemapindex":
        return ParsedFeed(dialect=kind, more=_sitemaps(root, url, timezone, drafts), problems=drafts.found())
    for element in root.iterchildren("{*}url"):
        drafts.add(
            url=_text(element, "{*}loc"),
            headline=_text(element, "{*}news/{*}title"),
            published=_text(element, "{*}news/{*}publication_date") or None,
            updated=_text(element, "{*}lastmod") or None,
        )
    return ParsedFeed(
        entries=tuple(drafts.entries), title=_text(root, "{*}url/{*}news/{*}publication/{*}name"), dialect=kind, problems=drafts.found()
    )


def _sitemaps(root: etree._Element, url: str, timezone: str, drafts: Drafts) -> tuple[str, ...]:
    dated: dict[str, dt.datetime] = {}
    for element in root.iterchildren("{*}sitemap"):
        address = absolute(url, _text(element, "{*}loc"))
        if address:
            dated[address] = read_date(_text(element, "{*}lastmod"), timezone) or OLDEST
        else:
            drafts.problems["an entry without a web address"] += 1
    return tuple(sorted(dated, key=lambda address: dated[address], reverse=True))


def _plain(lines: list[str], url: str, timezone: str) -> ParsedFeed:
    drafts = Drafts(url, timezone)
    for address in lines:
        drafts.add(url=address)
    return ParsedFeed(entries=tuple(drafts.entries), dialect="urllist", problems=drafts.found())


def _unpacked(body: bytes, url: str) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, LARGEST)
    except zlib.error as error:
        raise ParseError(url, Outcome.UNREADABLE, f"broken gzip data ({error})") from error
    if unpacker.unconsumed_tail:
        raise ParseError(url, Outcome.TOO_LARGE, f"a sitemap of more than {LARGEST // 1024 // 1024} MB unpacked")
    return unpacked


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return "".join(str(part) for part in found.itertext()).strip() if found is not None else ""
