"""Normal forms of titles: what every printing of one title has in common.

`words` folds letters, `tokens` also reads numerals and drops the leading article, `canonical` joins them without spaces:
"Mission: Impossible – Dead Reckoning, Part 1" and "Mission Impossible Dead Reckoning Part One" are one key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

LONGEST = 300
"""Characters; no work has a longer name (the longest film title on record has 207), so a longer one is a parsing accident."""

_APOSTROPHES = str.maketrans("", "", "'’‘ʻʼʾʿ`´′‛＇")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_ACCENTS = re.compile("[\u0300-\u036f]")
_ASCII_WORD = re.compile("[a-z0-9]+")
_ARTICLES = frozenset({"the", "a", "an"})
_ARTICLE = re.compile(r"\s*(?:the|an?)\s+(?=\w)", re.IGNORECASE)
_PLUS = re.compile(r"(?<=\s)\+(?=\s)")

_UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_TEENS = {
    "zero": 0, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_NUMBERS = _UNITS | _TEENS | _TENS | {"hundred": 100}
_ROMAN = {
    "ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15,
    "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20,
}  # fmt: skip
_LAST_ROMAN = {"v": 5, "x": 10}
"""Numerals that are letters too: read as numbers only at the end of a title ("Rocky V", not "V for Vendetta")."""
_AFTER = frozenset({"part", "chapter", "volume", "book", "episode"})
"""Words after which a lone "I" is a number."""
_SHORT = {"pt": "part", "vol": "volume", "vs": "versus"}
_REWRITTEN = frozenset({*_NUMBERS, *_ROMAN, *_LAST_ROMAN, *_SHORT, "i", "n"})
"""Words that may stand for another form; most titles have none."""


def words(text: str) -> list[str]:
    """Folded words: case, accents of Latin, Greek and Cyrillic, apostrophes and punctuation gone; `&` and a lone `+` read as and.

    Marks of other scripts are letters in their own right (Japanese が is not か) and stay.
    """
    if text.isascii():
        return _ASCII_WORD.findall(_anded(text).lower().replace("'", "").replace("`", ""))
    bare = _anded(text).translate(_APOSTROPHES).casefold()
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", bare))).casefold().translate(_LETTERS)
    if plain.isascii():
        return _ASCII_WORD.findall(plain)
    return "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in plain).split()


def _anded(text: str) -> str:
    """The text with and for `&` and a lone `+`."""
    text = text.replace("&", " and ") if "&" in text else text
    return _PLUS.sub(" and ", text) if " + " in text else text


def folded(text: str) -> str:
    """The folded words, parted by spaces: two titles with equal folds are printed alike."""
    return " ".join(words(text))


def tokens(text: str, found: Sequence[str] | None = None) -> tuple[str, ...]:
    """The words that tell a title: no leading article, numerals as digits, short forms spelled out.

    `found` are its words where they are known already. A title of punctuation alone ("!!!") is its own only token.
    """
    found = words(text) if found is None else found
    if len(found) > 1 and found[0] in _ARTICLES and _ARTICLE.match(text):
        found = found[1:]
    return tuple(found if _REWRITTEN.isdisjoint(found) else _numbered(found)) or tuple(text.casefold().split()[:1])


def canonical(text: str) -> str:
    """The key under which a title is known."""
    return "".join(tokens(text))


def gaps(found: Sequence[str]) -> frozenset[str]:
    """A title of three tokens or more with each token left out in turn: two titles that differ in one word share one of these."""
    if len(found) < 3:
        return frozenset()
    return frozenset(" ".join((*found[:at], *found[at + 1 :])) for at in range(len(found)))


def deletions(word: str) -> frozenset[str]:
    """The word and all that one deletion makes of it: two words one slip apart share one of these."""
    return frozenset((word, *(word[:at] + word[at + 1 :] for at in range(len(word)))))


def hashed(text: str) -> int:
    """A 47-bit hash that is the same everywhere and always: six bytes in SQLite, and among a million titles one chance in 10**8 of a
    wrong hit."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "big") >> 1


def _numbered(found: Sequence[str]) -> list[str]:
    """The words with number words, Roman numerals and short forms rewritten."""
    read: list[str] = []
    last = len(found) - 1
    for at, word in enumerate(found):
        if word in _NUMBERS:
            _add_number(read, word, found[at - 1] if at else "")
        elif at and word in _ROMAN:
            read.append(str(_ROMAN[word]))
        elif at and at == last and word in _LAST_ROMAN:
            read.append(str(_LAST_ROMAN[word]))
        elif word == "i" and read and read[-1] in _AFTER:
            read.append("1")
        elif word == "n" and 0 < at < last:
            read.append("and")
        else:
            read.append(_SHORT.get(word, word))
    return read


def _add_number(read: list[str], word: str, before: str) -> None:
    """Append a number word's digits, joined to the number word before it where the two are one number."""
    if word in _UNITS and before in _TENS:
        read[-1] = str(_TENS[before] + _UNITS[word])
    elif word == "hundred" and before in _UNITS:
        read[-1] = str(_UNITS[before] * 100)
    else:
        read.append(str(_NUMBERS[word]))
