"""Known titles that a printed one misses by one slip of one word.

A slip is one letter too many, too few, wrong, or two letters swapped (optimal string alignment distance 1). Titles of three words or more
are found by leaving one word out; shorter ones by looking up words that no title uses among those that some title does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from tradewatch.titles.catalog import Catalog, Known
from tradewatch.titles.keys import folded, tokens, words
from tradewatch.titles.readings import Reading
from tradewatch.types import Title

SHORTEST = 4
"""Letters of a word that can count as misprinted: among shorter ones nearly every slip makes another word."""
CHANCE = 3.0
"""How many titles may be expected to hold the untouched words by chance, for a misprint to be certain; set on the bench's catalog."""
ROOM = 8
"""Characters by which two printings of one title differ at most: an article, punctuation, a numeral in letters."""
_DIGITS = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Slip:
    """One known title, and the word by which the printed one misses it."""

    title: Title
    name: str
    printed: str
    known: str
    untouched: tuple[str, ...]


def slips(reading: Reading, catalog: Catalog) -> list[Slip]:
    """Known titles one slip away, each once."""
    found = {(slip.title.id, slip.known): slip for slip in (*_by_gap(reading, catalog), *_by_word(reading, catalog))}
    return list(found.values())


def certain(slip: Slip, catalog: Catalog) -> bool:
    """Whether nothing but a misprint explains the difference: the word is no word of any title (or only lost or won a plural),
    its first letter stands, and the other words alone all but name the title."""
    plural = slip.printed == slip.known + "s" or slip.known == slip.printed + "s"
    titles = catalog.frequencies((slip.printed, *slip.untouched))
    if slip.printed[0] != slip.known[0] or (slip.printed in titles and not (plural and len(slip.untouched) > 1)):
        return False
    chance = float(catalog.size)
    for word in slip.untouched:
        chance *= titles.get(word, 0) / catalog.size
    return bool(slip.untouched) and chance <= CHANCE


def _by_gap(reading: Reading, catalog: Catalog) -> Iterator[Slip]:
    for known in catalog.one_word_apart(reading.tokens) if len(reading.tokens) > 2 else ():
        if abs(len(known.name) - len(reading.text)) < ROOM:
            yield from _slip(reading.words, known)


def _by_word(reading: Reading, catalog: Catalog) -> Iterator[Slip]:
    """Correct each word that no title holds, and see whether that makes a known title."""
    printed = reading.words
    held = catalog.frequencies(printed)
    for at, word in enumerate(printed):
        if len(word) < SHORTEST or word in held:
            continue
        for other in catalog.spelled_like(word):
            if _one_slip(word, other) and (len(printed) > 1 or word[0] == other[0]):
                corrected = " ".join((*printed[:at], other, *printed[at + 1 :]))
                for known in catalog.named("".join(tokens(corrected))):
                    if len(printed) > 1 or folded(known.name) == other:
                        yield Slip(known.title, known.name, word, other, (*printed[:at], *printed[at + 1 :]))


def _slip(printed: Sequence[str], known: Known) -> Iterator[Slip]:
    """The one word in which two printings differ, if that is by one slip."""
    names = words(known.name)
    if len(names) != len(printed):
        printed, names = tokens(" ".join(printed), printed), list(tokens(known.name))
    if len(names) == len(printed):
        unlike = [(at, mine, theirs) for at, (mine, theirs) in enumerate(zip(printed, names, strict=True)) if mine != theirs]
        if len(unlike) == 1 and _one_slip(*unlike[0][1:]) and min(map(len, unlike[0][1:])) >= SHORTEST - 1:
            at, mine, theirs = unlike[0]
            yield Slip(known.title, known.name, mine, theirs, (*printed[:at], *printed[at + 1 :]))


def _one_slip(printed: str, known: str) -> bool:
    """One letter, never a digit, apart."""
    return _DIGITS.sub("", printed) == _DIGITS.sub("", known) and OSA.distance(printed, known, score_cutoff=1) == 1
