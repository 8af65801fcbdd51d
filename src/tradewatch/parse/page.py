"""Bytes or a snippet of HTML -> one lxml tree. No entity, script or network address in it is ever followed."""

from __future__ import annotations

import codecs
import contextlib
import re
from typing import cast

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
NOT_ASCII_BASED = ("utf-16", "utf-32", "iso-2022", "hz", "utf-7")
STRAYS = {0xDC00 + byte: bytes((byte,)).decode("windows-1252", "replace") for byte in range(0x80, 0x100)}
HEAD = 4096
"""Bytes in which a page must name its encoding; browsers read 1024, publishers are later."""
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page: by its byte-order mark, as UTF-8 wherever that fits, else as the header or the page says, else Windows-1252.

    UTF-8 goes before what was declared because bytes that happen to be valid UTF-8 and mean something else are not met in practice,
    and pages that declare the wrong thing are.
    """
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = _declared(body, content_type)
    if declared and declared.startswith(NOT_ASCII_BASED):
        return body.decode(declared, "replace")
    text = nearly_utf8(body)
    return body.decode(declared or "windows-1252", "replace") if text is None else text


def nearly_utf8(body: bytes) -> str | None:
    """The text, where the bytes are UTF-8 but for a few, which are read as Windows-1252; None where they are another encoding.

    A few: fewer than there are right ones. Text in another encoding has hardly any that are right by chance.
    """
    with contextlib.suppress(UnicodeDecodeError):
        return body.decode("utf-8")
    text = body.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= char <= "\udcff" for char in text)
    right = sum(char > "\x7f" for char in text) - strays
    return text.translate(STRAYS) if strays <= right else None


def tree(body: bytes, content_type: str | None = None) -> HtmlElement | None:
    """The page as a tree without comments; None where there is nothing in it."""
    return parse(decode(body, content_type))


def parse(markup: str) -> HtmlElement | None:
    """A tree from a page or a snippet of HTML; None where there is nothing in it. Nesting stops at 255 elements."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        found = lxml_html.document_fromstring(CONTROLS.sub("", markup).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return cast(HtmlElement, found)


def _declared(body: bytes, content_type: str | None) -> str | None:
    """The encoding that the header names, else the page; None where Python knows no such encoding of text."""
    for text in (content_type or "", body[:HEAD].decode("latin-1")):
        found = CHARSET.search(text)
        if found and _known(found[1]):
            return "windows-1252" if found[1].lower() in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii") else found[1].lower()
    return None


def _known(encoding: str) -> bool:
    try:
        b"-".decode(encoding, "replace")  # no bytes at all would not be looked at
    except (LookupError, ValueError):
        return False
    return True
