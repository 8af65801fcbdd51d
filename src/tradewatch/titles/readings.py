"""What is wrapped around a printed title: quotation marks, a year, a country, a kind, a brand, an inverted article.

"The Office (UK)" is read as printed first, then as "The Office" with a country. Only closed lists are taken off: in general "X's"
belongs to the title ("Grey's Anatomy").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tradewatch.titles.keys import canonical, tokens, words
from tradewatch.types import WorkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a printed title, with what its wrapping says of the work."""

    text: str
    words: tuple[str, ...]
    """Its folded words."""
    tokens: tuple[str, ...]
    year: int | None = None
    country: str | None = None
    kind: WorkKind | None = None
    stripped: tuple[str, ...] = ()
    """What was taken off, in words."""

    @property
    def key(self) -> str:
        """The canonical key of the text."""
        return "".join(self.tokens)


_QUOTES = "\"'“”‘’«»„‟‹›「」『』*"
_BRACKETED_END = re.compile(r"\s*[(\[]([^()\[\]]{1,40})[)\]]$")
_BRACKETED_START = re.compile(r"^[(\[]([^()\[\]]{1,40})[)\]]\s*")
_YEARS = re.compile(r"((?:18|19|20)\d\d)(?:\s*[-–—]\s*(?:(?:18|19|20)?\d\d)?)?")
_INVERTED = re.compile(r",\s*(the|an?)$", re.IGNORECASE)
_KIND_END = re.compile(r"\s+(?:tv series|television series|tv show|tv mini-?series|mini-?series|limited series|docuseries)$", re.IGNORECASE)
_KIND_WORDS = frozenset({("series",), ("miniseries",), ("show",), ("docuseries",)})
_COUNTRY_END = re.compile(r"\s+(US|UK|U\.S\.|U\.K\.|USA|AU|NZ)$")
_MARK = re.compile("[:–—]|- ")
"""Without one of these there is nothing to split at."""
_SPLIT = re.compile(r":\s+|\s+[-–—]\s+|:(?=\D)")

BRANDS = (
    "Marvel's", "Marvel Studios'", "Marvel Television's", "DC's", "DC Studios'", "Disney's", "Walt Disney's", "Pixar's",
    "Disney and Pixar's", "DreamWorks", "DreamWorks'", "Netflix's", "HBO's", "Apple TV+'s", "Hulu's", "Nickelodeon's", "MTV's", "FX's",
    "NBC's", "CBS's", "ABC's", "AMC's", "The CW's", "BBC's", "ITV's", "Syfy's", "Showtime's", "Starz's", "Peacock's", "Paramount+'s",
    "Prime Video's", "Amazon's", "Disney+'s", "BET's", "Lifetime's", "Hallmark's", "National Lampoon's", "National Geographic's",
    "Tyler Perry's", "Stephen King's", "Agatha Christie's", "Tom Clancy's", "Harlan Coben's", "James Patterson's", "Neil Gaiman's",
    "Guillermo del Toro's", "Lee Daniels'", "Dick Wolf's", "Ryan Murphy's", "Wes Craven's", "John Carpenter's", "Tim Burton's",
    "Dr. Seuss'", "Roald Dahl's", "Jim Henson's", "Ken Burns'", "Gene Roddenberry's", "Zack Snyder's", "Anne Rice's",
    "Quentin Tarantino's",
)  # fmt: skip
"""Owners and makers whose names are printed before a title at will."""

_BRAND = re.compile(
    "^(?:" + "|".join(re.escape(brand).replace("'", "['’]") for brand in sorted(BRANDS, key=len, reverse=True)) + r")\s+(?=\S)",
    re.IGNORECASE,
)

_COUNTRY_NAMES = {
    "US": "us u.s. usa u.s.a. america american united-states united-states-of-america",
    "GB": "uk u.k. gb britain british england english scotland scottish wales welsh united-kingdom great-britain",
    "AU": "au aus australia australian", "NZ": "nz new-zealand", "CA": "ca canada canadian", "IE": "ie ireland irish",
    "FR": "fr france french", "DE": "de germany german", "ES": "es spain spanish", "IT": "it italy italian", "SE": "se sweden swedish",
    "NO": "no norway norwegian", "DK": "dk denmark danish", "FI": "fi finland finnish", "IS": "is iceland icelandic",
    "NL": "nl netherlands dutch", "BE": "be belgium belgian", "PL": "pl poland polish", "IN": "in india indian",
    "JP": "jp japan japanese", "KR": "kr korea korean south-korea", "CN": "cn china chinese", "TW": "tw taiwan taiwanese",
    "TH": "th thailand thai", "TR": "tr turkey turkish", "IL": "il israel israeli", "MX": "mx mexico mexican",
    "BR": "br brazil brazilian", "AR": "ar argentina argentine", "CO": "co colombia colombian", "ZA": "za south-africa south-african",
    "NG": "ng nigeria nigerian",
}  # fmt: skip
_COUNTRIES = {name.replace("-", " "): code for code, names in _COUNTRY_NAMES.items() for name in names.split()}

_KINDS = {
    "tv series": WorkKind.SERIES, "television series": WorkKind.SERIES, "series": WorkKind.SERIES, "tv show": WorkKind.SERIES,
    "show": WorkKind.SERIES, "miniseries": WorkKind.SERIES, "mini-series": WorkKind.SERIES, "tv mini series": WorkKind.SERIES,
    "tv miniseries": WorkKind.SERIES, "limited series": WorkKind.SERIES, "docuseries": WorkKind.SERIES, "tv": WorkKind.SERIES,
    "film": WorkKind.FILM, "movie": WorkKind.FILM, "feature": WorkKind.FILM, "feature film": WorkKind.FILM,
    "tv film": WorkKind.FILM, "tv movie": WorkKind.FILM, "special": WorkKind.SPECIAL, "tv special": WorkKind.SPECIAL,
}  # fmt: skip


def country_code(text: str | None) -> str | None:
    """The two-letter code of a country by code, name or adjective; other text comes back in capitals, nothing as None."""
    known = _COUNTRIES.get((text or "").strip().casefold())
    return known or (text or "").strip().upper() or None


def readings(printed: str) -> Iterator[Reading]:
    """The readings of a printed title, the literal one first; each later one has one more layer off."""
    reading: Reading | None = _reading(printed)
    while reading and reading.tokens:
        yield reading
        reading = _bracketed(reading) or _inverted(reading) or _kind_end(reading) or _country_end(reading) or _brand(reading)


def parts(text: str) -> frozenset[str]:
    """The keys of what stands before and after each colon or dash of a title; too short ones are left out."""
    if not _MARK.search(text):
        return frozenset()
    cuts = [(cut.start(), cut.end()) for cut in _SPLIT.finditer(text)]
    keys = {canonical(piece) for start, end in cuts for piece in (text[:start], text[end:]) if piece.strip()}
    return frozenset(key for key in keys if len(key) > 2)


def _reading(printed: str) -> Reading:
    text = " ".join(printed.split()).rstrip(",;")
    if text[:1] in _QUOTES:
        text = text.strip(_QUOTES).rstrip(",;").strip(_QUOTES) or text
    found = tuple(words(text))
    return Reading(text=text, words=found, tokens=tokens(text, found))


def _peeled(reading: Reading, text: str, said: str, **facts: Any) -> Reading | None:
    text = text.strip()
    found = tuple(words(text))
    known = {"year": reading.year, "country": reading.country, "kind": reading.kind} | facts
    return Reading(text=text, words=found, tokens=tokens(text, found), stripped=(*reading.stripped, said), **known) if text else None


def _bracketed(reading: Reading) -> Reading | None:
    for pattern in (_BRACKETED_END, _BRACKETED_START) if "(" in reading.text or "[" in reading.text else ():
        if (found := pattern.search(reading.text)) and (facts := _facts(found[1])):
            return _peeled(reading, pattern.sub("", reading.text), f"“{found[1]}” read apart", **facts)
    return None


def _facts(inside: str) -> dict[str, Any]:
    """The year, country and kind that brackets hold; empty where a word of them is neither, for then they belong to the title."""
    facts: dict[str, Any] = {}
    rest = inside.strip()
    if year := _YEARS.search(rest):
        facts["year"] = int(year[1])
        rest = (rest[: year.start()] + " " + rest[year.end() :]).strip(" ,")
    for count in range(len(rest.split()), 0, -1):
        lead = " ".join(rest.split()[:count])
        if code := _country(lead):
            facts["country"] = code
            rest = " ".join(rest.split()[count:])
            break
    if kind := _KINDS.get(" ".join(rest.casefold().split())):
        facts["kind"] = kind
        rest = ""
    return {} if rest else facts


def _country(text: str) -> str | None:
    """The code of a country; a bare two-letter code counts in capitals only ("(It)" is no country)."""
    return None if len(text) == 2 and not text.isupper() else _COUNTRIES.get(text.casefold())


def _inverted(reading: Reading) -> Reading | None:
    if "," in reading.text and (found := _INVERTED.search(reading.text)):
        return _peeled(reading, f"{found[1]} {reading.text[: found.start()]}", "article set back in front")
    return None


def _kind_end(reading: Reading) -> Reading | None:
    if reading.words[-1:] in _KIND_WORDS and (found := _KIND_END.search(reading.text)):
        return _peeled(reading, reading.text[: found.start()], f"“{found[0].strip()}” read apart", kind=WorkKind.SERIES)
    return None


def _country_end(reading: Reading) -> Reading | None:
    if reading.text[-1:] in "SKUZA." and (found := _COUNTRY_END.search(reading.text)):
        return _peeled(reading, reading.text[: found.start()], f"“{found[1]}” read apart", country=country_code(found[1]))
    return None


def _brand(reading: Reading) -> Reading | None:
    if found := _BRAND.match(reading.text):
        return _peeled(reading, reading.text[found.end() :], f"brand “{found[0].strip()}” taken off")
    return None
