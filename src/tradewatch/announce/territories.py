"""Whether two printed territories are one market: "UK and Ireland" holds "U.K.", "North America" holds "US"."""

from __future__ import annotations

import re

from tradewatch.announce.likeness import SAME, Comparison, Likeness
from tradewatch.text import fold

_PARTS = re.compile(r",|&|/|\band\b|\bplus\b")
_NAMES = {
    "u s": "us", "u s a": "us", "usa": "us", "united states": "us", "america": "us", "domestic": "us", "u k": "uk", "gb": "uk",
    "united kingdom": "uk", "great britain": "uk", "britain": "uk", "au": "australia", "ca": "canada", "de": "germany", "nz": "new zealand",
    "global": "worldwide", "world": "worldwide", "international": "worldwide",
}  # fmt: skip
_HOLDS = {
    "north america": frozenset({"us", "canada", "mexico"}),
    "latin america": frozenset({"mexico", "brazil", "argentina", "colombia", "chile"}),
    "europe": frozenset({"uk", "ireland", "france", "germany", "spain", "italy", "netherlands", "poland", "denmark", "sweden", "norway"}),
    "nordics": frozenset({"denmark", "sweden", "norway", "finland", "iceland"}),
    "australasia": frozenset({"australia", "new zealand"}),
}


def compare_territories(mine: str, theirs: str) -> Comparison:
    """How two printed territories stand to each other: the same, one within the other, or apart."""
    first, second = _markets(mine), _markets(theirs)
    if first == second:
        return SAME
    meet = "worldwide" in first | second or _held(first) & _held(second)
    return Comparison(Likeness.NEAR if meet else Likeness.OTHER, f"territory {mine}, not {theirs}", "territory")


def _markets(text: str) -> frozenset[str]:
    names = (fold(part).removeprefix("the ") for part in _PARTS.split(text.casefold()))
    return frozenset(_NAMES.get(name, name) for name in names if name)


def _held(markets: frozenset[str]) -> frozenset[str]:
    """The markets with all that they hold."""
    return markets.union(*(_HOLDS.get(market, frozenset()) for market in markets))
