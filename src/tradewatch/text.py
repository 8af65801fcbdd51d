"""Normal forms of text, and content hashes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

APOSTROPHES = re.compile("['’‘ʻʼ`´]+")
NOT_WORD = re.compile(r"[\W_]+")
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> str:
    """Lower-case words parted by single spaces; accents, apostrophes and punctuation gone, `&` read as and."""
    plain = APOSTROPHES.sub("", text).replace("&", " and ")
    if not plain.isascii():
        plain = NOT_ASCII.sub(_without_accent, unicodedata.normalize("NFKD", plain))
    return NOT_WORD.sub(" ", plain.casefold()).strip()


def _without_accent(found: re.Match[str]) -> str:
    return "" if unicodedata.combining(found[0]) else found[0]


def plain(text: object) -> str:
    """Words without control characters: those that turn the direction of writing could make a text read as another."""
    return UNFIT.sub("", str(text))


def content_id(*parts: object) -> str:
    """A 16-digit hex id that depends on the parts alone."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


STRAIGHT = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "′": "'", "ʼ": "'",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ", "\t": " ", "\r": " ",
    "‐": "-", "‑": "-", "⁃": "-", "−": "-",
}  # fmt: skip
PRIVATE = re.compile("[\ue000-\uf8ff]")


def straight(text: str) -> str:
    """The text with plain quotation marks, hyphens and spaces, offset for offset; private-use characters are blanked."""
    for crooked, plain in STRAIGHT.items():
        text = text.replace(crooked, plain)
    return text if text.isascii() else PRIVATE.sub(" ", text)


def occurrences(words: str, text: str) -> Iterator[int]:
    """Where words stand in a text, between no letters or digits."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not (_in_word(text[start - 1 : start]) or _in_word(text[end : end + 1])):
            yield start
        start = text.find(words, start + 1)


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def same_length_lower(text: str) -> str:
    """The text in lower case, offset for offset: letters whose lower case is longer stay as they are."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
