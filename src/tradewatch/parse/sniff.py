"""What bytes are, by how they begin, so that a wrong type is named in words."""

from __future__ import annotations

import re

MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstandard data"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"RIFF", "a media file"),
    (b"ID3", "an MP3"),
    (b"OggS", "an Ogg file"),
    (b"wOF", "a font"),
    (b"SQLite format 3", "a database"),
)
SKIPPED = re.compile(r"(?:\s|\ufeff|\x00|<\?[^>]*>|<!--.*?-->)+", re.DOTALL)
FIRST_TAG = re.compile(r"<(?:!doctype\s+)?([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)", re.IGNORECASE)
LOOKED_AT = 64 * 1024
"""Bytes; comments before the first element are seldom longer."""
NAMED = {
    **dict.fromkeys(("html", "head", "body", "script", "div", "meta"), "an HTML page"),
    "urlset": "a sitemap",
    "sitemapindex": "a sitemap index",
    "opml": "an OPML list of feeds",
    "svg": "an SVG image",
    "error": "an error message",
    "opensearchdescription": "a search description",
}
"""What a document that begins with this element is, where a feed should be."""


def not_text(body: bytes) -> str | None:
    """What these bytes are where they are no kind of text; None where they may be."""
    return next((name for magic, name in MAGIC if body.startswith(magic)), None)


def first_element(body: bytes) -> str:
    """The lower-case local name of the first element (a doctype counts), `{` for JSON, or an empty string."""
    head = body[:LOOKED_AT]
    encoding = (
        "utf-16"
        if head[:2] in (b"\xff\xfe", b"\xfe\xff")
        else "utf-16-le"
        if head[1:2] == b"\0"
        else "utf-16-be"
        if head[:1] == b"\0"
        else "latin-1"
    )
    text = head.removeprefix(b"\xef\xbb\xbf").decode(encoding, "ignore")
    start = SKIPPED.match(text)
    text = text[start.end() if start else 0 :]
    if text[:1] in ("{", "["):
        return "{"
    found = FIRST_TAG.match(text)
    return found[2].lower() if found else ""
