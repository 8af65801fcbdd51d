"""Titles and names as publishers write them -> plain text."""

from __future__ import annotations

import html
import re

TAG = re.compile(
    r"</?(?:a|abbr|b|big|blink|br|cite|code|dd|del|div|em|font|h[1-6]|i|img|ins|li|mark|nobr|ol|p|q|s|small|span|strike|strong|sub|sup|tt|u|ul|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
BREAKING = re.compile(r"<(?:br|p|div|li|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
DROPPED = re.compile("[\u200b\u2060\ufeff\u00ad\ufffe\uffff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """One line of plain text: HTML tags dropped, entities read, white space single. Quotation marks stay as printed, so does `x < y`."""
    if "<" in text:
        text = TAG.sub("", BREAKING.sub(" ", text))
    if "&" in text:
        text = ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return SPACE.sub(" ", DROPPED.sub("", text)).strip()


def without_outlet(headline: str, suffixes: tuple[str, ...]) -> str:
    """The headline without an outlet's name at its end: ` - Variety`, ` | Deadline`, ` – TVLine`."""
    for name in suffixes:
        cut = re.sub(rf"\s+[-–—|•·:]+\s+{re.escape(name)}\s*$", "", headline, flags=re.IGNORECASE)
        if cut and cut != headline:
            return cut
    return headline
