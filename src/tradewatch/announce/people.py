"""Whether two printed names are one person's.

Newsrooms cut first names short, drop middle names, turn Korean and Hungarian names round and misspell; families share last names. Only
what leaves no doubt is the same; a slip of a letter is never enough alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from tradewatch.announce.likeness import SAME, Comparison, Likeness
from tradewatch.text import fold

SHORTEST = 8
"""Letters of a name in which one slip may be a misprint; in shorter ones it mostly makes another name."""
LONG = 14
"""Letters of a name in which two slips may be misprints."""
_PARTNERS = re.compile(r",|&|\band\b")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})

_SHORT_FORMS = """
alex alexander alexandra, andy andrew, ben benjamin, bill william, billy william, bob robert, bobby robert, cate catherine, charlie charles,
chris christopher, christy christina, dan daniel, danny daniel, dave david, don donald, drew andrew, ed edward, eddie edward, eve evelyn,
frank francis, fred frederick, greg gregory, jack john, jake jacob, jim james, jimmy james, joe joseph, johnny john, jon jonathan,
josh joshua, kate katherine catherine kathryn, kathy katherine kathryn, ken kenneth, kim kimberly, larry lawrence, liz elizabeth,
beth elizabeth, maggie margaret, matt matthew, meg margaret, mike michael, nate nathan nathaniel, nick nicholas nicolas, pat patrick,
pete peter, phil philip phillip, ray raymond, rich richard, rick richard, rob robert, ron ronald, sam samuel samantha, steve steven stephen,
sue susan, ted theodore edward, tim timothy, tom thomas, tommy thomas, tony anthony, vince vincent, will william, zach zachary zachariah
"""
"""English first names cut short; all others that only begin alike (Dan, Danielle) are for an editor."""
_FULL = {row[0]: frozenset(row[1:]) for row in (line.split() for line in _SHORT_FORMS.replace("\n", " ").split(","))}


def compare_people(mine: str, theirs: str) -> Comparison:
    """How two printed names of people stand to each other."""
    first, second = fold(mine).split(), fold(theirs).split()
    if _turned(first, second):
        return SAME
    likeness = _alike(first, second)
    if likeness is Likeness.OTHER and _misprinted(" ".join(first), " ".join(second)):
        likeness = Likeness.NEAR
    words = f"{mine}, not {theirs}" if likeness is Likeness.OTHER else f"{mine} may be {theirs}"
    return SAME if likeness is Likeness.SAME else Comparison(likeness, words, "person")


def name_ends(person: str | None) -> tuple[str, ...]:
    """The words by which people's news is found: the last and the first of each name, without Jr."""
    names = (_without_suffix(fold(name).split()) for name in _PARTNERS.split(person or ""))
    return tuple(dict.fromkeys(word for name in names if name and name[0] not in _SUFFIXES for word in (name[-1], name[0]))) or ("",)


def _turned(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two names are one in another order or with other hyphens: Pyo Jae-won, Jaewon Pyo, J.J. and JJ."""
    if sorted(first) == sorted(second):
        return True
    whole = "".join(second)
    return len(whole) > 4 and any("".join((*first[at:], *first[:at])) == whole for at in range(len(first)))


def _alike(first: list[str], second: list[str]) -> Likeness:
    mine, theirs = _without_suffix(first), _without_suffix(second)
    if min(len(mine), len(theirs)) < 2:
        return Likeness.OTHER
    if mine[-1] == theirs[-1]:
        given = _given(mine, theirs)
        return max(given, Likeness.NEAR) if given < Likeness.OTHER and (mine == first) != (theirs == second) else given
    short, long = sorted((mine, theirs), key=len)
    return Likeness.NEAR if len(short) < len(long) and long[: len(short)] == short else Likeness.OTHER


def _given(mine: Sequence[str], theirs: Sequence[str]) -> Likeness:
    """How the names before one and the same last name stand to each other."""
    if mine[0] == theirs[0]:
        middle, other = "".join(mine[1:-1]), "".join(theirs[1:-1])
        return Likeness.SAME if middle.startswith(other) or other.startswith(middle) else Likeness.NEAR
    if theirs[0] in _FULL.get(mine[0], ()) or mine[0] in _FULL.get(theirs[0], ()):
        return Likeness.SAME
    short, long = sorted((mine[0], theirs[0]), key=len)
    return Likeness.NEAR if long.startswith(short) and len(short) != 2 else Likeness.OTHER


def _misprinted(mine: str, theirs: str) -> bool:
    slips = OSA.distance(mine, theirs, score_cutoff=2)
    return (slips <= 1 and min(len(mine), len(theirs)) >= SHORTEST) or (slips <= 2 and min(len(mine), len(theirs)) >= LONG)


def _without_suffix(words: list[str]) -> list[str]:
    return words[:-1] if len(words) > 2 and words[-1] in _SUFFIXES else words
