"""The quick way through the feeds that most publishers send: well-formed UTF-8 RSS or Atom with nothing unusual in it.

It reads what feedparser reads, some ten times as fast, and declines (None) whatever it is not sure to read the same way: another
encoding, a doctype, xml:base, XHTML in place of text, elements that feedparser gives a meaning to and this does not. A test holds the two
equal over the whole corpus of feeds.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable

from lxml import etree

from tradewatch.parse.dates import read_date
from tradewatch.parse.entries import Drafts, as_html, time_to_live
from tradewatch.parse.titles import plain
from tradewatch.parse.values import ParsedFeed
from tradewatch.parse.zones import absolute

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
SYNDICATION = "{http://purl.org/rss/1.0/modules/syndication/}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
REPLIES = "{http://purl.org/rss/1.0/modules/slash/}comments"

UNUSUAL = (b"<!doctype", b"<!entity", b"xml:base", b"\0")
BASE = re.compile(rb"\bbase=")
ROOTS = re.compile(rb"<(?:rss|feed)\b")
UNUSUAL_NAMESPACES = re.compile(
    r"\{(?:http://purl\.org/dc/|http://www\.itunes\.com/|http://www\.w3\.org/(?:1999/xhtml|2005/Atom|1999/02/22-rdf)|http://search\.yahoo\.com/mrss"
    r"|http://purl\.org/(?:rss|atom|echo|pie)|http://backend\.userland|http://blogs\.law|http://my\.netscape)",
    re.IGNORECASE,
)
RSS_ITEM = frozenset(("title", "link", "guid", "description", "pubDate", "author", ENCODED, DC + "creator", DC + "date"))
"""Elements of an item that are read; each may stand once, but dc:creator."""
RSS_IGNORED = frozenset(("category", "comments", "enclosure", REPLIES, DC + "subject", DC + "identifier", DC + "type", DC + "format"))
ATOM_ENTRY = frozenset(ATOM + name for name in ("title", "link", "id", "summary", "content", "author", "published", "updated"))
ATOM_IGNORED = frozenset(ATOM + name for name in ("category", "rights", "contributor"))
KNOWN_PREFIXES = frozenset(("dc", "dcterms", "content", "itunes", "media", "atom", "rdf", "xhtml", "georss", "psc", "cc", "admin"))
MEDIA_HARMLESS = frozenset(
    MEDIA + name for name in ("content", "thumbnail", "credit", "group", "category", "keywords", "text", "copyright", "rating", "player")
)
MANY = frozenset((DC + "creator", ATOM + "author", ATOM + "link"))
VERSIONS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
DOUBLE_SLASH = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)(/*)(.*?)")
HTML_TYPES = ("text/html", "application/xhtml+xml")
HTML_CONTENT = ("html", "text/html")
TEXT_CONTENT = ("text", "text/plain", None)
CP1252 = {chr(number): bytes((number,)).decode("windows-1252", "ignore") or chr(number) for number in range(0x80, 0xA0)}
CONTROL = re.compile("[\x80-\x9f]")

Children = dict[str, list[etree._Element]]


class _UnusualError(Exception):
    """This feed is feedparser's."""


def parse_plain(body: bytes, *, url: str, timezone: str) -> ParsedFeed | None:
    """The feed, equal to what feedparser's way gives; None where it is not one of the plain kind."""
    if _is_unusual(body) or not ROOTS.search(body, 0, 4096):
        return None
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        body.decode("utf-8")
        root = etree.fromstring(body.lstrip(), parser)
        return _rss(root, url, timezone) if root.tag == "rss" else _atom(root, url, timezone) if root.tag == ATOM + "feed" else None
    except (etree.XMLSyntaxError, ValueError, _UnusualError):
        return None


def _is_unusual(body: bytes) -> bool:
    low = body.lower()
    return any(mark in low for mark in UNUSUAL) or BASE.search(low) is not None


def _rss(root: etree._Element, url: str, timezone: str) -> ParsedFeed:
    channels = list(root)
    if len(channels) != 1 or channels[0].tag != "channel":
        raise _UnusualError
    version = root.get("version") or ""
    about = _about(channels[0], "item", ("title", "ttl"))
    drafts = Drafts(url, timezone)
    for item in channels[0].iterchildren("item"):
        _add_item(_children(item, RSS_ITEM, RSS_IGNORED), drafts)
    return ParsedFeed(
        entries=tuple(drafts.entries),
        title=plain(_text(about, "title")),
        dialect=VERSIONS.get(version, "rss20" if version.startswith("2.") else "rss"),
        ttl=time_to_live(_text(about, "ttl"), _text(about, SYNDICATION + "updatePeriod"), _text(about, SYNDICATION + "updateFrequency")),
        more=_next(about, url),
        problems=drafts.found(),
    )


def _atom(root: etree._Element, url: str, timezone: str) -> ParsedFeed:
    about = _about(root, ATOM + "entry", (ATOM + "title",))
    drafts = Drafts(url, timezone)
    for entry in root.iterchildren(ATOM + "entry"):
        _add_entry(_children(entry, ATOM_ENTRY, ATOM_IGNORED), drafts)
    return ParsedFeed(
        entries=tuple(drafts.entries),
        title=plain(_text(about, ATOM + "title")),
        dialect="atom10",
        ttl=time_to_live("", _text(about, SYNDICATION + "updatePeriod"), _text(about, SYNDICATION + "updateFrequency")),
        more=_next(about, url),
        problems=drafts.found(),
    )


def _add_item(item: Children, drafts: Drafts) -> None:
    guid, permalink = _text(item, "guid"), _attribute(item, "guid", "isPermaLink") in (None, "true")
    if guid and permalink:
        guid = _joined(drafts.base, guid)
    link = _joined(drafts.base, _text(item, "link")) if _text(item, "link") else ""
    published, updated = _text(item, "pubDate"), _text(item, DC + "date")
    drafts.add(
        url=link or (guid if guid.startswith("http") else ""),
        guid=guid or None,
        headline=_text(item, "title"),
        summary_html=_text(item, "description"),
        content_html=_text(item, ENCODED),
        byline=_names(item, DC + "creator") or _text(item, "author") or None,
        published=_readable(published or updated, drafts),
        updated=_readable(updated if published else "", drafts),
    )


def _add_entry(entry: Children, drafts: Drafts) -> None:
    guid = _joined(drafts.base, _text(entry, ATOM + "id")) if _text(entry, ATOM + "id") else ""
    drafts.add(
        url=_alternate(entry, drafts.base) or (guid if guid.startswith("http") else ""),
        guid=guid or None,
        headline=_text(entry, ATOM + "title"),
        summary_html=_typed(entry, ATOM + "summary"),
        content_html=_typed(entry, ATOM + "content"),
        byline=_names(entry, ATOM + "author", lambda author: _leaf(author, ATOM + "name")) or None,
        published=_readable(_text(entry, ATOM + "published"), drafts),
        updated=_readable(_text(entry, ATOM + "updated"), drafts),
    )


def _about(parent: etree._Element, entry: str, single: tuple[str, ...]) -> Children:
    """The parent's own elements, without its entries. Raises _UnusualError where one that is read stands twice or is not plain text."""
    found: Children = {}
    for child in parent:
        if child.tag != entry:
            found.setdefault(str(child.tag), []).append(child)
    read = [found[name] for name in single if name in found]
    disguised = any(elements[0].prefix == "sy" and not tag.startswith(SYNDICATION) for tag, elements in found.items())
    if disguised or any(len(elements) > 1 or len(elements[0]) for elements in read):
        raise _UnusualError
    return found


def _children(parent: etree._Element, read: frozenset[str], ignored: frozenset[str]) -> Children:
    """An entry's elements that are read. Raises _UnusualError for others that feedparser might read, and for markup in place of text."""
    found: Children = {}
    for child in parent:
        tag = str(child.tag)
        if tag in read:
            if (len(child) and tag != ATOM + "author") or (tag in found and tag not in MANY):
                raise _UnusualError
            found.setdefault(tag, []).append(child)
        elif tag in MEDIA_HARMLESS:
            if any(inner.tag not in MEDIA_HARMLESS for inner in child.iter("*")):
                raise _UnusualError
        elif tag not in ignored and _means_something(child, tag):
            raise _UnusualError
    return found


def _means_something(element: etree._Element, tag: str) -> bool:
    """Whether feedparser might read an element that we do not know; a prefix that it knows is enough for it, whatever the namespace."""
    return tag[0] != "{" or len(element) > 0 or element.prefix in KNOWN_PREFIXES or UNUSUAL_NAMESPACES.match(tag) is not None


def _text(children: Children, name: str) -> str:
    """The stripped text of the only element of that name; empty where there is none."""
    elements = children.get(name)
    return _mended((elements[0].text or "").strip()) if elements else ""


def _mended(text: str) -> str:
    """As feedparser mends text: UTF-8 that was taken for Latin-1 and encoded again, and controls that are Windows-1252's."""
    if text.isascii():
        return text
    with contextlib.suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return CONTROL.sub(lambda found: CP1252[found[0]], text)


def _typed(entry: Children, name: str) -> str:
    """An Atom text construct as HTML. Raises _UnusualError for XHTML and for content elsewhere."""
    kind = _attribute(entry, name, "type")
    if not entry.get(name):
        return ""
    if _attribute(entry, name, "src") or kind not in HTML_CONTENT + TEXT_CONTENT:
        raise _UnusualError
    return _text(entry, name) if kind in HTML_CONTENT else as_html(_text(entry, name))


def _attribute(children: Children, name: str, key: str) -> str | None:
    elements = children.get(name)
    return elements[0].get(key) if elements else None


def _alternate(entry: Children, base: str) -> str:
    """The last link to a page of the entry's own."""
    links = [one for one in entry.get(ATOM + "link", ()) if one.get("rel", "alternate") == "alternate"]
    pages = [one for one in links if one.get("type", "text/html") in HTML_TYPES]
    chosen = pages[-1] if pages else links[0] if links else None
    return _joined(base, chosen.get("href") or "") if chosen is not None and chosen.get("href") else ""


def _next(about: Children, url: str) -> tuple[str, ...]:
    links = (one for one in about.get(ATOM + "link", ()) if one.get("rel") == "next" and one.get("href"))
    return tuple(dict.fromkeys(_joined(url, one.get("href") or "") for one in links))


def _names(children: Children, name: str, of: Callable[[etree._Element], str] = lambda element: element.text or "") -> str:
    names = (_mended(of(element).strip()) for element in children.get(name, ()))
    return ", ".join(dict.fromkeys(one for one in names if one))


def _leaf(parent: etree._Element, name: str) -> str:
    found = parent.find(name)
    return (found.text or "") if found is not None else ""


def _readable(date: str, drafts: Drafts) -> str | None:
    """The date, if our reader reads it; feedparser knows notations that ours does not."""
    if date and not read_date(date, drafts.timezone):
        raise _UnusualError
    return date or None


def _joined(base: str, address: str) -> str:
    """As feedparser joins: superfluous slashes after the scheme dropped."""
    joined = absolute(base, DOUBLE_SLASH.sub(r"\1\3", address))
    return address if joined is None else joined
