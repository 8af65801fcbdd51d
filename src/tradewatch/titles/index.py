"""What the catalog looks a title up by: computed from its names alone, so that the tables can always be built anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tradewatch.titles.catalog import Way
from tradewatch.titles.keys import gaps, hashed
from tradewatch.titles.readings import parts, readings


@dataclass(frozen=True, slots=True)
class Entries:
    """The rows of one title in the tables of lookup."""

    keys: Collection[tuple[int, int]]
    """(hash of a canonical key, Way)."""
    gaps: Collection[int]
    """Hashes of its tokens with one left out."""
    words: Collection[str]


def entries(name: str, aliases: Sequence[str] = ()) -> Entries:
    """All under which a title of these names can be found."""
    keys: dict[int, int] = {}
    left_out: set[str] = set()
    spelled: set[str] = set()
    for way, called in ((Way.NAME, name), *((Way.ALIAS, alias) for alias in aliases)):
        for reading in readings(called):
            keys.setdefault(hashed(reading.key), way)
            left_out |= gaps(reading.tokens)
            spelled.update(reading.words)
    for called in (name, *aliases):
        for part in parts(called):
            keys.setdefault(hashed(part), Way.PART)
    return Entries(list(keys.items()), [hashed(gap) for gap in left_out], spelled)
