"""Feeds of every dialect -> entries. feedparser reads XML from bytes, never from an address; JSON Feed has a reader of its own."""

from __future__ import annotations

import re
import warnings
from html.entities import name2codepoint
from typing import Any
from urllib.parse import urljoin

import feedparser
from lxml import etree

from tradewatch.errors import ParseError
from tradewatch.parse import page
from tradewatch.parse.entries import Drafts, as_html, time_to_live
from tradewatch.parse.jsonfeed import parse_json_feed
from tradewatch.parse.sniff import NAMED, first_element, not_text
from tradewatch.parse.titles import plain
from tradewatch.parse.values import ParsedFeed
from tradewatch.parse.wellformed import parse_plain
from tradewatch.types import Outcome

AUTHOR = re.compile(
    rb"(<(?:\w+:)?(?:author|creator|managingEditor|webMaster|publisher)\b[^<>]{0,500}>\s*(?:<!\[CDATA\[)?)([^<\]]*(?:@|[^<\]]{1024})[^<\]]*)",
    re.IGNORECASE,
)
"""feedparser looks for an e-mail address in an author's name in quadratic time (64 KB take 14 s, #562), and takes half of `ann@wire.media`:
what it gets has neither an address nor more than a kilobyte."""
E_MAIL = re.compile(rb"(?:&lt;)?[\w.+-]{1,64}@[\w.-]{1,255}(?:&gt;)?")
LONGEST_AUTHOR = 1024
CUT_SHORT = re.compile(rb"(?:&[#\w]{0,10}|[\x80-\xff]{1,4})$")
CAPTION = re.compile(rb"<(/?)media:description\b", re.IGNORECASE)
"""A picture's caption, which feedparser would take for the entry's text."""
NAMED_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
ENTITIES = {name.encode(): b"&#%d;" % code for name, code in name2codepoint.items() if name not in ("amp", "lt", "gt", "quot")}
"""HTML's own, which XML does not know: with a doctype they vanish without a word."""
REFERENCE = re.compile(rb"&#(?:(\d+)|[xX]([0-9a-fA-F]+));")
RELATIVE = re.compile(r"\s(?:href|src)\s*=\s*[\"']?\s*(?![\"']?\s*(?:https?:|mailto:|data:|tel:|#|//|[\"'>]))", re.IGNORECASE)
ENTRY_EDGE = re.compile(rb"<(/?)(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
WAY_OUT = {
    "urlset": ' (set kind = "sitemap")',
    "sitemapindex": ' (set kind = "sitemap")',
    "html": ' (set kind = "page", or find its feed with `sources add`)',
}


def parse_feed(body: bytes, *, url: str, content_type: str | None = None, timezone: str = "UTC") -> ParsedFeed:
    """Read a feed's bytes. `url` resolves relative links; `timezone` (IANA) holds for dates that give none.

    What could be read of a damaged feed is returned with a problem that says so. Raises ParseError: WRONG_TYPE where the bytes are
    something else, UNREADABLE where nothing could be read. No other exception, whatever the bytes.
    """
    if not body.strip(b"\0 \t\r\n"):
        raise ParseError(url, Outcome.UNREADABLE, "the document is empty")
    strange = not_text(body)
    first = first_element(body)
    if strange or first in NAMED:
        raise ParseError(url, Outcome.WRONG_TYPE, f"{strange or NAMED[first]} where a feed should be{WAY_OUT.get(first, '')}")
    if first == "{":
        return parse_json_feed(body, url=url, timezone=timezone)
    return parse_plain(body, url=url, timezone=timezone) or read_any(body, url=url, content_type=content_type, timezone=timezone)


def read_any(body: bytes, *, url: str, content_type: str | None = None, timezone: str = "UTC") -> ParsedFeed:
    """Read XML of any dialect and state through feedparser, the referee of what a feed says. Raises ParseError UNREADABLE."""
    drafts = Drafts(url, timezone)
    found = _feedparser(_guarded(body, drafts), url, content_type)
    about, entries = found["feed"], found["entries"]
    if found.get("bozo"):
        _say_why(found["bozo_exception"], drafts)
    if not (found.get("version") or entries or about):
        raise ParseError(url, Outcome.UNREADABLE, "no feed in it")
    if entries and found.get("bozo") and _is_cut(body):
        entries = entries[:-1]
        drafts.problems["the document stops in the middle of an entry, which was left out"] += 1
    for entry in entries:
        _add(entry, drafts, rss=not found["version"].startswith("atom"))
    return ParsedFeed(
        entries=tuple(drafts.entries),
        title=plain(_str(about, "title")),
        dialect=found.get("version") or "",
        ttl=time_to_live(_str(about, "ttl"), _str(about, "sy_updateperiod"), _str(about, "sy_updatefrequency")),
        more=tuple(
            dict.fromkeys(urljoin(url, link["href"]) for link in about.get("links", ()) if link.get("rel") == "next" and link.get("href"))
        ),
        problems=drafts.found(),
    )


def _feedparser(body: bytes, url: str, content_type: str | None) -> Any:
    """feedparser's answer for these bytes. Its sanitiser is off (our zones keep text alone) and so is its rewriting of links in text."""
    headers = {"content-location": url, "content-type": _type(body, content_type)}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except MemoryError:
        raise  # the worker, which set the limit, says it better
    except Exception as error:  # whatever a library does on bytes that nobody foresaw, the poll goes on
        raise ParseError(url, Outcome.UNREADABLE, f"the feed could not be read ({type(error).__name__}: {str(error)[:80]})") from error


def _type(body: bytes, content_type: str | None) -> str:
    """A content type with the encoding that feedparser is to try first: UTF-8 where that fits, else what the header names.

    Without it text/xml would mean ASCII and silence Latin-1, as the standards have it and no publisher does.
    """
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        named = page.CHARSET.search(content_type or "")
        return f"application/xml; charset={named[1]}" if named else "application/xml"
    return "application/xml; charset=utf-8"


def _guarded(body: bytes, drafts: Drafts) -> bytes:
    """Without what feedparser stumbles over. Two-byte encodings are left alone: NUL bytes belong to them."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in body[:4]:
        return body
    body = _nearly_utf8(body.lstrip(), drafts)
    if b"\0" in body:
        drafts.problems["NUL bytes, left out"] += body.count(b"\0")
        body = body.replace(b"\0", b"")
    mended = REFERENCE.sub(lambda found: found[0] if _is_character(found) else b"", body)
    if mended != body:
        drafts.problems["references to characters that are none, left out"] += 1
        body = mended
    body = CAPTION.sub(rb"<\1media:caption", body)
    body = NAMED_ENTITY.sub(lambda found: ENTITIES.get(found[1], found[0]), body)
    return AUTHOR.sub(lambda found: found[1] + _tidy_author(found[2], drafts), body)


def _tidy_author(name: bytes, drafts: Drafts) -> bytes:
    if len(name) > LONGEST_AUTHOR:
        drafts.problems["an author's name of more than a kilobyte, cut"] += 1
        name = CUT_SHORT.sub(b"", name[:LONGEST_AUTHOR])
    return E_MAIL.sub(b"", name)


def _nearly_utf8(body: bytes, drafts: Drafts) -> bytes:
    """UTF-8 with a few bytes of another encoding among it, as clean UTF-8; anything else as it is."""
    text = page.nearly_utf8(body)
    if text is None:
        return body
    mended = text.encode()
    if mended != body:
        drafts.problems["bytes that are no UTF-8, read as Windows-1252"] += 1
    return mended


def _is_character(reference: re.Match[bytes]) -> bool:
    """Whether a numeric reference names a character that text may hold: no control, no surrogate, nothing beyond Unicode."""
    digits = reference[1] or reference[2]
    number = int(digits[-9:], 10 if reference[1] else 16) if len(digits.lstrip(b"0")) < 8 else -1
    return number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000


def _say_why(error: BaseException, drafts: Drafts) -> None:
    name = type(error).__name__
    if name == "CharacterEncodingOverride":
        drafts.problems["another encoding than declared"] += 1
    elif name != "NonXMLContentType":
        drafts.problems["not well-formed XML"] += 1


def _is_cut(body: bytes) -> bool:
    """Whether the last entry was opened and never closed."""
    edges = ENTRY_EDGE.findall(body)
    return (
        bool(edges) and edges[-1] == b"" and b"</" in body and (b"</item" in body.lower() or b"</entry" in body.lower() or len(edges) == 1)
    )


def _add(entry: Any, drafts: Drafts, *, rss: bool) -> None:
    published, updated = _str(entry, "published") or _str(entry, "created"), _str(entry, "updated")
    structs = dict.get(entry, "published_parsed") or dict.get(entry, "created_parsed"), dict.get(entry, "updated_parsed")
    if rss and not published:  # dc:date is when it was published
        published, updated, structs = updated, "", (structs[1], None)
    contents = dict.get(entry, "content") or []
    summary = dict.get(entry, "summary_detail") or {}  # without detail it is feedparser's copy of the content
    drafts.add(
        url=_address(entry),
        guid=_str(entry, "id") or None,
        headline=_str(entry, "title"),
        summary_html=_markup(_str(summary, "value"), summary, drafts.base),
        content_html=max((_markup(content.get("value") or "", content, drafts.base) for content in contents), key=len, default=""),
        byline=_byline(entry),
        published=published or None,
        updated=updated or None,
        read_elsewhere=structs,
    )


def _address(entry: Any) -> str:
    """The link; else any alternate; else a guid that is a web address."""
    alternates = (link.get("href") for link in dict.get(entry, "links") or () if link.get("rel") == "alternate")
    guid = _str(entry, "id")
    return _str(entry, "link") or next(filter(None, alternates), "") or (guid if guid.startswith("http") else "")


def _markup(text: str, detail: Any, url: str) -> str:
    """A value as HTML, its relative links resolved against its xml:base; without one they are relative to the entry, which reads them."""
    if detail and detail.get("type") == "text/plain":
        return as_html(text)
    base = detail.get("base") if detail else None
    root = page.parse(text) if base and base != url and RELATIVE.search(text) else None
    if root is None:
        return text
    root.make_links_absolute(base, handle_failures="ignore")
    inside = root.find("body")
    inside = root if inside is None else inside
    return (inside.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in inside)


def _byline(entry: Any) -> str | None:
    names = [_str(author, "name") for author in dict.get(entry, "authors") or ()]
    return ", ".join(dict.fromkeys(name for name in names if name)) or _str(entry, "author") or None


def _str(values: Any, key: str) -> str:
    """A string of feedparser's, asked for in a way that does not set off its deprecated aliases."""
    value = dict.get(values, key)
    return value if isinstance(value, str) else ""
