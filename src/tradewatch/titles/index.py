"""What the catalog looks a title up by: computed from its names alone, so that the tables can always be built anew."""

from __future__ import annotations

from dataclasses import dataclass

from tradewatch.titles.catalog import Way
from tradewatch.titles.keys import gaps, hashed, tokens, words
from tradewatch.titles.readings import parts, readings
from tradewatch.types import Title


@dataclass(frozen=True, slots=True)
class Entries:
    """The rows of one title in the tables of lookup."""

    keys: frozenset[tuple[int, int]]
    """(hash of a canonical key, Way)."""
    gaps: frozenset[int]
    """Hashes of its tokens with one left out."""
    words: frozenset[str]


def entries(title: Title) -> Entries:
    """All under which a title can be found."""
    names = [(title.name, Way.NAME), *((alias.name, Way.ALIAS) for alias in title.aliases)]
    keys: dict[int, int] = {}
    left_out: set[str] = set()
    spelled: set[str] = set()
    for name, way in names:
        for reading in readings(name):
            key = hashed(reading.key)
            keys[key] = min(way, keys.get(key, way))
            left_out |= gaps(tokens(reading.text))
        spelled.update(words(name))
    for name, _ in names:
        for part in parts(name):
            keys.setdefault(hashed(part), Way.PART)
    return Entries(frozenset(keys.items()), frozenset(map(hashed, left_out)), frozenset(spelled))
