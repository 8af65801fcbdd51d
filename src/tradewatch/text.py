"""Normal forms of text, and content hashes."""

from __future__ import annotations

import hashlib
import re
import unicodedata

APOSTROPHES = str.maketrans("", "", "'’‘ʻʼ`´")
NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower-case words parted by single spaces; accents, apostrophes and punctuation gone, `&` read as and."""
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES).replace("&", " and "))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return NOT_WORD.sub(" ", bare.casefold()).strip()


def content_id(*parts: object) -> str:
    """A 16-digit hex id that depends on the parts alone."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
